package io.stockhub.bench.ledger;

import io.stockhub.stock.Command;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which SKUs buyers ask for.
 *
 * @param name for example {@code hot}
 * @param skus that have stock, numbered from 0
 * @param lines of each order, one unit each
 * @param shares the chance that a line is for this SKU or one before it; empty when all are alike
 */
record Workload(String name, int skus, int lines, double[] shares) {
    /** Units of each SKU: more than any run sells. */
    static final long PLENTY = 1_000_000_000L;

    /** Everyone wants the same. */
    static Workload hot() {
        return new Workload("hot", 1, 1, new double[0]);
    }

    /** The n-th most wanted SKU is wanted 1/n as often as the first (Zipf's law with exponent 1). */
    static Workload zipf(int skus) {
        double[] shares = new double[skus];
        double sum = 0;
        for (int i = 0; i < skus; i++) {
            sum += 1.0 / (i + 1);
            shares[i] = sum;
        }
        for (int i = 0; i < skus; i++) {
            shares[i] /= sum;
        }
        return new Workload("zipf", skus, 1, shares);
    }

    /** Every SKU as often as every other. */
    static Workload uniform(int skus, int lines) {
        return new Workload(lines + "-line", skus, lines, new double[0]);
    }

    static String sku(int number) {
        // Neighbours in demand are not neighbours in the index.
        return String.format("SKU-%06d", Math.floorMod(number * 7_919L, 1_000_003L));
    }

    List<String> allSkus() {
        List<String> all = new ArrayList<>(skus);
        for (int i = 0; i < skus; i++) {
            all.add(sku(i));
        }
        return all;
    }

    /** Orders of one caller; callers share the numbers and nothing else. */
    OrderSource orders(OrderRefs refs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Command.Line> units = units();
        return () -> {
            if (lines == 1) {
                return new Order(refs.next(), List.of(units.get(pick(random))));
            }
            List<Command.Line> wanted = new ArrayList<>(lines);
            for (int i = 0; i < lines; i++) {
                wanted.add(units.get(pick(random)));
            }
            return new Order(refs.next(), wanted);
        };
    }

    private List<Command.Line> units() {
        return Units.of(skus);
    }

    private int pick(SplittableRandom random) {
        if (skus == 1) {
            return 0;
        }
        if (shares.length == 0) {
            return random.nextInt(skus);
        }
        int at = Arrays.binarySearch(shares, random.nextDouble());
        return Math.min(skus - 1, at < 0 ? -at - 1 : at);
    }

    /** Lines of one unit, made once: what the callers cost is not what is measured. */
    private static final class Units {
        private static volatile List<Command.Line> made = List.of();

        static synchronized List<Command.Line> of(int count) {
            if (made.size() < count) {
                List<Command.Line> more = new ArrayList<>(made);
                for (int i = made.size(); i < count; i++) {
                    more.add(new Command.Line(sku(i), 1));
                }
                made = List.copyOf(more);
            }
            return made;
        }
    }
}
