package io.stockhub.stock.routing;

import org.jspecify.annotations.Nullable;

/**
 * The way from a warehouse to a zone.
 *
 * @param from null for every warehouse
 * @param km null when nobody said; then {@code centre} says it, or nothing does
 * @param centre of the zone; null when {@code km} is given or does not count
 * @param refuse nothing is shipped this way
 */
record Lane(
        @Nullable String from,
        Zone to,
        @Nullable Long km,
        @Nullable Place centre,
        long transitDays,
        long cost,
        boolean refuse) {

    /** Null when the distance depends on the warehouse, and the warehouse does not say where it is. */
    @Nullable
    Long kmFrom(Warehouse warehouse) {
        if (km != null || centre == null) {
            return km == null ? 0 : km;
        }
        Double latitude = warehouse.latitude();
        Double longitude = warehouse.longitude();
        if (latitude == null || longitude == null) {
            return null;
        }
        return centre.kmTo(new Place(latitude, longitude));
    }
}
