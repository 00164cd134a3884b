package io.stockhub.stock;

import java.util.Locale;

/** Why stock moved. The list is closed; each kind fixes which states its postings may touch. */
public enum MovementKind {
    /** Supplier to available: goods were counted in. */
    RECEIPT,
    /** Available to reserved: promised to an order. */
    RESERVATION,
    /** Reserved to available: the promise was taken back. */
    RELEASE,
    /** Reserved to customer: the goods left. */
    SHIP,
    /** Between shrinkage and available, the only kind with signed quantities: a correction with a reason. */
    ADJUSTMENT;

    /** Name in the database and on the wire, for example {@code receipt}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when {@code code} is none of ours */
    public static MovementKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
