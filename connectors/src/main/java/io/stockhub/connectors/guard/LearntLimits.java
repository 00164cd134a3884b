package io.stockhub.connectors.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.connectors.LimitHint;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Rate;
import io.stockhub.connectors.Timing;
import io.stockhub.connectors.failure.RetryAfter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Reads in an answer what the manifest's {@code limits.learn} points at. A value that cannot be read or believed says
 * nothing. Stateless and thread-safe.
 */
public final class LearntLimits {

    // A slip of the other side must neither stop an account for good nor let it loose.
    private static final double FACTOR_MAX = 100;
    private static final Duration HOLD_MAX = Duration.ofMinutes(1);

    private final List<LimitHint> hints;
    private final Timing stated;
    private final RetryAfter retryAfter;

    /** @param clock for dates in answers */
    public LearntLimits(Manifest manifest, Clock clock) {
        this.hints = manifest.limits().learn();
        this.stated = Timing.defaults(manifest);
        this.retryAfter = new RetryAfter(manifest.limits().retryAfterHeaders(), clock);
    }

    /**
     * What the answer to a call says, in the order of the manifest.
     *
     * @param headers names in lower case
     * @param body missing when it is no JSON
     * @param inForce the rate at which the action is called
     * @param others calls of the account in flight beside this one
     */
    public List<Learnt> from(String action, Map<String, String> headers, JsonNode body, Rate inForce, int others) {
        if (hints.isEmpty()) {
            return List.of();
        }
        List<Learnt> learnt = new ArrayList<>(2);
        for (LimitHint hint : hints) {
            switch (hint) {
                case LimitHint.PerSecond said ->
                    number(headers.get(said.header())).ifPresent(rate -> believed(action, rate)
                            .map(Learnt.NewRate::new)
                            .ifPresent(learnt::add));
                case LimitHint.Remaining said -> {
                    OptionalDouble remaining = number(headers.get(said.header()));
                    // Those in flight may not have been counted yet.
                    if (remaining.isPresent() && remaining.getAsDouble() <= others) {
                        hold(untilMore(headers, inForce)).ifPresent(learnt::add);
                    }
                }
                case LimitHint.Points said -> points(said, action, body, others, learnt);
            }
        }
        return learnt;
    }

    private Optional<Rate> believed(String action, double perSecond) {
        Rate manifest = stated.rateOf(action);
        double factor = perSecond / manifest.requestsPerSecond();
        return factor >= 1 / FACTOR_MAX && factor <= FACTOR_MAX
                ? Optional.of(new Rate(perSecond, manifest.burst()))
                : Optional.empty();
    }

    private Duration untilMore(Map<String, String> headers, Rate inForce) {
        Duration said = retryAfter.in(headers);
        // A time that has passed is that of another clock.
        return said == null || said.isZero() ? inForce.interval() : said;
    }

    private void points(LimitHint.Points said, String action, JsonNode body, int others, List<Learnt> learnt) {
        OptionalDouble restore = number(body.at(said.restorePerSecond()));
        if (restore.isEmpty() || restore.getAsDouble() <= 0) {
            return;
        }
        double perSecond = restore.getAsDouble();
        if (said.ratesHoldAt() != null) {
            believed(action, stated.rateOf(action).requestsPerSecond() * perSecond / said.ratesHoldAt())
                    .map(Learnt.ScaledRate::new)
                    .ifPresent(learnt::add);
        }
        OptionalDouble available = number(body.at(said.available()));
        OptionalDouble cost = number(body.at(said.cost()));
        if (available.isPresent() && cost.isPresent() && cost.getAsDouble() > 0) {
            double missing = cost.getAsDouble() * (others + 1) - available.getAsDouble();
            hold(Duration.ofNanos((long) (missing / perSecond * 1e9))).ifPresent(learnt::add);
        }
    }

    private static Optional<Learnt> hold(Duration wait) {
        return wait.isPositive()
                ? Optional.of(new Learnt.HoldBack(wait.compareTo(HOLD_MAX) < 0 ? wait : HOLD_MAX))
                : Optional.empty();
    }

    private static OptionalDouble number(@Nullable String text) {
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            return finite(Double.parseDouble(text.trim()));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() ? finite(node.doubleValue()) : OptionalDouble.empty();
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
