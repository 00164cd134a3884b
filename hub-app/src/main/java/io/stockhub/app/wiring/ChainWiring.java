package io.stockhub.app.wiring;

import io.stockhub.routes.pump.Pump;
import io.stockhub.stock.jdbc.Sealer;
import io.stockhub.stock.jdbc.SkuMarks;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every hub seals the ledger, and marks what is sealed; the database lets one at a time. */
@Configuration(proxyBeanMethods = false)
class ChainWiring {

    @Bean(destroyMethod = "close")
    Pump sealer(DataSource dataSource, FlywayMigrationInitializer migrated) {
        return Pump.start("sealer", new Sealer(dataSource)::step);
    }

    @Bean(destroyMethod = "close")
    Pump marks(DataSource dataSource, FlywayMigrationInitializer migrated) {
        return Pump.start("marks", new SkuMarks(dataSource)::step);
    }
}
