package io.stockhub.stock;

import java.util.Locale;

/** How closely the units of a SKU are told apart. */
public enum Tracking {
    /** Any unit is like any other. */
    NONE,
    /** Units belong to a lot, which may expire. */
    LOT,
    /** Each unit has a number of its own. */
    SERIAL;

    /** Name in the database and on the wire, for example {@code lot}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when {@code code} is none of ours */
    public static Tracking of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
