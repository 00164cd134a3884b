package io.stockhub.app.wiring;

import io.stockhub.routes.pump.Pump;
import io.stockhub.stock.CountDesk;
import io.stockhub.stock.DiscrepancyDesk;
import io.stockhub.stock.InboundDesk;
import io.stockhub.stock.LeakDesk;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.TransferDesk;
import io.stockhub.stock.count.JdbcCounts;
import io.stockhub.stock.inbound.JdbcDiscrepancies;
import io.stockhub.stock.inbound.JdbcInbounds;
import io.stockhub.stock.transfer.JdbcTransfers;
import io.stockhub.stock.upkeep.JdbcLeaks;
import io.stockhub.stock.upkeep.Upkeep;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The desks around the ledger, and what is done there unasked. */
@Configuration(proxyBeanMethods = false)
class DeskWiring {
    private static final Duration UPKEEP_PAUSE = Duration.ofSeconds(1);

    @Bean
    InboundDesk inboundDesk(DataSource dataSource) {
        return new JdbcInbounds(dataSource);
    }

    @Bean
    DiscrepancyDesk discrepancyDesk(DataSource dataSource) {
        return new JdbcDiscrepancies(dataSource);
    }

    @Bean
    TransferDesk transferDesk(DataSource dataSource) {
        return new JdbcTransfers(dataSource, InstantSource.system());
    }

    @Bean
    CountDesk countDesk(DataSource dataSource, StockMaster stock) {
        return new JdbcCounts(dataSource, stock);
    }

    @Bean
    LeakDesk leakDesk(DataSource dataSource) {
        return new JdbcLeaks(dataSource, InstantSource.system());
    }

    /** Begins when the stock master is there, which is after the migration, and ends before it. */
    @Bean(destroyMethod = "close")
    Pump upkeepPump(DataSource dataSource, StockMaster stock) {
        Upkeep upkeep = new Upkeep(dataSource, stock);
        return Pump.start("upkeep", () -> {
            upkeep.step();
            return UPKEEP_PAUSE;
        });
    }
}
