package io.stockhub.stock.routing;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A location that may ship orders.
 *
 * @param kind as the catalogue names it; {@code marketplace} never ships our orders
 * @param priority lowest first, ties by location
 * @param latitude degrees; null, as the longitude, when nobody said
 * @param timeZone of its cut-off and its closed days; null means UTC
 */
public record Warehouse(
        String location,
        String kind,
        int priority,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable ZoneId timeZone) {}
