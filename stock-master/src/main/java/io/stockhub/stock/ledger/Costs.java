package io.stockhub.stock.ledger;

import io.stockhub.stock.Command;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The moving average of what a unit cost: receipts change it, what leaves does not. Six decimals, half to even. */
final class Costs {
    private static final int DECIMALS = 6;
    private static final BigDecimal COST_MAX = new BigDecimal("1000000000");

    private final Book book;
    private final Effects effects;

    Costs(Book book, Effects effects) {
        this.book = book;
        this.effects = effects;
    }

    /** To be called when the units are in the book already; all lines of a SKU together, since all are in it. */
    void received(List<Command.Line> lines) {
        Map<String, Long> units = new LinkedHashMap<>();
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        for (Command.Line line : lines) {
            BigDecimal unitCost = line.goods().unitCost();
            if (unitCost != null && line.quantity() > 0) {
                units.merge(line.sku(), line.quantity(), Long::sum);
                values.merge(line.sku(), unitCost.multiply(BigDecimal.valueOf(line.quantity())), BigDecimal::add);
            }
        }
        units.forEach((sku, quantity) -> change(sku, quantity, values.getOrDefault(sku, BigDecimal.ZERO)));
    }

    /** To be called when the units have left the book already. */
    void takenBack(String sku, long quantity, BigDecimal unitCost) {
        change(sku, -quantity, unitCost.multiply(BigDecimal.valueOf(-quantity)));
    }

    private void change(String sku, long quantity, BigDecimal value) {
        long after = book.owned(sku);
        long before = after - quantity;
        BigDecimal average = average(sku);
        if (average == null || before <= 0) {
            set(sku, value, quantity);
            return;
        }
        if (after <= 0) {
            return;
        }
        set(sku, average.multiply(BigDecimal.valueOf(before)).add(value), after);
    }

    private @Nullable BigDecimal average(String sku) {
        BigDecimal known = book.cost(sku);
        Book.SkuInfo info = book.sku(sku);
        return known != null || info == null ? known : info.cost();
    }

    /** Between nothing and the dearest unit there can be: a receipt that is taken back late leaves odd rests. */
    private void set(String sku, BigDecimal value, long units) {
        BigDecimal average = value.divide(BigDecimal.valueOf(units), DECIMALS, RoundingMode.HALF_EVEN)
                .max(BigDecimal.ZERO)
                .min(COST_MAX);
        effects.costs.put(sku, average);
        book.addCost(sku, average);
    }
}
