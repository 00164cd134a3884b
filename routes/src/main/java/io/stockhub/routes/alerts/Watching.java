package io.stockhub.routes.alerts;

import io.stockhub.routes.Alerts;
import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.Inbox;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.outbound.Deliverer;
import io.stockhub.routes.outbound.DeliveryStore;
import io.stockhub.routes.outbound.Receiver;
import io.stockhub.routes.pump.Pump;
import io.stockhub.stock.StockQueries;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** All that watches the hub and tells people, put together. The work begins with {@link #start}. */
public final class Watching implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Duration EXPOSURE_EVERY = Duration.ofMinutes(1);
    private static final Duration LEDGER_EVERY = Duration.ofHours(1);
    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    /**
     * What the settings say.
     *
     * @param maxDelays of channels that name one, by id
     * @param receivers to whom alerts are sent, by target: {@code alerts/ID} or {@code mail/ID}
     */
    public record Settings(Limits limits, Map<String, Duration> maxDelays, Map<String, Receiver> receivers) {
        public Settings {
            maxDelays = Map.copyOf(maxDelays);
        }

        /** How late the channel may hear of a change. */
        public Duration maxDelay(String channel) {
            return maxDelays.getOrDefault(channel, limits.maxDelay());
        }
    }

    private final AlertWatch watch;
    private final SlowFacts slow;
    private final Deliverer deliverer;
    private final AlertDesk desk;
    private final Map<String, Pump> pumps = new ConcurrentHashMap<>();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param breaker {@code closed}, {@code open} or {@code half-open}
     * @param others receivers beside those of alerts, by target
     */
    public Watching(
            DataSource dataSource,
            Channels channels,
            Inbox inbox,
            ChannelDesk channelDesk,
            StockQueries stock,
            Function<Channel, String> breaker,
            Settings settings,
            Function<String, Optional<Receiver>> others) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        DeliveryStore deliveries = new DeliveryStore(jdbc);
        AlertStore store = new AlertStore(jdbc);
        List<String> targets = List.copyOf(settings.receivers().keySet());
        Runnable wakeDeliverer = () -> wake("deliveries");
        FactReader facts = new FactReader(jdbc, channels, inbox, breaker, settings::maxDelay);
        watch = new AlertWatch(
                new Turn("alerts", LOOK_EVERY, jdbc, transaction),
                facts::read,
                store,
                deliveries,
                settings.limits(),
                targets,
                wakeDeliverer);
        slow = new SlowFacts(
                jdbc,
                channelDesk,
                stock,
                new Turn("exposure", EXPOSURE_EVERY, jdbc, transaction),
                new Turn("ledger", LEDGER_EVERY, jdbc, transaction));
        deliverer = new Deliverer(
                deliveries,
                target -> Optional.ofNullable(settings.receivers().get(target)).or(() -> others.apply(target)),
                calls,
                Deliverer.BACKOFF,
                wakeDeliverer);
        desk = new AlertDesk(jdbc, store, deliveries, targets, InstantSource.system(), wakeDeliverer);
    }

    /** Begins to watch. @param more what else is done beside it, by name */
    public void start(Map<String, Pump.Step> more) {
        more.forEach((name, step) -> pumps.put(name, Pump.start(name, step)));
        pumps.put("alerts", Pump.start("alerts", this::look));
        pumps.put("exposure", Pump.start("exposure", this::findExposure));
        pumps.put("ledger-check", Pump.start("ledger-check", this::checkLedger));
        pumps.put("deliveries", Pump.start("deliveries", deliverer::step));
    }

    /** One step: looks whether anything is wrong, when it is due. */
    public Duration look() {
        return watch.step();
    }

    /** One step: finds out how many units could be oversold, when it is due. */
    public Duration findExposure() {
        return slow.exposure();
    }

    /** One step: checks the ledger, when it is due. */
    public Duration checkLedger() {
        return slow.ledger();
    }

    private void wake(String name) {
        Pump pump = pumps.get(name);
        if (pump != null) {
            pump.wake();
        }
    }

    /** Something is to be sent. */
    public void wakeDeliverer() {
        wake("deliveries");
    }

    public Alerts desk() {
        return desk;
    }

    @Override
    public void close() {
        List<Pump> running = new ArrayList<>(pumps.values());
        pumps.clear();
        running.forEach(Pump::stop);
        running.forEach(Pump::close);
        calls.shutdown();
        try {
            if (!calls.awaitTermination(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                calls.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
