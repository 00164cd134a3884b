package io.stockhub.stock;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A promise of stock to one order.
 *
 * @param lines one per SKU, in the order in which the SKUs first came
 */
public record Reservation(
        long reservationId,
        String channel,
        String orderRef,
        Command.Policy policy,
        List<Line> lines,
        long movementId,
        Instant recordedAt) {

    /** Where a reservation is in its life; follows from its lines. */
    public enum Status {
        /** All that was asked for is held. */
        RESERVED,
        /** A part is held, the rest was dropped ({@link Command.Policy#PARTIAL}). */
        PARTIAL,
        /** A part, or nothing, is held; the rest waits for stock. */
        BACKORDERED,
        /** Something was shipped, something is still held or waits. */
        PARTLY_SHIPPED,
        /** Nothing is held any more and something was shipped. */
        SHIPPED,
        /** Nothing is held any more and nothing was shipped. */
        CANCELLED;

        /** Name on the wire, for example {@code partly-shipped}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One SKU of the order, in base units.
     *
     * @param quantity what the order asked for
     * @param backordered what still waits for stock
     */
    public record Line(String sku, long quantity, long backordered, List<Allocation> allocations) {
        /** What was allocated when the order was accepted, all locations together. */
        public long allocated() {
            return allocations.stream().mapToLong(Allocation::quantity).sum();
        }

        /** What is still held, all locations together. */
        public long held() {
            return allocations.stream().mapToLong(Allocation::held).sum();
        }

        long shipped() {
            return allocations.stream().mapToLong(Allocation::shipped).sum();
        }
    }

    /** What one location holds for the line: {@code quantity} at first, of which some was shipped or given back. */
    public record Allocation(String location, long quantity, long shipped, long cancelled) {
        /** Still on the shelf for this order. */
        public long held() {
            return quantity - shipped - cancelled;
        }
    }

    /** Follows from the lines; never stored apart from them. */
    public Status status() {
        long held = lines.stream().mapToLong(Line::held).sum();
        long shipped = lines.stream().mapToLong(Line::shipped).sum();
        long waiting = lines.stream().mapToLong(Line::backordered).sum();
        if (held + waiting == 0) {
            return shipped > 0 ? Status.SHIPPED : Status.CANCELLED;
        }
        if (shipped > 0) {
            return Status.PARTLY_SHIPPED;
        }
        if (waiting > 0) {
            return Status.BACKORDERED;
        }
        boolean all = lines.stream().allMatch(line -> line.allocated() == line.quantity());
        return all ? Status.RESERVED : Status.PARTIAL;
    }
}
