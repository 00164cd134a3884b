package io.stockhub.routes.stockout;

import io.stockhub.connectors.Failure;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.ChannelStates;
import io.stockhub.routes.failure.FailureReading;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Tells one channel its numbers: claims what is due, most urgent first, sends it in the channel's batch size, several
 * calls side by side. A call that is refused as a whole is halved until the item at fault stands alone.
 */
public final class Dispatcher {
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration PAUSED = Duration.ofSeconds(2);

    private final Channel channel;
    private final ListingClaims listings;
    private final ResultRecorder recorder;
    private final ChannelStates states;
    private final Consumer<StockOut.Batch> route;

    /** @param route runs a batch through the stock-out route and throws what went wrong */
    public Dispatcher(
            Channel channel,
            ListingClaims listings,
            ResultRecorder recorder,
            ChannelStates states,
            Consumer<StockOut.Batch> route) {
        this.channel = channel;
        this.listings = listings;
        this.recorder = recorder;
        this.states = states;
        this.route = route;
    }

    /** One step of the pump. */
    public Duration step() {
        if (states.paused(channel.id())) {
            return PAUSED;
        }
        recorder.replan(listings.giveUp(channel));
        int inFlight = Math.max(1, channel.manifest().limits().maxInFlight());
        int batchSize = Math.max(1, channel.manifest().limits().batchSize());
        List<Due> due = listings.claim(channel, batchSize * inFlight, LEASE);
        if (due.isEmpty()) {
            return IDLE;
        }
        Semaphore slots = new Semaphore(inFlight);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int from = 0; from < due.size(); from += batchSize) {
                List<Due> batch = due.subList(from, Math.min(from + batchSize, due.size()));
                slots.acquireUninterruptibly();
                callers.submit(() -> {
                    try {
                        send(batch);
                    } finally {
                        slots.release();
                    }
                });
            }
        }
        return Duration.ZERO;
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
        } catch (Throwable e) {
            // What the route took out of the batch it has written down already.
            failed(batch.due, FailureReading.of(e).failure());
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
