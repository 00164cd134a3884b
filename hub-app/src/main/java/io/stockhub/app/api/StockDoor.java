package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemException;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.StockUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The stock master as callers from outside meet it: a command that was not taken is told apart from one whose outcome
 * nobody knows.
 */
@Component
class StockDoor {
    private static final Logger LOG = LoggerFactory.getLogger(StockDoor.class);
    private static final long LOG_EVERY_NANOS = 10_000_000_000L;

    private final StockMaster stock;
    private final AtomicLong turnedAway = new AtomicLong();
    private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - LOG_EVERY_NANOS);

    StockDoor(StockMaster stock) {
        this.stock = stock;
    }

    /**
     * Decides one command and waits for its commit.
     *
     * @throws ProblemException when it was not taken: nothing was done
     * @throws StockUnavailableException when the outcome is unknown
     */
    Answer execute(Command command) {
        return answer(submit(command));
    }

    /**
     * Queues one command and returns at once.
     *
     * @throws ProblemException when it was not taken: nothing was done
     */
    CompletableFuture<Answer> submit(Command command) {
        try {
            return stock.submit(command);
        } catch (StockUnavailableException notTaken) {
            noted(notTaken);
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "Too many commands are waiting, or the hub is stopping. Nothing was done; ask again in "
                                    + Problem.RETRY_AFTER_SECONDS + " seconds.")
                    .asException();
        }
    }

    /** Waits for the commit; throws what {@link #execute} throws after the command was taken. */
    static Answer answer(CompletableFuture<Answer> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StockUnavailableException("Interrupted; the outcome is unknown: ask again with the same key.", e);
        }
    }

    /** A full queue turns thousands away in a second: one line tells of all of them. */
    private void noted(StockUnavailableException why) {
        long count = turnedAway.incrementAndGet();
        long last = loggedAt.get();
        long now = System.nanoTime();
        if (now - last >= LOG_EVERY_NANOS && loggedAt.compareAndSet(last, now)) {
            LOG.warn("{} commands were turned away since the start; now: {}", count, why.getMessage());
        }
    }
}
