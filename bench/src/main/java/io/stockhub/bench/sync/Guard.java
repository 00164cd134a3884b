package io.stockhub.bench.sync;

/** What keeps escrow from overselling. Each can be taken out, to see that it is needed. */
enum Guard {
    /** Numbers name what they replace, where the channel can compare. */
    COMPARE_AND_SET,
    /** At a channel that overwrites, old numbers count until its orders were read up to the moment of the new one. */
    WATERMARK,
    /** A channel is raised by what others have given up, not by what they are about to. */
    ORDER,
    /** What a channel sold counts as sold on a new number only when it did so by any clock that it may have. */
    CLOCKS
}
