package io.stockhub.bench.ledger;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Cell;
import io.stockhub.stock.StockUnavailableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Buyers who all come at the same moment, each for one order. Who is turned away asks again until he has an answer. */
final class FlashSale {
    private static final long ASK_AGAIN_MILLIS = 20;

    /** @param askedAgain how often somebody was turned away because too many were waiting */
    record Result(Cell cell, double millis, long accepted, long askedAgain) {}

    private final Contender contender;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder askedAgain = new LongAdder();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private FlashSale(Contender contender) {
        this.contender = contender;
    }

    /** @throws BrokenPromiseException when a buyer got no answer */
    static Result run(Stage stage, Contender contender, Workload workload, int buyers)
            throws SQLException, InterruptedException {
        return new FlashSale(contender).run(stage, workload, buyers);
    }

    private Result run(Stage stage, Workload workload, int buyers) throws SQLException, InterruptedException {
        CountDownLatch doors = new CountDownLatch(1);
        OrderSource orders = workload.orders(stage.refs(), stage.seed());
        List<Thread> threads = new ArrayList<>(buyers);
        for (int i = 0; i < buyers; i++) {
            Order order = orders.next();
            threads.add(Thread.ofVirtual().start(() -> buy(doors, order)));
        }
        Meter.Reading before = stage.meter().read();
        doors.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        double millis = (System.nanoTime() - before.nanos()) / 1e6;
        Meter.Reading after = stage.meter().read();
        Throwable cause = failure.get();
        if (cause != null) {
            throw new BrokenPromiseException(contender.name() + " left a buyer without an answer: " + cause, cause);
        }
        Cell cell = ClosedLoop.cell(contender.name(), "flash", buyers, buyers, before, after);
        return new Result(cell, millis, accepted.sum(), askedAgain.sum());
    }

    private void buy(CountDownLatch doors, Order order) {
        try {
            doors.await();
            accepted.add(answer(order));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private int answer(Order order) throws SQLException, InterruptedException {
        while (true) {
            try {
                return contender.take(() -> order);
            } catch (StockUnavailableException e) {
                askedAgain.increment();
                Thread.sleep(ASK_AGAIN_MILLIS);
            }
        }
    }
}
