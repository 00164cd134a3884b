package io.stockhub.stock;

import java.util.Locale;

/**
 * What condition units are in at a location. A balance is kept per (SKU, location, state).
 *
 * <p>The outside states are the world beyond the warehouse wall, kept so that every movement leaves one account and
 * enters another; only they may be negative (10 units came from the supplier: {@code supplier} is -10).
 */
public enum StockState {
    /** May be promised to a customer. */
    AVAILABLE(false),
    /** Promised to an accepted order, still on the shelf. */
    RESERVED(false),
    /** Outside: where receipts come from. */
    SUPPLIER(true),
    /** Outside: where shipments go. */
    CUSTOMER(true),
    /** Outside: gone or found, nobody knows how; the other side of an adjustment. */
    SHRINKAGE(true);

    private final boolean outside;

    StockState(boolean outside) {
        this.outside = outside;
    }

    /** True for the world beyond the wall: such balances may be negative and are not stock. */
    public boolean outside() {
        return outside;
    }

    /** Name in the database and on the wire, for example {@code available}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when {@code code} is none of ours */
    public static StockState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
