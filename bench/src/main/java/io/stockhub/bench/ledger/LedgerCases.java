package io.stockhub.bench.ledger;

import static io.stockhub.bench.ledger.ThroughputCase.Goal.atLeast;
import static io.stockhub.bench.ledger.ThroughputCase.Goal.shown;

import io.stockhub.bench.Case;
import io.stockhub.bench.Case.When;
import io.stockhub.bench.ledger.ThroughputCase.Goal;
import java.util.List;
import java.util.Locale;

/**
 * The cases of the benchmark {@code ledger}, in the order in which they run, with their goals. Another case is a class
 * of its own and a line here.
 */
final class LedgerCases {
    private LedgerCases() {}

    /** How large everything is; tests make it small. */
    record Sizes(
            int zipfSkus,
            int manySkus,
            int flashUnits,
            int flashBuyers,
            int[] callers,
            int[] rates,
            int grownOrders,
            int settling,
            int[] connections) {
        static final Sizes REAL = new Sizes(
                10_000,
                100_000,
                2_000,
                10_000,
                new int[] {1, 8, 64, 256, 1_000},
                new int[] {1_000, 20_000},
                5_000_000,
                100_000,
                new int[] {64, 10});
    }

    static List<Case<Stage>> all(Sizes sizes) {
        Workload hot = Workload.hot();
        Workload zipf = Workload.zipf(sizes.zipfSkus());
        Workload many = Workload.uniform(sizes.manySkus(), 3);
        int[] callers = sizes.callers();
        return List.of(
                closed("hot-1", hot, callers[0], When.ALWAYS, atLeast(0.9, Kind.A), shown(Kind.B)),
                closed("hot-8", hot, callers[1], When.ALWAYS, atLeast(7, Kind.A), shown(Kind.B)),
                closed("hot-64", hot, callers[2], When.IN_FULL, shown(Kind.A), shown(Kind.B)),
                closed("hot-256", hot, callers[3], When.ALWAYS, atLeast(60, Kind.A), atLeast(35, Kind.B)),
                closed(
                        "hot-1000",
                        hot,
                        callers[4],
                        When.ALWAYS,
                        atLeast(75, Kind.A),
                        atLeast(45, Kind.B),
                        atLeast(0.7, Kind.INGEST)),
                closed("zipf-1", zipf, callers[0], When.ALWAYS, atLeast(0.9, Kind.A), shown(Kind.B)),
                closed("zipf-8", zipf, callers[1], When.ALWAYS, atLeast(2, Kind.A), shown(Kind.B)),
                closed("zipf-64", zipf, callers[2], When.IN_FULL, shown(Kind.A), shown(Kind.B)),
                closed("zipf-256", zipf, callers[3], When.ALWAYS, atLeast(16, Kind.A), atLeast(9, Kind.B)),
                closed(
                        "zipf-1000",
                        zipf,
                        callers[4],
                        When.ALWAYS,
                        shown(Kind.A),
                        shown(Kind.B),
                        new Goal(Kind.INGEST, 0.5, true)),
                closed("lines-1000", many, callers[4], When.ALWAYS, atLeast(9, Kind.A), atLeast(5, Kind.B)),
                new LatencyCase("open-1000", hot, sizes.rates()[0], 8, false),
                new LatencyCase("open-20000", hot, sizes.rates()[1], 50, true),
                new GrowthCase("growth", zipf, callers[3], sizes.grownOrders(), sizes.settling()),
                new FlashCase("flash", sizes.flashUnits(), sizes.flashBuyers(), 1 / 40.0),
                new HttpSingleCase("http-single", sizes.connections()[0], 0.3),
                new HttpBatchCase("http-batch", sizes.connections()[1], callers[4], 0.8),
                closed("unsealed-hot-1000", hot, callers[4], When.ASKED_FOR, shown(Kind.UNSEALED)),
                closed("unsealed-zipf-1000", zipf, callers[4], When.ASKED_FOR, shown(Kind.UNSEALED)));
    }

    private static Case<Stage> closed(String name, Workload workload, int callers, When when, Goal... goals) {
        String load = workload.lines() > 1
                ? String.format(Locale.ROOT, "%d-line orders over %,d SKUs", workload.lines(), workload.skus())
                : workload.skus() > 1
                        ? String.format(Locale.ROOT, "zipf (s = 1) over %,d SKUs", workload.skus())
                        : "one hot SKU";
        String title = String.format(Locale.ROOT, "%s, %,d caller%s", load, callers, callers == 1 ? "" : "s");
        return new ThroughputCase(name, title, workload, callers, List.of(goals), when);
    }
}
