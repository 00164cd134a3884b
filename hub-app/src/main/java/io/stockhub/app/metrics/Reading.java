package io.stockhub.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gauges of one subject say, read from the database when a scrape asks and what was read last is older than 5
 * seconds. It is read aside and never twice at once; a scrape waits for it for at most a second, however many gauges it has.
 * Where reading is slow, the next one waits ten times as long as it took, so that a hub is not kept busy by being watched.
 *
 * <p>While a reading is under way, what was read before is said. There is no value before the first reading, after one that
 * failed, while one is under way for longer than half a minute, and while one is under way that was due two minutes ago,
 * since nobody asked. Then {@code stockhub_metrics_stale} of the subject is 1.
 */
final class Reading<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration STUCK = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofMinutes(2);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);
    private static final int PAUSE_FACTOR = 10;

    /** One question to the database. Times are of the monotonic clock. */
    private record Run(long begun, CompletableFuture<@Nullable Void> ended) {}

    private final String subject;
    private final Supplier<T> read;
    private final Executor aside;
    private final LongSupplier nanos;
    private @Nullable Run running;
    private @Nullable T last;
    private @Nullable Long againAt;

    /** @param subject what is read, one word: the tag of {@code stockhub_metrics_stale} */
    Reading(String subject, Supplier<T> read) {
        this(
                subject,
                read,
                task -> Thread.ofVirtual().name("metrics-" + subject).start(task),
                System::nanoTime);
    }

    Reading(String subject, Supplier<T> read, Executor aside, LongSupplier nanos) {
        this.subject = subject;
        this.read = read;
        this.aside = aside;
        this.nanos = nanos;
    }

    void bindTo(MeterRegistry registry) {
        Gauge.builder("stockhub.metrics.stale", this, reading -> reading.get().isEmpty() ? 1 : 0)
                .tag("subject", subject)
                .description("1 while the database does not say what these metrics should")
                .register(registry);
    }

    /** What was read; empty while it cannot be. */
    Optional<T> get() {
        Run run = current();
        if (run != null) {
            await(run);
        }
        return known();
    }

    /** The reading under way, begun now when it is time; null when what was read last will do. */
    private @Nullable Run current() {
        Run begun;
        synchronized (this) {
            long now = nanos.getAsLong();
            if (running != null) {
                return running;
            }
            if (againAt != null && now - againAt < 0) {
                return null;
            }
            begun = new Run(now, new CompletableFuture<>());
            running = begun;
        }
        aside.execute(() -> read(begun));
        return begun;
    }

    private void read(Run run) {
        T value = null;
        try {
            value = read.get();
        } catch (RuntimeException e) {
            LOG.warn("The metrics of {} could not be read: {}", subject, e.getMessage());
        } finally {
            end(run, value);
        }
    }

    private void end(Run run, @Nullable T value) {
        synchronized (this) {
            long now = nanos.getAsLong();
            long pause = Math.max(FRESH.toNanos(), PAUSE_FACTOR * (now - run.begun()));
            // A database that hung for minutes and is back is asked again soon.
            againAt = now + (value == null ? Math.min(pause, PAUSE_AFTER_FAILURE.toNanos()) : pause);
            last = value;
            running = null;
        }
        run.ended().complete(null);
    }

    /** All gauges wait until the same moment, not one after the other. */
    private void await(Run run) {
        long left = PATIENCE.toNanos() - (nanos.getAsLong() - run.begun());
        try {
            run.ended().get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            // What was read before is said meanwhile.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reading never ends with an exception", e);
        }
    }

    private synchronized Optional<T> known() {
        return running != null && tooOld(running) ? Optional.empty() : Optional.ofNullable(last);
    }

    private boolean tooOld(Run run) {
        long now = nanos.getAsLong();
        return now - run.begun() > STUCK.toNanos() || againAt != null && now - againAt > KEPT.toNanos();
    }
}
