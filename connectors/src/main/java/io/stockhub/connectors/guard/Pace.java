package io.stockhub.connectors.guard;

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
import org.jspecify.annotations.Nullable;

/** How fast one account is called: a rate per action, calls in flight, and pauses that the system asked for. */
final class Pace {

    private final String account;
    private final Timing timing;
    private final int inFlightMax;
    private final Semaphore inFlight;
    private final LongSupplier nanoTime;
    /** Of the actions without a rate of their own; of all actions when the rate is a cap. */
    private final Bucket shared;

    private final Map<String, Bucket> own = new ConcurrentHashMap<>();
    private final Map<String, Long> pausedUntilNanos = new ConcurrentHashMap<>();

    Pace(String account, Timing timing, int inFlightMax, LongSupplier nanoTime) {
        this.account = account;
        this.timing = timing;
        this.inFlightMax = inFlightMax;
        this.inFlight = new Semaphore(inFlightMax, true);
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        this.shared = new Bucket(timing.rate(), now);
        timing.actionRates().forEach((action, rate) -> own.put(action, new Bucket(rate, now)));
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
        long wait = take(action);
        if (wait > waitMaxNanos() || !slept(wait)) {
            inFlight.release();
            throw throttled(
                    action + " has used up its " + rateOf(action).requestsPerSecond() + " calls a second",
                    Duration.ofNanos(Math.max(1, wait)));
        }
    }

    void leave() {
        inFlight.release();
    }

    void pause(String action, Duration wait) {
        long until = nanoTime.getAsLong() + wait.toNanos();
        pausedUntilNanos.merge(action, until, (a, b) -> a - b > 0 ? a : b);
    }

    /** The system said how fast it may be called: the action keeps that from now on, and never exceeds a cap. */
    void learn(String action, Rate said) {
        Rate rate = timing.rateIsCap() ? said.atMost(timing.rate()) : said;
        Bucket bucket = own.get(action);
        if (bucket != null) {
            bucket.change(rate, nanoTime.getAsLong());
        } else if (!timing.rateIsCap() || !Bucket.nearly(shared.rate(), rate)) {
            own.putIfAbsent(action, shared.copy(rate, nanoTime.getAsLong()));
        }
    }

    /** The manifest's rate is another one for this account. */
    void scale(String action, Rate rate) {
        if (!timing.rateIsCap()) {
            learn(action, rate);
        }
    }

    /** The rate in force. */
    Rate rateOf(String action) {
        Bucket bucket = own.get(action);
        return bucket == null ? shared.rate() : bucket.rate();
    }

    /** The rates in force of the actions that have one of their own. */
    Map<String, Rate> rates() {
        Map<String, Rate> rates = new TreeMap<>();
        own.forEach((action, bucket) -> rates.put(action, bucket.rate()));
        return rates;
    }

    /** Calls in flight. */
    int inFlight() {
        return inFlightMax - inFlight.availablePermits();
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
            return inFlight.tryAcquire(waitMaxNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Duration waitAgain() {
        return timing.waitMax().isZero() ? Duration.ofMillis(100) : timing.waitMax();
    }

    private long waitMaxNanos() {
        return timing.waitMax().toNanos();
    }

    /** As {@link Bucket#take}, of each bucket that the action draws on: of all or of none. */
    private long take(String action) {
        long now = nanoTime.getAsLong();
        @Nullable Bucket first = own.get(action);
        if (first == null || !timing.rateIsCap()) {
            return (first == null ? shared : first).take(now, waitMaxNanos());
        }
        long wait = first.take(now, waitMaxNanos());
        if (wait > waitMaxNanos()) {
            return wait;
        }
        long capped = shared.take(now, waitMaxNanos());
        if (capped > waitMaxNanos()) {
            first.giveBack();
        }
        return Math.max(wait, capped);
    }

    private static boolean slept(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CallFailure throttled(String why, Duration wait) {
        return AccountGuard.notCalled(
                Kind.THROTTLED, Codes.THROTTLED, "account " + account + " is not called: " + why, wait);
    }
}
