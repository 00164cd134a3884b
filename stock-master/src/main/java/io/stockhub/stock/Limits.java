package io.stockhub.stock;

import java.time.Duration;

/** The bounds of every command. They are part of the contract: beyond them a command is refused before it is queued. */
public final class Limits {
    /** Lines in one movement or reservation. */
    public static final int LINES_MAX = 1_000;
    /** Bundles within bundles. */
    public static final int NESTING_MAX = 8;
    /** Names of one SKU in one system, and systems that name it. */
    public static final int ALIASES_MAX = 100;
    /** Units that one SKU is counted in beside its base unit. */
    public static final int UNITS_MAX = 50;
    /** Bins of one location. */
    public static final int BINS_MAX = 100_000;
    /** Units in one line, in the SKU's base unit. */
    public static final long QUANTITY_MAX = 1_000_000_000L;
    /** Characters of a SKU, an alias, a location, a channel, a lot, a serial, a bin. */
    public static final int NAME_LENGTH_MAX = 100;
    /** Characters of an order reference, a document reference, an idempotency key, a reason. */
    public static final int REFERENCE_LENGTH_MAX = 250;
    /** Serials in one line. */
    public static final int SERIALS_MAX = 1_000;
    /** How long units may be held for a cart or a quote. */
    public static final Duration HOLD_MAX = Duration.ofDays(30);
    /** How far in the future a movement may say that it happened: clocks differ, but not by more. */
    public static final Duration AHEAD_MAX = Duration.ofHours(24);

    private Limits() {}
}
