package io.stockhub.bench.ledger;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Cell;
import io.stockhub.bench.Pace;
import io.stockhub.stock.StockUnavailableException;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Buyers who come at a fixed rate, whether or not those before them were answered. Each has a virtual thread; latency
 * counts from the moment at which the buyer was to come until that thread has its answer, so that a stall of anything,
 * this generator included, is in the figures of all who came while it lasted.
 */
final class OpenLoop {
    private static final long SECOND = 1_000_000_000L;
    private static final long LATENCY_MAX_MICROS = 600_000_000L;

    /**
     * @param accepted in all, the warm-up included
     * @param refused told that the queue is full
     * @param answeredPerSecond of those measured, until the last answer
     */
    record Result(Cell cell, long accepted, long refused, double answeredPerSecond) {}

    private final Product product;
    private final ConcurrentHistogram latencies = new ConcurrentHistogram(LATENCY_MAX_MICROS, 3);
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private OpenLoop(Product product) {
        this.product = product;
    }

    /** @throws BrokenPromiseException when a buyer got no answer */
    static Result run(Stage stage, Product product, Workload workload, int perSecond, Pace pace)
            throws SQLException, InterruptedException {
        return new OpenLoop(product).run(stage, workload, perSecond, pace);
    }

    private Result run(Stage stage, Workload workload, int perSecond, Pace pace)
            throws SQLException, InterruptedException {
        OrderSource orders = workload.orders(stage.refs(), stage.seed());
        long warmUp = pace.warmUp().toNanos() * perSecond / SECOND;
        // Twice as long as a closed loop is measured: the worst hundredth of little is nothing.
        long measured = 2 * pace.measured().toNanos() * perSecond / SECOND;
        come(orders, perSecond, warmUp);
        latencies.reset();
        refused.reset();
        Meter.Reading before = stage.meter().read();
        come(orders, perSecond, measured);
        Meter.Reading after = stage.meter().read();
        Throwable cause = failure.get();
        if (cause != null) {
            throw new BrokenPromiseException("a buyer was left without an answer: " + cause, cause);
        }
        long done = latencies.getTotalCount();
        Cell cell = ClosedLoop.cell(Product.NAME, workload.name() + " at " + perSecond + "/s", 0, done, before, after);
        Cell timed = new Cell(
                cell.contender(),
                cell.load(),
                0,
                cell.perSecond(),
                cell.databaseMicros(),
                cell.processMicros(),
                cell.walBytes(),
                latencies.getValueAtPercentile(50) / 1_000.0,
                latencies.getValueAtPercentile(99) / 1_000.0);
        return new Result(timed, accepted.sum(), refused.sum(), cell.perSecond());
    }

    /** Lets so many buyers come and waits until each has his answer. */
    private void come(OrderSource orders, int perSecond, long count) throws InterruptedException {
        ConcurrentLinkedQueue<Thread> buyers = new ConcurrentLinkedQueue<>();
        long began = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long intended = began + i * SECOND / perSecond;
            for (long early = intended - System.nanoTime(); early > 0; early = intended - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            Order order = orders.next();
            buyers.add(Thread.ofVirtual().start(() -> buy(order, intended)));
        }
        for (Thread buyer : buyers) {
            buyer.join();
        }
    }

    private void buy(Order order, long intended) {
        try {
            if (product.reserve(order)) {
                accepted.increment();
            }
            latencies.recordValue(Math.min(LATENCY_MAX_MICROS, (System.nanoTime() - intended) / 1_000));
        } catch (StockUnavailableException e) {
            refused.increment();
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }
}
