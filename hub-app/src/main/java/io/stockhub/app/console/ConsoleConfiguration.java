package io.stockhub.app.console;

import io.stockhub.routes.Alerts;
import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.DeadLetters;
import io.stockhub.stock.StockQueries;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.thymeleaf.ITemplateEngine;

/** Builds what the pages need from the front doors. */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {
    @Bean
    ConsoleReads consoleReads(StockQueries stock, ChannelDesk channels, DeadLetters deadLetters, Alerts alerts) {
        return new ConsoleReads(stock, channels, deadLetters, new LedgerWatch(stock, Clock.systemUTC()), alerts);
    }

    @Bean
    LivePages livePages(ConsoleReads reads, ITemplateEngine templates) {
        return new LivePages(reads, new Fragments(templates));
    }
}
