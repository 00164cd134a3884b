package io.stockhub.routes.events;

import java.util.List;

/** Where a consumer's events go. */
public interface EventSink {

    /**
     * Sends events, in their order, and returns when the other side has them for good. Those that were sent before may come
     * again: their ids say so.
     *
     * @throws RuntimeException when it is not certain that all arrived; all are sent again
     */
    void send(List<Event> events);
}
