package io.stockhub.stock.routing;

import io.stockhub.stock.Command;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are alike, or one address. Texts are as {@link #of} makes them.
 *
 * @param postal how the postal code begins; of an address, all of it
 */
record Zone(@Nullable String country, @Nullable String region, @Nullable String postal) {
    static final Zone ANYWHERE = new Zone(null, null, null);

    static Zone of(Command.@Nullable ShipTo address) {
        return address == null ? ANYWHERE : of(address.country(), address.region(), address.postalCode());
    }

    /** People write {@code sw1a 1aa} and {@code SW1A1AA}, {@code JK} and {@code ID-JK}: both mean the same here. */
    static Zone of(@Nullable String country, @Nullable String region, @Nullable String postal) {
        String land = clean(country);
        String part = clean(region);
        if (land != null && part != null && part.startsWith(land) && part.startsWith("-", land.length())) {
            part = clean(part.substring(land.length() + 1));
        }
        String code = clean(postal);
        return new Zone(land, part, code == null ? null : code.replace(" ", "").replace("-", ""));
    }

    private static @Nullable String clean(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip().toUpperCase(Locale.ROOT);
    }

    /** {@code ID/JK/12*}; {@code anywhere} when it says nothing. */
    @Override
    public String toString() {
        if (country == null) {
            return "anywhere";
        }
        return country + (region == null ? "" : "/" + region) + (postal == null ? "" : "/" + postal + "*");
    }
}
