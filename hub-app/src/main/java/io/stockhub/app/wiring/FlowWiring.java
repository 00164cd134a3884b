package io.stockhub.app.wiring;

import io.stockhub.app.settings.EdiSettings;
import io.stockhub.app.settings.StockhubSettings;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.camel.CamelConnectors;
import io.stockhub.mapping.Mappings;
import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.EdiDesk;
import io.stockhub.routes.Inbox;
import io.stockhub.routes.Oversells;
import io.stockhub.routes.Reconciliation;
import io.stockhub.routes.Replays;
import io.stockhub.routes.Undos;
import io.stockhub.routes.Webhooks;
import io.stockhub.routes.assembly.Flows;
import io.stockhub.routes.assembly.StockParts;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.edi.EdiPartners;
import io.stockhub.routes.edi.Party;
import io.stockhub.routes.failure.Backoff;
import io.stockhub.routes.interchange.EdiIntake;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The flows and their doors. */
@Configuration(proxyBeanMethods = false)
class FlowWiring {
    private static final Backoff INBOX = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1), 20);
    private static final Party NOBODY = new Party("ZZ", "STOCKHUB");

    @Bean(destroyMethod = "")
    Flows flows(
            DataSource dataSource,
            DatabaseWiring.StockOutDatabase stockOut,
            CamelContext camel,
            StockParts stock,
            Mappings mappings,
            CamelConnectors connectors,
            Channels channels,
            StockhubSettings settings) {
        return new Flows(
                dataSource,
                stockOut.dataSource(),
                camel,
                stock,
                mappings,
                connectors,
                channels,
                edi(settings),
                INBOX,
                channel -> connectors.state(channel.id()).breaker(),
                channel -> connectors
                        .state(channel.id())
                        .rateOf(Manifest.SET_QUANTITIES)
                        .requestsPerSecond());
    }

    private static io.stockhub.routes.assembly.EdiSettings edi(StockhubSettings settings) {
        EdiSettings given = settings.edi();
        Party us = given.us() == null
                ? NOBODY
                : new Party(given.us().qualifier(), given.us().id());
        Map<Party, EdiIntake.Sender> senders = new HashMap<>();
        for (EdiSettings.Partner partner : given.partners()) {
            senders.put(
                    new Party(partner.qualifier(), partner.partnerId()),
                    new EdiIntake.Sender(partner.id(), partner.mapping()));
        }
        EdiPartners partners = new EdiPartners(
                us,
                given.partners().stream()
                        .map(partner -> new EdiPartners.Partner(
                                partner.partnerId(),
                                partner.qualifier(),
                                partner.name(),
                                new HashSet<>(partner.sets()),
                                partner.test() ? EdiPartners.Mode.TEST : EdiPartners.Mode.LIVE))
                        .toList());
        return new io.stockhub.routes.assembly.EdiSettings(
                partners,
                senders,
                settings.data().resolve("edi/in"),
                settings.data().resolve("edi/out"),
                given.watchFolder(),
                settings.http().maxEdiBytes());
    }

    @Bean
    FlowsLifecycle flowsLifecycle(
            Flows flows, StockParts stock, StockhubSettings settings, StockWiring.StockNews news) {
        return new FlowsLifecycle(flows, stock.catalogue(), settings, news);
    }

    @Bean
    Webhooks webhooks(Flows flows) {
        return flows.webhooks();
    }

    @Bean
    EdiDesk ediDesk(Flows flows) {
        return flows.ediDesk();
    }

    @Bean
    DeadLetters deadLetters(Flows flows) {
        return flows.deadLetters();
    }

    @Bean
    Replays replays(Flows flows) {
        return flows.replays();
    }

    @Bean
    Undos undos(Flows flows) {
        return flows.undos();
    }

    @Bean
    Inbox inbox(Flows flows) {
        return flows.inbox();
    }

    @Bean
    Oversells oversells(Flows flows) {
        return flows.oversells();
    }

    @Bean
    Reconciliation reconciliation(Flows flows) {
        return flows.reconciliation();
    }

    @Bean
    ChannelDesk channelDesk(Flows flows) {
        return flows.channelDesk();
    }
}
