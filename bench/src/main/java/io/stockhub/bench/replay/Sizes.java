package io.stockhub.bench.replay;

/**
 * How large everything is; tests make it small.
 *
 * @param failures of {@link CausesCase#KINDS} kinds
 * @param alias failures of one missing alias
 * @param replayed dead letters that are sent again
 * @param listed dead letters that are grouped and listed
 * @param read listings that are read back
 * @param drifts made in them
 */
record Sizes(int failures, int alias, int replayed, int listed, int read, int drifts) {
    /** As issue and documentation state them. */
    static final Sizes REAL = new Sizes(5_000, 1_200, 10_000, 100_000, 10_000, 50);

    /** A first impression. */
    static final Sizes QUICK = new Sizes(600, 300, 3_000, 100_000, 1_600, 24);
}
