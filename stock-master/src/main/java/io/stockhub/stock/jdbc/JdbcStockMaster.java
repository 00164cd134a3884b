package io.stockhub.stock.jdbc;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.StockUnavailableException;
import io.stockhub.stock.ledger.Book;
import io.stockhub.stock.ledger.Decider;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: callers queue, one writer takes what has queued, locks in key order, decides in arrival order, writes
 * in one transaction and answers each caller after the commit. Several hubs may do so on one database; the row locks
 * keep them honest.
 */
public final class JdbcStockMaster implements StockMaster {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcStockMaster.class);
    private static final int QUEUE_MAX = 10_000;
    private static final int BATCH_MAX = 1_024;
    private static final int TRIES_MAX = 4;
    /** Whoever asks again at once is back within this of the caller before. */
    private static final long GATHER_GAP_NANOS = 30_000;

    private record Pending(Command command, CompletableFuture<Answer> answer) {}

    private final WriterLine line;
    private final MasterData masterData = new MasterData();
    private final OrderRulesSource rules;
    private final String lockSkus;
    private final Runnable afterCommit;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>(QUEUE_MAX);
    private final Thread writer;
    private volatile boolean closed;

    /**
     * @param rules what holds for orders: pools, priorities, routing
     * @param afterCommit called by the writer after each commit that changed stock; must be quick and not throw
     */
    public JdbcStockMaster(DataSource dataSource, RuleBook rules, Runnable afterCommit) {
        this(dataSource, new OrderRulesReader(rules), afterCommit);
    }

    /** A stock master with other rules than those in the database. */
    public JdbcStockMaster(DataSource dataSource, OrderRulesSource rules, Runnable afterCommit) {
        this(dataSource, rules, afterCommit, BookReader.LOCK_SKUS);
    }

    /** A stock master whose settings know no channels; rules in the database hold all the same. */
    public JdbcStockMaster(DataSource dataSource, Runnable afterCommit) {
        this(dataSource, new RuleBook(List.of()), afterCommit);
    }

    JdbcStockMaster(DataSource dataSource, OrderRulesSource rules, Runnable afterCommit, String lockSkus) {
        this.line = new WriterLine(dataSource);
        this.rules = rules;
        this.lockSkus = lockSkus;
        this.afterCommit = afterCommit;
        this.writer = Thread.ofPlatform().name("stock-master-writer").start(this::writeLoop);
    }

    @Override
    public Answer execute(Command command) {
        try {
            return submit(command).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StockUnavailableException("Interrupted; the outcome is unknown: ask again with the same key.", e);
        }
    }

    @Override
    public CompletableFuture<Answer> submit(Command command) {
        Pending pending = new Pending(command, new CompletableFuture<>());
        if (closed || !queue.offer(pending)) {
            String why = closed ? "the hub is stopping" : "too many commands are waiting (" + QUEUE_MAX + ")";
            throw new StockUnavailableException("The stock master takes no commands now: " + why + ".", null);
        }
        // Nobody answers a command that was queued while the writer was ending.
        if (closed && !writer.isAlive() && queue.remove(pending)) {
            throw new StockUnavailableException("The stock master takes no commands now: the hub is stopping.", null);
        }
        return pending.answer();
    }

    private void writeLoop() {
        List<Pending> batch = new ArrayList<>();
        int callers = 0;
        while (!closed || !queue.isEmpty()) {
            try {
                Pending first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    gather(batch, Math.min(callers, BATCH_MAX));
                    commit(batch);
                    callers = batch.size() + queue.size();
                }
            } catch (InterruptedException e) {
                closed = true;
            } catch (RuntimeException | Error e) {
                LOG.error("The writer failed; {} callers are told.", batch.size(), e);
                batch.forEach(pending -> pending.answer().completeExceptionally(e));
            } finally {
                batch.clear();
            }
        }
    }

    /**
     * Who was answered asks again at once, as a rule. Without a moment's patience those callers and the ones who queued
     * meanwhile would make two half batches from then on, each waiting for the other's commit.
     *
     * @param callers who were waiting at the end of the last batch, answered or queued
     */
    private void gather(List<Pending> batch, int callers) {
        queue.drainTo(batch, BATCH_MAX - batch.size());
        while (batch.size() < callers && !closed) {
            Pending next;
            try {
                next = queue.poll(GATHER_GAP_NANOS, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                // Those who are in the batch are answered all the same.
                closed = true;
                return;
            }
            if (next == null) {
                return;
            }
            batch.add(next);
            queue.drainTo(batch, BATCH_MAX - batch.size());
        }
    }

    private void commit(List<Pending> batch) {
        for (int attempt = 1; ; attempt++) {
            try {
                tryCommit(batch);
                return;
            } catch (OutcomeUnknownException e) {
                LOG.warn("A commit broke off; {} callers must ask again.", batch.size(), e);
                fail(
                        batch,
                        "The database broke off during the commit; the outcome is unknown: ask again with the same key.",
                        e);
                return;
            } catch (SQLException e) {
                if (attempt < TRIES_MAX && worthAnotherTry(e)) {
                    LOG.debug("Batch of {} is decided again: {}", batch.size(), e.getMessage());
                } else if (batch.size() > 1 && (isAboutData(e) || worthAnotherTry(e))) {
                    // One command of the batch breaks it; alone, each gets its own answer and the rest go through.
                    batch.forEach(pending -> commit(List.of(pending)));
                    return;
                } else {
                    LOG.warn("A batch of {} could not be written.", batch.size(), e);
                    fail(batch, "The database did not take the command: ask again with the same key.", e);
                    return;
                }
            } catch (RuntimeException e) {
                if (batch.size() > 1) {
                    batch.forEach(pending -> commit(List.of(pending)));
                } else {
                    LOG.error(
                            "A command could not be decided: {}",
                            batch.getFirst().command(),
                            e);
                    batch.getFirst().answer().completeExceptionally(e);
                }
                return;
            }
        }
    }

    private void tryCommit(List<Pending> batch) throws SQLException, OutcomeUnknownException {
        List<Answer> answers = new ArrayList<>(batch.size());
        Connection connection = line.connection();
        boolean changed;
        try {
            changed = decideAndCommit(connection, batch, answers);
        } catch (Rows.BrokenOffException e) {
            line.undo();
            throw e.broken();
        } catch (SQLException | RuntimeException | OutcomeUnknownException e) {
            line.undo();
            throw e;
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer().complete(answers.get(i));
        }
        if (changed) {
            afterCommit.run();
        }
    }

    /** The writes and the commit are one request: the locks are held no longer than the database needs. */
    private boolean decideAndCommit(Connection connection, List<Pending> batch, List<Answer> answers)
            throws SQLException, OutcomeUnknownException {
        List<Command> commands = new ArrayList<>(batch.size());
        batch.forEach(pending -> commands.add(pending.command()));
        Book book = new BookReader(connection, lockSkus, masterData).read(commands);
        Decider decider = new Decider(book, rules.read(connection, book));
        for (Command command : commands) {
            answers.add(decider.decide(command));
        }
        boolean changes = !decider.effects().isEmpty();
        Request request = new Request(connection);
        if (changes) {
            new EffectsWriter(request, decider.effects(), book).add();
        }
        try {
            request.sendAndCommit();
        } catch (SQLException e) {
            if (Request.mayHaveCommitted(e)) {
                throw new OutcomeUnknownException(e);
            }
            throw e;
        }
        return changes;
    }

    /** Deadlock, serialization failure, or a unique key that another hub took while this batch was decided. */
    private static boolean worthAnotherTry(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "40001", "40P01", "23505", "23514" -> true;
            default -> false;
        };
    }

    /** Classes 22 and 23: a value that the database refuses, so another command's batch need not fail with it. */
    private static boolean isAboutData(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("22") || state.startsWith("23");
    }

    private static void fail(List<Pending> batch, String message, Exception cause) {
        batch.forEach(pending -> pending.answer().completeExceptionally(new StockUnavailableException(message, cause)));
    }

    @Override
    public void close() {
        closed = true;
        try {
            writer.join();
            line.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Pending> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(pending -> pending.answer()
                .completeExceptionally(
                        new StockUnavailableException("The hub stopped before the command's turn.", null)));
    }

    /** The connection broke while the commit was on its way: it may or may not have happened. */
    private static final class OutcomeUnknownException extends Exception {
        private static final long serialVersionUID = 1L;

        OutcomeUnknownException(SQLException cause) {
            super(cause);
        }
    }
}
