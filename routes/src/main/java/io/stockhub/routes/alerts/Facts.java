package io.stockhub.routes.alerts;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the hub is at one moment: all that alerts are decided by.
 *
 * @param unaccounted contradictions between messages and dead letters
 * @param oldestMessage since when the oldest message waits that nothing holds up; null: none waits
 * @param exposure null: not known yet
 * @param ledger null: not checked yet
 */
record Facts(
        Instant now,
        List<ChannelFacts> channels,
        Letters letters,
        long unaccounted,
        @Nullable Instant oldestMessage,
        @Nullable Exposure exposure,
        @Nullable Ledger ledger,
        List<SwitchedOff> switchedOff) {

    /**
     * One channel.
     *
     * @param maxDelay how late it may hear of a change
     * @param paused it refuses our settings
     * @param breakerOpen it fails as a whole
     * @param lastError what it said last; null while all is well
     * @param oldestUnsent since when a number waits to be confirmed; null: none does
     * @param delay p99 of the numbers that it confirmed lately; null: it confirmed none
     * @param drifts that nothing explains; {@code driftsLately} of any cause, found in the last hour
     * @param ordersReadUntil null where orders are not read
     * @param ordersMayWait how old a reading of orders is when all is well
     * @param selfTestFailed why its last self-test failed; null: it did not
     */
    record ChannelFacts(
            String channel,
            Duration maxDelay,
            boolean paused,
            boolean breakerOpen,
            @Nullable String lastError,
            long listings,
            @Nullable Instant oldestUnsent,
            @Nullable Duration delay,
            long drifts,
            long driftsLately,
            @Nullable Instant ordersReadUntil,
            Duration ordersMayWait,
            long backorders,
            @Nullable String selfTestFailed) {}

    /**
     * Dead letters that wait for a person.
     *
     * @param lately how many of them came in the last quarter of an hour
     * @param money what the units that they would move cost us, as far as it is known
     */
    record Letters(long open, long lately, BigDecimal money) {}

    /**
     * Units that could be oversold at this moment, in the worst case, over all SKUs.
     *
     * @param divided those of SKUs in escrow: anything above 0 is a fault
     */
    record Exposure(long units, long divided) {}

    /** The last check of the ledger. */
    record Ledger(boolean holds, Instant checkedAt) {}

    /** A subscription that the hub has switched off. */
    record SwitchedOff(String id, String url, String why) {}
}
