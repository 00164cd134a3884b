package io.stockhub.bench.ledger;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Case;
import io.stockhub.bench.Cell;
import io.stockhub.bench.Medians;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All buyers come at once for less than they want: how long until the last of them has his answer.
 *
 * @param share of A's time that the product may take
 */
record FlashCase(String name, int units, int buyers, double share) implements Case<Stage> {
    private static final int WARM_UP_CALLERS = 64;

    @Override
    public String title() {
        return String.format(Locale.ROOT, "flash sale, %,d units, %,d buyers", units, buyers);
    }

    @Override
    public Outcome run(Stage stage, Pace pace, Progress progress) throws SQLException, InterruptedException {
        List<Kind> kinds = List.of(Kind.PRODUCT, Kind.A);
        Map<Kind, List<Cell>> cells = new EnumMap<>(Kind.class);
        Map<Kind, List<Double>> millis = new EnumMap<>(Kind.class);
        for (int round = 0; round < pace.rounds(); round++) {
            StringBuilder said = new StringBuilder();
            for (int i = 0; i < kinds.size(); i++) {
                Kind kind = kinds.get((round + i) % kinds.size());
                FlashSale.Result result = measure(stage, kind, pace);
                cells.computeIfAbsent(kind, any -> new ArrayList<>()).add(result.cell());
                millis.computeIfAbsent(kind, any -> new ArrayList<>()).add(result.millis());
                said.append(String.format(
                        Locale.ROOT,
                        "  %s %,.0f ms (%d asked again)",
                        kind.label(),
                        result.millis(),
                        result.askedAgain()));
            }
            progress.detail("round " + (round + 1) + " of " + pace.rounds() + said);
        }
        return new Outcome(rows(millis), cells.values().stream().map(Cells::median).toList());
    }

    private FlashSale.Result measure(Stage stage, Kind kind, Pace pace) throws SQLException, InterruptedException {
        Workload hot = Workload.hot();
        stage.reset(hot, Workload.PLENTY);
        try (Contender contender = kind.open(stage)) {
            ClosedLoop.run(stage, contender, hot, WARM_UP_CALLERS, new Pace(1, pace.warmUp(), pace.warmUp()));
        }
        stage.reset(hot, units);
        FlashSale.Result result;
        try (Contender contender = kind.open(stage)) {
            result = FlashSale.run(stage, contender, hot, buyers);
        }
        Audit.check(stage, kind.label(), result.accepted());
        if (result.accepted() != Math.min(units, buyers)) {
            throw new BrokenPromiseException(kind.label() + " sold " + result.accepted() + " of " + units);
        }
        if (kind == Kind.PRODUCT) {
            Product.verify(stage);
        }
        return result;
    }

    private List<Row> rows(Map<Kind, List<Double>> millis) {
        List<Double> product = millis.get(Kind.PRODUCT);
        List<Double> usual = millis.get(Kind.A);
        double ratio = Medians.median(Medians.ratios(product, usual));
        String goal = String.format(Locale.ROOT, "≤ 1/%.0f of A", 1 / share);
        return List.of(
                new Row(
                        title() + ", ms until all are answered",
                        Medians.median(product),
                        Medians.median(usual),
                        ratio,
                        goal,
                        false,
                        ratio <= share),
                // Another number would have failed the run.
                new Row(title() + ", units sold", units, null, null, "exactly " + units, false, true));
    }
}
