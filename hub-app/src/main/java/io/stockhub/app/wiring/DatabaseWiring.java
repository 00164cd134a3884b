package io.stockhub.app.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockhub.app.settings.DatabaseSettings;
import io.stockhub.app.settings.StockhubSettings;
import io.stockhub.postgres.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database: yours by URL, or the embedded one in {@code DATA/pg}. */
@Configuration(proxyBeanMethods = false)
class DatabaseWiring {
    private static final int CONNECTIONS = 20;
    private static final int STOCK_OUT_CONNECTIONS = 12;

    /** Keeps the embedded server, if there is one, until everything that uses it has stopped. */
    record Server(@Nullable EmbeddedPostgres embedded) implements AutoCloseable {
        @Override
        public void close() {
            if (embedded != null) {
                embedded.close();
            }
        }
    }

    @Bean
    Server databaseServer(StockhubSettings settings) {
        if (settings.database() != null) {
            return new Server(null);
        }
        EmbeddedPostgres embedded = EmbeddedPostgres.start(
                EmbeddedPostgres.Settings.in(settings.data().resolve("pg")));
        embedded.keepRunning();
        return new Server(embedded);
    }

    @Bean
    HikariDataSource dataSource(StockhubSettings settings, Server server) {
        HikariDataSource dataSource = new HikariDataSource(config("hub", CONNECTIONS, settings, server));
        DurabilityCheck.check(dataSource);
        return dataSource;
    }

    /**
     * For what is written while channels are told their numbers: many small commits that need not be on disk before the
     * next step. A crash of the database can undo the last of them, and they are then done again; what is committed on
     * {@link #dataSource} after them takes them to the disk (decision 0020). Its connections are its own, so that a flood
     * of updates never keeps a message from being stored.
     */
    record StockOutDatabase(HikariDataSource dataSource) implements AutoCloseable {
        @Override
        public void close() {
            dataSource.close();
        }
    }

    @Bean
    StockOutDatabase stockOutDatabase(
            StockhubSettings settings,
            Server server,
            FlywayMigrationInitializer migrated,
            ObjectProvider<MeterRegistry> meters) {
        HikariConfig config = config("stock-out", STOCK_OUT_CONNECTIONS, settings, server);
        // Spring Boot does this for the pool that is a bean; this one is not.
        meters.ifAvailable(registry -> config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry)));
        config.setConnectionInitSql("set synchronous_commit = off");
        return new StockOutDatabase(new HikariDataSource(config));
    }

    private static HikariConfig config(String name, int connections, StockhubSettings settings, Server server) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(5_000);
        config.addDataSourceProperty("ApplicationName", "stockhub");
        // A connection that hangs must not hold the one writer of the ledger for ever.
        config.addDataSourceProperty("socketTimeout", "120");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        DatabaseSettings own = settings.database();
        EmbeddedPostgres embedded = server.embedded();
        if (own != null) {
            config.setJdbcUrl(own.url());
            config.setUsername(own.user());
            config.setPassword(own.password() == null ? null : own.password().reveal());
        } else if (embedded != null) {
            config.setJdbcUrl(embedded.jdbcUrl("stockhub"));
            config.setUsername(embedded.user());
            config.setPassword(embedded.password());
        }
        return config;
    }
}
