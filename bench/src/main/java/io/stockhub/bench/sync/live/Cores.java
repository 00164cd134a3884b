package io.stockhub.bench.sync.live;

import java.time.Duration;

/** Processor time for each unit of time: 0.5 is half of one core. */
final class Cores {
    private Cores() {}

    static double of(Duration processor, Duration wall) {
        return (double) processor.toNanos() / wall.toNanos();
    }
}
