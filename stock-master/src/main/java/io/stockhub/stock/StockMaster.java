package io.stockhub.stock;

import java.util.concurrent.CompletableFuture;

/**
 * The only door for changes to stock. Each command is decided and written in one database transaction, which it shares
 * with the commands that were queued beside it (group commit); the call returns after the commit.
 *
 * <p>Safe to call from any number of threads and hubs. Virtual threads are expected: callers wait.
 */
public interface StockMaster extends AutoCloseable {

    /**
     * Decides one command and waits for its commit.
     *
     * @return the answer; repeated with the same key and content it is the first answer again
     * @throws StockUnavailableException when nothing could be decided or the outcome is unknown (ask again, same key)
     */
    Answer execute(Command command);

    /**
     * Queues one command and returns at once. Commands of one caller are decided in the order in which he queued them.
     *
     * @return the answer, after its commit; failed with {@link StockUnavailableException} when the outcome is unknown. What
     *     is hung on it runs in the writer: wait for it elsewhere
     * @throws StockUnavailableException when too many commands wait already, or the hub is stopping; nothing was queued
     */
    CompletableFuture<Answer> submit(Command command);

    /** Stops taking commands, answers those already queued, and returns. */
    @Override
    void close();
}
