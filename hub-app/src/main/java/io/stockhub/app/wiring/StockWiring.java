package io.stockhub.app.wiring;

import io.stockhub.routes.assembly.StockParts;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.Channels;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.ReservationQueries;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.availability.AvailabilityDesk;
import io.stockhub.stock.availability.RulesDesk;
import io.stockhub.stock.jdbc.JdbcAvailability;
import io.stockhub.stock.jdbc.JdbcCatalogue;
import io.stockhub.stock.jdbc.JdbcChangedSkus;
import io.stockhub.stock.jdbc.JdbcExpectedStock;
import io.stockhub.stock.jdbc.JdbcReservations;
import io.stockhub.stock.jdbc.JdbcRouting;
import io.stockhub.stock.jdbc.JdbcRules;
import io.stockhub.stock.jdbc.JdbcStockMaster;
import io.stockhub.stock.jdbc.JdbcStockQueries;
import io.stockhub.stock.jdbc.RuleBook;
import io.stockhub.stock.routing.RoutingDesk;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
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
    StockMaster stockMaster(
            DataSource dataSource, RuleBook rules, StockNews news, FlywayMigrationInitializer migrated) {
        return new JdbcStockMaster(dataSource, rules, news::changed);
    }

    @Bean
    RoutingDesk routingDesk(DataSource dataSource, RuleBook rules) {
        return new JdbcRouting(dataSource, rules);
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
    RuleBook ruleBook(Channels channels) {
        return new RuleBook(channels.all().stream().map(Channel::rule).toList());
    }

    @Bean
    AvailabilityDesk availabilityDesk(DataSource dataSource, RuleBook book) {
        return new JdbcAvailability(dataSource, book, new JdbcExpectedStock(), Clock.systemUTC());
    }

    @Bean
    RulesDesk rulesDesk(DataSource dataSource, RuleBook book, Channels channels, StockNews news) {
        Set<String> onlyAliased = channels.all().stream()
                .filter(channel -> channel.lists() == Channel.Lists.ALIASED)
                .map(Channel::id)
                .collect(Collectors.toSet());
        return new JdbcRules(dataSource, book, onlyAliased, news::changed);
    }

    @Bean
    StockParts stockParts(
            StockMaster master,
            StockQueries queries,
            Catalogue catalogue,
            RuleBook book,
            AvailabilityDesk availability) {
        return new StockParts(master, queries, catalogue, new JdbcChangedSkus(book), availability);
    }
}
