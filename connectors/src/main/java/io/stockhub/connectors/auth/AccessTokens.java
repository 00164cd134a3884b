package io.stockhub.connectors.auth;

import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The access token of one account, in memory. Single-flight: however many callers need a new one at once, one token
 * call is made and all get its result, or its failure (a refresh token may be good for one use only).
 */
public final class AccessTokens {

    private final Supplier<FetchedToken> source;
    private final Duration renewBefore;
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable AccessToken> token = new AtomicReference<>();
    private final AtomicReference<@Nullable CompletableFuture<AccessToken>> flight = new AtomicReference<>();

    /**
     * @param source makes the token call; throws {@link CallFailure}
     * @param renewBefore how long before its end a token is renewed; a fifth of its life where that is less
     * @param nanoTime monotonic, as {@link System#nanoTime()}: a wrong wall clock must not end a token
     */
    public AccessTokens(Supplier<FetchedToken> source, Duration renewBefore, LongSupplier nanoTime) {
        this.source = source;
        this.renewBefore = renewBefore;
        this.nanoTime = nanoTime;
    }

    /**
     * The generation of a token that is good now, fetched if need be.
     *
     * @throws CallFailure when it could not be fetched
     */
    public long ensure() {
        return current().generation();
    }

    /**
     * The token to send now, fetched if need be.
     *
     * @throws CallFailure when it could not be fetched
     */
    public Secret value() {
        return current().value();
    }

    /** The token in memory, if any: for keeping it out of texts. */
    public Optional<Secret> known() {
        AccessToken held = token.get();
        return held == null ? Optional.empty() : Optional.of(held.value());
    }

    /** The system refused this token. The next caller fetches another, unless that has happened already. */
    public void refused(long generation) {
        AccessToken held = token.get();
        if (held != null && held.generation() == generation) {
            token.compareAndSet(held, stale(held));
        }
    }

    private AccessToken current() {
        AccessToken held = token.get();
        if (held != null && isGood(held)) {
            return held;
        }
        CompletableFuture<AccessToken> mine = new CompletableFuture<>();
        CompletableFuture<AccessToken> running = flight.compareAndExchange(null, mine);
        if (running != null) {
            return join(running);
        }
        try {
            return renew(mine);
        } finally {
            flight.set(null);
        }
    }

    private AccessToken renew(CompletableFuture<AccessToken> mine) {
        try {
            AccessToken held = token.get();
            // Somebody may have landed between our look at the token and our take-off.
            AccessToken fresh = held != null && isGood(held) ? held : fetch(held);
            token.set(fresh);
            mine.complete(fresh);
            return fresh;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private AccessToken fetch(@Nullable AccessToken last) {
        FetchedToken fetched = source.get();
        Duration life = fetched.lifetime();
        Duration margin = renewBefore.compareTo(life.dividedBy(5)) < 0 ? renewBefore : life.dividedBy(5);
        long generation = last == null ? 1 : last.generation() + 1;
        return new AccessToken(
                generation,
                fetched.value(),
                nanoTime.getAsLong() + life.minus(margin).toNanos());
    }

    private boolean isGood(AccessToken held) {
        return held.renewAtNanos() - nanoTime.getAsLong() > 0;
    }

    // Kept, not forgotten: the generation must go on counting.
    private AccessToken stale(AccessToken held) {
        return new AccessToken(held.generation(), held.value(), nanoTime.getAsLong());
    }

    private static AccessToken join(CompletableFuture<AccessToken> running) {
        try {
            return running.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof CallFailure failure) {
                throw new CallFailure(failure.failure());
            }
            throw e;
        }
    }
}
