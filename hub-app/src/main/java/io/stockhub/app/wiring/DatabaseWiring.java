package io.stockhub.app.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockhub.app.settings.DatabaseSettings;
import io.stockhub.app.settings.StockhubSettings;
import io.stockhub.postgres.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database: yours by URL, or the embedded one in {@code DATA/pg}. */
@Configuration(proxyBeanMethods = false)
class DatabaseWiring {
    private static final int CONNECTIONS = 20;

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
        HikariConfig config = new HikariConfig();
        config.setPoolName("hub");
        config.setMaximumPoolSize(CONNECTIONS);
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
        HikariDataSource dataSource = new HikariDataSource(config);
        DurabilityCheck.check(dataSource);
        return dataSource;
    }
}
