package io.stockhub.bench.ledger;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Case;
import io.stockhub.bench.Case.When;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Result;
import io.stockhub.postgres.EmbeddedPostgres;
import io.stockhub.postgres.EmbeddedPostgresException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the ledger and prints the figures; exits 1 when what was measured was not right. */
@Command(
        name = "ledger",
        description = {
            "The stock master against two usual ways of reserving stock, on the same rows and the same server:",
            "A one transaction per order with row locks, B one function call per order; and against",
            "what the database takes without locks and decisions (ingest).",
            "Exits 0 when all cases ran and the ledger verified, whatever the goals."
        },
        mixinStandardHelpOptions = true)
public final class LedgerCommand implements Callable<Integer> {
    private final List<Case<Stage>> all = LedgerCases.all(LedgerCases.Sizes.REAL);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "A first impression in about a minute: one short round.")
    private boolean quick;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Option(
            names = "--case",
            paramLabel = "NAME",
            arity = "1..*",
            completionCandidates = CaseNames.class,
            description = "Only these: ${COMPLETION-CANDIDATES}. Those that begin with unsealed run only when named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds per case. Default: 5, with --quick 1.")
    private @Nullable Integer rounds;

    @Option(names = "--seed", paramLabel = "N", description = "Of all random choices. Default: another each time.")
    private @Nullable Long seed;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Also write the figures into DIR/performance.md and the chart into DIR/images.")
    private @Nullable Path report;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the database is made and deleted again. Its disk is measured too."
                    + " Default: bench/target of the repository")
    private @Nullable Path data;

    /** For the help. */
    static final class CaseNames extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        CaseNames() {
            LedgerCases.all(LedgerCases.Sizes.REAL).forEach(one -> add(one.name()));
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Case<Stage>> cases = chosen();
        Pace pace = quick ? Pace.QUICK : Pace.FULL;
        if (rounds != null) {
            pace = pace.withRounds(atLeastOne(rounds));
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            Result result = measure(cases, pace, new Progress(err));
            print(result);
            if (report != null) {
                LedgerBench.report(result, report);
                err.println("Written: " + report.resolve("performance.md") + " and its chart.");
            }
            return 0;
        } catch (BrokenPromiseException e) {
            err.println("The run FAILED, its figures are worth nothing. " + e.getMessage());
        } catch (EmbeddedPostgresException | SQLException e) {
            err.println("The run did not end: " + e.getMessage());
        }
        return 1;
    }

    private void print(Result result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(result.json());
        } else {
            result.print(out);
            if (quick) {
                out.println();
                out.println("Only a first impression: one short round. Compare figures of full runs only.");
            }
        }
        out.flush();
    }

    private int atLeastOne(int given) {
        if (given < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds: " + given + " (expected: 1 or more)");
        }
        return given;
    }

    private List<Case<Stage>> chosen() {
        for (String name : names) {
            if (all.stream().noneMatch(one -> one.name().equals(name))) {
                String expected = all.stream().map(Case::name).collect(Collectors.joining(", "));
                throw new ParameterException(
                        spec.commandLine(), "--case: \"" + name + "\" (expected: " + expected + ")");
            }
        }
        return all.stream()
                .filter(one -> names.isEmpty() ? runsUnasked(one) : names.contains(one.name()))
                .toList();
    }

    private boolean runsUnasked(Case<Stage> one) {
        return one.when() == When.ALWAYS || one.when() == When.IN_FULL && (!quick || report != null);
    }

    private Result measure(List<Case<Stage>> cases, Pace pace, Progress progress)
            throws SQLException, InterruptedException, IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(dataFolder()), "pg-");
        long chosenSeed = seed == null ? new SplittableRandom().nextLong(1_000_000_000L) : seed;
        try {
            String disk = Machine.disk(folder);
            try (EmbeddedPostgres postgres =
                            EmbeddedPostgres.start(EmbeddedPostgres.Settings.in(folder.resolve("pg")));
                    Stage stage = new Stage(postgres, "stockhub", chosenSeed)) {
                Result result = LedgerBench.run(stage, cases, pace, progress);
                result.about().put("disk", disk);
                return result;
            }
        } finally {
            delete(folder);
        }
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
