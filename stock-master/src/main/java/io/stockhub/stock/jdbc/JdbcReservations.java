package io.stockhub.stock.jdbc;

import static io.stockhub.stock.jdbc.JdbcCatalogue.unavailable;

import io.stockhub.stock.Reservation;
import io.stockhub.stock.ReservationQueries;
import io.stockhub.stock.ledger.Book;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The search for reservations in PostgreSQL. */
public final class JdbcReservations implements ReservationQueries {
    /** The same as {@link Reservation#status()}, by whether there is any of a thing. */
    private static final String FIND =
            """
            select r.reservation_id
            from reservation r
            cross join lateral (
              select exists (select 1 from allocation a where a.reservation_id = r.reservation_id
                             and a.quantity > a.shipped + a.cancelled) as held,
                     exists (select 1 from allocation a where a.reservation_id = r.reservation_id
                             and a.shipped > 0) as shipped,
                     exists (select 1 from reservation_line l where l.reservation_id = r.reservation_id
                             and l.backordered > 0) as waits,
                     not exists (
                       select 1 from reservation_line l where l.reservation_id = r.reservation_id
                       and l.quantity
                           * coalesce((select sum(p.per_unit) from reservation_part p
                                       where (p.reservation_id, p.line) = (l.reservation_id, l.line)), 1)
                         <> coalesce((select sum(a.quantity) from allocation a
                                      where (a.reservation_id, a.line) = (l.reservation_id, l.line)), 0)
                     ) as complete
            ) is_
            where r.reservation_id > ?
              and (?::text is null or r.channel = ?)
              and (?::text is null or r.order_ref = ?)
              and (?::text is null or ? = case
                when not held and not waits then
                  case when shipped then 'SHIPPED' when r.expired then 'EXPIRED' else 'CANCELLED' end
                when shipped then 'PARTLY_SHIPPED'
                when waits then 'BACKORDERED'
                when r.hold_until is not null then 'HELD'
                when complete then 'RESERVED'
                else 'PARTIAL' end)
            order by r.reservation_id limit ?""";

    private final DataSource dataSource;

    public JdbcReservations(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public List<Reservation> reservations(Search search, long after, int limit) {
        String status = search.status() == null ? null : search.status().name();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                Rows rows = new Rows(connection);
                List<Long> ids = new ArrayList<>();
                rows.query(
                        FIND,
                        row -> ids.add(row.getLong(1)),
                        after,
                        search.channel(),
                        search.channel(),
                        search.orderRef(),
                        search.orderRef(),
                        status,
                        status,
                        limit);
                return ids.isEmpty()
                        ? List.of()
                        : new ReservationReader(rows)
                                .booked(ids).stream()
                                        .map(Book.Booked::reservation)
                                        .toList();
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }
}
