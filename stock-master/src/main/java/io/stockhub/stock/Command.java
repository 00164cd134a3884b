package io.stockhub.stock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked of the stock master. A command is immutable and already valid: its constructor refuses values out
 * of range with an {@link InvalidCommandException} that names the field.
 *
 * <p>Every command may carry an idempotency {@code key}, made at the source. The same key with the same content gives
 * the first answer again; the same key with other content is a conflict. Rejections are not remembered.
 */
public sealed interface Command {

    /** Idempotency key, at most {@link Limits#REFERENCE_LENGTH_MAX} characters; null when the caller gave none. */
    @Nullable
    String key();

    /** Who asks: the name of an API key, a channel, an EDI partner. */
    String actor();

    /**
     * Moves stock: everything that happens in a warehouse without an order.
     *
     * @param kind any that is not {@link MovementKind#derived()}
     * @param location where it happens; for a transfer that leaves, where it leaves
     * @param reference the document behind it (purchase order, transfer, return, count); null when there is none.
     *     Required by {@code expect} and the three transfer kinds, which it identifies
     * @param occurredAt when it happened in the warehouse; null means now
     * @param details what only some kinds need
     * @param lines 1 to {@link Limits#LINES_MAX}
     */
    record Move(
            MovementKind kind,
            String location,
            @Nullable String reference,
            @Nullable String reason,
            @Nullable Instant occurredAt,
            String actor,
            @Nullable String key,
            MoveDetails details,
            List<Line> lines)
            implements Command {

        public Move {
            Check.name("location", location);
            Check.reference("reference", reference);
            Check.reference("reason", reason);
            Check.time("occurredAt", occurredAt);
            Check.reference("key", key);
            lines = Check.lines(lines);
            MoveCheck.check(kind, reference, details, lines);
        }

        /** A movement of a kind that needs no details. */
        public Move(
                MovementKind kind,
                String location,
                @Nullable String reference,
                @Nullable String reason,
                @Nullable Instant occurredAt,
                String actor,
                @Nullable String key,
                List<Line> lines) {
            this(kind, location, reference, reason, occurredAt, actor, key, MoveDetails.NONE, lines);
        }
    }

    /**
     * One line of a command.
     *
     * @param quantity in the SKU's base unit
     * @param goods which units; orders leave that to the stock master
     */
    record Line(String sku, long quantity, Goods goods) {
        public Line(String sku, long quantity) {
            this(sku, quantity, Goods.ANY);
        }
    }

    /** What to do when there is not enough. */
    enum Policy {
        /** Everything or nothing; nothing is an {@link Answer.InsufficientStock}. */
        ALL_OR_NOTHING,
        /** As much as there is of each line; the rest is dropped. Nothing at all is an insufficiency. */
        PARTIAL,
        /** As much as there is; the rest is kept as demand without stock (a backorder). Never refused for stock. */
        BACKORDER
    }

    /** Where an order goes; all fields may be missing. */
    record ShipTo(@Nullable String country, @Nullable String region, @Nullable String postalCode) {}

    /**
     * What makes an order different from the next.
     *
     * @param customer who bought, as our customer list calls them; null when unknown
     * @param priority 1 (first) to 9 (last) when orders wait for stock; null takes the rule of customer or channel, else 5
     * @param holdFor set for a cart or quote: units are held so long and then come back by themselves unless the
     *     reservation was confirmed; null is an order, which never runs out. At most {@link Limits#HOLD_MAX}
     */
    record Terms(@Nullable String customer, @Nullable Integer priority, @Nullable Duration holdFor) {
        /** An order like any other. */
        public static final Terms ORDER = new Terms(null, null, null);

        public Terms {
            if (customer != null) {
                Check.name("customer", customer);
            }
            if (priority != null && (priority < 1 || priority > 9)) {
                throw new InvalidCommandException("priority", priority + " (expected: 1 to 9)");
            }
            if (holdFor != null
                    && (holdFor.isNegative() || holdFor.isZero() || holdFor.compareTo(Limits.HOLD_MAX) > 0)) {
                throw new InvalidCommandException(
                        "holdFor", holdFor + " (expected: more than 0, at most " + Limits.HOLD_MAX + ")");
            }
        }
    }

