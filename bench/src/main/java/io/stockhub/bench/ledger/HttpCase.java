package io.stockhub.bench.ledger;

import io.stockhub.bench.Case;
import io.stockhub.bench.Cell;
import io.stockhub.bench.Medians;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A hub by HTTP against something else that the same hub does, in turns. One hub runs from the first round to the last:
 * what starts a web server is not what is measured, and what was compiled for it stays. So its ledger grows from cell to
 * cell, for both alike.
 */
abstract class HttpCase implements Case<Stage> {
    /** One hot SKU, under a name of its own: the chart of throughput is of the other cases. */
    private static final Workload HOT = new Workload("hot, HTTP", 1, 1, new double[0]);

    /** A web server has more Java to compile than anything else here; as long as the product at the start of the run. */
    private static final int COMPILING = 8;

    private final String name;
    private final String title;
    private final String goal;
    private final double least;

    /**
     * Who takes part.
     *
     * @param callers at once
     * @param orders whether what it accepts is to be found in the ledger
     */
    record Side(Contender contender, int callers, boolean orders) {}

    /** @param least times the yardstick */
    HttpCase(String name, String title, double least, String yardstick) {
        this.name = name;
        this.title = title;
        this.least = least;
        this.goal = String.format(Locale.ROOT, "≥ %.0f %% of %s", 100 * least, yardstick);
    }

    /** For one cell, as {@link #yardstick}. */
    abstract Side product(Hub hub);

    abstract Side yardstick(Hub hub);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String title() {
        return title;
    }

    /** What is not compiled to its end says nothing, and a first impression has no time for that. */
    @Override
    public final When when() {
        return When.IN_FULL;
    }

    @Override
    public final Outcome run(Stage stage, Pace pace, Progress progress) throws SQLException, InterruptedException {
        List<List<Cell>> cells = List.of(new ArrayList<>(), new ArrayList<>());
        stage.reset(HOT, Workload.PLENTY);
        try (Hub hub = Hub.start(stage)) {
            Pace compiling = new Pace(1, Duration.ofMillis(1), pace.measured().multipliedBy(COMPILING));
            long accepted = 0;
            if (!yardstick(hub).orders()) {
                // What takes orders by Java was compiled at the start of the run.
                measure(stage, hub, 1, compiling, accepted);
            }
            accepted += measure(stage, hub, 0, compiling, accepted).accepted();
            for (int round = 0; round < pace.rounds(); round++) {
                StringBuilder said = new StringBuilder();
                for (int i = 0; i < cells.size(); i++) {
                    int who = (round + i) % cells.size();
                    stage.settle();
                    Measured measured = measure(stage, hub, who, pace, accepted);
                    accepted += measured.accepted();
                    Cell cell = measured.cell();
                    cells.get(who).add(cell);
                    said.append(String.format(Locale.ROOT, "  %s %,.0f/s", cell.contender(), cell.perSecond()));
                }
                progress.detail("round " + (round + 1) + " of " + pace.rounds() + said);
            }
        }
        Product.verify(stage);
        return new Outcome(
                List.of(row(Cells.perSecond(cells.getFirst()), Cells.perSecond(cells.getLast()))),
                cells.stream().map(Cells::median).toList());
    }

    /** @param accepted orders that are in the ledger now and were not before */
    private record Measured(Cell cell, long accepted) {}

    /**
     * @param who 0 for the product
     * @param before orders accepted by all cells before
     */
    private Measured measure(Stage stage, Hub hub, int who, Pace pace, long before)
            throws SQLException, InterruptedException {
        Side side = who == 0 ? product(hub) : yardstick(hub);
        ClosedLoop.Result result;
        try (Contender contender = side.contender()) {
            result = ClosedLoop.run(stage, contender, HOT, side.callers(), pace);
        }
        long accepted = side.orders() ? result.accepted() : 0;
        Audit.check(stage, side.contender().name(), before + accepted);
        return new Measured(result.cell(), accepted);
    }

    private Row row(List<Double> product, List<Double> yardstick) {
        double ratio = Medians.median(Medians.ratios(product, yardstick));
        return new Row(
                title + ", orders/s",
                Medians.median(product),
                Medians.median(yardstick),
                ratio,
                goal,
                false,
                ratio >= least);
    }
}
