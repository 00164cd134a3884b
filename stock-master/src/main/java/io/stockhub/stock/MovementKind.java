package io.stockhub.stock;

import java.util.Locale;

/** Why stock moved. The list is closed; each kind fixes which states its postings may touch. */
public enum MovementKind {
    /** Supplier to expected: a purchase order or shipping notice announced goods; back when they will not come. */
    EXPECT,
    /** Supplier, or expected, to available, inspection or damaged: goods were counted in. */
    RECEIPT,
    /** From one bin or pool of a location to another; the state stays. */
    PUTAWAY,
    /** Available to reserved: promised to an order. */
    RESERVATION,
    /** Reserved or picked to available: the promise was taken back. */
    RELEASE,
    /** Reserved to picked: taken off the shelf. */
    PICK,
    /** Reserved or picked to customer: the goods left. */
    SHIP,
    /** Available to in transit: left for another location. */
    TRANSFER_SHIP,
    /** In transit to available: arrived from another location. */
    TRANSFER_RECEIVE,
    /** In transit to shrinkage: left and never arrived. */
    TRANSFER_LOSS,
    /** Customer to inspection, at whatever location. */
    RETURN,
    /** Inspection, damaged or refurbish to available, refurbish, damaged or disposed: somebody decided. */
    DISPOSITION,
    /** Available to damaged. */
    DAMAGE,
    /** Available to blocked, for a named holder. */
    BLOCK,
    /** Blocked to available. */
    UNBLOCK,
    /** Between shrinkage and stock, the only kind with signed quantities: a correction with a reason. */
    ADJUSTMENT,
    /** Between shrinkage and available: what a count found more or less than the books. */
    COUNT,
    /** Components to production, production to the kit. */
    ASSEMBLY,
    /** Stock to disposed: thrown away. */
    WRITE_OFF,
    /** The exact opposite of one earlier movement. */
    REVERSAL;

    /** Name in the database and on the wire, for example {@code transfer-ship}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException when {@code code} is none of ours */
    public static MovementKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** True when it follows from the life of a reservation, or of another movement, and is not asked for by itself. */
    public boolean derived() {
        return switch (this) {
            case RESERVATION, RELEASE, PICK, SHIP, REVERSAL -> true;
            default -> false;
        };
    }
}
