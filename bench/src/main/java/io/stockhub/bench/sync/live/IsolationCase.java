package io.stockhub.bench.sync.live;

import io.stockhub.bench.Case;
import io.stockhub.bench.Medians;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether channels that do not answer delay the others. In turns: all channels well, and one dead and one that keeps each
 * caller waiting, while the one that is left is measured; so for each that can be left.
 */
final class IsolationCase implements Case<Live> {
    private static final double GOAL = 1.1;

    @Override
    public String name() {
        return "isolation";
    }

    @Override
    public String title() {
        return "one channel dead (connections are reset) and one that answers each call after 10 s:"
                + " what the third is told, and when";
    }

    /** Percentiles with and without broken neighbours, round by round. */
    private record Series(List<Double> with, List<Double> without) {
        Series() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public Outcome run(Live live, Pace pace, Progress progress) throws InterruptedException {
        double perSecond = live.sizes().isolationPerSecond();
        Map<String, Series> p50 = new LinkedHashMap<>();
        Map<String, Series> p99 = new LinkedHashMap<>();
        try (Town town = Town.open(live, Town.Timing.FAST, live.sizes().skus(), progress)) {
            Sales sales = new Sales(town, live.seed());
            sales.warmUp(perSecond, live.sizes().warmUp(), progress);
            List<String> others = town.script.otherIds();
            for (int round = 1; round <= pace.rounds(); round++) {
                for (int i = 0; i < others.size(); i++) {
                    String measured = others.get(i);
                    List<String> broken =
                            List.of(others.get((i + 1) % others.size()), others.get((i + 2) % others.size()));
                    progress.detail("round " + round + " of " + pace.rounds() + ", " + measured);
                    // Who comes first changes from round to round: a hub gets faster, a machine slower.
                    boolean wellFirst = round % 2 == 1;
                    double[] first = measured(town, sales, perSecond, pace, measured, wellFirst ? List.of() : broken);
                    double[] second = measured(town, sales, perSecond, pace, measured, wellFirst ? broken : List.of());
                    double[] without = wellFirst ? first : second;
                    double[] with = wellFirst ? second : first;
                    add(p50, measured, Arrivals.percentile(with, 50), Arrivals.percentile(without, 50));
                    add(p99, measured, Arrivals.percentile(with, 99), Arrivals.percentile(without, 99));
                }
            }
            town.verify();
        }
        List<Row> rows = new ArrayList<>();
        p99.forEach((channel, one) -> rows.add(row(channel, "p99", one, true)));
        p50.forEach((channel, one) -> rows.add(row(channel, "p50", one, false)));
        return new Outcome(rows, List.of());
    }

    /** @param broken none, or the one that is dead and the one that is slow */
    private static double[] measured(
            Town town, Sales sales, double perSecond, Pace pace, String channel, List<String> broken)
            throws InterruptedException {
        if (!broken.isEmpty()) {
            town.fault(broken.get(0), "reset", 0);
            town.fault(broken.get(1), "slow", 0);
        }
        Sales.Run run = sales.run(perSecond, pace.warmUp(), pace.measured());
        double[] millis = sales.millis(run, channel);
        for (String one : broken) {
            town.repair(one);
        }
        sales.settle(run);
        return millis;
    }

    private static void add(Map<String, Series> all, String channel, double with, double without) {
        Series series = all.computeIfAbsent(channel, one -> new Series());
        series.with().add(with);
        series.without().add(without);
    }

    private static Row row(String channel, String which, Series one, boolean goal) {
        double ratio = Medians.median(Medians.ratios(one.with(), one.without()));
        return new Row(
                "isolation: sale to request at " + channel + ", others broken, ms, " + which,
                Medians.median(one.with()),
                Medians.median(one.without()),
                ratio,
                goal ? "≤ 1.10 × with all well" : null,
                false,
                goal ? (Boolean) (ratio <= GOAL) : null);
    }
}
