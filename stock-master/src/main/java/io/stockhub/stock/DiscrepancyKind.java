package io.stockhub.stock;

import java.util.Locale;

/** How what happened differs from its document. */
public enum DiscrepancyKind {
    /** Announced and did not come. */
    SHORT,
    /** Came and was not announced. */
    OVER,
    /** Came and is not fit for sale. */
    DAMAGED,
    /** Left one location of ours and never arrived at the other. */
    MISSING;

    /** Name in the database and on the wire, for example {@code short}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How people name a discrepancy, for example {@code short of TEE-M}. */
    public String named(String sku) {
        return code() + " of " + sku;
    }

    /** @throws IllegalArgumentException when {@code code} is none of ours */
    public static DiscrepancyKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
