package io.stockhub.stock;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which units a line means, where they are and where they go. What is null is chosen by the stock master: the lot that
 * expires first, the bin that is picked first, shared units before protected ones.
 *
 * @param lot required when units of a SKU tracked by lot come in
 * @param expiry of the lot; must agree with what is known of it
 * @param serials one a unit, for SKUs tracked by serial
 * @param bin where the units are, or for units that come in, where they are put
 * @param toBin where a putaway brings them
 * @param pool what channel group they are protected for
 * @param toPool what channel group a putaway protects them for; empty text is everyone
 * @param from the condition they are in before, for kinds that allow several
 * @param to the condition they are in after, for kinds that allow several
 * @param unitCost what one base unit cost, for receipts: feeds the moving average
 * @param booked for counts: what the books said when it was counted; null is now
 */
public record Goods(
        @Nullable String lot,
        @Nullable LocalDate expiry,
        List<String> serials,
        @Nullable String bin,
        @Nullable String toBin,
        @Nullable String pool,
        @Nullable String toPool,
        @Nullable StockState from,
        @Nullable StockState to,
        @Nullable BigDecimal unitCost,
        @Nullable Long booked) {
    /** Whatever the stock master chooses. */
    public static final Goods ANY = new Goods(null, null, List.of(), null, null, null, null, null, null, null, null);

    public Goods {
        serials = List.copyOf(serials);
    }

    public Goods withLot(String other, @Nullable LocalDate otherExpiry) {
        return new Goods(other, otherExpiry, serials, bin, toBin, pool, toPool, from, to, unitCost, booked);
    }

    public Goods withSerials(List<String> other) {
        return new Goods(lot, expiry, other, bin, toBin, pool, toPool, from, to, unitCost, booked);
    }

    public Goods withBin(String other) {
        return new Goods(lot, expiry, serials, other, toBin, pool, toPool, from, to, unitCost, booked);
    }

    public Goods withToBin(String other) {
        return new Goods(lot, expiry, serials, bin, other, pool, toPool, from, to, unitCost, booked);
    }

    public Goods withPool(String other) {
        return new Goods(lot, expiry, serials, bin, toBin, other, toPool, from, to, unitCost, booked);
    }

    public Goods withToPool(String other) {
        return new Goods(lot, expiry, serials, bin, toBin, pool, other, from, to, unitCost, booked);
    }

    public Goods withFrom(StockState other) {
        return new Goods(lot, expiry, serials, bin, toBin, pool, toPool, other, to, unitCost, booked);
    }

    public Goods withTo(StockState other) {
        return new Goods(lot, expiry, serials, bin, toBin, pool, toPool, from, other, unitCost, booked);
    }

    public Goods withUnitCost(BigDecimal other) {
        return new Goods(lot, expiry, serials, bin, toBin, pool, toPool, from, to, other, booked);
    }

    public Goods withBooked(long other) {
        return new Goods(lot, expiry, serials, bin, toBin, pool, toPool, from, to, unitCost, other);
    }
}
