package io.stockhub.routes.stockout;

import io.stockhub.stock.availability.ChangedSkus;
import io.stockhub.stock.availability.Rules;
import io.stockhub.stock.availability.SkuStock;
import io.stockhub.stock.escrow.Demand;
import io.stockhub.stock.escrow.Escrow;
import io.stockhub.stock.escrow.SalesPolicy;
import io.stockhub.stock.escrow.Slice;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Divides the units of SKUs in escrow among their listings: under the ledger's own lock, so that what a channel is told
 * and what other orders may have is decided on the same stock.
 */
public final class Division {
    /** For a channel that was never told anything: as long as the slowest feeds take. */
    private static final Duration DELAY_UNKNOWN = Duration.ofMinutes(1);

    private final ChangedSkus changedSkus;
    private final SliceStore slices;
    private final DividedSkus dividedSkus;
    private final Predicate<String> paused;

    /** @param paused whether a channel waits for a person */
    public Division(ChangedSkus changedSkus, SliceStore slices, DividedSkus dividedSkus, Predicate<String> paused) {
        this.changedSkus = changedSkus;
        this.slices = slices;
        this.dividedSkus = dividedSkus;
        this.paused = paused;
    }

    /** SKUs that may be in escrow, of those that changed. Bundles never are: their units are those of other SKUs. */
    private static Set<String> candidates(Rules rules, Collection<SkuStock> changed) {
        Set<String> candidates = new TreeSet<>();
        for (SkuStock stock : changed) {
            boolean bounded =
                    rules.policy(stock.sku(), stock.abcClass()) != SalesPolicy.SHARED || rules.exposureMax() != null;
            if (bounded && stock.parts().isEmpty()) {
                candidates.add(stock.sku());
            }
        }
        return candidates;
    }

    /** Says which SKUs are divided from now on; the others are told to each channel as they are. Locks their listings. */
    Set<String> divided(Rules rules, Map<String, SkuStock> stock) {
        Set<String> candidates = candidates(rules, stock.values());
        Map<String, List<SliceStore.Kept>> kept = bySku(candidates.isEmpty() ? List.of() : slices.lock(candidates));
        Set<String> divided = new TreeSet<>();
        for (String sku : candidates) {
            List<SliceStore.Kept> of = kept.getOrDefault(sku, List.of());
            if (rules.policy(sku, stock.get(sku).abcClass()) != SalesPolicy.AUTO || auto(rules, stock.get(sku), of)) {
                divided.add(sku);
            }
        }
        return divided;
    }

    /**
     * What a channel wants to be told without further ado: all of shared SKUs, and nothing for items of divided ones that it
     * was never told of, so that from then on it is known what it may be selling.
     */
    List<ListingStore.Want> shared(String channel, List<ListingStore.Want> wants, Set<String> divided) {
        Set<List<String>> known = new HashSet<>();
        if (!divided.isEmpty()) {
            slices.look(divided).stream()
                    .filter(one -> one.channel().equals(channel) && !one.retired())
                    .forEach(one -> known.add(List.of(one.sku(), one.channelSku())));
        }
        List<ListingStore.Want> shared = new ArrayList<>();
        for (ListingStore.Want want : wants) {
            if (!divided.contains(want.sku())) {
                shared.add(want);
            } else if (!known.contains(List.of(want.sku(), want.channelSku()))) {
                shared.add(new ListingStore.Want(
                        want.sku(), want.channelSku(), 0, want.since(), want.sequence(), want.mayWait()));
            }
        }
        return shared;
    }

    /** SKUs that were divided and are no more: nothing is set aside for their channels any longer. */
    void undo(Connection connection, Collection<String> changed, Set<String> divided) throws SQLException {
        List<String> before = new ArrayList<>(dividedSkus.among(changed));
        before.removeAll(divided);
        if (!before.isEmpty()) {
            dividedSkus.mark(before, false);
            Map<String, Long> nothing = new TreeMap<>();
            before.forEach(sku -> nothing.put(sku, 0L));
            changedSkus.lease(connection, nothing);
        }
    }

    private boolean auto(Rules rules, SkuStock stock, List<SliceStore.Kept> kept) {
        double perSecond =
                kept.stream().mapToDouble(one -> one.demand().perSecond()).sum();
        Duration slowest = kept.stream()
                .map(one -> one.delay() == null ? DELAY_UNKNOWN : one.delay())
                .max(Duration::compareTo)
                .orElse(DELAY_UNKNOWN);
        boolean dividing = kept.stream().anyMatch(SliceStore.Kept::divided);
        return Escrow.divides(units(rules, stock, kept), perSecond, slowest, kept.size(), dividing);
    }

