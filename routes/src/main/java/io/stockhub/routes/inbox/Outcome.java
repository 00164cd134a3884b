package io.stockhub.routes.inbox;

/** What handling a message came to. */
public enum Outcome {
    /** It took effect. */
    APPLIED,
    /** It had taken effect before; nothing changed. */
    ALREADY_APPLIED,
    /** It is not ours to act on; it was read and put aside. */
    IGNORED,
    /** A later message of its lane took effect already. */
    SUPERSEDED
}
