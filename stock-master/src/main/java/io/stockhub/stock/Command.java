package io.stockhub.stock;

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
     * Moves stock in or out of one location: receipts and adjustments.
     *
     * @param kind {@link MovementKind#RECEIPT} or {@link MovementKind#ADJUSTMENT}; the other kinds follow from the life
     *     of a reservation
     * @param reference the document behind it (purchase order, receipt number, count); null when there is none
     * @param occurredAt when it happened in the warehouse; null means now
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
            List<Line> lines)
            implements Command {

        public Move {
            if (kind != MovementKind.RECEIPT && kind != MovementKind.ADJUSTMENT) {
                throw new InvalidCommandException(
                        "kind", "\"" + kind.code() + "\" (expected: receipt or adjustment; orders use reservations)");
            }
            Check.name("location", location);
            Check.reference("reference", reference);
            Check.reference("reason", reason);
            Check.reference("key", key);
            lines = Check.lines(lines);
            for (int i = 0; i < lines.size(); i++) {
                boolean signed = kind == MovementKind.ADJUSTMENT;
                Check.quantity("lines[" + i + "].quantity", lines.get(i).quantity(), signed);
                Check.name("lines[" + i + "].sku", lines.get(i).sku());
            }
        }
    }

    /** One line of a command: {@code quantity} in the SKU's base unit. */
    record Line(String sku, long quantity) {}

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
     * Promises stock to an order. {@code (channel, orderRef)} is one reservation, however often it is asked for: the
     * same lines give the first answer, other lines are a conflict.
     *
     * @param lines demand; lines of the same SKU are summed before they are checked
     */
    record Reserve(
            String channel,
            String orderRef,
            Policy policy,
            @Nullable ShipTo shipTo,
            @Nullable Instant occurredAt,
            String actor,
            @Nullable String key,
            List<Line> lines)
            implements Command {

        public Reserve {
            Check.name("channel", channel);
            Check.required("orderRef", orderRef);
            Check.reference("orderRef", orderRef);
            Check.reference("key", key);
            lines = Check.lines(lines);
            for (int i = 0; i < lines.size(); i++) {
                Check.quantity("lines[" + i + "].quantity", lines.get(i).quantity(), false);
                Check.name("lines[" + i + "].sku", lines.get(i).sku());
            }
        }
    }

    /** Ships what a reservation holds. {@code lines} empty means all that is still open. */
    record Ship(long reservationId, String actor, @Nullable String key, List<Line> lines) implements Command {
        public Ship {
            Check.reference("key", key);
            lines = Check.partLines(lines);
        }
    }

    /** Gives back what a reservation holds and drops its backorder. {@code lines} empty means all that is still open. */
    record Cancel(long reservationId, String actor, @Nullable String key, List<Line> lines) implements Command {
        public Cancel {
            Check.reference("key", key);
            lines = Check.partLines(lines);
        }
    }
}
