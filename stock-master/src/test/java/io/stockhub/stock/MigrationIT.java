package io.stockhub.stock;

import static io.stockhub.stock.StockFixture.line;
import static io.stockhub.stock.StockFixture.move;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.postgres.EmbeddedPostgres;
import io.stockhub.stock.jdbc.JdbcStockMaster;
import io.stockhub.stock.jdbc.JdbcStockQueries;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A ledger of the first release is brought to accounts and keeps every number. */
class MigrationIT {
    /** Two channels that use one order number; one order of each fate. */
    private static final String BEFORE =
            """
            insert into location values ('NORTH', 'North', 'warehouse', null, null, null, 1),
              ('SOUTH', 'South', 'warehouse', null, null, null, 2);
            insert into sku (sku, title) values ('TEE', 'Tee'), ('MUG', 'Mug');
            insert into movement (movement_id, kind, reference, actor, occurred_at, recorded_at)
              select id, kind, reference, 't', now(), now() from (values
                (1, 'receipt', 'PO-1'), (2, 'reservation', '1001'), (4, 'reservation', '1001'), (6, 'ship', '1001'),
                (7, 'reservation', '1002'), (9, 'release', '1002'), (10, 'reservation', '1003'), (12, 'ship', '1003'),
                (13, 'adjustment', 'COUNT'), (14, 'reservation', '1005')) m (id, kind, reference);
            insert into posting values
              (1, 0, 'TEE', 'NORTH', 'supplier', 'NORTH', 'available', 10),
              (1, 1, 'MUG', 'SOUTH', 'supplier', 'SOUTH', 'available', 6),
              (2, 0, 'TEE', 'NORTH', 'available', 'NORTH', 'reserved', 3),
              (4, 0, 'TEE', 'NORTH', 'available', 'NORTH', 'reserved', 2),
              (6, 0, 'TEE', 'NORTH', 'reserved', 'NORTH', 'customer', 2),
              (7, 0, 'TEE', 'NORTH', 'available', 'NORTH', 'reserved', 1),
              (7, 1, 'MUG', 'SOUTH', 'available', 'SOUTH', 'reserved', 2),
              (9, 0, 'TEE', 'NORTH', 'reserved', 'NORTH', 'available', 1),
              (9, 1, 'MUG', 'SOUTH', 'reserved', 'SOUTH', 'available', 2),
              (10, 0, 'MUG', 'SOUTH', 'available', 'SOUTH', 'reserved', 4),
              (12, 0, 'MUG', 'SOUTH', 'reserved', 'SOUTH', 'customer', 1),
              (13, 0, 'TEE', 'NORTH', 'available', 'NORTH', 'shrinkage', 1),
              (14, 0, 'TEE', 'NORTH', 'available', 'NORTH', 'reserved', 4);
            insert into balance values
              ('TEE', 'NORTH', 'supplier', -10), ('MUG', 'SOUTH', 'supplier', -6),
              ('TEE', 'NORTH', 'available', 0), ('MUG', 'SOUTH', 'available', 2),
              ('TEE', 'NORTH', 'reserved', 7), ('MUG', 'SOUTH', 'reserved', 3),
              ('TEE', 'NORTH', 'customer', 2), ('MUG', 'SOUTH', 'customer', 1), ('TEE', 'NORTH', 'shrinkage', 1);
            insert into reservation
              (reservation_id, channel, order_ref, content_hash, policy, movement_id, actor, recorded_at)
              values (3, 'shop', '1001', '\\x01', 'ALL_OR_NOTHING', 2, 't', now()),
                (5, 'web', '1001', '\\x02', 'ALL_OR_NOTHING', 4, 't', now()),
                (8, 'shop', '1002', '\\x03', 'PARTIAL', 7, 't', now()),
                (11, 'shop', '1003', '\\x04', 'PARTIAL', 10, 't', now()),
                (15, 'shop', '1005', '\\x05', 'BACKORDER', 14, 't', now());
            insert into reservation_line values (3, 0, 'TEE', 3, 0), (5, 0, 'TEE', 2, 0), (8, 0, 'TEE', 1, 0),
              (8, 1, 'MUG', 2, 0), (11, 0, 'MUG', 4, 0), (15, 0, 'TEE', 9, 5);
            insert into allocation values (3, 0, 'NORTH', 3, 0, 0), (5, 0, 'NORTH', 2, 2, 0), (8, 0, 'NORTH', 1, 0, 1),
              (8, 1, 'SOUTH', 2, 0, 2), (11, 0, 'SOUTH', 4, 1, 0), (15, 0, 'NORTH', 4, 0, 0);
            insert into idempotency values ('k1', '\\x00', 1, null, now());
            select setval('ledger_sequence', 15)""";

