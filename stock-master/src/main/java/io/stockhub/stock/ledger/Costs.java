package io.stockhub.stock.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** The moving average of what a unit cost: receipts change it, what leaves does not. Six decimals, half to even. */
final class Costs {
    private static final int DECIMALS = 6;

    private final Book book;
    private final Effects effects;

    Costs(Book book, Effects effects) {
        this.book = book;
        this.effects = effects;
    }

    /** To be called when the units are in the book already. */
    void received(String sku, long quantity, BigDecimal unitCost) {
        change(sku, quantity, unitCost);
    }

    /** To be called when the units have left the book already. */
    void takenBack(String sku, long quantity, BigDecimal unitCost) {
        change(sku, -quantity, unitCost);
    }

    private void change(String sku, long quantity, BigDecimal unitCost) {
        long after = book.owned(sku);
        long before = after - quantity;
        BigDecimal average = average(sku);
        if (average == null || before <= 0) {
            set(sku, unitCost);
            return;
        }
        if (after <= 0) {
            return;
        }
        BigDecimal value =
                average.multiply(BigDecimal.valueOf(before)).add(unitCost.multiply(BigDecimal.valueOf(quantity)));
        set(sku, value.max(BigDecimal.ZERO).divide(BigDecimal.valueOf(after), DECIMALS, RoundingMode.HALF_EVEN));
    }

    private @Nullable BigDecimal average(String sku) {
        BigDecimal known = book.cost(sku);
        Book.SkuInfo info = book.sku(sku);
        return known != null || info == null ? known : info.cost();
    }

    private void set(String sku, BigDecimal average) {
        effects.costs.put(sku, average);
        book.addCost(sku, average);
    }
}
