package io.stockhub.routes.events;

import io.stockhub.routes.failure.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a consumer's events, in order, one hub at a time: takes the lease, sends a piece, and moves the cursor once the other
 * side has it. Whatever breaks in between sends the piece again. While the other side is down, when to try again is in the
 * database; the log has its beginning and its end.
 */
public final class EventPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), Integer.MAX_VALUE);

    private final EventFeed feed;
    private final String consumer;
    private final EventSink sink;
    private final int batch;
    private final Duration lease;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private long token;

    /**
     * @param batch events sent at once
     * @param lease longer than sending a batch can take; a hub that hangs for longer is replaced by another
     */
    public EventPublisher(EventFeed feed, String consumer, EventSink sink, int batch, Duration lease) {
        this.feed = feed;
        this.consumer = consumer;
        this.sink = sink;
        this.batch = batch;
        this.lease = lease;
    }

    /** One step of the pump. */
    public Duration step() {
        long began = System.nanoTime();
        Optional<EventFeed.Lease> taken = feed.lease(consumer, token, lease);
        if (taken.isEmpty()) {
            return IDLE;
        }
        EventFeed.Lease held = taken.get();
        token = held.token();
        List<Event> events = feed.read(held.cursor(), batch);
        if (events.isEmpty()) {
            return IDLE;
        }
        // Who was frozen meanwhile is not the one who sends any more. This says so early; the fence says so for
        // certain.
        if (System.nanoTime() - began > lease.toNanos() / 2) {
            return Duration.ZERO;
        }
        try {
            sink.send(events);
        } catch (RuntimeException e) {
            failed(held, e);
            return IDLE;
        }
        if (!feed.advance(held, events.getLast().position())) {
            LOG.info("Another hub sends for {} by now; what was sent last is sent again.", consumer);
        } else if (held.attempts() > 0) {
            LOG.info("Events for {} arrive again.", consumer);
        }
        return events.size() == batch ? Duration.ZERO : IDLE;
    }

    private void failed(EventFeed.Lease held, RuntimeException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String words = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        feed.failed(held, words, BACKOFF.pause(held.attempts() + 1, null, random));
        if (held.attempts() == 0) {
            LOG.warn("Events for {} do not arrive and are kept until they do: {}", consumer, words);
        }
    }

    /** Lets another hub go on at once; when this one stops. */
    public void release() {
        feed.release(consumer, token);
    }
}
