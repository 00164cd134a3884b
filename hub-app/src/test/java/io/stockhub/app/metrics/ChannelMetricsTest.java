package io.stockhub.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.stockhub.app.FakeHub;
import io.stockhub.routes.ChannelDesk.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChannelMetricsTest {
    private static final Instant NOON = Instant.parse("2026-09-04T12:00:00Z");
    private static final Health QUIET =
            new Health("quiet", "x", "Quiet", "ok", 3, 0, null, null, null, "closed", 2.5, null, null, 0, 0, 0, null);
    private static final Health BUSY = new Health(
            "busy",
            "x",
            "Busy",
            "delayed",
            9,
            4,
            NOON.minusSeconds(90),
            Duration.ofMillis(1500),
            Duration.ofSeconds(60),
            "half-open",
            10,
            NOON.minusSeconds(30),
            null,
            1,
            2,
            3,
            "it is late");

    private final List<Health> health = new ArrayList<>(List.of(QUIET, BUSY));
    private long nanos;
    private int asked;
    private boolean broken;
    private Instant now = NOON;
    private final ChannelMetrics metrics = new ChannelMetrics(this::health, () -> now, Runnable::run, () -> nanos);

    private List<Health> health() {
        asked++;
        if (broken) {
            throw new IllegalStateException("no database");
        }
        return List.copyOf(health);
    }

    /** Each series of a scrape, without the prefix they share. */
    private Map<String, Double> scrape() {
        Map<String, Double> series = new TreeMap<>();
        metrics.collect().forEach(metric -> ((GaugeSnapshot) metric)
                .getDataPoints()
                .forEach(point -> series.put(
                        metric.getMetadata().getName().replace("stockhub_channel_", "") + point.getLabels(),
                        point.getValue())));
        return series;
    }

    @Test
    void aChannelSaysHowItIsInBaseUnits() {
        assertThat(scrape())
                .containsEntry("listings{channel=\"busy\"}", 9.)
                .containsEntry("backlog{channel=\"busy\"}", 4.)
                .containsEntry("oldest_unsent_seconds{channel=\"busy\"}", 90.)
                .containsEntry("delay_seconds{channel=\"busy\",quantile=\"0.5\"}", 1.5)
                .containsEntry("delay_seconds{channel=\"busy\",quantile=\"0.99\"}", 60.)
                .containsEntry("state{channel=\"busy\",state=\"ok\"}", 0.)
                .containsEntry("state{channel=\"busy\",state=\"delayed\"}", 1.)
                .containsEntry("state{channel=\"busy\",state=\"paused\"}", 0.)
                .containsEntry("breaker_open{channel=\"busy\"}", 1.)
                .containsEntry("calls_per_second{channel=\"busy\"}", 10.)
                .containsEntry("dead_letters_open{channel=\"busy\"}", 1.)
                .containsEntry("drifts_open{channel=\"busy\"}", 2.)
                .containsEntry("backorders{channel=\"busy\"}", 3.)
                .containsEntry("orders_read_age_seconds{channel=\"busy\"}", 30.)
                .hasSize(15 + 12);
    }

    @Test
    void whatDoesNotExistHasNoSeriesAndWhatIsNoneIsZero() {
        assertThat(scrape())
                .containsEntry("oldest_unsent_seconds{channel=\"quiet\"}", 0.)
                .containsEntry("breaker_open{channel=\"quiet\"}", 0.)
                .containsEntry("state{channel=\"quiet\",state=\"ok\"}", 1.)
                .doesNotContainKeys(
                        "delay_seconds{channel=\"quiet\",quantile=\"0.5\"}",
                        "delay_seconds{channel=\"quiet\",quantile=\"0.99\"}",
                        "orders_read_age_seconds{channel=\"quiet\"}");
    }

    @Test
    void agesGrowBetweenTwoReadingsAndAreNeverBelowZero() {
        scrape();
        now = NOON.plusSeconds(4);
        assertThat(scrape()).containsEntry("oldest_unsent_seconds{channel=\"busy\"}", 94.);
        now = NOON.minusSeconds(60);
        assertThat(scrape()).containsEntry("orders_read_age_seconds{channel=\"busy\"}", 0.);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void aChannelThatLeavesTheSettingsLeavesTheMetrics() {
        scrape();
        health.remove(BUSY);
        nanos += Duration.ofSeconds(5).toNanos();
        assertThat(scrape().keySet()).isNotEmpty().noneMatch(series -> series.contains("busy"));
    }

    @Test
    void whatCannotBeReadIsNoNumber() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        metrics.bindTo(registry);
        Map<String, Double> before = scrape();
        broken = true;
        nanos += Duration.ofSeconds(5).toNanos();
        assertThat(scrape().keySet()).isEqualTo(before.keySet());
        assertThat(scrape().values()).containsOnly(Double.NaN);
        assertThat(registry.get("stockhub.metrics.stale").gauge().value()).isEqualTo(1);
        assertThat(asked).isEqualTo(2);
        broken = false;
        nanos += Duration.ofSeconds(5).toNanos();
        assertThat(scrape()).isEqualTo(before);
    }

    @Test
    void deadLettersAreCountedOnceForTheWholeHub() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new DeadLetterMetrics(new FakeHub(), Runnable::run, () -> nanos).bindTo(registry);
        assertThat(registry.get("stockhub.dead.letters.open").gauge().value()).isZero();
        assertThat(registry.get("stockhub.metrics.stale").gauge().value()).isZero();
    }
}
