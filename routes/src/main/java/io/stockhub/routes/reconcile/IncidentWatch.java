package io.stockhub.routes.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks now and then whether something happened to one channel that makes what was proven suspect. */
public final class IncidentWatch {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final String channel;
    private final Incidents incidents;
    private final Supplier<String> breaker;
    private final LongSupplier nanos;
    private boolean breakerWasOpen;
    private boolean settingsWereRefused;
    private @Nullable Long lookedAt;

    /** @param breaker {@code closed}, {@code open} or {@code half-open} */
    public IncidentWatch(String channel, Incidents incidents, Supplier<String> breaker, LongSupplier nanos) {
        this.channel = channel;
        this.incidents = incidents;
        this.breaker = breaker;
        this.nanos = nanos;
    }

    /** Cheap; call it as often as there is occasion. */
    public void look() {
        boolean closed = breaker.get().equals("closed");
        if (closed && breakerWasOpen) {
            incidents.happened(channel, Incidents.Why.BREAKER);
        }
        breakerWasOpen = !closed;
        long now = nanos.getAsLong();
        if (lookedAt != null && now - lookedAt < EVERY.toNanos()) {
            return;
        }
        lookedAt = now;
        incidents.alive(channel);
        boolean refused = incidents.settingsRefused(channel);
        if (settingsWereRefused && !refused) {
            incidents.happened(channel, Incidents.Why.SETTINGS);
        }
        settingsWereRefused = refused;
        if (incidents.refusesMuch(channel)) {
            incidents.happened(channel, Incidents.Why.DEAD_LETTERS);
        }
    }

    /** What was proven before then has to be proven again; null when nothing has. */
    public @Nullable Instant suspectSince() {
        return incidents.suspectSince(channel).orElse(null);
    }
}
