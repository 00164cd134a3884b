package io.stockhub.routes.stockout;

import io.stockhub.connectors.Failure;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.failure.FailureReading;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one channel its numbers: claims what is due, most urgent first, sends it in the channel's batch size, several
 * calls side by side. A call that is refused as a whole is halved until the item at fault stands alone.
 */
public final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofMillis(250);
    /** Pumps wait whole milliseconds. */
    private static final long ROUNDED_UP = 1_000_000;

    private static final Duration GIVE_UP_EVERY = Duration.ofSeconds(1);

    private final Channel channel;
    private final ListingClaims listings;
    private final ResultRecorder recorder;
    private final Consumer<StockOut.Batch> route;
    private final Executor callers;
    private final Runnable wake;
    private final Semaphore slots;
    private final LongSupplier nanos;
    private final AtomicLong heldUntil;
    private long gaveUp;

    /**
     * @param route runs a batch through the stock-out route and throws what went wrong
     * @param callers runs the calls; with one that runs them itself, a step ends with their results
     * @param wake called when a call has ended: more may be due
     * @param nanos monotonic, as {@link System#nanoTime()}
     */
    public Dispatcher(
            Channel channel,
            ListingClaims listings,
            ResultRecorder recorder,
            Consumer<StockOut.Batch> route,
            Executor callers,
            Runnable wake,
            LongSupplier nanos) {
        this.channel = channel;
        this.listings = listings;
        this.recorder = recorder;
        this.route = route;
        this.callers = callers;
        this.wake = wake;
        this.nanos = nanos;
        this.heldUntil = new AtomicLong(nanos.getAsLong());
        this.gaveUp = nanos.getAsLong();
        this.slots = new Semaphore(Math.max(1, channel.manifest().limits().maxInFlight()));
    }

    /** One step of the pump: starts the calls for which there is room. A slow call keeps its own room and no other. */
    public Duration step() {
        // Claiming what no call would be made for costs as much as telling it.
        long held = heldUntil.get() - nanos.getAsLong();
        if (held > 0) {
            giveUpIfDue();
            return Duration.ofNanos(Math.min(held + ROUNDED_UP, GIVE_UP_EVERY.toNanos()));
        }
        if (!room()) {
            return Duration.ZERO;
        }
        int free = 1 + slots.drainPermits();
        int batchSize = Math.max(1, channel.manifest().limits().batchSize());
        List<Due> due = List.of();
        try {
            due = listings.claim(channel, batchSize * free, LEASE);
            if (due.isEmpty()) {
                giveUp();
            } else {
                giveUpIfDue();
            }
        } finally {
            slots.release(free - (due.size() + batchSize - 1) / batchSize);
        }
        for (int from = 0; from < due.size(); from += batchSize) {
            List<Due> batch = due.subList(from, Math.min(from + batchSize, due.size()));
            callers.execute(() -> {
                try {
                    send(batch);
                } catch (RuntimeException e) {
                    LOG.warn("What became of a call to {} could not be written; its lease ends.", channel.id(), e);
                } finally {
                    slots.release();
                    wake.run();
                }
            });
        }
        return due.isEmpty() ? IDLE : Duration.ZERO;
    }

    private void giveUpIfDue() {
        if (nanos.getAsLong() - gaveUp > GIVE_UP_EVERY.toNanos()) {
            giveUp();
        }
    }

    private void giveUp() {
        gaveUp = nanos.getAsLong();
        recorder.replan(listings.giveUp(channel));
    }

    private boolean room() {
        try {
            return slots.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Sends today's number of one listing now, for a replay.
     *
     * @return false when it is being sent at this moment by somebody else, or has to be planned first
     */
    public boolean sendNow(String sku) {
        if (listings.free(channel.id(), sku)) {
            recorder.replan(List.of(sku));
            return false;
        }
        List<Due> due = listings.claimNow(channel, sku, LEASE);
        due.forEach(one -> send(List.of(one)));
        return !due.isEmpty();
    }

    private void send(List<Due> due) {
        StockOut.Batch batch = new StockOut.Batch(channel, due);
        try {
            route.accept(batch);
            if (!batch.again.isEmpty()) {
                send(batch.again);
            }
        } catch (Throwable e) {
            hold(batch.heldFor);
            // What the route took out of the batch it has written down already.
            failed(batch.due, FailureReading.of(e).failure());
        }
    }

    private void hold(@Nullable Duration wait) {
        if (wait != null) {
            long until = nanos.getAsLong() + wait.toNanos();
            heldUntil.accumulateAndGet(until, (a, b) -> a - b > 0 ? a : b);
        }
    }

    private void failed(List<Due> batch, Failure failure) {
        switch (failure.kind()) {
            case TRANSIENT, THROTTLED, UNKNOWN_OUTCOME -> recorder.retryAll(channel, batch, failure);
            // The channel's settings are refused: the stream waits for a person, no update is given up.
            case SETTINGS -> recorder.retryAll(channel, batch, failure);
            case PERMANENT, POISON -> {
                if (batch.size() == 1) {
                    recorder.stop(channel, batch.getFirst(), failure);
                } else {
                    send(batch.subList(0, batch.size() / 2));
                    send(batch.subList(batch.size() / 2, batch.size()));
                }
            }
        }
    }
}
