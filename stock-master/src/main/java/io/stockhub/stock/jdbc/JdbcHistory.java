package io.stockhub.stock.jdbc;

import io.stockhub.stock.Detail;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.StockQueries.OrderRef;
import io.stockhub.stock.StockQueries.PostingView;
import io.stockhub.stock.StockState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The life of a SKU: its postings in the order of the ledger, each with its cause and what there was after it. */
final class JdbcHistory {
    private static final String ON_HAND =
            "('available', 'reserved', 'picked', 'inspection', 'damaged', 'refurbish', 'blocked')";

    /** What came into a set of states, less what left it. */
    private static String change(String states) {
        return "case when t.state in " + states + " then p.quantity else 0 end - case when f.state in " + states
                + " then p.quantity else 0 end";
    }

    /**
     * "offset 0": how many postings follow a mark is not known to the planner, which would read all accounts for what are
     * a few.
     */
    private static final String PAGE =
            """
            with mark as (
              select movement_id, accounts, quantities from sku_mark where sku = ? and movement_id <= ?
              order by movement_id desc limit 1
            ), before as (
              select coalesce(sum(on_hand), 0) as on_hand, coalesce(sum(available), 0) as available from (
                select case when a.state in %3$s then u.quantity else 0 end as on_hand,
                       case when a.state = 'available' then u.quantity else 0 end as available
                from mark cross join lateral unnest(mark.accounts, mark.quantities) as u (account_id, quantity)
                cross join lateral (
                  select state from account a where a.account_id = u.account_id offset 0) a
                union all
                select %1$s, %2$s
                from posting p
                cross join lateral (select state from account a where a.account_id = p.from_account offset 0) f
                cross join lateral (select state from account a where a.account_id = p.to_account offset 0) t
                where p.sku = ? and p.movement_id <= ?
                  and p.movement_id > coalesce((select movement_id from mark), 0)) life
            ), page as (
              select p.*, %1$s as on_hand_change, %2$s as available_change,
                     f.state as from_state, f.location as from_location, f.lot as f_lot, f.serial as f_serial,
                     f.bin as f_bin, f.pool as f_pool, f.holder as f_holder,
                     t.state as to_state, t.location as to_location, t.lot as t_lot, t.serial as t_serial,
                     t.bin as t_bin, t.pool as t_pool, t.holder as t_holder
              from posting p join account f on f.account_id = p.from_account join account t on t.account_id = p.to_account
              where p.sku = ? and p.movement_id > ? order by p.movement_id, p.line limit ?
            )
            select p.movement_id, p.line, m.kind, m.reference, m.reason, m.actor, m.occurred_at, m.recorded_at,
                   p.to_location, p.from_state, p.to_state, p.quantity, p.from_location,
                   p.f_lot, p.f_serial, p.f_bin, p.f_pool, p.f_holder, p.t_lot, p.t_serial, p.t_bin, p.t_pool, p.t_holder,
                   r.reservation_id, r.channel, r.order_ref, m.reverses, u.movement_id,
                   b.on_hand + sum(p.on_hand_change) over life, b.available + sum(p.available_change) over life
            from page p cross join before b join movement m on m.movement_id = p.movement_id
            left join movement u on u.reverses = p.movement_id
            left join reservation r on r.reservation_id = p.reservation_id
            window life as (order by p.movement_id, p.line)
            order by p.movement_id, p.line"""
                    .formatted(change(ON_HAND), change("('available')"), ON_HAND);

    private JdbcHistory() {}

    static List<PostingView> postings(Connection connection, String sku, long afterMovement, int limit)
            throws SQLException {
        List<PostingView> postings = new ArrayList<>();
        new Rows(connection)
                .query(
                        PAGE,
                        row -> postings.add(posting(row)),
                        sku,
                        afterMovement,
                        sku,
                        afterMovement,
                        sku,
                        afterMovement,
                        limit);
        return postings;
    }

    private static PostingView posting(ResultSet row) throws SQLException {
        return new PostingView(
                row.getLong(1),
                row.getInt(2),
                MovementKind.of(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                Rows.time(row, 7),
                Rows.time(row, 8),
                row.getString(9),
                StockState.of(row.getString(10)),
                StockState.of(row.getString(11)),
                row.getLong(12),
                row.getString(13),
                detail(row, 14),
                detail(row, 19),
                order(row),
                row.getObject(27, Long.class),
                row.getObject(28, Long.class),
                row.getLong(29),
                row.getLong(30));
    }

    private static @Nullable OrderRef order(ResultSet row) throws SQLException {
        return row.getString(25) == null ? null : new OrderRef(row.getLong(24), row.getString(25), row.getString(26));
    }

    static Detail detail(ResultSet row, int first) throws SQLException {
        return new Detail(
                row.getString(first),
                row.getString(first + 1),
                row.getString(first + 2),
                row.getString(first + 3),
                row.getString(first + 4));
    }
}
