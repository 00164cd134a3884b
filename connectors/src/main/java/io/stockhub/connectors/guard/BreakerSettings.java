package io.stockhub.connectors.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** When an account counts as down: at least five calls, half of the last ten failed. One probe tells it is back. */
final class BreakerSettings {

    private static final int WINDOW_CALLS = 10;
    private static final int CALLS_MIN = 5;
    private static final float FAILURE_PERCENT_MAX = 50;

    private BreakerSettings() {}

    static CircuitBreakerConfig of(Duration open, LongSupplier nanoTime) {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(WINDOW_CALLS)
                .minimumNumberOfCalls(CALLS_MIN)
                .failureRateThreshold(FAILURE_PERCENT_MAX)
                .waitDurationInOpenState(open)
                .clock(new MonotonicClock(nanoTime))
                .permittedNumberOfCallsInHalfOpenState(1)
                .build();
    }

    /** Durations only: a wall clock that is set back must not keep an account shut. */
    private static final class MonotonicClock extends Clock {

        private final LongSupplier nanoTime;

        MonotonicClock(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanoTime.getAsLong());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
