package io.stockhub.bench.ledger;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Case;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Result;
import io.stockhub.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the ledger and prints the figures; exits 1 when what was measured was not right. */
@Command(
        name = "ledger",
        description = "The stock master against the usual ways of reserving stock, on the same rows.",
        mixinStandardHelpOptions = true)
public final class LedgerCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "A first impression in about a minute: one short round.")
    private boolean quick;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Option(names = "--case", paramLabel = "NAME", arity = "1..*", description = "Only these cases.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds per case. Default: 5, with --quick 1.")
    private @Nullable Integer rounds;

    @Option(names = "--seed", paramLabel = "N", description = "Of all random choices. Default: another one each time.")
    private @Nullable Long seed;

    @Override
    public Integer call() throws Exception {
        List<Case<Stage>> cases = chosen();
        Pace pace = quick ? Pace.QUICK : Pace.FULL;
        if (rounds != null) {
            pace = pace.withRounds(rounds);
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            Result result = measure(cases, pace, new Progress(err));
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
            return 1;
        }
    }

    private List<Case<Stage>> chosen() {
        List<Case<Stage>> all = LedgerCases.all();
        Set<String> known = all.stream().map(Case::name).collect(Collectors.toSet());
        for (String name : names) {
            if (!known.contains(name)) {
                String expected = all.stream().map(Case::name).collect(Collectors.joining(", "));
                throw new ParameterException(
                        spec.commandLine(), "--case: \"" + name + "\" (expected: " + expected + ")");
            }
        }
        return all.stream()
                .filter(one -> names.isEmpty() || names.contains(one.name()))
                .toList();
    }

    private Result measure(List<Case<Stage>> cases, Pace pace, Progress progress)
            throws SQLException, InterruptedException, IOException {
        Path folder = Files.createTempDirectory("stockhub-bench-");
        long chosenSeed = seed == null ? System.nanoTime() : seed;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgres.Settings.in(folder.resolve("pg")));
                Stage stage = new Stage(postgres, "stockhub", chosenSeed)) {
            return LedgerBench.run(stage, cases, pace, progress);
        }
    }
}
