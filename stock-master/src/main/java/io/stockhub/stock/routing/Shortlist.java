package io.stockhub.stock.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Bounds the search where many warehouses hold something of an order. */
final class Shortlist {
    /** A warehouse that holds something of the order. */
    record Entry(Site site, long[] stock, Site.Parcel parcel) {}

    private Shortlist() {}

    /**
     * At most {@code max} of them: first those that, one after another, add most units to the plan, so that an order
     * can be complete although no good single holds all its SKUs; then the best singles.
     */
    static List<Entry> of(List<Entry> entries, long[] demand, int parcelsMax, int max) {
        if (entries.size() <= max) {
            return entries;
        }
        List<Entry> rest = new ArrayList<>(entries);
        rest.sort(Comparator.comparingLong((Entry entry) -> units(demand, entry.stock()))
                .reversed()
                .thenComparingLong(entry -> entry.parcel().points())
                .thenComparingInt(entry -> entry.site().rank));
        List<Entry> chosen = new ArrayList<>(max);
        long[] open = demand.clone();
        while (chosen.size() < Math.min(parcelsMax, max)) {
            Entry most = rest.getFirst();
            for (Entry entry : rest) {
                most = units(open, entry.stock()) > units(open, most.stock()) ? entry : most;
            }
            if (units(open, most.stock()) == 0) {
                break;
            }
            for (int sku = 0; sku < open.length; sku++) {
                open[sku] -= Math.min(open[sku], most.stock()[sku]);
            }
            chosen.add(most);
            rest.remove(most);
        }
        chosen.addAll(rest.subList(0, max - chosen.size()));
        return chosen;
    }

    private static long units(long[] open, long[] stock) {
        long units = 0;
        for (int sku = 0; sku < open.length; sku++) {
            units += Math.min(open[sku], stock[sku]);
        }
        return units;
    }
}
