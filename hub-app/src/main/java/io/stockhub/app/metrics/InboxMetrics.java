package io.stockhub.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.stockhub.routes.Inbox;
import io.stockhub.routes.Inbox.NotDone;
import io.stockhub.routes.Inbox.State;
import io.stockhub.routes.Inbox.Totals;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * {@code stockhub_inbox_messages{state}} for each of the eight states, and {@code stockhub_inbox_unaccounted}. The gauges of
 * one scrape come from one query. What is not done is counted anew after 5 seconds; {@code done}, for which an index of
 * every message is read, after a minute. While the database does not answer, all are NaN.
 */
@Component
final class InboxMetrics implements MeterBinder {
    private static final Duration DONE_FRESH = Duration.ofMinutes(1);

    private record Counted(NotDone notDone, double done, long doneAt) {}

    private final Inbox inbox;
    private final LongSupplier nanos;
    private final Reading<Counted> reading;
    /** Only a reading touches it, and there is one at a time. */
    private volatile @Nullable Counted before;

    @Autowired
    InboxMetrics(Inbox inbox) {
        this.inbox = inbox;
        this.nanos = System::nanoTime;
        this.reading = new Reading<>("inbox", this::count);
    }

    InboxMetrics(Inbox inbox, Executor aside, LongSupplier nanos) {
        this.inbox = inbox;
        this.nanos = nanos;
        this.reading = new Reading<>("inbox", this::count, aside, nanos);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (State state : State.values()) {
            Gauge.builder("stockhub.inbox.messages", this, metrics -> metrics.messages(state))
                    .tag("state", state.code())
                    .description("Messages that came in, by where they are in their life")
                    .register(registry);
        }
        Gauge.builder("stockhub.inbox.unaccounted", this, InboxMetrics::unaccounted)
                .description("Contradictions between messages and dead letters; above 0 the hub has a fault")
                .register(registry);
        reading.bindTo(registry);
    }

    private double messages(State state) {
        return reading.get()
                .map(counted -> state == State.DONE
                        ? counted.done()
                        : (double) counted.notDone().in(state))
                .orElse(Double.NaN);
    }

    private double unaccounted() {
        return reading.get()
                .map(counted -> (double) counted.notDone().unaccounted())
                .orElse(Double.NaN);
    }

    private Counted count() {
        long now = nanos.getAsLong();
        Counted last = before;
        Counted counted;
        if (last != null && now - last.doneAt() < DONE_FRESH.toNanos()) {
            counted = new Counted(inbox.notDone(), last.done(), last.doneAt());
        } else {
            Totals totals = inbox.totals();
            counted = new Counted(totals.notDone(), totals.done(), now);
        }
        before = counted;
        return counted;
    }
}
