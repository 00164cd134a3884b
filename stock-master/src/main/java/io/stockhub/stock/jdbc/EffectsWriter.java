package io.stockhub.stock.jdbc;

import io.stockhub.stock.Command;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.ledger.Account;
import io.stockhub.stock.ledger.Effects;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a batch's effects: one statement a table, whatever the size of the batch. */
final class EffectsWriter {
    private final Connection connection;
    private final Effects effects;
    private final Instant recordedAt;

    EffectsWriter(Connection connection, Effects effects, Instant recordedAt) {
        this.connection = connection;
        this.effects = effects;
        this.recordedAt = recordedAt;
    }

    void write() throws SQLException {
        balances();
        movements();
        postings();
        reservations();
        filled();
        allocationChanges();
        backorderChanges();
        remembered();
        changedSkus();
    }

    /**
     * Changes are added to what is there, never set: a row that another hub created a moment ago is added to, and the
     * check constraint has the last word. Rows that exist are updated first, since PostgreSQL checks the constraint of
     * an upsert on the row as proposed, and a change may be negative.
     */
    private void balances() throws SQLException {
        List<Map.Entry<Account, Long>> changes =
                List.copyOf(effects.balanceChanges().entrySet());
        run(
                """
                with change as (
                  select * from unnest(?::text[], ?::text[], ?::text[], ?::bigint[]) as c (sku, location, state, change)
                ), updated as (
                  update balance b set quantity = b.quantity + c.change from change c
                  where b.sku = c.sku and b.location = c.location and b.state = c.state
                  returning b.sku, b.location, b.state
                )
                insert into balance as b (sku, location, state, quantity)
                select sku, location, state, change from change c
                where not exists (select 1 from updated u
                                  where u.sku = c.sku and u.location = c.location and u.state = c.state)
                order by sku, location, state
                on conflict (sku, location, state) do update set quantity = b.quantity + excluded.quantity""",
                changes,
                column("text", change -> change.getKey().sku()),
                column("text", change -> change.getKey().location()),
                column("text", change -> change.getKey().state().code()),
                column("bigint", Map.Entry::getValue));
    }

    private void movements() throws SQLException {
        run(
                """
                insert into movement (movement_id, kind, reference, reason, actor, occurred_at, recorded_at)
                select m.*, ?::timestamptz from unnest(
                  ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[]) m""",
                effects.movements(),
                recordedAt(),
                column("bigint", Effects.Movement::movementId),
                column("text", movement -> movement.kind().code()),
                column("text", Effects.Movement::reference),
                column("text", Effects.Movement::reason),
                column("text", Effects.Movement::actor),
                column("timestamptz", movement -> movement.occurredAt().toString()));
    }

    private void postings() throws SQLException {
        run(
                """
                insert into posting (movement_id, line, sku, from_location, from_state, to_location, to_state, quantity)
                select * from unnest(
                  ?::bigint[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])""",
                effects.postings(),
                column("bigint", Effects.Posting::movementId),
                column("int", Effects.Posting::line),
                column("text", posting -> posting.from().sku()),
                column("text", posting -> posting.from().location()),
                column("text", posting -> posting.from().state().code()),
                column("text", posting -> posting.to().location()),
                column("text", posting -> posting.to().state().code()),
                column("bigint", Effects.Posting::quantity));
    }

    private record LineRow(long reservationId, int line, Reservation.Line value) {}

    private record AllocationRow(long reservationId, int line, Reservation.Allocation value) {}

    private void reservations() throws SQLException {
        run(
                """
                insert into reservation (reservation_id, channel, order_ref, content_hash, policy, country, region,
                                         postal_code, movement_id, actor, recorded_at)
                select r.*, ?::timestamptz from unnest(
                  ?::bigint[], ?::text[], ?::text[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[],
                  ?::bigint[], ?::text[]) r""",
                effects.reservations(),
                recordedAt(),
                column("bigint", row -> row.reservation().reservationId()),
                column("text", row -> row.reservation().channel()),
                column("text", row -> row.reservation().orderRef()),
                bytes(Effects.NewReservation::contentHash),
                column("text", row -> row.reservation().policy().name()),
                column("text", row -> shipTo(row, Command.ShipTo::country)),
                column("text", row -> shipTo(row, Command.ShipTo::region)),
                column("text", row -> shipTo(row, Command.ShipTo::postalCode)),
                column("bigint", row -> movementOf(row.reservation())),
                column("text", Effects.NewReservation::actor));
        List<LineRow> lines = effects.reservations().stream()
                .map(Effects.NewReservation::reservation)
                .flatMap(reservation -> java.util.stream.IntStream.range(
                                0, reservation.lines().size())
                        .mapToObj(i -> new LineRow(
                                reservation.reservationId(),
                                i,
                                reservation.lines().get(i))))
                .toList();
        run(
                """
                insert into reservation_line (reservation_id, line, sku, quantity, backordered)
                select * from unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[], ?::bigint[])""",
                lines,
                column("bigint", LineRow::reservationId),
                column("int", LineRow::line),
                column("text", row -> row.value().sku()),
                column("bigint", row -> row.value().quantity()),
                column("bigint", row -> row.value().backordered()));
        List<AllocationRow> allocations = lines.stream()
                .flatMap(line -> line.value().allocations().stream()
                        .map(allocation -> new AllocationRow(line.reservationId(), line.line(), allocation)))
                .toList();
        run(
                """
                insert into allocation (reservation_id, line, location, quantity)
                select * from unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[])""",
                allocations,
                column("bigint", AllocationRow::reservationId),
                column("int", AllocationRow::line),
                column("text", row -> row.value().location()),
                column("bigint", row -> row.value().quantity()));
    }

