package io.stockhub.connectors.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.failure.Codes;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The resilience4j breaker, with the two things it lacks: which failures count, and how long it stays open. */
final class Breaker {

    private final String account;
    private final CircuitBreaker breaker;
    private final Duration open;
    private final LongSupplier nanoTime;
    private volatile long openedAtNanos;

    Breaker(String account, Duration open, LongSupplier nanoTime) {
        this.account = account;
        this.open = open;
        this.nanoTime = nanoTime;
        this.breaker = CircuitBreaker.of(account, BreakerSettings.of(open, nanoTime));
        breaker.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                openedAtNanos = nanoTime.getAsLong();
            }
        });
    }

    void permit() {
        if (!breaker.tryAcquirePermission()) {
            throw AccountGuard.notCalled(
                    Kind.TRANSIENT,
                    Codes.BREAKER_OPEN,
                    "account " + account + " failed as a whole a moment ago and is not called",
                    waitMin(openFor()));
        }
    }

    void release() {
        breaker.releasePermission();
    }

    void succeeded(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    void failed(long nanos, CallFailure failure) {
        switch (failure.failure().kind()) {
            case TRANSIENT, UNKNOWN_OUTCOME -> breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
            // It answered, so it is up.
            case PERMANENT, SETTINGS -> breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            case THROTTLED, POISON -> breaker.releasePermission();
        }
    }

    String state() {
        return breaker.getState().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    float failureRate() {
        return breaker.getMetrics().getFailureRate();
    }

    Duration openFor() {
        if (breaker.getState() != CircuitBreaker.State.OPEN) {
            return Duration.ZERO;
        }
        Duration left = open.minusNanos(nanoTime.getAsLong() - openedAtNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    // Half open: somebody is trying right now; come back when he may have an answer.
    private Duration waitMin(Duration left) {
        Duration min = open.compareTo(Duration.ofMillis(500)) < 0 ? open : Duration.ofMillis(500);
        return left.compareTo(min) < 0 ? min : left;
    }
}
