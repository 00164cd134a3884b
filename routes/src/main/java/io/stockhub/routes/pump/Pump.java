package io.stockhub.routes.pump;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that does a step of work again and again: at once when it is woken or there is more, else after a pause.
 * A step that fails is logged and tried again later; the work itself is in the database and waits.
 */
public final class Pump implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pump.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** A bounded piece of work. */
    public interface Step {
        /** Does what is due and returns how long to pause before looking again; zero when there is more. */
        Duration run();
    }

    private final String name;
    private final Step step;
    private final Semaphore signal = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    private Pump(String name, Step step) {
        this.name = name;
        this.step = step;
        this.thread = Thread.ofVirtual().name("pump-" + name).unstarted(this::loop);
    }

    public static Pump start(String name, Step step) {
        Pump pump = new Pump(name, step);
        pump.thread.start();
        return pump;
    }

    /** Lets the next step begin now, or right after the one that is running. Cheap; call it as often as there is news. */
    public void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    private void loop() {
        while (!closed) {
            Duration pause = runStep();
            try {
                if (signal.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    signal.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Duration runStep() {
        try {
            return step.run();
        } catch (RuntimeException | Error e) {
            if (!closed) {
                LOG.warn("A step of {} failed; it is tried again.", name, e);
            }
            return AFTER_FAILURE;
        }
    }

    /** Starts no other step; returns at once. */
    public void stop() {
        closed = true;
        wake();
    }

    /** Lets the running step end and starts no other. */
    @Override
    public void close() {
        stop();
        try {
            if (!thread.join(Duration.ofSeconds(10))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
