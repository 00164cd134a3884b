package io.stockhub.bench.replay;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Case;
import io.stockhub.bench.Cell;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Result;
import io.stockhub.bench.Row;
import io.stockhub.postgres.EmbeddedPostgres;
import io.stockhub.postgres.EmbeddedPostgresException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures dead letters and drift; exits 1 when something that was replayed did not take effect exactly once. */
@Command(
        name = "replay",
        description = {
            "How well dead letters are grouped by cause, and how fast they are listed, mended and sent again; and, in drift,",
            "whether channels that show what they should not are found, and why they do.",
            "On databases of its own. Orders come in the canonical form, save in drift: the work of mappings is not in the figures."
        },
        mixinStandardHelpOptions = true)
public final class ReplayBenchCommand implements Callable<Integer> {
    private static final String NAME = "replay";
    private static final Pace FULL = new Pace(3, Duration.ZERO, Duration.ZERO);
    private static final Pace QUICK = FULL.withRounds(1);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "A first impression: less of everything, one round.")
    private boolean quick;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Option(
            names = "--case",
            paramLabel = "NAME",
            arity = "1..*",
            description = "Only these: causes, alias, replay, list, drift.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the database is made and deleted again. Default: bench/target of the repository")
    private @Nullable Path data;

    static List<Case<DeadHub>> cases(Sizes sizes) {
        return List.of(new CausesCase(sizes), new AliasCase(sizes), new RateCase(sizes), new ListCase(sizes));
    }

    private static List<Case<DeadHub>> all(Sizes sizes, Path folder) {
        List<Case<DeadHub>> all = new ArrayList<>(cases(sizes));
        all.add(new ChannelsCase(sizes, folder));
        return all;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Files.createDirectories(dataFolder()), "replay-");
        try {
            return call(folder);
        } finally {
            delete(folder);
        }
    }

    private int call(Path folder) throws IOException, InterruptedException {
        List<Case<DeadHub>> chosen = chosen(all(quick ? Sizes.QUICK : Sizes.REAL, folder.resolve("drift")));
        PrintWriter err = spec.commandLine().getErr();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgres.Settings.in(folder.resolve("pg")))) {
            Result result = run(postgres, chosen, quick ? QUICK : FULL, new Progress(err));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(result.json());
            } else {
                result.print(out);
            }
            out.flush();
            return 0;
        } catch (BrokenPromiseException e) {
            err.println("The run FAILED, its figures are worth nothing. " + e.getMessage());
        } catch (EmbeddedPostgresException | SQLException e) {
            err.println("The run did not end: " + e.getMessage());
        }
        return 1;
    }

    static Result run(EmbeddedPostgres postgres, List<Case<DeadHub>> cases, Pace pace, Progress progress)
            throws SQLException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        Map<String, String> about = new LinkedHashMap<>();
        try (DeadHub hub = new DeadHub(postgres, postgres.createDatabase("replay"))) {
            for (int i = 0; i < cases.size(); i++) {
                progress.step(i + 1, cases.size(), cases.get(i).title());
                Case.Outcome outcome = cases.get(i).run(hub, pace, progress);
                rows.addAll(outcome.rows());
                cells.addAll(outcome.cells());
            }
            for (String setting : List.of("server_version", "fsync", "synchronous_commit")) {
                about.put(
                        setting,
                        hub.jdbc.sql("show " + setting).query(String.class).single());
            }
        }
        about.put("rounds", Integer.toString(pace.rounds()));
        about.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return new Result(NAME, about, rows, cells);
    }

    private List<Case<DeadHub>> chosen(List<Case<DeadHub>> all) {
        for (String name : names) {
            if (all.stream().noneMatch(one -> one.name().equals(name))) {
                String expected = all.stream().map(Case::name).collect(Collectors.joining(", "));
                throw new ParameterException(
                        spec.commandLine(), "--case: \"" + name + "\" (expected: " + expected + ")");
            }
        }
        return all.stream()
                .filter(one -> names.isEmpty() || names.contains(one.name()))
                .toList();
    }

    private Path dataFolder() {
        String home = System.getProperty("stockhub.home");
        if (data != null) {
            return data;
        }
        return home == null ? Path.of(System.getProperty("java.io.tmpdir")) : Path.of(home, "bench", "target");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
