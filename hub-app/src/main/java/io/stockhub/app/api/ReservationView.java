package io.stockhub.app.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhub.stock.Reservation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A reservation on the wire. {@code short} is what the order asked for and did not get. */
record ReservationView(String reservationId, String status, List<Line> lines) {

    record Line(String sku, long quantity, List<Allocation> allocations, @JsonProperty("short") long shortQuantity) {}

    record Allocation(String location, long quantity) {}

    static ReservationView of(Reservation reservation) {
        return new ReservationView(
                Long.toString(reservation.reservationId()),
                reservation.status().code(),
                reservation.lines().stream().map(ReservationView::line).toList());
    }

    private static Line line(Reservation.Line line) {
        return new Line(
                line.sku(),
                line.quantity(),
                line.allocations().stream()
                        .map(allocation -> new Allocation(allocation.location(), allocation.quantity()))
                        .toList(),
                line.quantity() - line.allocated());
    }

    /** The same with all that is known of it, for one that is looked up. */
    record Detail(
            String reservationId,
            String status,
            String channel,
            String orderRef,
            String policy,
            Instant recordedAt,
            List<DetailLine> lines) {

        static Detail of(Reservation reservation) {
            return new Detail(
                    Long.toString(reservation.reservationId()),
                    reservation.status().code(),
                    reservation.channel(),
                    reservation.orderRef(),
                    reservation.policy().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    reservation.recordedAt(),
                    reservation.lines().stream().map(DetailLine::of).toList());
        }
    }

    record DetailLine(
            String sku,
            long quantity,
            List<DetailAllocation> allocations,
            @JsonProperty("short") long shortQuantity,
            long backordered) {

        static DetailLine of(Reservation.Line line) {
            return new DetailLine(
                    line.sku(),
                    line.quantity(),
                    line.allocations().stream()
                            .map(allocation -> new DetailAllocation(
                                    allocation.location(),
                                    allocation.quantity(),
                                    allocation.held(),
                                    allocation.shipped(),
                                    allocation.cancelled()))
                            .toList(),
                    line.quantity() - line.allocated(),
                    line.backordered());
        }
    }

    record DetailAllocation(String location, long quantity, long held, long shipped, long cancelled) {}
}
