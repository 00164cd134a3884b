package io.stockhub.bench.sync.live;

import io.stockhub.bench.BrokenPromiseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes channels show what they should not, each listing once, in six ways; and remembers which. */
final class Drifts {
    private static final int CAUSES = 6;

    /** A listing that shows what it should not. */
    record Listing(String channel, String sku) {}

    /** Those that were made, with the cause that the hub should find. */
    final Map<Listing, String> made = new LinkedHashMap<>();

    private final Town town;
    private final List<String> channels;
    private final String promoting;
    private int next;

    Drifts(Town town) {
        this.town = town;
        this.channels = town.script.channels();
        this.promoting = town.script.sale().channel();
    }

    /** Updates that go wrong: to be made while the channels are told nothing else. */
    void updates(int count) throws InterruptedException {
        for (int i = 0; i < share(count, 0); i++) {
            update("rejected-feed", channels.get(i % channels.size()), "status", 400);
        }
        for (int i = 0; i < share(count, 1); i++) {
            update("lost-update", channels.get(i % channels.size()), "accepted-not-applied", 0);
        }
    }

    private void update(String cause, String channel, String kind, int status) throws InterruptedException {
        String sku = sku();
        town.faultOnce(channel, kind, status);
        town.api().adjust(List.of(new HubApi.Change(sku, -30_000)));
        town.awaitNoFault(channel);
        town.repair(channel);
        made.put(new Listing(channel, sku), cause);
    }

    /** What happens at the channels alone. */
    void there(int count) throws InterruptedException {
        for (int i = 0; i < share(count, 2); i++) {
            String channel = channels.get(i % channels.size());
            show("edited", channel, sku(), i % 2 == 0 ? 500_000 + i : 1_000 + i);
        }
        for (int i = 0; i < share(count, 3) / 2; i++) {
            String channel = channels.get(i % channels.size());
            String one = sku();
            String other = sku();
            Map<String, Long> listed = town.listed(channel);
            show("wrong-alias", channel, one, listed.get(other));
            show("wrong-alias", channel, other, listed.get(one));
        }
        for (int i = 0; i < share(count, 4); i++) {
            String sku = sku();
            town.sandboxes.setAside(sku, 700 + i);
            made.put(new Listing(promoting, sku), "promotion");
        }
        for (int i = 0; made.size() < count; i++) {
            String channel = channels.get(i % channels.size());
            String sku = sku();
            town.sell(channel, sku, 3);
            made.put(new Listing(channel, sku), "sale-in-flight");
        }
    }

    private void show(String cause, String channel, String sku, long number) {
        town.sandboxes.list(channel, Map.of(sku, number));
        made.put(new Listing(channel, sku), cause);
    }

    /** Even, so that there are pairs. */
    private static int share(int count, int cause) {
        int each = count / CAUSES;
        return cause == 3 ? each - each % 2 : each;
    }

    /** Each its own, spread over all. */
    private String sku() {
        int step = Math.max(1, town.skus.size() / 97);
        int at = next++ * step;
        if (at >= town.skus.size()) {
            throw new BrokenPromiseException("too few SKUs for so many drifts");
        }
        return town.skus.get(at);
    }

    /** In words: how many were found with another cause, by cause. */
    static List<String> wrong(Map<Listing, String> made, Map<Listing, String> found) {
        List<String> wrong = new ArrayList<>();
        made.forEach((listing, cause) -> {
            String said = found.getOrDefault(listing, "not found");
            if (!said.equals(cause)) {
                wrong.add(listing.channel() + " " + listing.sku() + ": " + cause + " was said to be " + said);
            }
        });
        return wrong;
    }
}
