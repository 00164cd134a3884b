package io.stockhub.app.security;

/** What a caller may be allowed to do. */
public enum Permission {
    /** Read everything: stock, movements, channels, dead letters, metrics. */
    READ,
    /** Everything that moves goods: receive, put away, pick, ship, count, transfer, return, reverse. */
    MOVE_STOCK,
    /** Promise stock to orders and take promises back. */
    RESERVE,
    /** Create and change SKUs and locations. */
    MASTER_DATA,
    /** Decide what channels may sell. */
    RULES,
    /** Send dead letters again. */
    REPLAY,
    /** Undo what came in together: movements, and orders that were taken. */
    UNDO,
    /** Push numbers to channels again, test them, look after alerts. */
    SYNC,
    /** Hand in EDI interchanges. */
    EDI,
    /** Decide which systems are told what happens. */
    SUBSCRIBE
}
