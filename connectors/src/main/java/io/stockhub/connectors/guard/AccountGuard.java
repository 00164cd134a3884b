package io.stockhub.connectors.guard;

import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Failure.Stage;
import io.stockhub.connectors.Rate;
import io.stockhub.connectors.Timing;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Stands before every call of one account: rate limit, calls in flight, pauses that the system asked for, and the
 * breaker. Who may not call gets a {@link CallFailure} with the time to wait, and nothing is sent; who may is called.
 */
public final class AccountGuard {

    private final Timing timing;
    private final Breaker breaker;
    private final Pace pace;
    private final LongSupplier nanoTime;

    /**
     * @param account for messages
     * @param inFlightMax calls at the same time
     * @param nanoTime monotonic, as {@link System#nanoTime()}
     */
    public AccountGuard(String account, Timing timing, int inFlightMax, LongSupplier nanoTime) {
        this.timing = timing;
        this.nanoTime = nanoTime;
        this.breaker = new Breaker(account, timing.breakerOpen(), nanoTime);
        this.pace = new Pace(account, timing, inFlightMax, nanoTime);
    }

    /**
     * Makes the call if it may be made now.
     *
     * @throws CallFailure of the call; {@code channel.breaker_open} (TRANSIENT) or {@code channel.throttled}
     *     (THROTTLED), both with the time to wait, when it was not made
     */
    public <T> T call(String action, Supplier<T> call) {
        breaker.permit();
        long started;
        try {
            pace.enter(action);
            started = nanoTime.getAsLong();
        } catch (RuntimeException e) {
            breaker.release();
            throw e;
        }
        try {
            T answer = call.get();
            breaker.succeeded(nanoTime.getAsLong() - started);
            return answer;
        } catch (CallFailure e) {
            breaker.failed(nanoTime.getAsLong() - started, e);
            throw new CallFailure(withPause(action, e.failure()));
        } catch (RuntimeException | Error e) {
            // Ours, not the system's.
            breaker.release();
            throw e;
        } finally {
            pace.leave();
        }
    }

    /** Holds back an action because the system asked for it in an answer that was no failure. */
    public void pause(String action, Duration wait) {
        pace.pause(action, wait);
    }

    /** Keeps from now on what the system said about its limits. */
    public void learn(String action, List<Learnt> learnt) {
        for (Learnt one : learnt) {
            switch (one) {
                case Learnt.NewRate said -> pace.learn(action, said.rate());
                case Learnt.ScaledRate scaled -> pace.scale(action, scaled.rate());
                case Learnt.HoldBack said -> pace.pause(action, said.pause());
            }
        }
    }

    /** The rate at which the action is called now. */
    public Rate rateOf(String action) {
        return pace.rateOf(action);
    }

    /** Calls in flight, without the one that asks. */
    public int othersInFlight() {
        return Math.max(0, pace.inFlight() - 1);
    }

    public AccountState state() {
        return new AccountState(
                breaker.state(), breaker.failureRate(), breaker.openFor(), pace.paused(), timing.rate(), pace.rates());
    }

    private Failure withPause(String action, Failure failure) {
        if (failure.kind() != Kind.THROTTLED) {
            return failure;
        }
        // A system that does not say when gets the time in which it earns us one more call.
        Duration wait = failure.retryAfter() == null ? pace.rateOf(action).interval() : failure.retryAfter();
        pace.pause(action, wait);
        return new Failure(failure.kind(), failure.stage(), failure.code(), failure.message(), wait);
    }

    static CallFailure notCalled(Kind kind, String code, String message, Duration wait) {
        return new CallFailure(new Failure(kind, Stage.SEND, code, message, wait));
    }
}
