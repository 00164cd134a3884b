package io.stockhub.stock;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A promise of stock to one order.
 *
 * @param customer who bought; null when unknown
 * @param priority 1 (first) to 9 (last) when orders wait for stock
 * @param shipTo where it goes; null when unknown
 * @param holdUntil when it comes back by itself; null for an order, which does not
 * @param expired it came back by itself
 * @param lines one per SKU that was ordered, in the order in which the SKUs first came
 * @param movementId the movement that reserved the first units; 0 when none were there
 */
public record Reservation(
        long reservationId,
        String channel,
        String orderRef,
        Command.Policy policy,
        @Nullable String customer,
        int priority,
        Command.@Nullable ShipTo shipTo,
        @Nullable Instant holdUntil,
        boolean expired,
        List<Line> lines,
        long movementId,
        Instant recordedAt) {

    /** An order like any other. */
    public Reservation(
            long reservationId,
            String channel,
            String orderRef,
            Command.Policy policy,
            List<Line> lines,
            long movementId,
            Instant recordedAt) {
        this(reservationId, channel, orderRef, policy, null, 5, null, null, false, lines, movementId, recordedAt);
    }

    /** Where a reservation is in its life; follows from its lines. */
    public enum Status {
        /** All that was asked for is held for a while: a cart, a quote. */
        HELD,
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
        CANCELLED,
        /** The time of the hold was over; nothing is held any more. */
        EXPIRED;

        /** Name on the wire, for example {@code partly-shipped}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One SKU of the order, in its base units.
     *
     * @param quantity what the order asked for
     * @param backordered what still waits for stock
     * @param returned what came back after it was shipped
     * @param parts what one unit is made of: the SKU itself, or the components of a bundle as they were
     */
    public record Line(
            String sku,
            long quantity,
            long backordered,
            long returned,
            Map<String, Long> parts,
            List<Allocation> allocations) {

        /** A line of a SKU with stock of its own. */
        public Line(String sku, long quantity, long backordered, List<Allocation> allocations) {
            this(sku, quantity, backordered, 0, Map.of(sku, 1L), allocations);
        }

        /** What was allocated since the order was accepted, all locations together. */
        public long allocated() {
            return units(Allocation::quantity);
        }

        /** What is still held, all locations together. */
        public long held() {
            return units(Allocation::held);
        }

        /** What left, all locations together. */
        public long shipped() {
            return units(Allocation::shipped);
        }

        /** What is off the shelf and not gone yet. */
        public long picked() {
            return units(Allocation::picked);
        }

        /** Every part of a bundle moves in step, so that any of them tells the number of bundles. */
        private long units(java.util.function.ToLongFunction<Allocation> field) {
            Map.Entry<String, Long> part = parts.entrySet().iterator().next();
            long sum = 0;
            for (Allocation allocation : allocations) {
                if (allocation.sku().equals(part.getKey())) {
                    sum += field.applyAsLong(allocation);
                }
            }
            return sum / part.getValue();
        }
    }

    /**
     * What one place holds for a line.
     *
     * @param sku the line's SKU, or a component of it
     * @param quantity allocated in all, of which some was shipped or given back
     * @param picked of what is held, taken off the shelf
     */
    public record Allocation(
            String sku, String location, Detail detail, long quantity, long picked, long shipped, long cancelled) {
        /** Still ours for this order, on the shelf or picked. */
        public long held() {
            return quantity - shipped - cancelled;
        }

        /** Held and still on the shelf. */
        public long onShelf() {
            return held() - picked;
        }
    }

    /** The same reservation with other lines. */
    public Reservation with(List<Line> other) {
        return new Reservation(
                reservationId,
                channel,
                orderRef,
                policy,
                customer,
                priority,
                shipTo,
                holdUntil,
                expired,
                List.copyOf(other),
                movementId,
                recordedAt);
    }

    /** The same reservation as an order that does not run out, or as a hold that ran out. */
    public Reservation ended(boolean ranOut) {
        return new Reservation(
                reservationId,
                channel,
                orderRef,
                policy,
                customer,
                priority,
                shipTo,
                null,
                ranOut,
                lines,
                movementId,
                recordedAt);
    }

    /** Follows from the lines; never stored apart from them. */
    public Status status() {
        long held = lines.stream().mapToLong(Line::held).sum();
        long shipped = lines.stream().mapToLong(Line::shipped).sum();
        long waiting = lines.stream().mapToLong(Line::backordered).sum();
        if (held + waiting == 0) {
            return shipped > 0 ? Status.SHIPPED : expired ? Status.EXPIRED : Status.CANCELLED;
        }
        if (shipped > 0) {
            return Status.PARTLY_SHIPPED;
        }
        if (waiting > 0) {
            return Status.BACKORDERED;
        }
        if (holdUntil != null) {
            return Status.HELD;
        }
        boolean all = lines.stream().allMatch(line -> line.allocated() == line.quantity());
        return all ? Status.RESERVED : Status.PARTIAL;
    }
}
