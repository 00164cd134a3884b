package io.stockhub.bench.sync.live;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.fixtures.sandbox.QuantityWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When a channel learnt of sales elsewhere. */
final class Arrivals {
    private Arrivals() {}

    /**
     * One unit that another channel sold.
     *
     * @param nth of its SKU, from 1
     * @param counts whether its latency is wanted: not while the hub warms up
     */
    record Sold(String sku, int nth, Instant planned, boolean counts) {}

    /** The first moment at which a number at most so high came in. */
    private record Reached(long quantity, Instant at) {}

    /**
     * A sale has reached the channel with the first number that knows of it: numbers of these SKUs only go down, by one a
     * sale.
     *
     * @param start what each SKU was listed with before the first sale
     * @param writes in the order in which they came in, or nearly: those of different calls may overtake one another
     * @return milliseconds from the moment at which each sale was planned, in no order
     * @throws BrokenPromiseException when a sale has not reached it
     */
    static double[] millis(List<Sold> sales, Map<String, Long> start, List<QuantityWrite> writes) {
        Map<String, Map<Long, Instant>> first = new HashMap<>();
        Map<String, Reached> lowest = new HashMap<>();
        writes.stream()
                .sorted((a, b) -> a.arrivedAt().compareTo(b.arrivedAt()))
                .filter(write -> start.containsKey(write.sku()))
                .forEach(write -> {
                    Reached before =
                            lowest.getOrDefault(write.sku(), new Reached(start.get(write.sku()), write.arrivedAt()));
                    Map<Long, Instant> reached = first.computeIfAbsent(write.sku(), sku -> new HashMap<>());
                    for (long quantity = before.quantity() - 1; quantity >= write.quantity(); quantity--) {
                        reached.put(quantity, write.arrivedAt());
                    }
                    if (write.quantity() < before.quantity()) {
                        lowest.put(write.sku(), new Reached(write.quantity(), write.arrivedAt()));
                    }
                });
        return sales.stream()
                .filter(Sold::counts)
                .mapToDouble(sale -> {
                    Instant at = first.getOrDefault(sale.sku(), Map.of()).get(start.get(sale.sku()) - sale.nth());
                    if (at == null) {
                        throw new BrokenPromiseException(
                                "sale " + sale.nth() + " of " + sale.sku() + " never reached a channel");
                    }
                    return Duration.between(sale.planned(), at).toNanos() / 1e6;
                })
                .toArray();
    }

    /** The value that so many percent do not exceed; NaN of nothing. */
    static double percentile(double[] values, double percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
    }

    static double[] joined(Iterable<double[]> parts) {
        double[] all = new double[0];
        for (double[] part : parts) {
            int from = all.length;
            all = Arrays.copyOf(all, from + part.length);
            System.arraycopy(part, 0, all, from, part.length);
        }
        return all;
    }
}
