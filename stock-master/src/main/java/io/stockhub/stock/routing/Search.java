package io.stockhub.stock.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Goes through all sets of warehouses of at most a given size. A set is filled in the order of the warehouses; one in
 * which a warehouse gets nothing to ship is no set of its own and is left out, with all that begin like it.
 */
final class Search {
    /** Warehouses that ship together: bit {@code i} is warehouse {@code i}. */
    record Rated(int set, int parcels, long units, long score) {}

    private final long[][] stock;
    private final long[] points;
    private final long split;
    private final int parcelsMax;
    private final long[][] open;
    private final Comparator<Rated> order;
    private final int keep;
    /** The best so far, the worst of them at its head. */
    private final PriorityQueue<Rated> best;

    private int found;

    /**
     * Better means more units, then the lower score, then fewer parcels, then the ranks of the warehouses.
     *
     * @param demand units by SKU
     * @param stock units by warehouse and SKU, none negative
     * @param points of a parcel by warehouse
     * @param ranks by warehouse, each once
     * @param split points for each parcel after the first
     * @param keep how many of the best are wanted
     */
    Search(long[] demand, long[][] stock, long[] points, int[] ranks, long split, int parcelsMax, int keep) {
        this.stock = stock;
        this.points = points;
        this.split = split;
        this.parcelsMax = Math.min(parcelsMax, stock.length);
        this.open = new long[this.parcelsMax + 1][];
        Arrays.setAll(open, depth -> depth == 0 ? demand : new long[demand.length]);
        this.order = Comparator.comparingLong(Rated::units)
                .reversed()
                .thenComparingLong(Rated::score)
                .thenComparingInt(Rated::parcels)
                .thenComparing((a, b) -> Arrays.compare(ranksOf(a, ranks), ranksOf(b, ranks)));
        this.keep = keep;
        this.best = new PriorityQueue<>(order.reversed());
    }

    /** Best first. */
    List<Rated> best() {
        extend(0, 0, 0, 0, 0);
        List<Rated> sorted = new ArrayList<>(best);
        sorted.sort(order);
        return sorted;
    }

    /** How many sets there were in all. */
    int found() {
        return found;
    }

    private void extend(int set, int from, int parcels, long units, long score) {
        if (parcels == parcelsMax) {
            return;
        }
        for (int warehouse = from; warehouse < stock.length; warehouse++) {
            long taken = fill(open[parcels], stock[warehouse], open[parcels + 1]);
            if (taken > 0) {
                int with = set | 1 << warehouse;
                long sum = score + points[warehouse] + (parcels == 0 ? 0 : split);
                offer(new Rated(with, parcels + 1, units + taken, sum));
                extend(with, warehouse + 1, parcels + 1, units + taken, sum);
            }
        }
    }

    private void offer(Rated rated) {
        found++;
        if (best.size() < keep) {
            best.add(rated);
        } else if (order.compare(rated, best.peek()) < 0) {
            best.poll();
            best.add(rated);
        }
    }

    private static long fill(long[] wanted, long[] stock, long[] left) {
        long taken = 0;
        for (int sku = 0; sku < wanted.length; sku++) {
            long take = Math.min(wanted[sku], stock[sku]);
            left[sku] = wanted[sku] - take;
            taken += take;
        }
        return taken;
    }

    private static int[] ranksOf(Rated rated, int[] ranks) {
        int[] of = new int[rated.parcels()];
        int next = 0;
        for (int set = rated.set(); set != 0; set &= set - 1) {
            of[next++] = ranks[Integer.numberOfTrailingZeros(set)];
        }
        Arrays.sort(of);
        return of;
    }
}
