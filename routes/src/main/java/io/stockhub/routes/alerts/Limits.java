package io.stockhub.routes.alerts;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * From where on something is wrong.
 *
 * @param exposedUnits that could be oversold; null: that is not watched, since SKUs that are shared always could
 * @param moneyAtStake what the units of dead letters cost us; null: that is not watched
 * @param maxDelay of a channel that names none of its own
 */
public record Limits(@Nullable Long exposedUnits, @Nullable BigDecimal moneyAtStake, Duration maxDelay) {
    public static final Limits DEFAULTS = new Limits(null, BigDecimal.valueOf(1_000), Duration.ofMinutes(5));
}
