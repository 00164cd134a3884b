package io.stockhub.connectors;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How fast and how patiently one account is used. {@link #defaults(Manifest)} gives the system's real limits; the
 * {@code with...} methods change one value each.
 *
 * @param rate calls per second of every action that {@code actionRates} does not name
 * @param actionRates the rate of single actions, by action
 * @param rateIsCap the rate was set for all actions together: a system may say less, never more
 * @param waitMax how long a call may wait for its turn before it is answered as throttled
 * @param timeout for the connection's first byte, and again for the whole body
 * @param breakerOpen how long calls are held back after the account failed as a whole
 * @param firstRetryDelay pause before the first new attempt of a failed message; the flows double it from there
 * @param pollInterval pause between two readings of orders
 * @param lookBack how far each reading of orders starts before the watermark
 * @param safetyLag how far before now each reading of orders ends
 * @param appliedWithin how long after it was taken a number may not be what customers see
 * @param readBackAfter how long after it was accepted a number is read back
 */
public record Timing(
        Rate rate,
        Map<String, Rate> actionRates,
        boolean rateIsCap,
        Duration waitMax,
        Duration timeout,
        Duration breakerOpen,
        Duration firstRetryDelay,
        Duration pollInterval,
        Duration lookBack,
        Duration safetyLag,
        Duration appliedWithin,
        Duration readBackAfter) {

    private static final Duration WAIT_MAX = Duration.ofMillis(500);
    private static final Duration BREAKER_OPEN = Duration.ofSeconds(30);
    private static final Duration FIRST_RETRY_DELAY = Duration.ofSeconds(2);
    private static final Duration READ_BACK_AFTER = Duration.ofMinutes(1);

    public Timing {
        actionRates = Map.copyOf(actionRates);
        notNegative("waitMax", waitMax);
        positive("timeout", timeout);
        positive("breakerOpen", breakerOpen);
        positive("firstRetryDelay", firstRetryDelay);
        positive("pollInterval", pollInterval);
        notNegative("lookBack", lookBack);
        notNegative("safetyLag", safetyLag);
        notNegative("appliedWithin", appliedWithin);
        positive("readBackAfter", readBackAfter);
    }

    /** The real limits of the system, as its manifest states them. */
    public static Timing defaults(Manifest manifest) {
        Manifest.Limits limits = manifest.limits();
        Manifest.Orders orders = manifest.orders();
        return new Timing(
                new Rate(limits.requestsPerSecond(), limits.burst()),
                manifest.actionRates(),
                false,
                WAIT_MAX,
                Duration.ofSeconds(limits.timeoutSeconds()),
                BREAKER_OPEN,
                FIRST_RETRY_DELAY,
                orders.pollInterval(),
                orders.lookBack(),
                orders.safetyLag(),
                manifest.quantities() == null
                        ? Duration.ZERO
                        : manifest.quantities().appliedWithin(),
                READ_BACK_AFTER);
    }

    /** The rate that holds for the action. */
    public Rate rateOf(String action) {
        return actionRates.getOrDefault(action, rate);
    }

    /** One rate for all actions together, whatever the system says; rates of single actions are forgotten. */
    public Timing withRate(Rate value) {
        return changed(to -> {
            to.rate = value;
            to.actionRates = Map.of();
            to.rateIsCap = true;
        });
    }

    public Timing withWaitMax(Duration value) {
        return changed(to -> to.waitMax = value);
    }

    public Timing withTimeout(Duration value) {
        return changed(to -> to.timeout = value);
    }

    public Timing withBreakerOpen(Duration value) {
        return changed(to -> to.breakerOpen = value);
    }

    public Timing withFirstRetryDelay(Duration value) {
        return changed(to -> to.firstRetryDelay = value);
    }

    public Timing withPollInterval(Duration value) {
        return changed(to -> to.pollInterval = value);
    }

    public Timing withLookBack(Duration value) {
        return changed(to -> to.lookBack = value);
    }

    public Timing withSafetyLag(Duration value) {
        return changed(to -> to.safetyLag = value);
    }

    public Timing withAppliedWithin(Duration value) {
        return changed(to -> to.appliedWithin = value);
    }

    public Timing withReadBackAfter(Duration value) {
        return changed(to -> to.readBackAfter = value);
    }

    private Timing changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.timing();
    }

    private static final class Draft {
        private Rate rate;
        private Map<String, Rate> actionRates;
        private boolean rateIsCap;
        private Duration waitMax;
        private Duration timeout;
        private Duration breakerOpen;
        private Duration firstRetryDelay;
        private Duration pollInterval;
        private Duration lookBack;
        private Duration safetyLag;
        private Duration appliedWithin;
        private Duration readBackAfter;

        Draft(Timing of) {
            rate = of.rate;
            actionRates = of.actionRates;
            rateIsCap = of.rateIsCap;
            waitMax = of.waitMax;
            timeout = of.timeout;
            breakerOpen = of.breakerOpen;
            firstRetryDelay = of.firstRetryDelay;
            pollInterval = of.pollInterval;
            lookBack = of.lookBack;
            safetyLag = of.safetyLag;
            appliedWithin = of.appliedWithin;
            readBackAfter = of.readBackAfter;
        }

        Timing timing() {
            return new Timing(
                    rate,
                    actionRates,
                    rateIsCap,
                    waitMax,
                    timeout,
                    breakerOpen,
                    firstRetryDelay,
                    pollInterval,
                    lookBack,
                    safetyLag,
                    appliedWithin,
                    readBackAfter);
        }
    }

    private static void positive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: > PT0S)");
        }
    }

    private static void notNegative(String field, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: >= PT0S)");
        }
    }
}
