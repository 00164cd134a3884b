package io.stockhub.stock.routing;

/** A point on the earth, in degrees. */
record Place(double latitude, double longitude) {
    private static final double EARTH_RADIUS_KM = 6371.0088;

    /** Whole kilometres by the great circle; the same on every machine. */
    long kmTo(Place other) {
        double a = square(StrictMath.sin(StrictMath.toRadians(other.latitude - latitude) / 2))
                + StrictMath.cos(StrictMath.toRadians(latitude))
                        * StrictMath.cos(StrictMath.toRadians(other.latitude))
                        * square(StrictMath.sin(StrictMath.toRadians(other.longitude - longitude) / 2));
        return StrictMath.round(2 * EARTH_RADIUS_KM * StrictMath.asin(StrictMath.sqrt(StrictMath.min(1, a))));
    }

    private static double square(double x) {
        return x * x;
    }
}
