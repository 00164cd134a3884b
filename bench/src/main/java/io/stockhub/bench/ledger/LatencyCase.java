package io.stockhub.bench.ledger;

import io.stockhub.bench.Case;
import io.stockhub.bench.Cell;
import io.stockhub.bench.Medians;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Buyers who come at a fixed rate: how long they wait.
 *
 * @param p99Millis the goal, from the intended arrival; it holds only when all who came were answered at that rate
 */
record LatencyCase(String name, Workload workload, int perSecond, double p99Millis, boolean stretch)
        implements Case<Stage> {
    private static final double SUSTAINED = 0.99;

    @Override
    public String title() {
        return String.format(Locale.ROOT, "%s SKU, open loop at %,d orders/s", workload.name(), perSecond);
    }

    @Override
    public Outcome run(Stage stage, Pace pace, Progress progress) throws SQLException, InterruptedException {
        List<Cell> cells = new ArrayList<>();
        List<Double> answered = new ArrayList<>();
        long refused = 0;
        for (int round = 0; round < pace.rounds(); round++) {
            OpenLoop.Result result = measure(stage, pace, round == pace.rounds() - 1);
            cells.add(result.cell());
            answered.add(result.answeredPerSecond());
            refused += result.refused();
            progress.detail(String.format(
                    Locale.ROOT,
                    "round %d of %d  p50 %.1f ms  p99 %.1f ms  %,.0f answered/s  %d turned away",
                    round + 1,
                    pace.rounds(),
                    result.cell().p50Millis(),
                    result.cell().p99Millis(),
                    result.answeredPerSecond(),
                    result.refused()));
        }
        Cell median = Cells.median(cells);
        return new Outcome(rows(median, Medians.median(answered), refused), List.of(median));
    }

    private OpenLoop.Result measure(Stage stage, Pace pace, boolean last) throws SQLException, InterruptedException {
        stage.reset(workload, Workload.PLENTY);
        OpenLoop.Result result;
        try (Product product = new Product(stage, true)) {
            result = OpenLoop.run(stage, product, workload, perSecond, pace);
        }
        Audit.check(stage, Product.NAME, result.accepted());
        if (last) {
            Product.verify(stage);
        }
        return result;
    }

    private List<Row> rows(Cell median, double answered, long refused) {
        Double p99 = median.p99Millis();
        double waited = p99 == null ? Double.NaN : p99;
        boolean holds = waited <= p99Millis && refused == 0 && answered >= SUSTAINED * perSecond;
        String goal = String.format(
                Locale.ROOT, "%sp99 ≤ %.0f ms, all answered", stretch ? "stretch: " : "", p99Millis);
        return List.of(
                new Row(title() + ", p99 ms", waited, null, null, goal, stretch, holds),
                new Row(
                        title() + ", answered/s",
                        answered,
                        (double) perSecond,
                        answered / perSecond,
                        null,
                        stretch,
                        null));
    }
}
