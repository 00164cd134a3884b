package io.stockhub.stock.jdbc;

import io.stockhub.stock.Reservation;
import io.stockhub.stock.ReservationQueries;
import io.stockhub.stock.ledger.Book;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The search for reservations in PostgreSQL. */
public final class JdbcReservations implements ReservationQueries {
    /** At how many reservations one call looks: some tenths of a second, whatever is searched. */
    private static final int LOOKED_AT_MAX = 10_000;

    private static final int LOOKED_AT_ONCE = 1_000;

    /**
     * Some reservations in the order of their ids, each with whether it is meant. The status is the same as {@link
     * Reservation#status()}, by whether there is any of a thing; asked by aggregates, because the planner answers "exists"
     * from a hash of all allocations there are.
     */
    private static final String LOOK =
            """
            select r.reservation_id,
              (?::text is null or r.channel = ?)
              and (?::text is null or ? = case
                when not held and not waits then
                  case when shipped then 'SHIPPED' when r.expired then 'EXPIRED' else 'CANCELLED' end
                when shipped then 'PARTLY_SHIPPED'
                when waits then 'BACKORDERED'
                when r.hold_until is not null then 'HELD'
                when complete then 'RESERVED'
                else 'PARTIAL' end)
            from (select * from reservation where reservation_id > ? and (%s) order by reservation_id limit ?) r
            cross join lateral (
              select coalesce(bool_or(a.quantity > a.shipped + a.cancelled), false) as held,
                     coalesce(bool_or(a.shipped > 0), false) as shipped
              from allocation a where a.reservation_id = r.reservation_id) allocated
            cross join lateral (
              select coalesce(bool_or(l.backordered > 0), false) as waits,
                     coalesce(bool_and(l.quantity
                       * coalesce((select sum(p.per_unit) from reservation_part p
                                   where (p.reservation_id, p.line) = (l.reservation_id, l.line)), 1)
                       = coalesce((select sum(a.quantity) from allocation a
                                   where (a.reservation_id, a.line) = (l.reservation_id, l.line)), 0)), true) as complete
              from reservation_line l where l.reservation_id = r.reservation_id) ordered
            order by r.reservation_id""";

    /** What an index knows of some statuses; the others are found by going through the ids. */
    private static String among(Search search) {
        if (search.orderRef() != null) {
            return "channel = ? and order_ref = ?";
        }
        return switch (search.status()) {
            case HELD -> "hold_until is not null";
            case EXPIRED -> "expired";
            case BACKORDERED -> "reservation_id in (select reservation_id from reservation_line where backordered > 0)";
            case null, default -> "true";
        };
    }

    private final DataSource dataSource;

    public JdbcReservations(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Page reservations(Search search, long after, int limit) {
        return JdbcAvailability.snapshot(dataSource, connection -> {
            Rows rows = new Rows(connection);
            List<Long> ids = new ArrayList<>();
            Long next = find(rows, search, after, limit, ids);
            List<Reservation> found = ids.isEmpty()
                    ? List.of()
                    : new ReservationReader(rows)
                            .booked(ids).stream().map(Book.Booked::reservation).toList();
            return new Page(found, next);
        });
    }

    /** Adds what is meant to {@code ids} and says where the next page begins. */
    private static @Nullable Long find(Rows rows, Search search, long after, int limit, List<Long> ids)
            throws SQLException {
        boolean all = search.channel() == null && search.status() == null;
        int atOnce = all ? limit : LOOKED_AT_ONCE;
        String status = search.status() == null ? null : search.status().name();
        String sql = LOOK.formatted(among(search));
        long last = after;
        for (int lookedAt = 0; lookedAt < LOOKED_AT_MAX; lookedAt += atOnce) {
            List<Object> parameters =
                    new ArrayList<>(Arrays.asList(search.channel(), search.channel(), status, status));
            parameters.add(last);
            if (search.orderRef() != null) {
                parameters.addAll(List.of(String.valueOf(search.channel()), search.orderRef()));
            }
            parameters.add(atOnce);
            List<Long> part = new ArrayList<>();
            rows.query(
                    sql,
                    row -> {
                        part.add(row.getLong(1));
                        if (row.getBoolean(2)) {
                            ids.add(row.getLong(1));
                        }
                    },
                    parameters.toArray());
            if (ids.size() > limit) {
                ids.subList(limit, ids.size()).clear();
                return ids.getLast();
            }
            if (part.size() < atOnce) {
                return null;
            }
            last = part.getLast();
            if (ids.size() == limit) {
                return last;
            }
        }
        return last;
    }
}
