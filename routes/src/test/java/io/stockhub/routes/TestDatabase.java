package io.stockhub.routes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockhub.postgres.EmbeddedPostgres;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One migrated database for all tests of this JVM, emptied for each. */
final class TestDatabase {
    private static final HikariDataSource SHARED = open();

    private TestDatabase() {}

    private static HikariDataSource open() {
        EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.jdbcUrl(postgres.createDatabase("routes")));
        config.setUsername(postgres.user());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(12);
        HikariDataSource dataSource = new HikariDataSource(config);
        Flyway.configure().dataSource(dataSource).load().migrate();
        return dataSource;
    }

    static DataSource emptied() {
        JdbcClient jdbc = JdbcClient.create(SHARED);
        String tables = jdbc.sql(
                        """
                        select string_agg(quote_ident(tablename), ', ') from pg_tables
                        where schemaname = 'public'
                          and tablename not in ('flyway_schema_history', 'seal_head', 'checkpoint', 'mark_head',
                                                'master_data')""")
                .query(String.class)
                .single();
        jdbc.sql("truncate " + tables + " restart identity").update();
        // What a test sealed is gone with its movements.
        jdbc.sql(
                        """
                        with start as (
                          update seal_head set position = 0, hash = decode(repeat('00', 32), 'hex'), sealed_to = 0,
                            noted_number = null, noted_by = null returning hash)
                        update checkpoint c set position = 0, hash = start.hash, sealed_to = 0, movements = 0, postings = 0
                        from start""")
                .update();
        return SHARED;
    }
}
