package io.stockhub.stock.escrow;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast a channel sells, forgetting with time, but not while it had nothing to sell: a channel that is sold out looks
 * like one that nobody visits, and would never get any again.
 *
 * @param units sold, each worth the less the longer ago
 * @param at when this was so
 */
public record Demand(double units, Instant at) {
    private static final double HALF_LIFE_SECONDS = 60;

    /** One unit: a channel that we know nothing of gets a fair start, and none is written off for good. */
    public static Demand unknown(Instant at) {
        return new Demand(1, at);
    }

    /** @param onSale whether the channel had something to sell since {@link #at} */
    public Demand until(Instant now, boolean onSale) {
        double seconds = Math.max(0, Duration.between(at, now).toMillis() / 1000.0);
        double left = onSale ? Math.max(1, units * Math.pow(0.5, seconds / HALF_LIFE_SECONDS)) : units;
        return new Demand(left, now);
    }

    /** Units a second, as they were sold lately. */
    public double perSecond() {
        return units * Math.log(2) / HALF_LIFE_SECONDS;
    }

    public Demand sold(long more) {
        return new Demand(units + more, at);
    }
}
