package io.stockhub.bench.ledger;

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
 * So many callers, each asking again as soon as it was answered: the product against yardsticks.
 *
 * @param callers at once
 * @param goals one row each
 */
record ThroughputCase(
        String name, String title, Workload workload, int callers, List<Goal> goals, When when)
        implements Case<Stage> {

    /**
     * The product does at least {@code least} times what the yardstick does.
     *
     * @param least 0 for no goal: only shown
     */
    record Goal(Kind yardstick, double least, boolean stretch) {
        static Goal atLeast(double least, Kind yardstick) {
            return new Goal(yardstick, least, false);
        }

        static Goal shown(Kind yardstick) {
            return new Goal(yardstick, 0, false);
        }

        String text() {
            String number = yardstick == Kind.INGEST
                    ? String.format(Locale.ROOT, "%.0f %% of %s", 100 * least, yardstick.label())
                    : String.format("%s × %s", least % 1 == 0 ? Long.toString((long) least) : Double.toString(least), yardstick.label());
            return (stretch ? "stretch: " : "") + "≥ " + number;
        }
    }

    @Override
    public Outcome run(Stage stage, Pace pace, Progress progress) throws SQLException, InterruptedException {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.PRODUCT));
        goals.forEach(goal -> kinds.add(goal.yardstick()));
        Map<Kind, List<Cell>> cells = new EnumMap<>(Kind.class);
        for (int round = 0; round < pace.rounds(); round++) {
            StringBuilder said = new StringBuilder();
            for (int i = 0; i < kinds.size(); i++) {
                Kind kind = kinds.get((round + i) % kinds.size());
                Cell cell = measure(stage, kind, pace, round == pace.rounds() - 1);
                cells.computeIfAbsent(kind, any -> new ArrayList<>()).add(cell);
                said.append(String.format(Locale.ROOT, "  %s %,.0f/s", kind.label(), cell.perSecond()));
            }
            progress.detail("round " + (round + 1) + " of " + pace.rounds() + said);
        }
        return new Outcome(
                rows(cells), cells.values().stream().map(Cells::median).toList());
    }

    private Cell measure(Stage stage, Kind kind, Pace pace, boolean last) throws SQLException, InterruptedException {
        stage.reset(workload, Workload.PLENTY);
        ClosedLoop.Result result;
        try (Contender contender = kind.open(stage)) {
            result = ClosedLoop.run(stage, contender, workload, callers, pace);
        }
        Audit.check(stage, kind.label(), result.accepted());
        if (last && (kind == Kind.PRODUCT || kind == Kind.UNSEALED)) {
            Product.verify(stage);
        }
        return result.cell();
    }

    private List<Row> rows(Map<Kind, List<Cell>> cells) {
        List<Double> product = Cells.perSecond(cells.get(Kind.PRODUCT));
        List<Row> rows = new ArrayList<>();
        for (Goal goal : goals) {
            List<Double> yardstick = Cells.perSecond(cells.get(goal.yardstick()));
            double ratio = Medians.median(Medians.ratios(product, yardstick));
            boolean asked = goal.least() > 0;
            rows.add(new Row(
                    title + ", orders/s",
                    Medians.median(product),
                    Medians.median(yardstick),
                    ratio,
                    asked ? goal.text() : null,
                    goal.stretch(),
                    asked ? ratio >= goal.least() : null));
        }
        return rows;
    }
}
