package io.stockhub.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReadingTest {
    private final Queue<Runnable> aside = new ArrayDeque<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private long nanos = Long.MAX_VALUE - 1;
    private int asked;
    private boolean broken;
    private Duration takes = Duration.ZERO;
    private final Reading<Integer> reading = new Reading<>("things", this::read, aside::add, () -> nanos);

    @BeforeEach
    void bind() {
        reading.bindTo(registry);
    }

    private int read() {
        asked++;
        pass(takes);
        if (broken) {
            throw new IllegalStateException("no database");
        }
        return asked;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** A scrape that has no patience left, so that the test need not wait. */
    private void scrape() {
        Thread.currentThread().interrupt();
        reading.get();
        Thread.interrupted();
    }

    private void answer() {
        aside.remove().run();
    }

    private double stale() {
        return registry.get("stockhub.metrics.stale")
                .tag("subject", "things")
                .gauge()
                .value();
    }

    @Test
    void aScrapeNeverWaitsForADatabaseThatHangsAndAsksItOnce() {
        scrape();
        pass(Duration.ofSeconds(1));
        assertThat(reading.get()).isEmpty();
        assertThat(stale()).isEqualTo(1);
        assertThat(aside).hasSize(1);
    }

    @Test
    void whatWasReadBeforeIsSaidWhileTheNextReadingIsSlowButNotForEver() {
        scrape();
        answer();
        assertThat(reading.get()).contains(1);
        pass(Duration.ofSeconds(5));
        scrape();
        assertThat(aside).hasSize(1);
        pass(Duration.ofSeconds(30));
        assertThat(reading.get()).contains(1);
        assertThat(stale()).isZero();
        pass(Duration.ofNanos(1));
        assertThat(reading.get()).isEmpty();
        assertThat(stale()).isEqualTo(1);
        answer();
        assertThat(reading.get()).contains(2);
        assertThat(stale()).isZero();
    }

    @Test
    void aSlowReadingIsRepeatedLessOftenAndOneThatFailedWithinAMinute() {
        takes = Duration.ofMinutes(2);
        broken = true;
        scrape();
        answer();
        pass(Duration.ofSeconds(59));
        assertThat(reading.get()).isEmpty();
        assertThat(aside).isEmpty();
        broken = false;
        pass(Duration.ofSeconds(1));
        scrape();
        answer();
        pass(Duration.ofMinutes(20).minusNanos(1));
        assertThat(reading.get()).contains(2);
        assertThat(aside).isEmpty();
        pass(Duration.ofNanos(1));
        scrape();
        assertThat(aside).hasSize(1);
    }

    @Test
    void whatNobodyAskedForInALongTimeIsNotSaidAsIfItWereNew() {
        scrape();
        answer();
        pass(Duration.ofSeconds(5).plusMinutes(2));
        scrape();
        pass(Duration.ofSeconds(1));
        assertThat(reading.get()).isEmpty();
        answer();
        assertThat(reading.get()).contains(2);
    }
}
