package io.stockhub.app.wiring;

import io.stockhub.app.settings.ChannelSettings;
import io.stockhub.app.settings.ReconcileSettings;
import io.stockhub.app.settings.SettingsException;
import io.stockhub.app.settings.StockhubSettings;
import io.stockhub.app.settings.TimingSettings;
import io.stockhub.connectors.Account;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Rate;
import io.stockhub.connectors.Secret;
import io.stockhub.connectors.Timing;
import io.stockhub.connectors.camel.CamelConnectors;
import io.stockhub.connectors.folder.ConnectorFolders;
import io.stockhub.mapping.Mappings;
import io.stockhub.routes.ChannelDesk.Drift;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.failure.Backoff;
import io.stockhub.routes.reconcile.Policy;
import io.stockhub.routes.reconcile.Reconciling;
import io.stockhub.stock.availability.ChannelRule;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connectors, mappings and the channels that the settings name. */
@Configuration(proxyBeanMethods = false)
class ChannelWiring {
    private static final Duration RETRY_MAX = Duration.ofMinutes(5);
    private static final Duration SETTLE_MIN = Duration.ofSeconds(2);
    private static final int ATTEMPTS_MAX = 15;

    @Bean
    Mappings mappings() {
        return Mappings.load(List.of("classpath:mappings"));
    }

    @Bean
    CamelConnectors connectors(CamelContext camel, Mappings mappings) {
        ConnectorFolders folders = ConnectorFolders.load(List.of("classpath:connectors"));
        return new CamelConnectors(camel, mappings, folders, Clock.systemUTC());
    }

    @Bean
    Channels channels(StockhubSettings settings, CamelConnectors connectors) {
        List<Channel> channels = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (ChannelSettings channel : settings.channels()) {
            try {
                Channel made = channel(channel, connectors.manifest(channel.connector()));
                connectors.addAccount(made.account());
                channels.add(made);
            } catch (IllegalArgumentException e) {
                problems.add("channels." + channel.id() + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new Channels(channels);
    }

    private static Channel channel(ChannelSettings settings, Manifest manifest) {
        Timing timing = timing(settings.timing(), Timing.defaults(manifest));
        Map<String, Secret> secrets = new HashMap<>();
        settings.secrets().forEach((name, value) -> secrets.put(name, Secret.of(value.reveal())));
        Account account = new Account(
                settings.id(),
                settings.connector(),
                settings.baseUrl(),
                settings.tokenUrl(),
                settings.settings(),
                secrets,
                timing);
        Duration retryMax = settings.timing().retryMax() == null
                ? RETRY_MAX
                : settings.timing().retryMax();
        Duration settle = timing.firstRetryDelay().multipliedBy(2);
        return new Channel(
                account,
                manifest,
                settings.title(),
                ChannelRule.base(settings.id(), settings.locations(), settings.buffer()),
                settings.lists() == ChannelSettings.Lists.ALL ? Channel.Lists.ALL : Channel.Lists.ALIASED,
                new Backoff(timing.firstRetryDelay(), retryMax, ATTEMPTS_MAX),
                settle.compareTo(SETTLE_MIN) < 0 ? SETTLE_MIN : settle,
                reconciling(settings.reconcile()));
    }

    private static Reconciling reconciling(ReconcileSettings given) {
        Map<Drift.Cause, Policy> policies = new HashMap<>();
        given.policies().forEach((cause, policy) -> policies.put(Drift.Cause.of(cause), Policy.of(policy)));
        return new Reconciling(given.share() == null ? Reconciling.SHARE : given.share(), policies);
    }

    private static Timing timing(TimingSettings given, Timing defaults) {
        Timing timing = defaults;
        if (given.requestsPerSecond() != null || given.burst() != null) {
            double rate =
                    given.requestsPerSecond() == null ? defaults.rate().requestsPerSecond() : given.requestsPerSecond();
            int burst = given.burst() == null ? Math.max(defaults.rate().burst(), (int) rate) : given.burst();
            timing = timing.withRate(new Rate(rate, Math.max(1, burst)));
        }
        timing = given.timeout() == null ? timing : timing.withTimeout(given.timeout());
        timing = given.breakerOpen() == null ? timing : timing.withBreakerOpen(given.breakerOpen());
        timing = given.retryFirst() == null ? timing : timing.withFirstRetryDelay(given.retryFirst());
        timing = given.poll() == null ? timing : timing.withPollInterval(given.poll());
        timing = given.lookBack() == null ? timing : timing.withLookBack(given.lookBack());
        timing = given.safetyLag() == null ? timing : timing.withSafetyLag(given.safetyLag());
        timing = given.appliedWithin() == null ? timing : timing.withAppliedWithin(given.appliedWithin());
        return given.readBackAfter() == null ? timing : timing.withReadBackAfter(given.readBackAfter());
    }
}
