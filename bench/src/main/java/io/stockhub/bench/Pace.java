package io.stockhub.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds each measures every contender of a case once
 * @param warmUp before each measurement, under the same load
 * @param measured of each contender in each round
 */
public record Pace(int rounds, Duration warmUp, Duration measured) {
    /** For figures to be published. */
    public static final Pace FULL = new Pace(5, Duration.ofMillis(500), Duration.ofMillis(2_000));

    /** A first impression; not for comparing. */
    public static final Pace QUICK = new Pace(1, Duration.ofMillis(300), Duration.ofMillis(700));

    public Pace withRounds(int other) {
        return new Pace(other, warmUp, measured);
    }
}
