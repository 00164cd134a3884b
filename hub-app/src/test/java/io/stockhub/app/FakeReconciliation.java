package io.stockhub.app;

import io.stockhub.routes.ChannelDesk.Drift;
import io.stockhub.routes.Reconciliation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows one channel, {@code amazon}; drift 7 is held there, drift 8 is not. */
public final class FakeReconciliation implements Reconciliation {
    private static final Instant NOW = Instant.parse("2026-09-04T10:15:00Z");

    public final List<String> decisions = new CopyOnWriteArrayList<>();

    @Override
    public Optional<Reading> reading(String channel) {
        return channel.equals("amazon")
                ? Optional.of(new Reading(channel, NOW, "asked", 100, 40, 2))
                : Optional.empty();
    }

    @Override
    public Decided decide(long driftId, Decision decision, String by, String reason) {
        if (driftId == 8) {
            return new Decided.NothingToDecide("its listing is not held");
        }
        if (driftId != 7) {
            return new Decided.NoSuchDrift();
        }
        decisions.add(decision + " " + by + " " + reason);
        return new Decided.Done(new Drift(
                7,
                "amazon",
                "A",
                "a-1",
                5,
                9L,
                Drift.Cause.WRONG_ALIAS,
                "read-back",
                NOW,
                NOW,
                true,
                "hold",
                new Drift.Decided(decision.code(), by, NOW, reason)));
    }
}
