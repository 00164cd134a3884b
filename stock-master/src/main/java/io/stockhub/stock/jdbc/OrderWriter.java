package io.stockhub.stock.jdbc;

import io.stockhub.stock.Command;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.ledger.Account;
import io.stockhub.stock.ledger.Effects;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Adds to a request what a batch means for orders: reservations, their lines, and what is allocated to them. */
final class OrderWriter {
    private final Request request;
    private final Effects effects;
    private final OffsetDateTime recordedAt;
    private final ToLongFunction<Account> accountId;

    OrderWriter(Request request, Effects effects, OffsetDateTime recordedAt, ToLongFunction<Account> accountId) {
        this.request = request;
        this.effects = effects;
        this.recordedAt = recordedAt;
        this.accountId = accountId;
    }

    void add() throws SQLException {
        reservations();
        lines();
        allocations();
        lineChanges();
        holdEnds();
    }

    private void reservations() throws SQLException {
        Columns.of(request.connection(), effects.reservations())
                .value(recordedAt)
                .array("bigint", row -> row.reservation().reservationId())
                .array("text", row -> row.reservation().channel())
                .array("text", row -> row.reservation().orderRef())
                .bytes(Effects.NewReservation::contentHash)
                .array("text", row -> row.reservation().policy().name())
                .array("text", row -> row.reservation().customer())
                .array("int", row -> row.reservation().priority())
                .array("text", row -> shipTo(row, Command.ShipTo::country))
                .array("text", row -> shipTo(row, Command.ShipTo::region))
                .array("text", row -> shipTo(row, Command.ShipTo::postalCode))
                .array("timestamptz", row -> holdUntil(row.reservation()))
                .array("bigint", row -> movementOf(row.reservation()))
                .array("text", Effects.NewReservation::actor)
                .into(
                        request,
                        """
                        insert into reservation (recorded_at, reservation_id, channel, order_ref, content_hash, policy,
                          customer, priority, country, region, postal_code, hold_until, movement_id, actor)
                        select ?::timestamptz, r.* from unnest(
                          ?::bigint[], ?::text[], ?::text[], ?::bytea[], ?::text[], ?::text[], ?::int[], ?::text[],
                          ?::text[], ?::text[], ?::timestamptz[], ?::bigint[], ?::text[]) r""");
    }

    private record LineRow(long reservationId, int line, Reservation.Line value) {}

    private record PartRow(long reservationId, int line, String sku, long perUnit) {}

    private void lines() throws SQLException {
        List<LineRow> lines = new ArrayList<>();
        List<PartRow> parts = new ArrayList<>();
        for (Effects.NewReservation row : effects.reservations()) {
            long id = row.reservation().reservationId();
            for (int i = 0; i < row.reservation().lines().size(); i++) {
                Reservation.Line line = row.reservation().lines().get(i);
                int number = i;
                lines.add(new LineRow(id, number, line));
                if (!line.parts().containsKey(line.sku())) {
                    line.parts().forEach((sku, perUnit) -> parts.add(new PartRow(id, number, sku, perUnit)));
                }
            }
        }
        Columns.of(request.connection(), lines)
                .array("bigint", LineRow::reservationId)
                .array("int", LineRow::line)
                .array("text", row -> row.value().sku())
                .array("bigint", row -> row.value().quantity())
                .array("bigint", row -> row.value().backordered())
                .into(
                        request,
                        """
                        insert into reservation_line (reservation_id, line, sku, quantity, backordered)
                        select * from unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[], ?::bigint[])""");
        Columns.of(request.connection(), parts)
                .array("bigint", PartRow::reservationId)
                .array("int", PartRow::line)
                .array("text", PartRow::sku)
                .array("bigint", PartRow::perUnit)
                .into(
                        request,
                        """
                        insert into reservation_part (reservation_id, line, sku, per_unit)
                        select * from unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[])""");
    }

    private record Key(Effects.OrderLine line, Account reserved) {}

    private record Sum(long quantity, long picked, long shipped, long cancelled) {
        static Sum of(Effects.AllocationChange change) {
            return new Sum(change.quantity(), change.picked(), change.shipped(), change.cancelled());
        }

        Sum plus(Sum other) {
            return new Sum(
                    quantity + other.quantity,
                    picked + other.picked,
                    shipped + other.shipped,
                    cancelled + other.cancelled);
        }
    }

