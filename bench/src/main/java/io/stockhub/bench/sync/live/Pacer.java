package io.stockhub.bench.sync.live;

import io.stockhub.bench.BrokenPromiseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Starts something at a fixed rate, whether or not what it started before has ended; each on a thread of its own, which
 * is told when it was to start, so that a stall of anything, this generator included, is in the figures.
 */
final class Pacer {
    private static final long SECOND = 1_000_000_000L;

    private Pacer() {}

    /** What is started. */
    interface Beat {
        void run(int number, Instant planned) throws InterruptedException;
    }

    /**
     * Returns when all have ended.
     *
     * @throws BrokenPromiseException when one of them failed
     */
    static void run(double perSecond, int count, Beat beat) throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>(count);
        Instant zero = Instant.now();
        long began = System.nanoTime();
        for (int i = 0; i < count && failure.get() == null; i++) {
            long offset = (long) (i * SECOND / perSecond);
            for (long early = began + offset - System.nanoTime();
                    early > 0;
                    early = began + offset - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            int number = i;
            Instant planned = zero.plusNanos(offset);
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    beat.run(number, planned);
                } catch (InterruptedException | RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable cause = failure.get();
        if (cause != null) {
            throw new BrokenPromiseException(String.valueOf(cause.getMessage()), cause);
        }
    }
}
