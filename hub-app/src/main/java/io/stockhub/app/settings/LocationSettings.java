package io.stockhub.app.settings;

import org.jspecify.annotations.Nullable;

/**
 * A place that holds stock, created at start when it does not exist.
 *
 * @param title {@code id} when none was given
 * @param kind {@code warehouse}, {@code shop}, {@code 3pl} or {@code virtual}
 * @param priority orders are allocated from the lowest number first
 */
public record LocationSettings(
        String id,
        String title,
        String kind,
        @Nullable String country,
        @Nullable String region,
        @Nullable String postalCode,
        int priority) {}
