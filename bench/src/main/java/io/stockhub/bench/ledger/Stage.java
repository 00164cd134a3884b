package io.stockhub.bench.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.postgres.EmbeddedPostgres;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.jdbc.JdbcCatalogue;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The database that all cases share, with the product's schema, its pool as the hub has it, and a way to begin anew. */
final class Stage implements AutoCloseable {
    static final String LOCATION = "MAIN";

    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");
    private static final List<String> TOLD =
            List.of("server_version", "shared_buffers", "max_wal_size", "wal_compression", "checkpoint_timeout");
    /** All that orders leave behind, whatever the schema calls it; master data and single rows of state stay. */
    private static final String TABLES =
            """
            select string_agg(quote_ident(relname), ', ') from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
              and relname not in ('sku', 'location', 'master_data', 'seal_head', 'mark_head', 'checkpoint', 'expiry_watch',
                                  'flyway_schema_history')""";

    private final EmbeddedPostgres postgres;
    private final String database;
    private final long seed;
    private final OrderRefs refs;
    private final HikariDataSource pool;
    private final Connection admin;
    private final Machine machine = new Machine();
    private Cleanup whenClosed = () -> {};

    private interface Cleanup {
        void run() throws SQLException;
    }

    /** @param database of the server, empty or with the product's schema; belongs to the stage from now on */
    Stage(EmbeddedPostgres postgres, String database, long seed) throws SQLException {
        this.postgres = postgres;
        this.database = database;
        this.seed = seed;
        this.refs = new OrderRefs(seed);
        this.pool = hubPool();
        this.admin = connect();
        Flyway.configure().dataSource(pool).load().migrate();
        new JdbcCatalogue(pool)
                .put(new Catalogue.Location(LOCATION, "Main warehouse", "warehouse", "ID", null, null, 1));
    }

    /** As {@code DatabaseWiring} of the hub makes it. */
    private HikariDataSource hubPool() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("bench");
        config.setJdbcUrl(postgres.jdbcUrl(database));
        config.setUsername(postgres.user());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(20);
        config.setConnectionTimeout(5_000);
        config.addDataSourceProperty("ApplicationName", "stockhub");
        config.addDataSourceProperty("socketTimeout", "120");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(config);
    }

    /** Another database of the same server, which belongs to whoever asked for it and is gone when that is closed. */
    Stage beside(String prefix) throws SQLException {
        Stage other = new Stage(postgres, postgres.createDatabase(prefix), seed + 1);
        other.whenClosed = () -> execute("drop database " + other.database + " with (force)");
        return other;
    }

    /** For whoever brings a pool of its own, as {@link #user} with {@link #password}. */
    String url() {
        return postgres.jdbcUrl(database);
    }

    String user() {
        return postgres.user();
    }

    String password() {
        return postgres.password();
    }

    DataSource pool() {
        return pool;
    }

    long seed() {
        return seed;
    }

    /** Never the same number twice in a run. */
    OrderRefs refs() {
        return refs;
    }

    Machine machine() {
        return machine;
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", postgres.user());
        properties.setProperty("password", postgres.password());
        properties.setProperty("ApplicationName", "bench");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(postgres.jdbcUrl(database), properties);
    }

    Meter meter() {
        return new Meter(this, postgres.pid());
    }

    /**
     * The server's settings by name, for the report.
     *
     * @throws BrokenPromiseException when one that makes it durable is off
     */
    Map<String, String> settings() throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : DURABLE) {
            settings.put(name, text("show " + name));
            if (!"on".equals(settings.get(name))) {
                throw new BrokenPromiseException(name + " is " + settings.get(name) + " (expected: on)");
            }
        }
        for (String name : TOLD) {
            settings.put(name, text("show " + name));
        }
        return settings;
    }

    /** An empty ledger in which each SKU of the workload has {@code units}, received; then a checkpoint and a look at the machine. */
    void reset(Workload workload, long units) throws SQLException, InterruptedException {
        List<String> skus = workload.allSkus();
        addSkus(skus);
        execute("truncate " + text(TABLES) + " restart identity");
        execute("alter sequence ledger_sequence restart");
        execute("alter sequence account_sequence restart");
        execute("update seal_head set position = 0, hash = decode(repeat('00', 32), 'hex'), sealed_to = 0,"
                + " noted_number = null, noted_by = null");
        execute("update mark_head set marked_to = 0");
        addAccounts(skus, units);
        // Before anything joins it: a guess at its size would compare each SKU with every other.
        execute("analyze account");
        execute(
                """
                insert into posting (movement_id, line, sku, from_account, to_account, quantity)
                select 1 + n / 500, n % 500, sku, supplier, available, units
                from (select row_number() over (order by sku)::int - 1 as n, sku, max(quantity) as units,
                        max(account_id) filter (where state = 'supplier') as supplier,
                        max(account_id) filter (where state = 'available') as available
                      from account group by sku) s""");
        execute(
                """
                insert into movement (movement_id, kind, reference, actor, occurred_at, recorded_at)
                select nextval('ledger_sequence'), 'receipt', 'PO-1', 'bench', now(), now()
                from (select distinct movement_id from posting) p""");
        execute("vacuum analyze account, posting, movement, sku, seal_head");
        settle();
    }

    /** A checkpoint, so that none comes while it is measured, and a look at the machine. */
    void settle() throws SQLException, InterruptedException {
        execute("checkpoint");
        machine.look();
    }

    private void addSkus(List<String> skus) throws SQLException {
        try (PreparedStatement insert = admin.prepareStatement(
                "insert into sku (sku, title) select sku, 'Title of ' || sku from unnest(?) as sku"
                        + " on conflict do nothing")) {
            insert.setArray(1, admin.createArrayOf("text", skus.toArray()));
            insert.executeUpdate();
        }
    }

    private void addAccounts(List<String> skus, long units) throws SQLException {
        try (PreparedStatement insert = admin.prepareStatement(
                """
                insert into account (sku, location, state, quantity)
                select sku, 'MAIN', state, factor * ? from unnest(?) as sku,
                  (values ('available', 1), ('reserved', 0), ('supplier', -1)) as states (state, factor)
                order by sku, state""")) {
            insert.setLong(1, units);
            insert.setArray(2, admin.createArrayOf("text", skus.toArray()));
            insert.executeUpdate();
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }

    String text(String sql) throws SQLException {
        try (Statement statement = admin.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    @Override
    public void close() throws SQLException {
        admin.close();
        pool.close();
        whenClosed.run();
    }
}
