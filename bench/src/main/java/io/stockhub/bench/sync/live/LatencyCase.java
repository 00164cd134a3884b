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

/** How long it takes until a sale on one channel is on its way to the others. */
final class LatencyCase implements Case<Live> {
    private static final String ALL = "";
    private static final double P50_GOAL = 50;
    private static final double P99_GOAL = 500;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String title() {
        return "a sale on one channel until the request with the new number arrives at the three others";
    }

    /** Percentiles of the hub's and of the yardstick's, round by round. */
    private record Series(List<Double> hub50, List<Double> hub99, List<Double> yard50, List<Double> yard99) {
        Series() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void add(double[] hub, double[] yard) {
            hub50.add(Arrivals.percentile(hub, 50));
            hub99.add(Arrivals.percentile(hub, 99));
            yard50.add(Arrivals.percentile(yard, 50));
            yard99.add(Arrivals.percentile(yard, 99));
        }
    }

    @Override
    public Outcome run(Live live, Pace pace, Progress progress) throws InterruptedException {
        int perSecond = live.sizes().perSecond();
        Map<String, Series> series = new LinkedHashMap<>();
        List<Double> hubCores = new ArrayList<>();
        List<Double> databaseCores = new ArrayList<>();
        try (Town town = Town.open(live, Town.Timing.FAST, live.sizes().skus(), progress)) {
            Sales sales = new Sales(town, live.seed());
            sales.warmUp(perSecond, live.sizes().warmUp(), progress);
            Yardstick yardstick = new Yardstick(town);
            for (int round = 1; round <= pace.rounds(); round++) {
                progress.detail("round " + round + " of " + pace.rounds());
                Sales.Run run = sales.run(perSecond, pace.warmUp(), pace.measured());
                Map<String, double[]> hub = new LinkedHashMap<>();
                for (String channel : town.script.otherIds()) {
                    hub.put(channel, sales.millis(run, channel));
                }
                town.awaitConfirmed(town.script.channels());
                Map<String, double[]> yard = yardstick.run(perSecond, pace.warmUp(), pace.measured());
                series.computeIfAbsent(ALL, all -> new Series())
                        .add(Arrivals.joined(hub.values()), Arrivals.joined(yard.values()));
                hub.forEach((channel, millis) ->
                        series.computeIfAbsent(channel, one -> new Series()).add(millis, yard.get(channel)));
                hubCores.add(Cores.of(run.cpu().hub(), run.wall()));
                databaseCores.add(Cores.of(run.cpu().database(), run.wall()));
            }
            town.verify();
        }
        List<Row> rows = new ArrayList<>();
        series.forEach((channel, one) -> {
            String who = channel.equals(ALL) ? "sale to request, ms" : "sale to request at " + channel + ", ms";
            rows.add(row("latency: " + who + ", p50", one.hub50(), one.yard50(), channel.equals(ALL) ? P50_GOAL : 0));
            rows.add(row("latency: " + who + ", p99", one.hub99(), one.yard99(), channel.equals(ALL) ? P99_GOAL : 0));
        });
        rows.add(Row.of("latency: cores that the hub used", Medians.median(hubCores)));
        rows.add(Row.of("latency: cores that its database used", Medians.median(databaseCores)));
        return new Outcome(rows, List.of());
    }

    /** @param goal at most; 0 for none */
    private static Row row(String name, List<Double> hub, List<Double> yard, double goal) {
        double figure = Medians.median(hub);
        return new Row(
                name,
                figure,
                Medians.median(yard),
                Medians.median(Medians.ratios(hub, yard)),
                goal == 0 ? null : "≤ " + (int) goal + " ms",
                false,
                goal == 0 ? null : (Boolean) (figure <= goal));
    }
}
