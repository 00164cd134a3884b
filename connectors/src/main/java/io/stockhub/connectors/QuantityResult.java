package io.stockhub.connectors;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one {@link QuantityUpdate}.
 *
 * @param sku the channel's SKU
 * @param code why it was not confirmed, e.g. {@code channel.no_answer_for_item}; null when confirmed
 * @param message the channel's own words
 * @param retryAfter how long the channel asked us to wait
 */
public record QuantityResult(
        String sku, Outcome outcome, @Nullable String code, @Nullable String message, @Nullable Duration retryAfter) {

    /** What the channel did with the quantity. */
    public enum Outcome {
        /** Accepted. */
        CONFIRMED,
        /** Not applied, or not known: send today's quantity again. */
        RETRY,
        /** Too fast: send again after {@code retryAfter}; this is not an attempt. */
        THROTTLED,
        /** Not applied because of another item of the same call: send it again without that one; this is not an attempt. */
        NOT_TRIED,
        /** The channel no longer lists what we expected: read it, then decide anew. */
        CHANGED_MEANWHILE,
        /** Refused for good: a person has to look. */
        REJECTED
    }
}
