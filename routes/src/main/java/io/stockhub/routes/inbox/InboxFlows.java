package io.stockhub.routes.inbox;

/** Handles one message by the route of its flow. Throws what went wrong; the caller knows what that means. */
public interface InboxFlows {
    Outcome handle(InboxMessage message);

    /** What {@link #handle} would do, without doing it. */
    Outcome preview(InboxMessage message);
}
