package io.stockhub.bench.sync;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Page;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Result;
import io.stockhub.bench.Row;
import io.stockhub.bench.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The same sales once for each way of selling.
 *
 * @param about what was simulated
 */
record SyncBench(Map<String, String> about, List<Tally> tallies) {
    static final String NAME = "sync";

    /** @throws BrokenPromiseException when who promises that nothing is oversold oversells, or its bound does not hold */
    static SyncBench run(List<Selling> ways, long first, int seeds, Progress progress) {
        List<Tally> tallies = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            Selling selling = ways.get(i);
            progress.step(i + 1, ways.size(), selling.name());
            Tally tally = new Tally(selling);
            for (long seed = first; seed < first + seeds; seed++) {
                FlashSale.Outcome outcome = FlashSale.run(World.standard(seed), selling.way());
                if (selling.promises() && outcome.oversold() > 0) {
                    throw new BrokenPromiseException(selling.name() + " sold " + outcome.oversold()
                            + " units that were not there: seed " + seed);
                }
                tally.add(outcome);
            }
            tallies.add(tally);
        }
        return new SyncBench(about(first, seeds), tallies);
    }

    private static Map<String, String> about(long first, int seeds) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("seeds", first + " to " + (first + seeds - 1));
        about.put(
                "sale",
                "%,d units, %,d buyers within %d minutes, who look up to %d times"
                        .formatted(World.UNITS, World.BUYERS, World.LENGTH.toMinutes(), FlashSale.LOOKS));
        about.put(
                "channels",
                "4, whose updates take 0.2 to 1 s, 1 to 3 s, 2 to 10 s and 10 to 30 s; clocks off by up to "
                        + World.CLOCK_OFF.toSeconds() + " s");
        about.put("outage", "one channel for " + World.OUTAGE.toSeconds() + " s");
        about.put("simulated", "channels, buyers, network, clock, and the ledger as a counter of one SKU");
        about.put("the product's own", "the decisions of escrow: Slice, Escrow, Demand");
        about.put("measured", "no time: the same seed gives the same figures on every machine");
        return about;
    }

    private Table table() {
        Table table = new Table(
                "way of selling",
                "oversold, median",
                "worst",
                "sum",
                "in seeds",
                "sold %, median",
                "least",
                "turned away, median",
                "goal",
                "holds");
        for (Tally tally : tallies) {
            boolean promises = tally.selling().promises();
            table.row(
                    tally.selling().name(),
                    whole(tally.oversoldMedian()),
                    whole(tally.oversoldWorst()),
                    whole(tally.oversoldSum()),
                    whole(tally.oversoldSeeds()),
                    percent(tally.soldMedian()),
                    percent(tally.soldWorst()),
                    whole(tally.turnedAwayMedian()),
                    promises ? "0 oversold, ≥ 98 % sold, in every seed" : "-",
                    promises ? holds(tally) ? "yes" : "no" : "-");
        }
        return table;
    }

    private static boolean holds(Tally tally) {
        return tally.oversoldSum() == 0 && tally.soldWorst() >= Tally.GOAL_PERCENT;
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, value % 1 == 0 ? "%,.0f" : "%,.1f", value);
    }

    private static String percent(double value) {
        // Rounded down: 97.96 is not the 98 that was promised.
        return String.format(Locale.ROOT, "%.1f", Math.floor(value * 10) / 10);
    }

    /** For programs: in the shape of every benchmark. */
    Result result() {
        List<Row> rows = new ArrayList<>();
        for (Tally tally : tallies) {
            String name = tally.selling().name();
            boolean promises = tally.selling().promises();
            rows.add(Row.of(name + ": units oversold, median", tally.oversoldMedian()));
            rows.add(Row.of(name + ": units oversold, worst seed", tally.oversoldWorst()));
            rows.add(row(
                    name + ": units oversold, all seeds",
                    tally.oversoldSum(),
                    promises ? "0" : null,
                    tally.oversoldSum() == 0));
            rows.add(Row.of(name + ": seeds in which units were oversold", tally.oversoldSeeds()));
            rows.add(Row.of(name + ": units sold, %, median", tally.soldMedian()));
            rows.add(row(
                    name + ": units sold, %, worst seed",
                    tally.soldWorst(),
                    promises ? "≥ 98 %" : null,
                    tally.soldWorst() >= Tally.GOAL_PERCENT));
            rows.add(Row.of(name + ": buyers turned away, median", tally.turnedAwayMedian()));
        }
        return new Result(NAME, about, rows, List.of());
    }

    private static Row row(String name, double figure, @Nullable String goal, boolean holds) {
        return new Row(name, figure, null, null, goal, false, goal == null ? null : (Boolean) holds);
    }

    /** For people. */
    void print(PrintWriter out) {
        about.forEach((name, value) -> out.println("  " + name + " = " + value));
        out.println();
        table().print(out);
    }

    /** Into {@code performance-sync.md} of the folder. */
    Path report(Path folder) throws IOException {
        Path file = Files.createDirectories(folder).resolve("performance-sync.md");
        List<String> lines = new ArrayList<>();
        about.forEach((name, value) -> lines.add("- " + name + ": " + value));
        new Page(file, NAME).write(table().markdown() + "\n\n" + String.join("\n", lines));
        return file;
    }
}
