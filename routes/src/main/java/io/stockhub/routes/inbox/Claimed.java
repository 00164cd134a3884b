package io.stockhub.routes.inbox;

/**
 * A message that this hub may handle until its lease ends.
 *
 * @param claim fencing token: once another hub has claimed the message, what this one writes is ignored
 * @param attempt this one, from 1
 * @param superseded a later message of its lane has taken effect: this one is history
 */
public record Claimed(long inboxId, long claim, int attempt, InboxMessage message, boolean superseded) {}
