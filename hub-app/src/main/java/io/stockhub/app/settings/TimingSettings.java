package io.stockhub.app.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast and how patiently one channel is used. Null means the limit that the connector's manifest states.
 *
 * @param poll pause between two readings of orders
 * @param requestsPerSecond of all calls to the channel
 * @param burst calls that may go at once before the rate holds
 * @param timeout of one call
 * @param retryFirst pause before the first new attempt of a failed update; it doubles from there
 * @param retryMax longest pause between two attempts
 * @param breakerOpen how long a channel that failed as a whole is left alone
 * @param lookBack how far each reading of orders starts before the watermark
 * @param safetyLag how far before now each reading of orders ends
 * @param appliedWithin how long after it was taken a number may not be what customers see
 * @param readBackAfter how long after it was accepted a number is read back
 */
public record TimingSettings(
        @Nullable Duration poll,
        @Nullable Double requestsPerSecond,
        @Nullable Integer burst,
        @Nullable Duration timeout,
        @Nullable Duration retryFirst,
        @Nullable Duration retryMax,
        @Nullable Duration breakerOpen,
        @Nullable Duration lookBack,
        @Nullable Duration safetyLag,
        @Nullable Duration appliedWithin,
        @Nullable Duration readBackAfter) {}
