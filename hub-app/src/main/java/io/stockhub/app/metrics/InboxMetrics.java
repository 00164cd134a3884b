package io.stockhub.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.stockhub.routes.Inbox;
import io.stockhub.routes.Inbox.NotDone;
import io.stockhub.routes.Inbox.State;
import io.stockhub.routes.Inbox.Totals;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * {@code stockhub_inbox_messages{state}} for each of the eight states, and {@code stockhub_inbox_unaccounted}. The gauges of
 * one scrape come from one query. What is not done is counted anew after 5 seconds; {@code done}, for which an index of
 * every message is read, after a minute. Where counting is slow, it waits ten times as long as it took, so that a hub with a
 * long queue is not kept busy by being watched. While the database does not answer, all are NaN.
 */
@Component
final class InboxMetrics implements MeterBinder {
    private static final Logger LOG = LoggerFactory.getLogger(InboxMetrics.class);
    private static final Duration NOT_DONE_FRESH = Duration.ofSeconds(5);
    private static final Duration DONE_FRESH = Duration.ofMinutes(1);

    private static final int PAUSE_FACTOR = 10;

    /** What was counted last; {@code notDone} null when it could not be. Times are of the monotonic clock. */
    private record Counted(@Nullable NotDone notDone, double done, long doneAt, long againAt) {}

    private final Inbox inbox;
    private final LongSupplier nanos;
    private @Nullable Counted last;

    @Autowired
    InboxMetrics(Inbox inbox) {
        this(inbox, System::nanoTime);
    }

    InboxMetrics(Inbox inbox, LongSupplier nanos) {
        this.inbox = inbox;
        this.nanos = nanos;
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
    }

    private double messages(State state) {
        Counted counted = counted();
        if (counted.notDone() == null) {
            return Double.NaN;
        }
        return state == State.DONE ? counted.done() : counted.notDone().in(state);
    }

    private double unaccounted() {
        NotDone notDone = counted().notDone();
        return notDone == null ? Double.NaN : notDone.unaccounted();
    }

    private synchronized Counted counted() {
        long now = nanos.getAsLong();
        Counted before = last;
        if (before != null && now - before.againAt() < 0) {
            return before;
        }
        Counted counted = count(before, now);
        last = counted;
        return counted;
    }

    private Counted count(@Nullable Counted before, long now) {
        try {
            if (before != null && before.notDone() != null && now - before.doneAt() < DONE_FRESH.toNanos()) {
                NotDone notDone = inbox.notDone();
                return new Counted(notDone, before.done(), before.doneAt(), again(now));
            }
            Totals totals = inbox.totals();
            return new Counted(totals.notDone(), totals.done(), now, again(now));
        } catch (RuntimeException e) {
            LOG.warn("The messages of the inbox could not be counted: {}", e.getMessage());
            return new Counted(null, Double.NaN, now, again(now));
        }
    }

    private long again(long begun) {
        long ended = nanos.getAsLong();
        return ended + Math.max(NOT_DONE_FRESH.toNanos(), PAUSE_FACTOR * (ended - begun));
    }
}
