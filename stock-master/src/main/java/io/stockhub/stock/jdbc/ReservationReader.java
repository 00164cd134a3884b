package io.stockhub.stock.jdbc;

import io.stockhub.stock.Command;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.ledger.Book;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads reservations whole: head, lines and allocations. */
final class ReservationReader {
    private static final String HEADS =
            """
            select reservation_id, channel, order_ref, policy, coalesce(movement_id, 0), recorded_at, content_hash
            from reservation where reservation_id = any (?) order by reservation_id""";
    private static final String LINES =
            """
            select l.reservation_id, l.line, l.sku, l.quantity, l.backordered,
                   a.location, a.quantity, a.shipped, a.cancelled
            from reservation_line l
            left join allocation a on a.reservation_id = l.reservation_id and a.line = l.line
            left join location p on p.location_id = a.location
            where l.reservation_id = any (?)
            order by l.reservation_id, l.line, p.priority, a.location""";

    private record LineKey(long reservationId, int line) {}

    private record Head(String sku, long quantity, long backordered) {}

    private final Connection connection;

    ReservationReader(Connection connection) {
        this.connection = connection;
    }

    List<Book.Booked> booked(Collection<Long> ids) throws SQLException {
        Map<Long, List<Reservation.Line>> lines = lines(ids);
        List<Book.Booked> booked = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(HEADS)) {
            select.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                long id = row.getLong(1);
                Reservation reservation = new Reservation(
                        id,
                        row.getString(2),
                        row.getString(3),
                        Command.Policy.valueOf(row.getString(4)),
                        List.copyOf(lines.getOrDefault(id, List.of())),
                        row.getLong(5),
                        row.getObject(6, OffsetDateTime.class).toInstant());
                booked.add(new Book.Booked(reservation, row.getBytes(7)));
            }
        }
        return booked;
    }

    private Map<Long, List<Reservation.Line>> lines(Collection<Long> ids) throws SQLException {
        Map<LineKey, Head> heads = new LinkedHashMap<>();
        Map<LineKey, List<Reservation.Allocation>> allocations = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LINES)) {
            select.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                LineKey key = new LineKey(row.getLong(1), row.getInt(2));
                heads.putIfAbsent(key, new Head(row.getString(3), row.getLong(4), row.getLong(5)));
                List<Reservation.Allocation> held = allocations.computeIfAbsent(key, k -> new ArrayList<>());
                if (row.getString(6) != null) {
                    held.add(new Reservation.Allocation(
                            row.getString(6), row.getLong(7), row.getLong(8), row.getLong(9)));
                }
            }
        }
        Map<Long, List<Reservation.Line>> lines = new LinkedHashMap<>();
        heads.forEach((key, head) -> lines.computeIfAbsent(key.reservationId(), k -> new ArrayList<>())
                .add(new Reservation.Line(
                        head.sku(),
                        head.quantity(),
                        head.backordered(),
                        List.copyOf(allocations.getOrDefault(key, List.of())))));
        return lines;
    }
}
