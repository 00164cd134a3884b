package io.stockhub.bench.sync;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Case;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Result;
import io.stockhub.bench.sync.live.Live;
import io.stockhub.bench.sync.live.LiveBench;
import io.stockhub.bench.sync.live.LiveCases;
import io.stockhub.bench.sync.live.Sizes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Plays a flash sale over some seeds, times the hub between its sandboxes, and prints the figures; exits 1 when escrow
 * oversold or a number did not arrive.
 */
@Command(
        name = "sync",
        description = {
            "How fast and how safely channels are told their numbers.",
            "flash-sale: four channels whose updates take up to half a minute, simulated: what escrow oversells, and what",
            "other ways of telling channels do. The others start a hub and the sandboxes, and take the time.",
            "Exits 0 when nothing was oversold in escrow and each number arrived, whatever the other goals."
        },
        mixinStandardHelpOptions = true)
public final class SyncCommand implements Callable<Integer> {
    private static final String FLASH_SALE = "flash-sale";
    private static final Pace NORMAL = new Pace(3, Duration.ofSeconds(3), Duration.ofSeconds(20));
    private static final Pace QUICK = new Pace(1, Duration.ofSeconds(2), Duration.ofSeconds(5));
    private static final Duration LONG_OUTAGE = Duration.ofMinutes(10);

    private final List<Selling> ways;
    private final List<Case<Live>> timed = LiveCases.all();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "A first impression in some minutes: less of everything, one round.")
    private boolean quick;

    @Option(names = "--full", description = "An outage of ten minutes instead of one.")
    private boolean full;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Option(
            names = "--case",
            paramLabel = "NAME",
            arity = "1..*",
            completionCandidates = CaseNames.class,
            description = "Only these: ${COMPLETION-CANDIDATES}.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds per timed case. Default: 3, with --quick 1.")
    private @Nullable Integer rounds;

    @Option(names = "--seeds", paramLabel = "N", description = "How many flash sales. Default: ${DEFAULT-VALUE}.")
    private int seeds = 20;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the first flash sale, each other one has the next; of who buys what in the timed cases."
                    + " Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Also write the figures into DIR/performance-sync.md.")
    private @Nullable Path report;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the hubs keep their data, which is deleted again. Default: bench/target of the repository")
    private @Nullable Path data;

    public SyncCommand() {
        this(Selling.ALL);
    }

    SyncCommand(List<Selling> ways) {
        this.ways = ways;
    }

    /** For the help. */
    static final class CaseNames extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        CaseNames() {
            add(FLASH_SALE);
            LiveCases.all().forEach(one -> add(one.name()));
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        PrintWriter err = spec.commandLine().getErr();
        try {
            List<Result> results = new ArrayList<>();
            Progress progress = new Progress(err);
            if (chosen(FLASH_SALE)) {
                SyncBench bench = SyncBench.run(ways, seed, seeds, progress);
                results.add(bench.result());
                print(bench, err);
            }
            List<Case<Live>> cases =
                    timed.stream().filter(one -> chosen(one.name())).toList();
            for (int i = 0; i < cases.size(); i++) {
                progress.step(i + 1, cases.size(), cases.get(i).name());
                results.add(time(cases.get(i), progress, err));
            }
            if (json) {
                spec.commandLine().getOut().println(Result.joined(results).json());
                spec.commandLine().getOut().flush();
            }
            return 0;
        } catch (BrokenPromiseException e) {
            err.println("The run FAILED, its figures are worth nothing. " + e.getMessage());
        } catch (SQLException e) {
            err.println("The run did not end: " + e.getMessage());
        }
        return 1;
    }

    private void print(SyncBench bench, PrintWriter err) throws IOException {
        if (!json) {
            bench.print(spec.commandLine().getOut());
            spec.commandLine().getOut().flush();
        }
        if (report != null) {
            err.println("Written: " + bench.report(report));
        }
    }

    /** One case is measured, printed and written down before the next begins. */
    private Result time(Case<Live> one, Progress progress, PrintWriter err)
            throws IOException, SQLException, InterruptedException {
        Path folder = Files.createTempDirectory(Files.createDirectories(dataFolder()), "sync-");
        try {
            Pace pace = quick ? QUICK : NORMAL;
            Result result = LiveBench.run(
                    SyncBench.NAME,
                    one,
                    new Live(folder, sizes(), seed),
                    rounds == null ? pace : pace.withRounds(rounds),
                    progress);
            if (!json) {
                PrintWriter out = spec.commandLine().getOut();
                out.println();
                result.print(out);
                out.flush();
            }
            if (report != null) {
                err.println("Written: " + LiveBench.report(result, one, report));
            }
            return result;
        } finally {
            delete(folder);
        }
    }

    private Sizes sizes() {
        return quick ? Sizes.QUICK : full ? Sizes.REAL.withOutage(LONG_OUTAGE) : Sizes.REAL;
    }

    private boolean chosen(String name) {
        return names.isEmpty() || names.contains(name);
    }

    private void check() {
        atLeastOne("--seeds", seeds);
        atLeastOne("--rounds", rounds == null ? 1 : rounds);
        if (quick && full) {
            throw new ParameterException(spec.commandLine(), "--full: together with --quick (expected: one of them)");
        }
        List<String> known = new CaseNames();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(), "--case: \"" + name + "\" (expected: " + String.join(", ", known) + ")");
            }
        }
    }

    private void atLeastOne(String option, int given) {
        if (given < 1) {
            throw new ParameterException(spec.commandLine(), option + ": " + given + " (expected: 1 or more)");
        }
    }

    private Path dataFolder() {
        String home = System.getProperty("stockhub.home");
        if (data != null) {
            return data.toAbsolutePath();
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
