package io.stockhub.bench;

import org.jspecify.annotations.Nullable;

/**
 * One line of a benchmark's result.
 *
 * @param name what was measured, with its unit
 * @param figure what the product did
 * @param yardstick what it is compared with did; null when there is nothing to compare
 * @param ratio the median of the rounds' ratios, not the ratio of the medians; null without a yardstick
 * @param goal in words; null where none was set
 * @param stretch the goal is wished for, not promised
 * @param holds null without a goal
 */
public record Row(
        String name,
        double figure,
        @Nullable Double yardstick,
        @Nullable Double ratio,
        @Nullable String goal,
        boolean stretch,
        @Nullable Boolean holds) {

    /** A figure without a goal. */
    public static Row of(String name, double figure) {
        return new Row(name, figure, null, null, null, false, null);
    }
}
