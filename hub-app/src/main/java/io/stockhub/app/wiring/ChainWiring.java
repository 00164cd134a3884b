package io.stockhub.app.wiring;

import io.stockhub.routes.pump.Pump;
import io.stockhub.stock.jdbc.Sealer;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every hub seals the ledger; the database lets one at a time. */
@Configuration(proxyBeanMethods = false)
class ChainWiring {

    @Bean(destroyMethod = "close")
    Pump sealer(DataSource dataSource, FlywayMigrationInitializer migrated) {
        return Pump.start("sealer", new Sealer(dataSource)::step);
    }
}
