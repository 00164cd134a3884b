package io.stockhub.stock;

import java.util.Locale;

/**
 * What condition units are in at a location.
 *
 * <p>The outside states are the world beyond the warehouse wall, kept so that every movement leaves one account and
 * enters another; only they may be negative (10 units came from the supplier: {@code supplier} is -10).
 */
public enum StockState {
    /** May be promised to a customer. */
    AVAILABLE(Side.ON_HAND),
    /** Promised to an order, still on the shelf. */
    RESERVED(Side.ON_HAND),
    /** Taken off the shelf for an order, not gone yet. */
    PICKED(Side.ON_HAND),
    /** Came in and nobody has looked at it yet. */
    INSPECTION(Side.ON_HAND),
    /** Not fit for sale. */
    DAMAGED(Side.ON_HAND),
    /** Being made fit for sale again. */
    REFURBISH(Side.ON_HAND),
    /** Kept back for somebody, the holder. */
    BLOCKED(Side.ON_HAND),
    /** On its way from one of our locations to another; booked at the one where it will arrive. */
    IN_TRANSIT(Side.COMING),
    /** Announced by a supplier; booked at the location where it will arrive. */
    EXPECTED(Side.COMING),
    /** Outside: where receipts come from. */
    SUPPLIER(Side.OUTSIDE),
    /** Outside: where shipments go and returns come from. */
    CUSTOMER(Side.OUTSIDE),
    /** Outside: gone or found, nobody knows how; the other side of adjustments and counts. */
    SHRINKAGE(Side.OUTSIDE),
    /** Outside: components go in, kits come out. */
    PRODUCTION(Side.OUTSIDE),
    /** Outside: thrown away on purpose. */
    DISPOSED(Side.OUTSIDE);

    private enum Side {
        ON_HAND,
        COMING,
        OUTSIDE
    }

    private final Side side;

    StockState(Side side) {
        this.side = side;
    }

    /** True for the world beyond the wall: such accounts may be negative and are not stock. */
    public boolean outside() {
        return side == Side.OUTSIDE;
    }

    /** True when the units are physically at the location, in whatever condition. */
    public boolean onHand() {
        return side == Side.ON_HAND;
    }

    /** Name in the database and on the wire, for example {@code in_transit}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when {@code code} is none of ours */
    public static StockState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
