package io.stockhub.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.ChannelDesk.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * {@code stockhub_channel_*}: how each channel of the settings is, as {@code GET /api/v1/channels} says it. One reading, one
 * query a channel, makes them all, so a channel that leaves takes its series along, and what does not exist has no series: a
 * delay before the first confirmation, the age of a reading of orders where none was. While the database does not answer,
 * the series that were there are NaN.
 */
@Component
final class ChannelMetrics implements MeterBinder, MultiCollector {
    private static final List<String> STATES = List.of("ok", "delayed", "paused");

    /** One series of a metric; {@code value} is null where there is nothing to say. */
    private record Series(Labels labels, ValueOf value) {}

    private interface ValueOf {
        @Nullable
        Double of(Health health, Instant now);
    }

    private record Metric(String name, String help, List<Series> series) {}

    private static final List<Metric> METRICS = List.of(
            plain("listings", "Items that are kept up to date at the channel", Health::listings),
            plain("backlog", "Items whose number the channel has not confirmed yet", Health::backlog),
            single(
                    "oldest_unsent_seconds",
                    "How long the oldest of the backlog waits; 0 when nothing does",
                    (health, now) -> health.oldestDirtySince() == null ? 0 : age(health.oldestDirtySince(), now)),
            new Metric(
                    "stockhub_channel_delay_seconds",
                    "From the change in the ledger to the channel's confirmation, of the 1,000 items confirmed last",
                    List.of(
                            new Series(Labels.of("quantile", "0.5"), (health, now) -> seconds(health.delayP50())),
                            new Series(Labels.of("quantile", "0.99"), (health, now) -> seconds(health.delayP99())))),
            new Metric(
                    "stockhub_channel_state",
                    "1 for the state that the channel is in, 0 for the others",
                    STATES.stream().map(ChannelMetrics::inState).toList()),
            plain(
                    "breaker_open",
                    "1 while the breaker is open or half open",
                    health -> health.breaker().equals("closed") ? 0 : 1),
            plain("calls_per_second", "The pace that is kept now when it is told numbers", Health::requestsPerSecond),
            plain("drifts_open", "Items that show what they should not and nothing explains yet", Health::openDrifts),
            single(
                    "proven_age_seconds",
                    "How long ago it is that every item had been read back and was right, or its drift dealt with",
                    (health, now) -> health.provenUntil() == null ? null : age(health.provenUntil(), now)),
            plain("never_proven", "Items that were never read back yet", Health::neverProven),
            plain("dead_letters_open", "Dead letters of the channel", Health::openDeadLetters),
            plain("backorders", "Orders of the channel that wait for stock", Health::backorders),
            single(
                    "orders_read_age_seconds",
                    "How long ago it is up to when the orders were read",
                    (health, now) -> health.ordersReadUntil() == null ? null : age(health.ordersReadUntil(), now)));

    private final Reading<List<Health>> reading;
    private final InstantSource clock;
    private volatile MetricSnapshots last = new MetricSnapshots();

    @Autowired
    ChannelMetrics(ChannelDesk desk, ObjectProvider<PrometheusRegistry> registry) {
        this.reading = new Reading<>("channels", desk::health);
        this.clock = InstantSource.system();
        // Nothing scrapes before the context has started.
        registry.ifAvailable(prometheus -> prometheus.register(this));
    }

    ChannelMetrics(Supplier<List<Health>> health, InstantSource clock, Executor aside, LongSupplier nanos) {
        this.reading = new Reading<>("channels", health, aside, nanos);
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        reading.bindTo(registry);
    }

    @Override
    public List<String> getPrometheusNames() {
        return METRICS.stream().map(Metric::name).toList();
    }

    @Override
    public MetricSnapshots collect() {
        Instant now = clock.instant();
        MetricSnapshots said =
                reading.get().map(channels -> snapshots(channels, now)).orElseGet(() -> unknown(last));
        last = said;
        return said;
    }

    private static MetricSnapshots snapshots(List<Health> channels, Instant now) {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        METRICS.forEach(metric -> all.metricSnapshot(snapshot(metric, channels, now)));
        return all.build();
    }

    private static GaugeSnapshot snapshot(Metric metric, List<Health> channels, Instant now) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name(metric.name()).help(metric.help());
        Map<Labels, Double> points = new TreeMap<>();
        for (Health health : channels) {
            for (Series series : metric.series()) {
                Double value = series.value().of(health, now);
                if (value != null) {
                    points.put(series.labels().merge(Labels.of("channel", health.channel())), value);
                }
            }
        }
        points.forEach((labels, value) -> gauge.dataPoint(point(labels, value)));
        return gauge.build();
    }

    private static MetricSnapshots unknown(MetricSnapshots known) {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        known.stream().map(GaugeSnapshot.class::cast).forEach(metric -> {
            GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                    .name(metric.getMetadata().getName())
                    .help(metric.getMetadata().getHelp());
            metric.getDataPoints().forEach(point -> gauge.dataPoint(point(point.getLabels(), Double.NaN)));
            all.metricSnapshot(gauge.build());
        });
        return all.build();
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static Metric plain(String name, String help, ToDoubleFunction<Health> value) {
        return single(name, help, (health, now) -> value.applyAsDouble(health));
    }

    private static Metric single(String name, String help, ValueOf value) {
        return new Metric("stockhub_channel_" + name, help, List.of(new Series(Labels.EMPTY, value)));
    }

    private static Series inState(String state) {
        return new Series(
                Labels.of("state", state), (health, now) -> health.state().equals(state) ? 1.0 : 0.0);
    }

    /** Never below 0: the clocks of the hub and of the database are two. */
    private static double age(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toMillis()) / 1000.0;
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1000.0;
    }
}
