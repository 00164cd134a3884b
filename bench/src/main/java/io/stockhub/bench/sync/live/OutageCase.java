package io.stockhub.bench.sync.live;

import io.stockhub.bench.Case;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Row;
import io.stockhub.fixtures.sandbox.QuantityWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A channel answers everything with 503 while its numbers go up and down; then it is well again. In the first four fifths
 * of the outage the stock changes; what it changed to last is all that the channel has to hear.
 */
final class OutageCase implements Case<Live> {
    private static final int STATUS = 503;
    private static final int MOST = 3;

    @Override
    public String name() {
        return "outage";
    }

    @Override
    public String title() {
        return "a channel is out while stock changes, up and down; what it is told when it is back";
    }

    @Override
    public Outcome run(Live live, Pace pace, Progress progress) throws InterruptedException {
        Sizes sizes = live.sizes();
        List<Row> rows = new ArrayList<>();
        try (Town town = Town.open(live, Town.Timing.FAST, sizes.changedSkus(), progress)) {
            // Of those that are told one number a call: the most calls there can be.
            String channel = town.script.otherIds().getFirst();
            progress.detail(sizes.outage().toSeconds() + " s of outage, " + sizes.changes() + " changes");
            long end = System.nanoTime() + sizes.outage().toNanos();
            town.fault(channel, "status", STATUS);
            Map<String, Long> expected = changes(town, live);
            List<String> others = town.script.channels().stream()
                    .filter(other -> !other.equals(channel))
                    .toList();
            town.awaitListed(expected::get, others);
            Duration left = Duration.ofNanos(end - System.nanoTime());
            Thread.sleep(left.isNegative() ? Duration.ZERO : left);
            long late = Math.max(0, -left.toMillis());
            long before = town.sandboxes.written(channel);
            long stale = town.listed(channel).entrySet().stream()
                    .filter(listing -> !listing.getValue().equals(expected.get(listing.getKey())))
                    .count();
            long back = System.nanoTime();
            town.repair(channel);
            progress.detail("the channel is back, " + stale + " of its numbers are old");
            town.awaitListed(expected::get, List.of(channel));
            double seconds = (System.nanoTime() - back) / 1e9;
            town.awaitConfirmed(town.script.channels());
            town.verify();
            Map<String, Long> writes = town.writes(channel, before).stream()
                    .collect(Collectors.groupingBy(QuantityWrite::sku, Collectors.counting()));
            long most =
                    writes.values().stream().mapToLong(Long::longValue).max().orElse(0);
            long all = writes.values().stream().mapToLong(Long::longValue).sum();
            rows.add(new Row(
                    "outage: updates of one listing after it, most; changes of one during it, mean",
                    most,
                    (double) sizes.changes() / sizes.changedSkus(),
                    null,
                    "≤ 1, and converged",
                    false,
                    most <= 1));
            rows.add(new Row(
                    "outage: updates after it; listings that had another number",
                    all,
                    (double) stale,
                    (double) all / stale,
                    null,
                    false,
                    null));
            rows.add(Row.of("outage: seconds from its end until all was told", seconds));
            rows.add(Row.of("outage: seconds that it lasted", sizes.outage().toSeconds() + late / 1_000.0));
            rows.add(Row.of("outage: changes of stock during it", sizes.changes()));
        }
        return new Outcome(rows, List.of());
    }

    /** Changes stock at an even pace; what each SKU is to be listed with after it. */
    private static Map<String, Long> changes(Town town, Live live) throws InterruptedException {
        Sizes sizes = live.sizes();
        SplittableRandom random = new SplittableRandom(live.seed());
        Map<String, Long> expected = new HashMap<>();
        town.skus.forEach(sku -> expected.put(sku, Town.PLENTY));
        List<List<HubApi.Change>> movements = new ArrayList<>();
        int next = 0;
        for (int made = 0; made < sizes.changes(); made += sizes.linesPerChange()) {
            Map<String, Long> lines = new LinkedHashMap<>();
            for (int line = 0; line < sizes.linesPerChange(); line++) {
                // Never back to where it was before this one.
                long units = (random.nextInt(MOST) + 1L) * (random.nextBoolean() ? 1 : -1);
                lines.put(town.skus.get(next++ % town.skus.size()), units);
            }
            lines.forEach((sku, units) -> expected.merge(sku, units, Long::sum));
            movements.add(lines.entrySet().stream()
                    .map(line -> new HubApi.Change(line.getKey(), line.getValue()))
                    .toList());
        }
        double perSecond = movements.size() / (0.8 * sizes.outage().toMillis() / 1_000);
        Pacer.run(perSecond, movements.size(), (i, planned) -> town.api().adjust(movements.get(i)));
        return expected;
    }
}
