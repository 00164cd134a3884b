package io.stockhub.stock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds stock that is promised and goes nowhere, and promises that could be kept and are not. Reads only. */
public interface LeakDesk {

    /** What sort of leak, with its cause and what to do, for people. */
    enum Kind {
        /** Units are held and nothing happened to the order for long. */
        IDLE(
                "the order holds units and nothing happened to it since",
                "ask its channel whether it still wants them, then ship or cancel the reservation"),
        /** A hold is over and still holds. */
        HOLD_OVERDUE(
                "the hold ran out and was not given back: no hub's upkeep has run, or it fails",
                "look in the hub's log for upkeep; cancel the reservation to have the units now"),
        /** Reserved or picked units that no order holds, or orders that hold more than is there. */
        UNEXPLAINED(
                "reserved or picked units and what orders hold are not the same",
                "run the check of the ledger, find the movement that touched only one of both, and reverse it"),
        /** Units are available and an order waits for them. */
        BACKORDER_WAITING(
                "units are available and the order still waits: its channel is not served from there, the units are"
                        + " too few for a whole bundle, or no hub's upkeep has run",
                "look at the rules of the channel; if they allow it, look in the hub's log for upkeep");

        private final String cause;
        private final String whatToDo;

        Kind(String cause, String whatToDo) {
            this.cause = cause;
            this.whatToDo = whatToDo;
        }

        public String cause() {
            return cause;
        }

        public String whatToDo() {
            return whatToDo;
        }

        /** Name on the wire, for example {@code hold-overdue}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The order that a leak belongs to. */
    record Order(long reservationId, String channel, String orderRef) {}

    /**
     * One leak.
     *
     * @param order null when no order explains it
     * @param sku null when the order holds several
     * @param location null where it is not one
     * @param quantity units held, waiting, or unexplained: then signed, more than explained is positive
     * @param since what it is counted from; null when unknown
     */
    record Leak(
            Kind kind,
            @Nullable Order order,
            @Nullable String sku,
            @Nullable String location,
            long quantity,
            @Nullable Instant since) {}

    /**
     * Leaks by kind, worst first, at most {@code limit} a kind.
     *
     * @param olderThan how long nothing must have happened to an order that holds units
     */
    List<Leak> leaks(Duration olderThan, int limit);
}