    private final PGSimpleDataSource database = new PGSimpleDataSource();

    @BeforeEach
    void aLedgerOfTheFirstRelease() throws SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
        database.setUrl(postgres.jdbcUrl(postgres.createDatabase("old")));
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        Flyway.configure().dataSource(database).target("1").load().migrate();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(BEFORE);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        }
    }

    @Test
    void everyNumberIsTheSameAndTheLedgerVerifies() throws SQLException {
        String balances = "select concat_ws(' ', sku, location, state, quantity) from balance order by 1";
        List<String> before = rows(balances);

        Flyway.configure().dataSource(database).load().migrate();

        assertThat(rows(balances)).isEqualTo(before);
        assertThat(rows("select concat_ws(' ', p.movement_id, p.line, p.sku, f.location, f.state, t.location, t.state,"
                        + " p.quantity) from posting p join account f on f.account_id = from_account"
                        + " join account t on t.account_id = to_account order by p.movement_id, p.line"))
                .hasSize(13)
                .contains("9 1 MUG SOUTH reserved SOUTH available 2", "13 0 TEE NORTH available NORTH shrinkage 1");
        assertThat(rows("select concat_ws(' ', reservation_id, line, location, a.quantity, picked, shipped, cancelled)"
                        + " from allocation a join account using (account_id) order by 1"))
                .containsExactly(
                        "11 0 SOUTH 4 0 1 0",
                        "15 0 NORTH 4 0 0 0",
                        "3 0 NORTH 3 0 0 0",
                        "5 0 NORTH 2 0 2 0",
                        "8 0 NORTH 1 0 0 1",
                        "8 1 SOUTH 2 0 0 2");
        assertThat(new JdbcStockQueries(database).verify().passes()).isTrue();
    }

    @Test
    void anOrderIsKnownByItsPostingsOnlyWhereOneChannelUsedItsNumber() throws SQLException {
        Flyway.configure().dataSource(database).load().migrate();

        assertThat(rows("select distinct concat_ws(' ', movement_id, coalesce(reservation_id::text, 'nobody'),"
                        + " reservation_line) from posting order by 1"))
                .containsExactly(
                        "1 nobody",
                        "10 11 0",
                        "12 11 0",
                        "13 nobody",
                        "14 15 0",
                        "2 nobody",
                        "4 nobody",
                        "6 nobody",
                        "7 8 0",
                        "7 8 1",
                        "9 8 0",
                        "9 8 1");
    }

    @Test
    void lifeGoesOnWhereItStopped() throws SQLException {
        Flyway.configure().dataSource(database).load().migrate();
        JdbcStockQueries queries = new JdbcStockQueries(database);
        try (StockMaster master = new JdbcStockMaster(database, () -> {})) {
            assertThat(master.execute(move(MovementKind.RECEIPT, "NORTH", "PO-2", line("TEE", 6))))
                    .isInstanceOf(Answer.Moved.class);
            assertThat(queries.reservation("shop", "1005").orElseThrow().status())
                    .isEqualTo(Reservation.Status.RESERVED);
            assertThat(master.execute(new Command.Ship(3, "t", null, List.of())))
                    .isInstanceOf(Answer.Held.class);
            assertThat(master.execute(new Command.Cancel(11, "t", null, List.of())))
                    .isInstanceOf(Answer.Held.class);
            assertThat(master.execute(new Command.Reverse(9, null, "t", null))).isInstanceOf(Answer.Moved.class);
            assertThat(StockFixture.code(master.execute(new Command.Reverse(6, null, "t", null))))
                    .isEqualTo("not-reversible");
        }
        assertThat(queries.verify().passes()).as("%s", queries.verify()).isTrue();
    }
}
