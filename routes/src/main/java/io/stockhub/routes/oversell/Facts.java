package io.stockhub.routes.oversell;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was written down about one line of an order, and what touched the same units.
 *
 * @param numbers what the channel was told of the SKU until some time after the order was taken, oldest first
 * @param takers what took units off the shelf before the order was taken, oldest first
 * @param receipts goods of the SKU that were written down after the order, although they were there before it was taken
 * @param drifts what the channel showed and should not have
 * @param failures of the order's own message, oldest first
 */
record Facts(
        String channel,
        String sku,
        long quantity,
        long shortBy,
        Instant placedAt,
        @Nullable Instant receivedAt,
        Instant takenAt,
        List<Number> numbers,
        List<Taker> takers,
        List<Receipt> receipts,
        List<Drift> drifts,
        List<Failed> failures) {

    /** When the channel accepted the number that it sold on; when the order was placed, if it had accepted none. */
    Instant acceptedAt() {
        Instant since = placedAt;
        Long accepted = null;
        for (Number number : numbers) {
            if (!number.at().isAfter(placedAt) && !Objects.equals(accepted, number.confirmed())) {
                accepted = number.confirmed();
                since = number.at();
            }
        }
        return accepted == null ? placedAt : since;
    }

    /** What a channel should show, was told and accepted, from then on. */
    record Number(Instant at, long wanted, @Nullable Long sent, @Nullable Long confirmed) {}

    /**
     * @param channel of an order; null for anything else
     * @param what the order's reference, or the movement's kind and reference
     */
    record Taker(
            Instant happenedAt, Instant writtenAt, String kind, @Nullable String channel, String what, long units) {}

    record Receipt(Instant happenedAt, Instant writtenAt, String what, long units) {}

    record Drift(Instant foundAt, long expected, @Nullable Long shown, String cause) {}

    record Failed(Instant at, String code, String message) {}
}
