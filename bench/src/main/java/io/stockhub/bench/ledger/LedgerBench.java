package io.stockhub.bench.ledger;

import io.stockhub.bench.Case;
import io.stockhub.bench.Cell;
import io.stockhub.bench.Chart;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Page;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Result;
import io.stockhub.bench.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the cases one after another, and writes down what came of them. */
final class LedgerBench {
    static final String NAME = "ledger";

    private static final Chart CHART = new Chart(
            List.of(new Chart.Panel("hot", "One hot SKU, orders/s"), new Chart.Panel("zipf", "Zipf over 10,000 SKUs, orders/s")),
            List.of(
                    new Chart.Line(Kind.PRODUCT.label(), "Stockhub", "#2f9e6b"),
                    new Chart.Line(Kind.A.label(), "A: a transaction per order", "#d9822b"),
                    new Chart.Line(Kind.B.label(), "B: a function call per order", "#6c7fd8")));

    private LedgerBench() {}

    static Result run(Stage stage, List<Case<Stage>> cases, Pace pace, Progress progress)
            throws SQLException, InterruptedException {
        Map<String, String> about = new LinkedHashMap<>(stage.settings());
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
        about.put("rounds", Integer.toString(pace.rounds()));
        about.put(
                "each cell",
                pace.measured().toMillis() + " ms measured after " + pace.warmUp().toMillis() + " ms of the same load");
        about.put("random choices", "seed " + stage.seed());
        about.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        about.put("processors", Runtime.getRuntime().availableProcessors() + ", of which " + stage.machine().share());
        return new Result(NAME, about, rows, cells);
    }

    /** Compiles what all of them run, so that the first case is not the slowest. */
    private static void warmUp(Stage stage, Pace pace) throws SQLException, InterruptedException {
        Workload workload = Workload.zipf(100);
        Pace longer = new Pace(1, Duration.ofMillis(1), pace.measured().multipliedBy(2));
        for (Kind kind : List.of(Kind.PRODUCT, Kind.A, Kind.B, Kind.INGEST)) {
            stage.reset(workload, Workload.PLENTY);
            try (Contender contender = kind.open(stage)) {
                ClosedLoop.run(stage, contender, workload, 64, longer);
            }
        }
    }

    /** Into {@code performance.md} of the folder and {@code images} beside it. */
    static void report(Result result, Path folder) throws IOException {
        Path image = folder.resolve("images").resolve("ledger-throughput.svg");
        Files.createDirectories(image.getParent());
        Files.writeString(image, CHART.svg(result.cells()));
        new Page(folder.resolve("performance.md"), NAME)
                .write("![Orders a second against callers](images/ledger-throughput.svg)\n\n" + Page.body(result));
    }
}
