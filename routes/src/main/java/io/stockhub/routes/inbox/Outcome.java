package io.stockhub.routes.inbox;

/** What handling a message came to. */
public enum Outcome {
    /** It took effect. */
    APPLIED,
    /** It had taken effect before; nothing changed. */
    ALREADY_APPLIED,
    /** It is not ours to act on; it was read and put aside. */
    IGNORED,
    /** It cancels an order that we never took; the order is not taken any more when it comes later. */
    NOTHING_TO_CANCEL,
    /** A later message of its lane took effect already, or what it is about was cancelled before. */
    SUPERSEDED
}