    /** A line that waited may hold something at the location already. */
    private void filled() throws SQLException {
        run(
                """
                insert into allocation as a (reservation_id, line, location, quantity)
                select id, line, location, sum(quantity)
                from unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[]) as u (id, line, location, quantity)
                group by id, line, location
                on conflict (reservation_id, line, location) do update set quantity = a.quantity + excluded.quantity""",
                effects.filled(),
                column("bigint", Effects.Filled::reservationId),
                column("int", Effects.Filled::line),
                column("text", Effects.Filled::location),
                column("bigint", Effects.Filled::quantity));
    }

    /** Several commands of one batch may touch one allocation: an update sees each row once, so they are summed. */
    private void allocationChanges() throws SQLException {
        run(
                """
                update allocation a set shipped = a.shipped + c.shipped, cancelled = a.cancelled + c.cancelled
                from (select id, line, location, sum(shipped) as shipped, sum(cancelled) as cancelled
                      from unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[], ?::bigint[])
                           as u (id, line, location, shipped, cancelled)
                      group by id, line, location) c
                where a.reservation_id = c.id and a.line = c.line and a.location = c.location""",
                effects.allocationChanges(),
                column("bigint", Effects.AllocationChange::reservationId),
                column("int", Effects.AllocationChange::line),
                column("text", Effects.AllocationChange::location),
                column("bigint", Effects.AllocationChange::shipped),
                column("bigint", Effects.AllocationChange::cancelled));
    }

    private void backorderChanges() throws SQLException {
        run(
                """
                update reservation_line l set backordered = l.backordered - c.dropped
                from (select id, line, sum(dropped) as dropped
                      from unnest(?::bigint[], ?::int[], ?::bigint[]) as u (id, line, dropped) group by id, line) c
                where l.reservation_id = c.id and l.line = c.line""",
                effects.backorderChanges(),
                column("bigint", Effects.BackorderChange::reservationId),
                column("int", Effects.BackorderChange::line),
                column("bigint", Effects.BackorderChange::dropped));
    }

    private void remembered() throws SQLException {
        run(
                """
                insert into idempotency (key, content_hash, movement_id, reservation_id, recorded_at)
                select k.*, ?::timestamptz from unnest(?::text[], ?::bytea[], ?::bigint[], ?::bigint[]) k""",
                effects.remembered(),
                recordedAt(),
                column("text", Effects.Remembered::key),
                bytes(Effects.Remembered::contentHash),
                column("bigint", Effects.Remembered::movementId),
                column("bigint", Effects.Remembered::reservationId));
    }

    private void changedSkus() throws SQLException {
        run(
                """
                insert into changed_sku (changed_at, sku, movement_id)
                select ?::timestamptz, c.* from unnest(?::text[], ?::bigint[]) c""",
                List.copyOf(effects.changedSkus().entrySet()),
                recordedAt(),
                column("text", Map.Entry::getKey),
                column("bigint", Map.Entry::getValue));
    }

    private static @Nullable String shipTo(
            Effects.NewReservation row, Function<Command.ShipTo, @Nullable String> field) {
        return row.shipTo() == null ? null : field.apply(row.shipTo());
    }

    private static @Nullable Long movementOf(Reservation reservation) {
        return reservation.movementId() == 0 ? null : (Long) reservation.movementId();
    }

    private interface Column<T> {
        Object value(Connection connection, List<T> rows) throws SQLException;
    }

    private static <T> Column<T> column(String type, Function<T, @Nullable Object> field) {
        return (connection, rows) ->
                connection.createArrayOf(type, rows.stream().map(field).toArray());
    }

    /** The driver takes arrays of bytes only when their type says so. */
    private static <T> Column<T> bytes(Function<T, byte[]> field) {
        return (connection, rows) ->
                connection.createArrayOf("bytea", rows.stream().map(field).toArray(byte[][]::new));
    }

    private <T> Column<T> recordedAt() {
        return (connection, rows) -> recordedAt.atOffset(ZoneOffset.UTC);
    }

    @SafeVarargs
    private <T> void run(String sql, List<T> rows, Column<T>... columns) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.length; i++) {
                statement.setObject(i + 1, columns[i].value(connection, rows));
            }
            statement.executeUpdate();
        }
    }
}
