package io.stockhub.connectors;

import org.jspecify.annotations.Nullable;

/** Where an answer says how much the system takes from this account: one entry of {@code limits.learn}. */
public sealed interface LimitHint {

    /**
     * Calls a second of the action that was called, whatever is left of them.
     *
     * @param header lower case
     */
    record PerSecond(String header) implements LimitHint {}

    /**
     * How many more calls of the action are taken now. When there are more is said as for a call that came too often.
     *
     * @param header lower case
     */
    record Remaining(String header) implements LimitHint {}

    /**
     * Points that calls cost and that come back with time. The first three are JSON pointers into the body.
     *
     * @param available points that are left
     * @param restorePerSecond points that come back in a second
     * @param cost points that must be there for such a call to be taken
     * @param ratesHoldAt points a second for which the manifest's rates were worked out: an account that gets twice as
     *     many back is called twice as fast; null = the rates are for every account
     */
    record Points(String available, String restorePerSecond, String cost, @Nullable Double ratesHoldAt)
            implements LimitHint {}
}
