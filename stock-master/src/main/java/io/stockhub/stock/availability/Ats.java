package io.stockhub.stock.availability;

import io.stockhub.stock.availability.Sheet.Term;
import org.jspecify.annotations.Nullable;

/** The arithmetic of what a channel may sell. It is here and nowhere else. */
final class Ats {
    private Ats() {}

    /** Fills the sheet, and says its sum. */
    static long of(Rules rules, String channel, SkuStock stock, Sheet sheet) {
        if (stock.parts().isEmpty()) {
            sellable(rules, channel, stock, sheet);
        } else {
            SkuStock.Part scarcest = scarcest(rules, channel, stock);
            sheet.add(Term.BUNDLES, scarcest.stock().sku(), bundles(rules, channel, scarcest));
        }
        cut(rules.rule(channel, stock.sku()), sheet);
        return sheet.sum();
    }

    /** What the channel could sell before its own buffer, floor and cap: these are about what is sold, not its parts. */
    static void sellable(Rules rules, String channel, SkuStock stock, Sheet sheet) {
        String pool = rules.pool(channel);
        for (String location : rules.rule(channel, stock.sku()).locations()) {
            sheet.begin(Term.LOCATION, location);
            at(location, stock, pool, rules.safetyStock(location, stock.sku(), stock.abcClass()), sheet);
            sheet.end();
        }
    }

    private static void at(String location, SkuStock stock, @Nullable String own, long safetyStock, Sheet sheet) {
        SkuStock.At at = stock.at(location);
        sheet.add(Term.ON_HAND, location, at.onHand());
        for (SkuStock.Hold hold : at.holds()) {
            sheet.add(Term.HELD, hold.reason().title(), -hold.quantity(), hold.notes());
        }
        at.sellable().forEach((pool, quantity) -> {
            if (!pool.equals(SkuStock.SHARED) && !pool.equals(own)) {
                sheet.add(Term.PROTECTED, pool, -quantity);
            }
        });
        long shared = at.inPool(SkuStock.SHARED);
        if (shared > 0) {
            sheet.add(Term.SAFETY_STOCK, location, -safetyStock);
            sheet.add(Term.NEVER_BELOW_ZERO, location, Math.max(0, safetyStock - shared));
        }
    }

    /** How many bundles a part suffices for. */
    static long bundles(Rules rules, String channel, SkuStock.Part part) {
        Sheet.Sum units = new Sheet.Sum();
        sellable(rules, channel, part.stock(), units);
        return units.sum() / part.perUnit();
    }

    /** The part that suffices for the fewest bundles; of several the first by SKU. */
    static SkuStock.Part scarcest(Rules rules, String channel, SkuStock bundle) {
        return bundle.parts().stream()
                .min(java.util.Comparator.comparingLong((SkuStock.Part part) -> bundles(rules, channel, part))
                        .thenComparing(part -> part.stock().sku()))
                .orElseThrow();
    }

    /** Before the channel's own buffer, floor and cap. */
    static long sellable(Rules rules, String channel, SkuStock stock) {
        if (!stock.parts().isEmpty()) {
            return bundles(rules, channel, scarcest(rules, channel, stock));
        }
        Sheet.Sum units = new Sheet.Sum();
        sellable(rules, channel, stock, units);
        return units.sum();
    }

    private static void cut(ChannelRule rule, Sheet sheet) {
        sheet.add(Term.BUFFER, rule.channel(), -rule.buffer());
        if (sheet.sum() < 0) {
            sheet.add(Term.NEVER_BELOW_ZERO, rule.channel(), -sheet.sum());
        }
        if (sheet.sum() < rule.floor()) {
            sheet.add(Term.HIDDEN, rule.floor(), -sheet.sum());
        }
        Long cap = rule.cap();
        if (cap != null && sheet.sum() > cap) {
            sheet.add(Term.CAPPED, cap, cap - sheet.sum());
        }
    }
}
