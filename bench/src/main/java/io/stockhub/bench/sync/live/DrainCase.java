package io.stockhub.bench.sync.live;

import io.stockhub.bench.Case;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Row;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Timing;
import io.stockhub.connectors.folder.ConnectorFolders;
import io.stockhub.fixtures.sandbox.QuantityWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A backlog on every channel at once, at the limits that the connectors' manifests state: how much of each limit is used,
 * and what that costs the hub. Watched for some time: where a call carries one number, all of it takes hours.
 */
final class DrainCase implements Case<Live> {
    private static final String WRITE = "set-quantities";
    private static final double CORES = 0.5;
    private static final double SHARE = 0.9;
    private static final int LINES = 1_000;
    private static final Duration COMPILING = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public String title() {
        return "every listing of every channel has a new number, and channels are called as often as they allow";
    }

    /** What a channel took while it had a backlog. */
    private record Drained(double callsPerSecond, double limit, long numbers, int batch) {}

    @Override
    public Outcome run(Live live, Pace pace, Progress progress) throws InterruptedException {
        int skus = live.sizes().drainSkus();
        Map<String, Drained> drained = new LinkedHashMap<>();
        double hub;
        double database;
        int channels;
        try (Town town = Town.open(live, Town.Timing.FAST, skus, progress)) {
            channels = town.script.channels().size();
            progress.detail("starting the hub again, at the channels' own limits");
            town.restart(Town.Timing.MANIFEST);
            progress.detail(skus * channels + " listings get new numbers");
            Map<String, Long> before = new HashMap<>();
            town.script.channels().forEach(channel -> before.put(channel, town.sandboxes.written(channel)));
            for (int from = 0; from < skus; from += LINES) {
                town.api()
                        .adjust(town.skus.subList(from, Math.min(skus, from + LINES)).stream()
                                .map(sku -> new HubApi.Change(sku, -1))
                                .toList());
            }
            // The hub works out so many numbers once, and runs for the first time what sends them.
            Thread.sleep(COMPILING);
            progress.detail("watching for " + live.sizes().drained().toSeconds() + " s");
            HubProcess.Cpu cpu = town.hub().cpu();
            long began = System.nanoTime();
            Thread.sleep(live.sizes().drained());
            Duration wall = Duration.ofNanos(System.nanoTime() - began);
            HubProcess.Cpu used = town.hub().cpu().since(cpu);
            hub = Cores.of(used.hub(), wall);
            database = Cores.of(used.database(), wall);
            for (String channel : town.script.channels()) {
                drained.put(channel, drained(channel, town.writes(channel, before.get(channel))));
            }
        }
        return new Outcome(rows(skus * channels, hub, database, drained), List.of());
    }

    /** From the first call to the last one that was seen. */
    private static Drained drained(String channel, List<QuantityWrite> writes) {
        List<Instant> calls = writes.stream()
                .map(QuantityWrite::arrivedAt)
                .distinct()
                .sorted()
                .toList();
        double seconds = calls.isEmpty()
                ? 0
                : Duration.between(calls.getFirst(), calls.getLast()).toNanos() / 1e9;
        Manifest manifest = ConnectorFolders.load(List.of("classpath:connectors"))
                .get(channel)
                .manifest();
        return new Drained(
                seconds == 0 ? calls.size() : (calls.size() - 1) / seconds,
                Timing.defaults(manifest).rateOf(WRITE).requestsPerSecond(),
                writes.size(),
                manifest.limits().batchSize());
    }

    private static List<Row> rows(int listings, double hub, double database, Map<String, Drained> drained) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(
                "drain: cores that the hub used, %,d listings to tell".formatted(listings),
                hub,
                null,
                null,
                "< 0.5",
                false,
                hub < CORES));
        rows.add(Row.of("drain: cores that its database used", database));
        drained.forEach((channel, one) -> {
            double share = one.callsPerSecond() / one.limit();
            rows.add(new Row(
                    "drain: calls/s to " + channel + ", up to " + one.batch() + " numbers each; its limit",
                    one.callsPerSecond(),
                    one.limit(),
                    share,
                    "≥ 0.9 of its limit",
                    false,
                    share >= SHARE));
        });
        drained.forEach((channel, one) -> rows.add(Row.of("drain: numbers told to " + channel, one.numbers())));
        return rows;
    }
}
