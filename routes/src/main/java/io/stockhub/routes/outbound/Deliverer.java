package io.stockhub.routes.outbound;

import io.stockhub.routes.failure.Backoff;
import io.stockhub.routes.outbound.DeliveryStore.Claimed;
import io.stockhub.routes.outbound.Receiver.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits. Each target has its own few calls at once, so that a slow or dead one delays no other; what it was
 * doing when the hub dies is sent again, under the same id, when the lease is over.
 */
public final class Deliverer {
    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);

    /** Longer than any attempt takes. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration CLEAN_EVERY = Duration.ofMinutes(10);
    private static final int AT_ONCE = 8;

    /** After these days nobody is helped by an old message. */
    public static final Duration GIVEN_UP_AFTER = Duration.ofDays(3);

    /** From seconds to an hour; how often does not matter, only for how long. */
    public static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofHours(1), Integer.MAX_VALUE);

    private final DeliveryStore store;
    private final Function<String, Optional<Receiver>> receivers;
    private final Executor calls;
    private final Backoff backoff;
    private final Runnable wake;
    private final Map<String, AtomicInteger> busy = new ConcurrentHashMap<>();
    private @Nullable Long cleanedAt;

    /**
     * @param receivers of a target; empty when this hub does not know it, and then its messages wait
     * @param calls runs what may take long
     * @param wake a lane may go on
     */
    public Deliverer(
            DeliveryStore store,
            Function<String, Optional<Receiver>> receivers,
            Executor calls,
            Backoff backoff,
            Runnable wake) {
        this.store = store;
        this.receivers = receivers;
        this.calls = calls;
        this.backoff = backoff;
        this.wake = wake;
    }

    /** One step of the pump. */
    public Duration step() {
        for (String target : store.due()) {
            receivers.apply(target).ifPresent(receiver -> start(target, receiver));
        }
        long now = System.nanoTime();
        if (cleanedAt == null || now - cleanedAt > CLEAN_EVERY.toNanos()) {
            store.clean(KEPT);
            cleanedAt = now;
        }
        return IDLE;
    }

    private void start(String target, Receiver receiver) {
        AtomicInteger running = busy.computeIfAbsent(target, any -> new AtomicInteger());
        int free = AT_ONCE - running.get();
        if (free <= 0) {
            return;
        }
        for (Claimed one : store.claim(target, free, LEASE)) {
            running.incrementAndGet();
            calls.execute(() -> {
                try {
                    send(one, receiver);
                } finally {
                    running.decrementAndGet();
                    wake.run();
                }
            });
        }
    }

    private void send(Claimed one, Receiver receiver) {
        Outcome outcome;
        try {
            outcome = receiver.send(one.message());
        } catch (RuntimeException fault) {
            LOG.warn(
                    "Message {} to {} could not be sent.",
                    one.message().id(),
                    one.message().target(),
                    fault);
            outcome = new Outcome.Failed("a fault of the hub; see its log", null);
        }
        switch (outcome) {
            case Outcome.Arrived arrived -> store.arrived(one);
            case Outcome.Gone gone -> store.givenUp(one, gone.why());
            case Outcome.Failed failed -> failed(one, failed);
        }
    }

    private void failed(Claimed one, Outcome.Failed failed) {
        if (one.age().compareTo(GIVEN_UP_AFTER) >= 0) {
            LOG.warn(
                    "Message {} to {} is given up: {}",
                    one.message().id(),
                    one.message().target(),
                    failed.why());
            store.givenUp(one, failed.why());
        } else {
            // Who asks for less patience than we have does not get it: a receiver could have itself called all the
            // time.
            Duration pause = backoff.pause(one.attempts() + 1, null, ThreadLocalRandom.current());
            Duration asked = failed.retryAfter() == null ? Duration.ZERO : failed.retryAfter();
            store.failed(one, failed.why(), asked.compareTo(pause) > 0 ? asked : pause);
        }
    }
}