    /**
     * Several commands of one batch may touch one allocation: an update sees each row once, so they are summed. Those of
     * new orders are new themselves. Of the others, rows that exist are updated, since PostgreSQL checks the constraints of
     * an upsert on the row as proposed, and a change is not a row.
     */
    private void allocations() throws SQLException {
        Map<Key, Sum> sums = new LinkedHashMap<>();
        effects.allocationChanges()
                .forEach(change -> sums.merge(new Key(change.line(), change.reserved()), Sum.of(change), Sum::plus));
        Set<Long> newOrders = new HashSet<>();
        effects.reservations().forEach(row -> newOrders.add(row.reservation().reservationId()));
        List<Map.Entry<Key, Sum>> fresh = new ArrayList<>();
        List<Map.Entry<Key, Sum>> changed = new ArrayList<>();
        sums.entrySet()
                .forEach(sum -> (newOrders.contains(sum.getKey().line().reservationId()) ? fresh : changed).add(sum));
        allocations(fresh)
                .into(
                        request,
                        """
                        insert into allocation (reservation_id, line, account_id, quantity, picked, shipped, cancelled)
                        select * from unnest(?::bigint[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                                             ?::bigint[])""");
        allocations(changed)
                .into(
                        request,
                        """
                        with change as (
                          select * from unnest(?::bigint[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                                               ?::bigint[])
                            as c (reservation_id, line, account_id, quantity, picked, shipped, cancelled)
                        ), updated as (
                          update allocation a set quantity = a.quantity + c.quantity, picked = a.picked + c.picked,
                            shipped = a.shipped + c.shipped, cancelled = a.cancelled + c.cancelled
                          from change c
                          where a.reservation_id = c.reservation_id and a.line = c.line and a.account_id = c.account_id
                          returning a.reservation_id, a.line, a.account_id
                        )
                        insert into allocation (reservation_id, line, account_id, quantity, picked, shipped, cancelled)
                        select * from change c where not exists (
                          select from updated u where u.reservation_id = c.reservation_id and u.line = c.line
                            and u.account_id = c.account_id)""");
    }

    private Columns<Map.Entry<Key, Sum>> allocations(List<Map.Entry<Key, Sum>> sums) {
        return Columns.of(request.connection(), sums)
                .array("bigint", row -> row.getKey().line().reservationId())
                .array("int", row -> row.getKey().line().line())
                .array("bigint", row -> accountId.applyAsLong(row.getKey().reserved()))
                .array("bigint", row -> row.getValue().quantity())
                .array("bigint", row -> row.getValue().picked())
                .array("bigint", row -> row.getValue().shipped())
                .array("bigint", row -> row.getValue().cancelled());
    }

    private void lineChanges() throws SQLException {
        Columns.of(request.connection(), effects.lineChanges())
                .array("bigint", change -> change.line().reservationId())
                .array("int", change -> change.line().line())
                .array("bigint", Effects.LineChange::backordered)
                .array("bigint", Effects.LineChange::returned)
                .into(
                        request,
                        """
                        update reservation_line l
                        set backordered = l.backordered + c.backordered, returned = l.returned + c.returned
                        from (select id, line, sum(backordered) as backordered, sum(returned) as returned
                              from unnest(?::bigint[], ?::int[], ?::bigint[], ?::bigint[])
                                as u (id, line, backordered, returned) group by id, line) c
                        where l.reservation_id = c.id and l.line = c.line""");
    }

    private void holdEnds() throws SQLException {
        Columns.of(request.connection(), effects.holdEnds())
                .array("bigint", Effects.HoldEnd::reservationId)
                .array("boolean", Effects.HoldEnd::expired)
                .into(
                        request,
                        """
                        update reservation r set hold_until = null, expired = r.expired or e.expired
                        from unnest(?::bigint[], ?::boolean[]) as e (reservation_id, expired)
                        where r.reservation_id = e.reservation_id""");
    }

    private static @Nullable String holdUntil(Reservation reservation) {
        return reservation.holdUntil() == null
                ? null
                : reservation.holdUntil().atOffset(ZoneOffset.UTC).toString();
    }

    private static @Nullable String shipTo(
            Effects.NewReservation row, Function<Command.ShipTo, @Nullable String> field) {
        return row.shipTo() == null ? null : field.apply(row.shipTo());
    }

    private static @Nullable Long movementOf(Reservation reservation) {
        return reservation.movementId() == 0 ? null : (Long) reservation.movementId();
    }
}
