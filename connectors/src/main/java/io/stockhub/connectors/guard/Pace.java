package io.stockhub.connectors.guard;

import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Rate;
import io.stockhub.connectors.Timing;
import io.stockhub.connectors.failure.Codes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How fast one account is called: a rate per action, calls in flight, and pauses that the system asked for. */
final class Pace {

    private static final String SHARED = "*";

    private final String account;
    private final Timing timing;
    private final Semaphore inFlight;
    private final LongSupplier nanoTime;
    private final Map<String, AtomicRateLimiter> limiters = new ConcurrentHashMap<>();
    private final Map<String, Long> pausedUntilNanos = new ConcurrentHashMap<>();

    Pace(String account, Timing timing, int inFlightMax, LongSupplier nanoTime) {
        this.account = account;
        this.timing = timing;
        this.inFlight = new Semaphore(inFlightMax, true);
        this.nanoTime = nanoTime;
    }

    /** Waits for its turn, a short while at most. */
    void enter(String action) {
        Duration pause = pauseOf(action);
        if (!pause.isZero()) {
            throw throttled(action + " is held back as the system asked", pause);
        }
        if (!acquire()) {
            throw throttled("as many calls as are allowed are in flight", waitAgain());
        }
        AtomicRateLimiter limiter = limiter(action);
        if (!limiter.acquirePermission()) {
            inFlight.release();
            throw throttled(
                    action + " has used up its " + timing.rateOf(action).requestsPerSecond() + " calls a second",
                    Duration.ofNanos(Math.max(1, limiter.getDetailedMetrics().getNanosToWait())));
        }
    }

    void leave() {
        inFlight.release();
    }

    void pause(String action, Duration wait) {
        long until = nanoTime.getAsLong() + wait.toNanos();
        pausedUntilNanos.merge(action, until, (a, b) -> a - b > 0 ? a : b);
    }

    Map<String, Duration> paused() {
        Map<String, Duration> paused = new TreeMap<>();
        pausedUntilNanos.keySet().forEach(action -> {
            Duration left = pauseOf(action);
            if (!left.isZero()) {
                paused.put(action, left);
            }
        });
        return paused;
    }

    private Duration pauseOf(String action) {
        Long until = pausedUntilNanos.get(action);
        if (until == null) {
            return Duration.ZERO;
        }
        long left = until - nanoTime.getAsLong();
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    private boolean acquire() {
        try {
            return inFlight.tryAcquire(timing.waitMax().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Duration waitAgain() {
        return timing.waitMax().isZero() ? Duration.ofMillis(100) : timing.waitMax();
    }

    private AtomicRateLimiter limiter(String action) {
        // Actions without a rate of their own share the account's.
        String key = timing.actionRates().containsKey(action) ? action : SHARED;
        return limiters.computeIfAbsent(key, name -> new AtomicRateLimiter(name, settings(timing.rateOf(action))));
    }

    // Half a burst per period, since the ends of two periods may meet: never more than the burst at once, and the
    // right average.
    private RateLimiterConfig settings(Rate rate) {
        int permits = Math.max(1, rate.burst() / 2);
        return RateLimiterConfig.custom()
                .limitForPeriod(permits)
                .limitRefreshPeriod(Duration.ofNanos((long) (permits * 1_000_000_000L / rate.requestsPerSecond())))
                .timeoutDuration(timing.waitMax())
                .build();
    }

    private CallFailure throttled(String why, Duration wait) {
        return AccountGuard.notCalled(
                Kind.THROTTLED, Codes.THROTTLED, "account " + account + " is not called: " + why, wait);
    }
}
