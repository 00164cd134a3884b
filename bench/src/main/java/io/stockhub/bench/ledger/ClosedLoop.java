package io.stockhub.bench.ledger;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Cell;
import io.stockhub.bench.Pace;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Callers of whom each asks again as soon as it was answered: for throughput. It says nothing of latency, since callers
 * who wait ask less.
 */
final class ClosedLoop {
    /** @param accepted in all, before, while and after it was measured */
    record Result(Cell cell, long accepted) {}

    private static final int PATIENCE = 40;

    private final Stage stage;
    private final Contender contender;
    private final Workload workload;
    private final LongAdder accepted = new LongAdder();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean ended;

    private ClosedLoop(Stage stage, Contender contender, Workload workload) {
        this.stage = stage;
        this.contender = contender;
        this.workload = workload;
    }

    /** @throws BrokenPromiseException when a caller got no answer */
    static Result run(Stage stage, Contender contender, Workload workload, int callers, Pace pace)
            throws SQLException, InterruptedException {
        return new ClosedLoop(stage, contender, workload).run(callers, pace);
    }

    private Result run(int callers, Pace pace) throws SQLException, InterruptedException {
        int count = contender.callers(callers);
        List<Thread> threads = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            OrderSource orders = workload.orders(stage.refs(), stage.seed() + i);
            threads.add(Thread.ofVirtual().name("caller-" + i).start(() -> call(orders)));
        }
        Meter meter = stage.meter();
        waitFor(pace.warmUp(), 0);
        Meter.Reading before = meter.read();
        long acceptedBefore = accepted.sum();
        waitFor(pace.measured(), acceptedBefore);
        long acceptedAfter = accepted.sum();
        Meter.Reading after = meter.read();
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable cause = failure.get();
        if (cause != null) {
            throw new BrokenPromiseException(contender.name() + " left a caller without an answer: " + cause, cause);
        }
        long done = acceptedAfter - acceptedBefore;
        return new Result(cell(contender.name(), workload.name(), callers, done, before, after), accepted.sum());
    }

    /** On a machine that others keep busy the first answer may take longer: without one there is no figure. */
    private void waitFor(Duration time, long moreThan) throws InterruptedException {
        for (int i = 0; i < PATIENCE && !ended && (i == 0 || accepted.sum() <= moreThan); i++) {
            Thread.sleep(time);
        }
    }

    static Cell cell(String contender, String load, int callers, long done, Meter.Reading before, Meter.Reading after) {
        Double databaseBefore = before.databaseMicros();
        Double databaseAfter = after.databaseMicros();
        return new Cell(
                contender,
                load,
                callers,
                done * 1e9 / (after.nanos() - before.nanos()),
                databaseBefore == null || databaseAfter == null ? null : (databaseAfter - databaseBefore) / done,
                (after.processMicros() - before.processMicros()) / done,
                (double) (after.walBytes() - before.walBytes()) / done,
                null,
                null);
    }

    private void call(OrderSource orders) {
        try {
            while (!ended) {
                accepted.add(contender.take(orders));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            ended = true;
        }
    }
}
