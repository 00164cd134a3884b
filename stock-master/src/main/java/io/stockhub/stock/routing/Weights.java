package io.stockhub.stock.routing;

import org.jspecify.annotations.Nullable;

/**
 * How many points things are worth.
 *
 * @param cost for each unit of a lane's cost
 * @param transitDay for each day on the way or of waiting for the warehouse to open
 * @param km for each kilometre
 * @param split for each parcel after the first
 * @param priorityStep for each step of the location's own priority
 */
record Weights(long cost, long transitDay, long km, long split, long priorityStep) {
    static final Weights DEFAULT = new Weights(1, 100, 1, 500, 1);

    /** Weights that hold for some orders; null where they say nothing. */
    record Change(
            @Nullable Long cost,
            @Nullable Long transitDay,
            @Nullable Long km,
            @Nullable Long split,
            @Nullable Long priorityStep) {}

    Weights with(@Nullable Change change) {
        if (change == null) {
            return this;
        }
        return new Weights(
                or(change.cost, cost),
                or(change.transitDay, transitDay),
                or(change.km, km),
                or(change.split, split),
                or(change.priorityStep, priorityStep));
    }

    /** The larger of each: a bound on what any order may weigh. */
    Weights max(Weights other) {
        return new Weights(
                Math.max(cost, other.cost),
                Math.max(transitDay, other.transitDay),
                Math.max(km, other.km),
                Math.max(split, other.split),
                Math.max(priorityStep, other.priorityStep));
    }

    private static long or(@Nullable Long value, long otherwise) {
        return value == null ? otherwise : value;
    }
}
