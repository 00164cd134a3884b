package io.stockhub.connectors.guard;

import io.stockhub.connectors.Rate;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A rate that is kept: up to a burst at once, then one call each interval. Calls may be taken in advance. It remembers
 * one instant, the one at which all that was taken is earned, so that another rate goes on where the one before was.
 * Without locks; times are monotonic nanoseconds.
 */
final class Bucket {

    private static final double CHANGE_MIN = 0.01;
    private static final double INTERVAL_NANOS_MAX = 1e15;

    private final AtomicReference<State> state;

    Bucket(Rate rate, long now) {
        this.state = new AtomicReference<>(new State(rate, now));
    }

    private Bucket(State state) {
        this.state = new AtomicReference<>(state);
    }

    /**
     * Takes one call.
     *
     * @return nanoseconds until it may be made; more than {@code waitMax} when it was not taken
     */
    long take(long now, long waitMax) {
        while (true) {
            State seen = state.get();
            State taken = seen.andOneMore(now);
            long wait = taken.waitNanos(now);
            if (wait > waitMax || state.compareAndSet(seen, taken)) {
                return wait;
            }
        }
    }

    /** Puts back what was taken and not used. */
    void giveBack() {
        state.updateAndGet(seen -> new State(seen.rate, seen.earnedAt - seen.intervalNanos()));
    }

    Rate rate() {
        return state.get().rate;
    }

    /** What was taken stays taken. Nothing happens when the rate is nearly the same. */
    void change(Rate rate, long now) {
        while (true) {
            State seen = state.get();
            if (nearly(seen.rate, rate) || state.compareAndSet(seen, seen.at(rate, now))) {
                return;
            }
        }
    }

    /** Another one with this rate that has given away as many calls. */
    Bucket copy(Rate rate, long now) {
        return new Bucket(state.get().at(rate, now));
    }

    static boolean nearly(Rate one, Rate other) {
        double difference = Math.abs(one.requestsPerSecond() - other.requestsPerSecond());
        return one.burst() == other.burst() && difference <= CHANGE_MIN * one.requestsPerSecond();
    }

    private record State(Rate rate, long earnedAt) {

        State andOneMore(long now) {
            return new State(rate, now + Math.max(0, earnedAt - now) + intervalNanos());
        }

        long waitNanos(long now) {
            // One call less than the burst: what arrives early, because what went before was late, is not one too many.
            double atOnce = Math.max(1, rate.burst() - 1);
            return Math.max(0, (long) (earnedAt - now - atOnce * intervalNanos()));
        }

        State at(Rate other, long now) {
            double calls = Math.max(0, earnedAt - now) / (double) intervalNanos();
            return new State(other, now + (long) (calls * new State(other, now).intervalNanos()));
        }

        long intervalNanos() {
            return (long) Math.clamp(1e9 / rate.requestsPerSecond(), 1, INTERVAL_NANOS_MAX);
        }
    }
}
