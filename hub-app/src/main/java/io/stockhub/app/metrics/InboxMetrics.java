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
 * one scrape come from one query. What is not done is counted anew when it is older than 5 seconds; {@code done}, for which
 * an index of every message is read, when it is older than a minute. While the database does not answer, all are NaN.
 */
@Component
final class InboxMetrics implements MeterBinder {
    private static final Logger LOG = LoggerFactory.getLogger(InboxMetrics.class);
    private static final Duration NOT_DONE_FRESH = Duration.ofSeconds(5);
    private static final Duration DONE_FRESH = Duration.ofMinutes(1);

    /** What was counted last; {@code notDone} null when it could not be. Times are of the monotonic clock. */
    private record Counted(@Nullable NotDone notDone, double done, long notDoneAt, long doneAt) {}

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
        if (before != null && now - before.notDoneAt() < NOT_DONE_FRESH.toNanos()) {
            return before;
        }
        Counted counted = count(before, now);
        last = counted;
        return counted;
    }

    private Counted count(@Nullable Counted before, long now) {
        try {
            if (before != null && before.notDone() != null && now - before.doneAt() < DONE_FRESH.toNanos()) {
                return new Counted(inbox.notDone(), before.done(), now, before.doneAt());
            }
            Totals totals = inbox.totals();
            return new Counted(totals.notDone(), totals.done(), now, now);
        } catch (RuntimeException e) {
            LOG.warn("The messages of the inbox could not be counted: {}", e.getMessage());
            return new Counted(null, Double.NaN, now, now);
        }
    }
}
