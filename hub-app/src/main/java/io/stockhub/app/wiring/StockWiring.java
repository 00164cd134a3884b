package io.stockhub.app.wiring;

import io.stockhub.routes.assembly.StockParts;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.ReservationQueries;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.jdbc.JdbcCatalogue;
import io.stockhub.stock.jdbc.JdbcChangedSkus;
import io.stockhub.stock.jdbc.JdbcReservations;
import io.stockhub.stock.jdbc.JdbcStockMaster;
import io.stockhub.stock.jdbc.JdbcStockQueries;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The stock master on its database. */
@Configuration(proxyBeanMethods = false)
class StockWiring {

    /** Who is told that stock changed; nobody until the flows run. */
    static final class StockNews {
        private final AtomicReference<Runnable> listener = new AtomicReference<>(() -> {});

        void tell(Runnable whom) {
            listener.set(whom);
        }

        void changed() {
            listener.get().run();
        }
    }

    @Bean
    StockNews stockNews() {
        return new StockNews();
    }

    @Bean
    StockMaster stockMaster(DataSource dataSource, StockNews news, FlywayMigrationInitializer migrated) {
        return new JdbcStockMaster(dataSource, news::changed);
    }

    @Bean
    StockQueries stockQueries(DataSource dataSource) {
        return new JdbcStockQueries(dataSource);
    }

    @Bean
    ReservationQueries reservationQueries(DataSource dataSource) {
        return new JdbcReservations(dataSource);
    }

    @Bean
    Catalogue catalogue(DataSource dataSource) {
        return new JdbcCatalogue(dataSource);
    }

    @Bean
    StockParts stockParts(StockMaster master, StockQueries queries, Catalogue catalogue) {
        return new StockParts(master, queries, catalogue, new JdbcChangedSkus());
    }
}
