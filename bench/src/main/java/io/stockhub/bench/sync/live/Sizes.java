package io.stockhub.bench.sync.live;

import java.time.Duration;

/**
 * How large everything is; tests make it small.
 *
 * @param skus that are sold
 * @param warmUp how long a hub that has just started gets sales before anything is measured
 * @param perSecond sales of the case {@code latency}
 * @param isolationPerSecond sales of the case {@code isolation}
 * @param drainSkus each has a listing on each channel
 * @param drained how long the draining is watched
 * @param changes while the channel is out, of {@code changedSkus} SKUs
 * @param linesPerChange changes that are one movement
 */
public record Sizes(
        int skus,
        Duration warmUp,
        int perSecond,
        int isolationPerSecond,
        int drainSkus,
        Duration drained,
        int changes,
        int changedSkus,
        int linesPerChange,
        Duration outage) {

    /** As issue and documentation state them. */
    public static final Sizes REAL = new Sizes(
            2_000,
            Duration.ofSeconds(60),
            200,
            50,
            25_000,
            Duration.ofSeconds(60),
            20_000,
            2_000,
            20,
            Duration.ofSeconds(60));

    /** A first impression. */
    public static final Sizes QUICK = new Sizes(
            500,
            Duration.ofSeconds(20),
            200,
            50,
            1_500,
            Duration.ofSeconds(10),
            2_000,
            400,
            20,
            Duration.ofSeconds(10));

    public Sizes withOutage(Duration other) {
        return new Sizes(
                skus,
                warmUp,
                perSecond,
                isolationPerSecond,
                drainSkus,
                drained,
                changes,
                changedSkus,
                linesPerChange,
                other);
    }
}
