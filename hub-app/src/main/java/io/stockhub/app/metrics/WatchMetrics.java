package io.stockhub.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.stockhub.app.settings.ChannelSettings;
import io.stockhub.app.settings.StockhubSettings;
import io.stockhub.routes.Alerts;
import io.stockhub.routes.Alerts.Figures;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the hub found out about itself: open alerts, units that could be oversold (worked out once a minute by one hub, read
 * here), messages that have not arrived, and the limit that each channel's delay is held against. One query.
 */
@Component
final class WatchMetrics implements MeterBinder {
    private final Reading<Figures> reading;
    private final StockhubSettings settings;

    WatchMetrics(Alerts alerts, StockhubSettings settings) {
        this.reading = new Reading<>("alerts", alerts::figures);
        this.settings = settings;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        alerts(registry, "critical", figures -> (double) figures.critical());
        alerts(registry, "warning", figures -> (double) figures.warnings());
        Gauge.builder("stockhub.exposure.units", this, all -> all.value(figures -> number(figures.exposedUnits())))
                .description("Units that could be oversold in the worst case, over all SKUs, up to a minute ago")
                .register(registry);
        Gauge.builder(
                        "stockhub.exposure.escrow.units",
                        this,
                        all -> all.value(figures -> number(figures.dividedUnits())))
                .description("Those of them whose SKU is in escrow; above 0 units were lost that channels may sell")
                .register(registry);
        Gauge.builder(
                        "stockhub.messages.undelivered",
                        this,
                        all -> all.value(figures -> (double) figures.undelivered()))
                .description("Alerts and events that have not reached their receivers yet")
                .register(registry);
        for (ChannelSettings channel : settings.channels()) {
            Duration limit = settings.watch()
                    .delays()
                    .getOrDefault(channel.id(), settings.watch().delay());
            Gauge.builder("stockhub.channel.delay.threshold.seconds", () -> limit.toMillis() / 1000.0)
                    .tag("channel", channel.id())
                    .description("How late the channel may hear of a change: alertDelay of the settings")
                    .register(registry);
        }
        reading.bindTo(registry);
    }

    private void alerts(MeterRegistry registry, String severity, Function<Figures, Double> count) {
        Gauge.builder("stockhub.alerts.open", this, all -> all.value(count))
                .tag("severity", severity)
                .description("Alerts that are open")
                .register(registry);
    }

    private double value(Function<Figures, Double> of) {
        return reading.get().map(of).orElse(Double.NaN);
    }

    private static double number(@Nullable Long value) {
        return value == null ? Double.NaN : value;
    }
}
