package io.stockhub.bench.sync;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays a flash sale over some seeds, and prints what each way of selling oversold; exits 1 when escrow did. */
@Command(
        name = "sync",
        description = {
            "A flash sale on four channels whose updates take up to half a minute, simulated: what escrow oversells,",
            "and what other ways of telling channels their numbers do. The decisions of escrow are the product's own.",
            "Exits 0 when escrow oversold nothing, whatever the other goals."
        },
        mixinStandardHelpOptions = true)
public final class SyncCommand implements Callable<Integer> {
    private final List<Selling> ways;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Option(names = "--seeds", paramLabel = "N", description = "How many sales. Default: ${DEFAULT-VALUE}.")
    private int seeds = 20;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the first sale; each other one has the next. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Also write the figures into DIR/performance-sync.md.")
    private @Nullable Path report;

    public SyncCommand() {
        this(Selling.ALL);
    }

    SyncCommand(List<Selling> ways) {
        this.ways = ways;
    }

    @Override
    public Integer call() throws IOException {
        if (seeds < 1) {
            throw new ParameterException(spec.commandLine(), "--seeds: " + seeds + " (expected: 1 or more)");
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            SyncBench bench = SyncBench.run(ways, seed, seeds, new Progress(err));
            print(bench);
            if (report != null) {
                err.println("Written: " + bench.report(report));
            }
            return 0;
        } catch (BrokenPromiseException e) {
            err.println("The run FAILED, its figures are worth nothing. " + e.getMessage());
            return 1;
        }
    }

    private void print(SyncBench bench) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(bench.result().json());
        } else {
            bench.print(out);
        }
        out.flush();
    }
}
