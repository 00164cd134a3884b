package io.stockhub.connectors.guard;

import io.stockhub.connectors.Rate;
import java.time.Duration;
import java.util.Map;

/**
 * How an account is doing, for the console.
 *
 * @param breaker closed, open or half-open
 * @param failureRate share of failed calls of late, in percent; -1 when there were too few to say
 * @param breakerOpenFor how much longer no call is made; zero unless open
 * @param pausedFor actions that the system asked to hold back, and how much longer
 * @param rate of the actions that {@code actionRates} does not name
 * @param actionRates the rates in force of single actions, from the manifest or learnt from answers
 */
public record AccountState(
        String breaker,
        float failureRate,
        Duration breakerOpenFor,
        Map<String, Duration> pausedFor,
        Rate rate,
        Map<String, Rate> actionRates) {

    /** The rate in force for the action. */
    public Rate rateOf(String action) {
        return actionRates.getOrDefault(action, rate);
    }
}
