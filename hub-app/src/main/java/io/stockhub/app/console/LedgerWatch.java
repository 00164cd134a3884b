package io.stockhub.app.console;

import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockQueries.VerifyMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the ledger holds, as of at most a minute ago. A check reads every account and what came since the last check
 * that found nothing, so it runs aside, only while somebody looks, and never twice at once.
 */
final class LedgerWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    /** {@code holds} null: the first check is still running, or could not be made. */
    record State(@Nullable Boolean holds, @Nullable Instant checkedAt) {
        public String words() {
            if (holds == null) {
                return "is being checked";
            }
            return holds ? "holds" : "does NOT hold";
        }
    }

    private final StockQueries stock;
    private final Clock clock;
    private final AtomicBoolean running = new AtomicBoolean();
    private final CompletableFuture<State> first = new CompletableFuture<>();
    private volatile State last = new State(null, null);

    LedgerWatch(StockQueries stock, Clock clock) {
        this.stock = stock;
        this.clock = clock;
    }

    State state() {
        State known = last;
        boolean stale =
                known.checkedAt() == null || known.checkedAt().plus(FRESH).isBefore(clock.instant());
        if (stale && running.compareAndSet(false, true)) {
            Thread.ofVirtual().name("ledger-check").start(this::check);
        }
        return known.checkedAt() == null ? firstState() : last;
    }

    /** A page without JavaScript gets one chance, so the first check is waited for a moment. */
    private State firstState() {
        try {
            return first.get(FIRST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return last;
        } catch (TimeoutException | ExecutionException notYet) {
            return last;
        }
    }

    private void check() {
        try {
            last = new State(stock.verify(VerifyMode.INCREMENTAL).passes(), clock.instant());
        } catch (RuntimeException why) {
            LOG.atWarn().setCause(why).log("the ledger could not be checked");
            last = new State(null, clock.instant());
        } finally {
            first.complete(last);
            running.set(false);
        }
    }
}
