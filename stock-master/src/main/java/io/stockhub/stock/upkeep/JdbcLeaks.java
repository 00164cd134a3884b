package io.stockhub.stock.upkeep;

import io.stockhub.stock.LeakDesk;
import io.stockhub.stock.sql.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The leak detector in PostgreSQL. */
public final class JdbcLeaks implements LeakDesk {
    /** The upkeep runs every second; what it has not done after this long it will not do. */
    private static final Duration UPKEEP = Duration.ofMinutes(1);

    private final Sql sql;
    private final InstantSource clock;

    public JdbcLeaks(DataSource dataSource, InstantSource clock) {
        this.sql = new Sql(dataSource);
        this.clock = clock;
    }

    @Override
    public List<Leak> leaks(Duration olderThan, int limit) {
        Instant now = clock.instant();
        List<Leak> leaks = new ArrayList<>();
        leaks.addAll(unexplained(limit));
        leaks.addAll(overdue(now.minus(UPKEEP), limit));
        leaks.addAll(waiting(limit));
        leaks.addAll(idle(now.minus(olderThan), limit));
        return List.copyOf(leaks);
    }

    private List<Leak> idle(Instant before, int limit) {
        return sql.list(
                """
                with held as (
                  select a.reservation_id, sum(a.quantity - a.shipped - a.cancelled) as units,
                         min(c.sku) as first_sku, max(c.sku) as last_sku, min(c.location) as first_location,
                         max(c.location) as last_location
                  from allocation a join account c using (account_id)
                  where a.quantity > a.shipped + a.cancelled group by a.reservation_id
                )
                select r.reservation_id, r.channel, r.order_ref,
                       case when h.first_sku = h.last_sku then h.first_sku end,
                       case when h.first_location = h.last_location then h.first_location end,
                       h.units, coalesce(last.at, r.recorded_at)
                from held h join reservation r using (reservation_id)
                left join lateral (
                  select m.recorded_at as at from posting p join movement m using (movement_id)
                  where p.reservation_id = h.reservation_id and p.reservation_id <> p.movement_id order by p.movement_id desc limit 1) last on true
                where r.recorded_at < ? and coalesce(last.at, r.recorded_at) < ?
                order by 7, 1 limit ?""",
                row -> new Leak(
                        Kind.IDLE,
                        new Order(row.getLong(1), row.getString(2), row.getString(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        Sql.time(row, 7)),
                before,
                before,
                limit);
    }

    private List<Leak> overdue(Instant before, int limit) {
        return sql.list(
                """
                select r.reservation_id, r.channel, r.order_ref, r.hold_until,
                  (select coalesce(sum(a.quantity - a.shipped - a.cancelled), 0) from allocation a
                   where a.reservation_id = r.reservation_id)
                from reservation r where r.hold_until < ? order by r.hold_until, r.reservation_id limit ?""",
                row -> new Leak(
                        Kind.HOLD_OVERDUE,
                        new Order(row.getLong(1), row.getString(2), row.getString(3)),
                        null,
                        null,
                        row.getLong(5),
                        Sql.time(row, 4)),
                before,
                limit);
    }

    /** Reserved units are compared account by account; what is picked has left its bin, and is compared by location. */
    private List<Leak> unexplained(int limit) {
        return sql.list(
                """
                with held as (
                  select c.sku, c.location, a.account_id, sum(a.quantity - a.shipped - a.cancelled - a.picked) as on_shelf,
                         sum(a.picked) as picked
                  from allocation a join account c using (account_id)
                  where a.quantity > a.shipped + a.cancelled group by c.sku, c.location, a.account_id
                ), difference as (
                  select coalesce(a.sku, h.sku) as sku, coalesce(a.location, h.location) as location,
                         coalesce(a.quantity, 0) - coalesce(h.on_shelf, 0) as units
                  from (select * from account where state = 'reserved') a full join held h using (account_id)
                  union all
                  select sku, location, coalesce(a.units, 0) - coalesce(h.units, 0)
                  from (select sku, location, sum(quantity) as units from account where state = 'picked'
                        group by sku, location) a
                  full join (select sku, location, sum(picked) as units from held group by sku, location) h
                    using (sku, location)
                )
                select sku, location, units from difference where units <> 0 order by abs(units) desc, sku, location
                limit ?""",
                row -> new Leak(Kind.UNEXPLAINED, null, row.getString(1), row.getString(2), row.getLong(3), null),
                limit);
    }

    /** A bundle waits for all of its parts; it leaks when one bundle more could be made of what is there. */
    private List<Leak> waiting(int limit) {
        return sql.list(
                """
                with need as (
                  select l.reservation_id, l.line, coalesce(p.sku, l.sku) as sku, coalesce(p.per_unit, 1) as per_unit
                  from reservation_line l left join reservation_part p using (reservation_id, line)
                  where l.backordered > 0
                ), supply as (
                  select w.sku, """
                        + Waiting.SELLABLE
                        + """
                   as units from (select distinct sku from need) w
                ), ready as (
                  select n.reservation_id, n.line from need n join supply s using (sku)
                  group by n.reservation_id, n.line having bool_and(s.units >= n.per_unit)
                )
                select r.reservation_id, r.channel, r.order_ref, l.sku, l.backordered, r.recorded_at
                from ready join reservation_line l using (reservation_id, line)
                join reservation r using (reservation_id)
                order by r.priority, r.reservation_id, l.line limit ?""",
                row -> new Leak(
                        Kind.BACKORDER_WAITING,
                        new Order(row.getLong(1), row.getString(2), row.getString(3)),
                        row.getString(4),
                        null,
                        row.getLong(5),
                        Sql.time(row, 6)),
                limit);
    }
}
