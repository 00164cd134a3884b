package io.stockhub.app.wiring;

import io.stockhub.app.settings.StockhubSettings;
import io.stockhub.app.settings.WatchSettings;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Secret;
import io.stockhub.connectors.camel.CamelConnectors;
import io.stockhub.connectors.outbound.AddressRules;
import io.stockhub.connectors.outbound.GuardedHttp;
import io.stockhub.routes.Alerts;
import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.Inbox;
import io.stockhub.routes.alerts.Limits;
import io.stockhub.routes.alerts.Watching;
import io.stockhub.routes.assembly.StockParts;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.events.EventFeed;
import io.stockhub.routes.outbound.Receiver;
import io.stockhub.routes.outbound.WebhookReceiver;
import io.stockhub.routes.selftest.SelfTestDesk;
import io.stockhub.routes.subscriptions.SubscriptionDesk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What watches the hub, and who is told. */
@Configuration(proxyBeanMethods = false)
class WatchWiring {
    private static final Duration CALL_WITHIN = Duration.ofSeconds(20);

    @Bean
    GuardedHttp outboundHttp(StockhubSettings settings) {
        return new GuardedHttp(AddressRules.allowing(settings.watch().allow()), CALL_WITHIN);
    }

    @Bean
    Watching watching(
            DataSource dataSource,
            Channels channels,
            Inbox inbox,
            ChannelDesk desk,
            StockParts stock,
            CamelConnectors connectors,
            GuardedHttp http,
            SubscriptionDesk subscriptions,
            DeliveryNews news,
            StockhubSettings settings) {
        WatchSettings watch = settings.watch();
        Watching watching = new Watching(
                dataSource,
                channels,
                inbox,
                desk,
                stock.queries(),
                channel -> connectors.state(channel.id()).breaker(),
                new Watching.Settings(
                        new Limits(watch.exposedUnits(), watch.moneyAtStake(), watch.delay()),
                        watch.delays(),
                        receivers(watch, http)),
                subscriptions::receiver);
        news.tell(watching::wakeDeliverer);
        return watching;
    }

    /** Who sends is made after those for whom it sends. */
    static final class DeliveryNews implements Runnable {
        private volatile Runnable told = () -> {};

        void tell(Runnable whom) {
            told = whom;
        }

        @Override
        public void run() {
            told.run();
        }
    }

    @Bean
    DeliveryNews deliveryNews() {
        return new DeliveryNews();
    }

    @Bean
    SubscriptionDesk subscriptions(
            DataSource dataSource, GuardedHttp http, StockhubSettings settings, DeliveryNews news) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        return new SubscriptionDesk(
                jdbc, new EventFeed(jdbc), http, SubscriptionKey.of(settings), InstantSource.system(), news);
    }

    private static Map<String, Receiver> receivers(WatchSettings watch, GuardedHttp http) {
        Map<String, Receiver> receivers = new LinkedHashMap<>();
        for (WatchSettings.Hook hook : watch.webhooks()) {
            receivers.put(
                    "alerts/" + hook.id(),
                    new WebhookReceiver(
                            http,
                            hook.url(),
                            List.of(Secret.of(hook.secret().reveal())),
                            "application/json",
                            InstantSource.system()));
        }
        if (watch.email() != null) {
            receivers.put("mail/" + watch.email().to().getFirst(), new MailReceiver(watch.email()));
        }
        return receivers;
    }

    /** After the flows: what is not running yet is not late. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> watchStart(
            Watching watching, SelfTestDesk selfTests, SubscriptionDesk subscriptions) {
        return ready -> watching.start(Map.of("self-test", selfTests::step, "subscriptions", subscriptions::step));
    }

    @Bean
    SelfTestDesk selfTests(DataSource dataSource, Channels channels, StockParts stock, StockhubSettings settings) {
        Map<String, SelfTestDesk.Plan> plans = new HashMap<>();
        settings.watch()
                .selfTests()
                .forEach((channel, test) -> plans.put(channel, new SelfTestDesk.Plan(test.sku(), test.every())));
        return new SelfTestDesk(
                channels,
                plans,
                channel -> channel.manifest().action(Manifest.READ_QUANTITIES).isPresent(),
                stock.changedSkus(),
                new JdbcTemplate(dataSource),
                new TransactionTemplate(new JdbcTransactionManager(dataSource)));
    }

    @Bean
    Alerts alerts(Watching watching) {
        return watching.desk();
    }
}
