package io.stockhub.bench.ledger;

import io.stockhub.bench.Case;
import io.stockhub.bench.ledger.ThroughputCase.Goal;
import java.util.List;

/** The cases of the benchmark {@code ledger}, in the order in which they run, with their goals. */
final class LedgerCases {
    private LedgerCases() {}

    static List<Case<Stage>> all() {
        Workload hot = Workload.hot();
        Workload zipf = Workload.zipf(10_000);
        return List.of(
                closed("hot-256", "one hot SKU", hot, 256, Goal.atLeast(60, Kind.A), Goal.atLeast(35, Kind.B)),
                closed(
                        "zipf-256",
                        "zipf over 10,000 SKUs",
                        zipf,
                        256,
                        Goal.atLeast(16, Kind.A),
                        Goal.atLeast(9, Kind.B)),
                closed(
                        "hot-1000",
                        "one hot SKU",
                        hot,
                        1_000,
                        Goal.atLeast(75, Kind.A),
                        Goal.atLeast(45, Kind.B),
                        Goal.atLeast(0.7, Kind.INGEST)));
    }

    private static Case<Stage> closed(String name, String load, Workload workload, int callers, Goal... goals) {
        String title = String.format("%s, %,d caller%s", load, callers, callers == 1 ? "" : "s");
        return new ThroughputCase(name, title, workload, callers, List.of(goals), false);
    }
}
