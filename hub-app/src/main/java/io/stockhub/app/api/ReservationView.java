package io.stockhub.app.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhub.stock.Reservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A reservation on the wire. {@code short} is what the order asked for and did not get. */
record ReservationView(String reservationId, String status, List<Line> lines) {

    /**
     * @param allocations by location; of a bundle, those that are whole there
     * @param components of a bundle, with what each location holds of them; absent for other SKUs
     */
    record Line(
            String sku,
            long quantity,
            List<Allocation> allocations,
            @JsonProperty("short") long shortQuantity,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Component> components) {}

    record Allocation(String location, long quantity) {}

    /** {@code perUnit}: how many are in one of the bundle. */
    record Component(String sku, long perUnit, List<Allocation> allocations) {}

    static ReservationView of(Reservation reservation) {
        return new ReservationView(
                Long.toString(reservation.reservationId()),
                reservation.status().code(),
                reservation.lines().stream().map(ReservationView::line).toList());
    }

    static Line line(Reservation.Line line) {
        List<Allocation> allocations = new ArrayList<>();
        whole(line, Reservation.Allocation::quantity).forEach((location, quantity) -> {
            if (quantity > 0) {
                allocations.add(new Allocation(location, quantity));
            }
        });
        return new Line(line.sku(), line.quantity(), allocations, line.quantity() - line.allocated(), components(line));
    }

    private static List<Component> components(Reservation.Line line) {
        if (line.parts().keySet().equals(Set.of(line.sku()))) {
            return List.of();
        }
        List<Component> components = new ArrayList<>();
        new TreeMap<>(line.parts()).forEach((sku, perUnit) -> {
            List<Allocation> allocations = new ArrayList<>();
            byLocation(line, sku, Reservation.Allocation::quantity)
                    .forEach((location, quantity) -> allocations.add(new Allocation(location, quantity)));
            components.add(new Component(sku, perUnit, allocations));
        });
        return components;
    }

    /** Units of the line's SKU by location, in the order of allocation; of a bundle, as many as are whole there. */
    private static Map<String, Long> whole(Reservation.Line line, ToLongFunction<Reservation.Allocation> figure) {
        Map<String, Long> whole = new LinkedHashMap<>();
        line.allocations().forEach(allocation -> whole.put(allocation.location(), Long.MAX_VALUE));
        line.parts().forEach((sku, perUnit) -> {
            Map<String, Long> units = byLocation(line, sku, figure);
            whole.replaceAll((location, least) -> Math.min(least, units.getOrDefault(location, 0L) / perUnit));
        });
        return whole;
    }

    private static Map<String, Long> byLocation(
            Reservation.Line line, String sku, ToLongFunction<Reservation.Allocation> figure) {
        Map<String, Long> units = new LinkedHashMap<>();
        for (Reservation.Allocation allocation : line.allocations()) {
            if (allocation.sku().equals(sku)) {
                units.merge(allocation.location(), figure.applyAsLong(allocation), Long::sum);
            }
        }
        return units;
    }

    /**
     * The same with all that is known of it, for one that is looked up.
     *
     * @param holdUntil when it comes back by itself; null for an order, which does not
     */
    record Detail(
            String reservationId,
            String status,
            String channel,
            String orderRef,
            String policy,
            @Nullable String customer,
            int priority,
            @Nullable Instant holdUntil,
            Instant recordedAt,
            List<DetailLine> lines) {

        static Detail of(Reservation reservation) {
            return new Detail(
                    Long.toString(reservation.reservationId()),
                    reservation.status().code(),
                    reservation.channel(),
                    reservation.orderRef(),
                    Values.code(reservation.policy()),
                    reservation.customer(),
                    reservation.priority(),
                    reservation.holdUntil(),
                    reservation.recordedAt(),
                    reservation.lines().stream().map(DetailLine::of).toList());
        }
    }

    /** {@code units}: which units these are, the components of a bundle one by one. */
    record DetailLine(
            String sku,
            long quantity,
            List<DetailAllocation> allocations,
            @JsonProperty("short") long shortQuantity,
            long backordered,
            long returned,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Component> components,
            List<Unit> units) {

        static DetailLine of(Reservation.Line line) {
            Map<String, Long> held = whole(line, Reservation.Allocation::held);
            Map<String, Long> picked = whole(line, Reservation.Allocation::picked);
            Map<String, Long> shipped = whole(line, Reservation.Allocation::shipped);
            Map<String, Long> cancelled = whole(line, Reservation.Allocation::cancelled);
            List<DetailAllocation> allocations = new ArrayList<>();
            whole(line, Reservation.Allocation::quantity).forEach((location, quantity) -> {
                if (quantity > 0) {
                    allocations.add(new DetailAllocation(
                            location,
                            quantity,
                            held.getOrDefault(location, 0L),
                            picked.getOrDefault(location, 0L),
                            shipped.getOrDefault(location, 0L),
                            cancelled.getOrDefault(location, 0L)));
                }
            });
            return new DetailLine(
                    line.sku(),
                    line.quantity(),
                    allocations,
                    line.quantity() - line.allocated(),
                    line.backordered(),
                    line.returned(),
                    ReservationView.components(line),
                    line.allocations().stream().map(Unit::of).toList());
        }
    }

    /** Of what is held, {@code picked} is off the shelf. */
    record DetailAllocation(String location, long quantity, long held, long picked, long shipped, long cancelled) {}

    /** Units that nothing tells apart; what does not apply to them is absent. */
    record Unit(
            String sku,
            String location,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String lot,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String serial,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String bin,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String pool,
            long quantity,
            long held,
            long picked,
            long shipped,
            long cancelled) {

        static Unit of(Reservation.Allocation allocation) {
            return new Unit(
                    allocation.sku(),
                    allocation.location(),
                    allocation.detail().lot(),
                    allocation.detail().serial(),
                    allocation.detail().bin(),
                    allocation.detail().pool(),
                    allocation.quantity(),
                    allocation.held(),
                    allocation.picked(),
                    allocation.shipped(),
                    allocation.cancelled());
        }
    }
}
