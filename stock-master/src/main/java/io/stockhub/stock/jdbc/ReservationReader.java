package io.stockhub.stock.jdbc;

import io.stockhub.stock.Command;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.ledger.Account;
import io.stockhub.stock.ledger.Book;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads reservations whole: head, lines, parts and allocations. */
final class ReservationReader {
    /** A union, since a condition of several parts joined by "or" reads every reservation there is. */
    private static final String LOCK =
            """
            select reservation_id from reservation where reservation_id in (
              select unnest(?::bigint[])
              union all
              select r.reservation_id from unnest(?::text[], ?::text[]) as o (channel, order_ref)
              join reservation r on r.channel = o.channel and r.order_ref = o.order_ref
              union all
              select l.reservation_id from reservation_line l
              left join reservation_part p on p.reservation_id = l.reservation_id and p.line = l.line
              where l.backordered > 0 and (
                coalesce(p.sku, l.sku) = any (?) or coalesce(p.sku, l.sku) in (
                  select coalesce(q.sku, k.sku) from reservation_line k
                  left join reservation_part q on q.reservation_id = k.reservation_id and q.line = k.line
                  where k.reservation_id = any (?))))
            order by reservation_id for update""";

    private static final String HEADS =
            """
            select reservation_id, channel, order_ref, policy, coalesce(movement_id, 0), recorded_at, content_hash,
                   customer, priority, hold_until, expired, country, region, postal_code
            from reservation where reservation_id = any (?) order by reservation_id""";
    private static final String LINES =
            """
            select reservation_id, line, sku, quantity, backordered, returned
            from reservation_line where reservation_id = any (?) order by reservation_id, line""";
    private static final String PARTS =
            """
            select reservation_id, line, sku, per_unit
            from reservation_part where reservation_id = any (?) order by reservation_id, line, sku""";
    private static final String ALLOCATIONS =
            """
            select a.reservation_id, a.line, a.quantity, a.picked, a.shipped, a.cancelled,
                   c.sku, c.location, c.state, c.lot, c.serial, c.bin, c.pool, c.holder
            from allocation a
            join account c using (account_id)
            join location p on p.location_id = c.location
            where a.reservation_id = any (?)
            order by a.reservation_id, a.line, p.priority, c.location, c.account_id""";

    private record LineKey(long reservationId, int line) {}

    private final Rows rows;

    ReservationReader(Rows rows) {
        this.rows = rows;
    }

    /** Locks, in the order of their ids, the reservations that a batch names and those that may get its stock. */
    List<Book.Booked> lock(Needs needs) throws SQLException {
        if (needs.reservations.isEmpty() && needs.orderRefs.isEmpty() && needs.arriving.isEmpty()) {
            return List.of();
        }
        if (!needs.returnedRefs.isEmpty()) {
            rows.query(
                    """
                    select reservation_id from reservation
                    where (channel, order_ref) in (select * from unnest(?::text[], ?::text[]))""",
                    row -> needs.release(row.getLong(1)),
                    rows.texts(needs.returnedChannels),
                    rows.texts(needs.returnedRefs));
        }
        List<Long> found = new ArrayList<>();
        rows.query(
                LOCK,
                row -> found.add(row.getLong(1)),
                rows.numbers(needs.reservations),
                rows.texts(needs.orderChannels),
                rows.texts(needs.orderRefs),
                rows.texts(needs.arriving),
                rows.numbers(needs.released));
        return found.isEmpty() ? List.of() : booked(found);
    }

    List<Book.Booked> booked(Collection<Long> ids) throws SQLException {
        Map<Long, List<Reservation.Line>> lines = lines(ids);
        List<Book.Booked> booked = new ArrayList<>();
        rows.query(
                HEADS,
                row -> {
                    long id = row.getLong(1);
                    Reservation reservation = new Reservation(
                            id,
                            row.getString(2),
                            row.getString(3),
                            Command.Policy.valueOf(row.getString(4)),
                            row.getString(8),
                            row.getInt(9),
                            shipTo(row),
                            Rows.optionalTime(row, 10),
                            row.getBoolean(11),
                            List.copyOf(lines.getOrDefault(id, List.of())),
                            row.getLong(5),
                            Rows.time(row, 6));
                    booked.add(new Book.Booked(reservation, row.getBytes(7)));
                },
                rows.numbers(ids));
        return booked;
    }

    private Map<Long, List<Reservation.Line>> lines(Collection<Long> ids) throws SQLException {
        Map<LineKey, Map<String, Long>> parts = new HashMap<>();
        rows.query(
                PARTS,
                row -> parts.computeIfAbsent(new LineKey(row.getLong(1), row.getInt(2)), any -> new LinkedHashMap<>())
                        .put(row.getString(3), row.getLong(4)),
                rows.numbers(ids));
        Map<LineKey, List<Reservation.Allocation>> allocations = new HashMap<>();
        rows.query(
                ALLOCATIONS,
                row -> {
                    Account account = BookReader.account(row, 7);
                    allocations
                            .computeIfAbsent(new LineKey(row.getLong(1), row.getInt(2)), any -> new ArrayList<>())
                            .add(new Reservation.Allocation(
                                    account.sku(),
                                    account.location(),
                                    account.detail(),
                                    row.getLong(3),
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getLong(6)));
                },
                rows.numbers(ids));
        Map<Long, List<Reservation.Line>> lines = new LinkedHashMap<>();
        rows.query(
                LINES,
                row -> {
                    LineKey key = new LineKey(row.getLong(1), row.getInt(2));
                    String sku = row.getString(3);
                    lines.computeIfAbsent(key.reservationId(), id -> new ArrayList<>())
                            .add(new Reservation.Line(
                                    sku,
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getLong(6),
                                    parts.getOrDefault(key, Map.of(sku, 1L)),
                                    List.copyOf(allocations.getOrDefault(key, List.of()))));
                },
                rows.numbers(ids));
        return lines;
    }

    private static Command.@Nullable ShipTo shipTo(ResultSet row) throws SQLException {
        Command.ShipTo shipTo = new Command.ShipTo(row.getString(12), row.getString(13), row.getString(14));
        boolean unknown = shipTo.country() == null && shipTo.region() == null && shipTo.postalCode() == null;
        return unknown ? null : shipTo;
    }
}
