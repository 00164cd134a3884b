package io.stockhub.bench.ledger;

import io.stockhub.bench.Case;
import io.stockhub.bench.Cell;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Result;
import io.stockhub.bench.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the cases one after another. */
final class LedgerBench {
    private LedgerBench() {}

    static Result run(Stage stage, List<Case<Stage>> cases, Pace pace, Progress progress)
            throws SQLException, InterruptedException {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("seed", Long.toString(stage.seed()));
        about.put("rounds", Integer.toString(pace.rounds()));
        about.put(
                "measured",
                pace.measured().toMillis() + " ms each, after " + pace.warmUp().toMillis() + " ms");
        about.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        about.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        about.putAll(stage.settings());
        progress.step(0, cases.size(), "warming up");
        warmUp(stage, pace);
        List<Row> rows = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            Case<Stage> one = cases.get(i);
            progress.step(i + 1, cases.size(), one.name());
            Case.Outcome outcome = one.run(stage, pace, progress);
            rows.addAll(outcome.rows());
            cells.addAll(outcome.cells());
        }
        return new Result("ledger", about, rows, cells);
    }

    /** Compiles what all of them run, so that the first case is not the slowest. */
    private static void warmUp(Stage stage, Pace pace) throws SQLException, InterruptedException {
        Workload workload = Workload.zipf(100);
        Pace longer = new Pace(1, Duration.ZERO, pace.measured());
        for (Kind kind : List.of(Kind.PRODUCT, Kind.A, Kind.B, Kind.INGEST)) {
            stage.reset(workload, Workload.PLENTY);
            try (Contender contender = kind.open(stage)) {
                ClosedLoop.run(stage, contender, workload, 64, longer);
            }
        }
    }
}
