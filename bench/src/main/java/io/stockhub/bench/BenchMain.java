package io.stockhub.bench;

import io.stockhub.bench.ledger.LedgerCommand;
import io.stockhub.bench.replay.ReplayBenchCommand;
import io.stockhub.bench.sync.SyncCommand;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The benchmarks, one subcommand each. Exits 0 on success, 1 on failure, 2 on wrong usage. */
@Command(
        name = "bench",
        description = "Benchmarks; without a name it lists them.",
        mixinStandardHelpOptions = true,
        subcommands = {LedgerCommand.class, SyncCommand.class, ReplayBenchCommand.class})
public final class BenchMain implements Callable<Integer> {
    private static final Map<String, String> ALL = new LinkedHashMap<>();

    static {
        ALL.put("ledger", "reservations a second, latency and cost per order, against the usual ways");
        ALL.put("sync", "how fast channels are told their numbers, and how much each way of telling them oversells");
        ALL.put(
                "replay",
                "dead letters by cause: how they are told apart, and how fast they are listed and sent again");
        ALL.put("mapping", "mapping of messages");
        ALL.put("edi", "parsing and acknowledging of EDI");
        ALL.put("console", "pages of the console");
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Which benchmark.")
    private @Nullable String name;

    private BenchMain() {}

    public static void main(String[] arguments) {
        // Named here, not found by name, so that whoever has this jar on the class path keeps their own logging.
        System.setProperty("logback.configurationFile", "io/stockhub/bench/logback.xml");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchMain());
    }

    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        if (name == null) {
            list(line.getOut());
            return 0;
        }
        if (!ALL.containsKey(name)) {
            throw new ParameterException(
                    line, "bench: \"" + name + "\" (expected: " + String.join(", ", ALL.keySet()) + ")");
        }
        line.getErr()
                .println("The benchmark \"" + name + "\" is not built yet. Built: "
                        + String.join(", ", line.getSubcommands().keySet()) + ".");
        return 1;
    }

    private void list(PrintWriter out) {
        List<String> built = List.copyOf(spec.commandLine().getSubcommands().keySet());
        ALL.forEach((benchmark, what) ->
                out.printf("%-8s  %s%s%n", benchmark, what, built.contains(benchmark) ? "" : " (not built yet)"));
        out.flush();
    }
}