    /**
     * Plans the numbers of divided SKUs.
     *
     * @param news by SKU
     * @return the channels that have something to be told
     */
    Set<String> plan(Connection connection, Rules rules, Set<String> divided, Map<String, ChangedSkus.Changed> news)
            throws SQLException {
        Set<String> told = new HashSet<>();
        if (divided.isEmpty()) {
            return told;
        }
        // Not before: a listing that is new has only just been written.
        dividedSkus.mark(divided, true);
        changedSkus.lock(connection, divided);
        Map<String, SkuStock> stock = changedSkus.available(connection, divided);
        Map<String, List<SliceStore.Kept>> kept = bySku(slices.lock(divided));
        Map<String, Long> leases = new TreeMap<>();
        for (String sku : divided) {
            leases.put(
                    sku,
                    plan(
                            rules,
                            stock.getOrDefault(sku, SkuStock.nothing(sku)),
                            kept.getOrDefault(sku, List.of()),
                            news.get(sku),
                            told));
        }
        changedSkus.lease(connection, leases);
        return told;
    }

    private long plan(
            Rules rules, SkuStock stock, List<SliceStore.Kept> kept, ChangedSkus.Changed news, Set<String> told) {
        Instant now = Instant.now();
        List<Escrow.Sharer> sharers = new ArrayList<>();
        for (SliceStore.Kept one : kept) {
            Demand demand = demand(one, now);
            // What a channel showed before it was told anything is not known: it begins at nothing.
            boolean begins = one.told() == null;
            long most = one.retired() || begins ? 0 : rules.ats(one.channel(), stock);
            sharers.add(new Escrow.Sharer(
                    one.slice(), demand.units(), most, !one.stopped() && !paused.test(one.channel())));
        }
        boolean shared = rules.policy(stock.sku(), stock.abcClass()) == SalesPolicy.SHARED;
        Long exposure = rules.exposureMax();
        long units = units(rules, stock, kept) + (shared && exposure != null ? exposure : 0);
        Map<String, Long> steps = new HashMap<>();
        Escrow.next(units, sharers).forEach(step -> steps.put(step.channel(), step.number()));
        List<SliceStore.Plan> plans = new ArrayList<>();
        List<SliceStore.Kept> takenBack = new ArrayList<>();
        long open = 0;
        for (SliceStore.Kept one : kept) {
            Slice slice = one.slice();
            Long number = steps.get(slice.channel());
            open += number == null ? slice.open() : slice.openWith(number);
            if (number != null) {
                plans.add(new SliceStore.Plan(one.channel(), one.sku(), one.channelSku(), number, demand(one, now)));
                told.add(one.channel());
            } else if (one.waits() && !one.retired() && one.told() != null && !slice.inFlight() && !slice.unclear()) {
                takenBack.add(one);
            }
        }
        if (!plans.isEmpty()) {
            slices.plan(plans, news, rules.maxDelay(stock.sku(), stock.abcClass()));
        }
        if (!takenBack.isEmpty()) {
            slices.takeBack(takenBack);
        }
        return shared ? 0 : open;
    }

    private static Demand demand(SliceStore.Kept one, Instant now) {
        return one.demand().until(now, one.slice().open() > 0);
    }

    /**
     * The units that are divided: what the channel with the least could sell of those that sell the SKU at all. Units that
     * only some may sell are not told to anybody, since which warehouse an order takes them from is not known beforehand.
     */
    private static long units(Rules rules, SkuStock stock, List<SliceStore.Kept> kept) {
        return kept.stream()
                .filter(one -> !one.retired())
                .map(SliceStore.Kept::channel)
                .filter(channel -> rules.ats(channel, stock) > 0)
                .mapToLong(channel -> rules.divisible(channel, stock))
                .min()
                .orElse(0);
    }

    private static Map<String, List<SliceStore.Kept>> bySku(List<SliceStore.Kept> kept) {
        Map<String, List<SliceStore.Kept>> bySku = new HashMap<>();
        kept.forEach(one ->
                bySku.computeIfAbsent(one.sku(), sku -> new ArrayList<>()).add(one));
        return bySku;
    }
}
