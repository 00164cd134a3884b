package io.stockhub.routes;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why an order was not there to be promised, told from what the hub wrote down at the time. */
public interface Oversells {

    /**
     * The orders of that reference, one for each channel that has one; empty when there is none.
     *
     * @param channel only there; null for any
     */
    List<Story> why(String orderRef, @Nullable String channel);

    /**
     * What became of an order.
     *
     * @param placedAt by the channel's clock
     * @param receivedAt when it reached us; null when it came in no message (it was asked for by a caller)
     * @param takenAt when it was in the ledger
     */
    record Story(
            String channel,
            String orderRef,
            Instant placedAt,
            @Nullable Instant receivedAt,
            Instant takenAt,
            List<Line> lines) {}

    /**
     * One SKU of the order.
     *
     * @param shortBy units that were not there when it was taken; of a bundle those that are missing now
     * @param stillShort units that are missing now
     * @param causes the likeliest first; empty when nothing was short
     * @param events what happened around it, oldest first
     */
    record Line(String sku, long quantity, long shortBy, long stillShort, List<Cause> causes, List<Event> events) {}

    /** @param text a sentence for people, with times and numbers */
    record Cause(Fault fault, String code, String text) {}

    /** @param text a sentence for people */
    record Event(Instant at, String text) {}

    /** Whose doing it was. */
    enum Fault {
        /** The channel sold what it had been told not to. */
        CHANNEL,
        /** A number or an order was on its way: between two systems that is so. Escrow sells no unit twice all the same. */
        DELAY,
        /** The hub had something to say and did not say it. */
        HUB,
        /** Somebody changed the number at the channel. */
        EDITED,
        /** The goods were there and nobody had said so. */
        LATE_RECEIPT,
        /** The goods were not there, though the books said so. */
        STOCK,
        /** The message could not be understood for a while. */
        MAPPING,
        /** Nothing that was written down explains it. */
        UNKNOWN;

        /** As in the API. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
