package io.stockhub.bench.sync.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Case;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Row;
import io.stockhub.bench.sync.live.Drifts.Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Some listings show what they should not, for six reasons. All channels are read back within their share of calls: which
 * are found, how many with the right cause, and by how many calls?
 */
public final class DriftCase implements Case<Live> {
    private static final double SHARE = 0.10;
    private static final double CALLS_PER_SECOND = 400;
    private static final double GOAL = 0.95;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final int listings;
    private final int drifts;

    /** @param listings of all four channels together */
    public DriftCase(int listings, int drifts) {
        this.listings = listings;
        this.drifts = drifts;
    }

    @Override
    public String name() {
        return "drift";
    }

    @Override
    public String title() {
        return "channels read back: which listings show what they should not, and why";
    }

    @Override
    public Outcome run(Live live, Pace pace, Progress progress) throws InterruptedException {
        try (Town town = Town.open(live, Town.Timing.READ_BACK, listings / 4, progress)) {
            progress.detail("telling each SKU a number of its own");
            numbers(town);
            town.awaitConfirmed(town.script.channels());
            progress.detail("reading everything back for the first time");
            until(() -> neverProven(town) == 0, "not all was read back");
            Drifts made = new Drifts(town);
            String since = Instant.now().minusSeconds(1).toString();
            made.updates(drifts);
            awaitOrdersRead(town);
            progress.detail("reading back what " + drifts + " drifts were made in");
            made.there(drifts);
            Map<String, Long> before = calls(town);
            long began = System.nanoTime();
            for (String channel : town.script.channels()) {
                town.api().call("POST", "/api/v1/channels/" + channel + "/reconcile", "");
            }
            until(() -> toRead(town) == 0, "not all was read");
            double seconds = (System.nanoTime() - began) / 1e9;
            Map<Listing, String> seen = found(town, since, made);
            double share = share(before, calls(town), seconds);
            progress.detail("waiting for the orders that explain some");
            try {
                until(() -> !found(town, since, made).containsValue("unexplained"), "some drift was never explained");
            } catch (BrokenPromiseException late) {
                progress.detail(String.valueOf(late.getMessage()));
            }
            Map<Listing, String> found = found(town, since, made);
            List<String> wrong = Drifts.wrong(made.made, found);
            wrong.forEach(progress::detail);
            double right = 1 - wrong.size() / (double) made.made.size();
            long mistaken = found.keySet().stream()
                    .filter(listing -> !made.made.containsKey(listing))
                    .count();
            long hits = made.made.keySet().stream().filter(seen::containsKey).count();
            return new Outcome(
                    List.of(
                            new Row(
                                    "drift: of %,d made in %,d listings, found".formatted(made.made.size(), listings),
                                    hits,
                                    (double) made.made.size(),
                                    hits / (double) made.made.size(),
                                    "all",
                                    false,
                                    hits == made.made.size()),
                            new Row(
                                    "drift: % with the right cause, of six",
                                    100 * right, null, null, "≥ 95", false, right >= GOAL),
                            new Row(
                                    "drift: calls for reading, % of the dearest channel's budget",
                                    100 * share, 100 * SHARE, share / SHARE, "≤ 10", false, share <= SHARE),
                            new Row(
                                    "drift: listings that were said to be wrong and were right",
                                    mistaken,
                                    null,
                                    null,
                                    "0",
                                    false,
                                    mistaken == 0),
                            Row.of("drift: seconds until all %,d were read".formatted(listings), seconds)),
                    List.of());
        }
    }

    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private static void until(Condition condition, String otherwise) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new BrokenPromiseException(otherwise + " within " + PATIENCE.toMinutes() + " minutes");
            }
            Thread.sleep(500);
        }
    }

    /** So that a number says whose it is. */
    private static void numbers(Town town) throws InterruptedException {
        List<HubApi.Change> lines = new ArrayList<>();
        for (int i = 1; i < town.skus.size(); i++) {
            lines.add(new HubApi.Change(town.skus.get(i), -i));
            if (lines.size() == 1_000 || i == town.skus.size() - 1) {
                town.api().adjust(List.copyOf(lines));
                lines.clear();
            }
        }
    }

    private static long neverProven(Town town) throws InterruptedException {
        long sum = 0;
        for (JsonNode channel : town.api().call("GET", "/api/v1/channels", "").path("channels")) {
            sum += channel.path("neverProven").asLong();
        }
        return sum;
    }

    private static long toRead(Town town) throws InterruptedException {
        long sum = 0;
        for (String channel : town.script.channels()) {
            sum += town.api()
                    .call("GET", "/api/v1/channels/" + channel + "/reconcile", "")
                    .path("toRead")
                    .asLong();
        }
        return sum;
    }

    /** Sales made right after it are heard of as late as can be. */
    private static void awaitOrdersRead(Town town) throws InterruptedException {
        Map<String, String> known = ordersRead(town);
        until(
                () -> {
                    Map<String, String> now = ordersRead(town);
                    return known.keySet().stream()
                            .noneMatch(channel -> known.get(channel).equals(now.get(channel)));
                },
                "orders were not read");
    }

    private static Map<String, String> ordersRead(Town town) throws InterruptedException {
        Map<String, String> read = new HashMap<>();
        for (JsonNode channel : town.api().call("GET", "/api/v1/channels", "").path("channels")) {
            read.put(
                    channel.path("channel").asText(),
                    channel.path("ordersReadUntil").asText());
        }
        return read;
    }

    private static Map<String, Long> calls(Town town) {
        Map<String, Long> calls = new HashMap<>();
        town.script.channels().forEach(channel -> calls.put(channel, town.sandboxes.otherCalls(channel)));
        return calls;
    }

    /** Of the calls that the channel could have had; of the channel that took the largest part. */
    private static double share(Map<String, Long> before, Map<String, Long> after, double seconds) {
        return before.keySet().stream()
                .mapToDouble(channel -> (after.get(channel) - before.get(channel)) / (seconds * CALLS_PER_SECOND))
                .max()
                .orElse(0);
    }

    /** The first drift of each listing that was found since then; of those that were made the last, which is judged last. */
    private static Map<Listing, String> found(Town town, String since, Drifts made) throws InterruptedException {
        Map<Listing, String> found = new HashMap<>();
        for (JsonNode drift : town.api()
                .call("GET", "/api/v1/drifts?limit=1000&since=" + since, "")
                .path("drifts")) {
            found.put(
                    new Listing(
                            drift.path("channel").asText(), drift.path("sku").asText()),
                    drift.path("cause").asText());
        }
        return found;
    }
}