    /**
     * Promises stock to an order. {@code (channel, orderRef)} is one reservation, however often it is asked for: the
     * same lines give the first answer, other lines are a conflict.
     *
     * @param lines demand; lines of the same SKU are summed, and bundles taken apart and summed, before they are checked
     */
    record Reserve(
            String channel,
            String orderRef,
            Policy policy,
            @Nullable ShipTo shipTo,
            @Nullable Instant occurredAt,
            String actor,
            @Nullable String key,
            Terms terms,
            List<Line> lines)
            implements Command {

        public Reserve {
            Check.name("channel", channel);
            Check.required("orderRef", orderRef);
            Check.reference("orderRef", orderRef);
            if (shipTo != null) {
                Check.storable("shipTo.country", shipTo.country());
                Check.storable("shipTo.region", shipTo.region());
                Check.storable("shipTo.postalCode", shipTo.postalCode());
            }
            Check.time("occurredAt", occurredAt);
            Check.reference("key", key);
            lines = Check.lines(lines);
            Check.demand(lines);
        }

        /** An order like any other. */
        public Reserve(
                String channel,
                String orderRef,
                Policy policy,
                @Nullable ShipTo shipTo,
                @Nullable Instant occurredAt,
                String actor,
                @Nullable String key,
                List<Line> lines) {
            this(channel, orderRef, policy, shipTo, occurredAt, actor, key, Terms.ORDER, lines);
        }
    }

    /** Makes an order of what was held for a cart: it does not run out any more. */
    record Confirm(long reservationId, String actor, @Nullable String key) implements Command {
        public Confirm {
            Check.reference("key", key);
        }
    }

    /** Takes what a reservation holds off the shelf. {@code lines} empty means all that is not picked yet. */
    record Pick(long reservationId, String actor, @Nullable String key, List<Line> lines) implements Command {
        public Pick {
            Check.reference("key", key);
            lines = Check.partLines(lines);
        }
    }

    /** Ships what a reservation holds, picked units first. {@code lines} empty means all that is still open. */
    record Ship(long reservationId, String actor, @Nullable String key, List<Line> lines) implements Command {
        public Ship {
            Check.reference("key", key);
            lines = Check.partLines(lines);
        }
    }

    /**
     * Gives back what a reservation holds, picked units last, and drops its backorder. {@code lines} empty means all that
     * is still open.
     */
    record Cancel(long reservationId, String actor, @Nullable String key, List<Line> lines) implements Command {
        public Cancel {
            Check.reference("key", key);
            lines = Check.partLines(lines);
        }
    }

    /** Gives back what a hold kept when its time is over; before that, and of a confirmed order, it does nothing. */
    record Expire(long reservationId, String actor) implements Command {
        @Override
        public @Nullable String key() {
            return null;
        }
    }

    /** Gives available units to the orders that wait for them; needed only where two hubs passed each other by. */
    record FillBackorders(String sku, String actor) implements Command {
        @Override
        public @Nullable String key() {
            return null;
        }
    }

    /** Undoes one movement by its exact opposite. A movement is reversed at most once, and a reversal never. */
    record Reverse(long movementId, @Nullable String reason, String actor, @Nullable String key) implements Command {
        public Reverse {
            Check.reference("reason", reason);
            Check.reference("key", key);
        }
    }

    /**
     * Undoes as much of a movement as is still where it brought it; what was sold or moved on since stays. It counts as its
     * reversal, so that it happens once. Movements of orders, announcements and assemblies are undone whole or not at all.
     */
    record TakeBack(long movementId, @Nullable String reason, String actor, @Nullable String key) implements Command {
        public TakeBack {
            Check.reference("reason", reason);
            Check.reference("key", key);
        }
    }

    /**
     * Says what becomes of one discrepancy of an inbound.
     *
     * @param resolution what was decided, for example {@code accepted}, {@code claimed}, {@code returned}
     */
    record Resolution(String sku, DiscrepancyKind kind, String resolution, @Nullable String note) {
        public Resolution {
            Check.name("resolutions.sku", sku);
            Check.name("resolutions.resolution", resolution);
            Check.reference("resolutions.note", note);
        }
    }

    /**
     * Closes an inbound: nothing more is expected from it. Refused until every difference between what was announced and
     * what came is named in {@code resolutions}.
     */
    record CloseInbound(
            String location, String reference, String actor, @Nullable String key, List<Resolution> resolutions)
            implements Command {
        public CloseInbound {
            Check.name("location", location);
            Check.required("reference", reference);
            Check.reference("reference", reference);
            Check.reference("key", key);
            resolutions = List.copyOf(resolutions);
            if (resolutions.size() > Limits.LINES_MAX) {
                throw new InvalidCommandException(
                        "resolutions", resolutions.size() + " (expected: at most " + Limits.LINES_MAX + ")");
            }
        }
    }
}
