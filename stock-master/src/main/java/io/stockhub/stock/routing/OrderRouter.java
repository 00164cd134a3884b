package io.stockhub.stock.routing;

import io.stockhub.stock.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which location ships what of an order. Made once for each version of rules and locations; immutable, and the
 * same question has the same answer always.
 *
 * <p>The plan that ships more units wins; among those the one with the lower score; then the one with fewer parcels;
 * then priority and name of the locations. What a location may ship at all (its channels, its lanes, that it is not run
 * by a marketplace) comes before everything.
 */
public final class OrderRouter {
    /** Candidates that a plan lists, and as many that were refused. */
    public static final int CANDIDATES_MAX = 20;
    /** Warehouses among which combinations are searched. */
    public static final int SEARCHED_MAX = 12;

    private static final String NOTHING_THERE = "has nothing of this order";

    private final RoutingRules rules;
    private final List<Site> sites;
    private final Penalties penalties;

    private OrderRouter(RoutingRules rules, List<Site> sites, Penalties penalties) {
        this.rules = rules;
        this.sites = sites;
        this.penalties = penalties;
    }

    /**
     * @param warehouses each location once, in any order
     * @throws IllegalArgumentException when a location is there twice
     */
    public static OrderRouter of(RoutingRules rules, List<Warehouse> warehouses) {
        List<Warehouse> ordered = warehouses.stream()
                .sorted(Comparator.comparingInt(Warehouse::priority).thenComparing(Warehouse::location))
                .toList();
        Set<String> seen = new HashSet<>();
        List<Site> sites = new ArrayList<>();
        for (Warehouse warehouse : ordered) {
            if (!seen.add(warehouse.location())) {
                throw new IllegalArgumentException("location " + warehouse.location() + " is there twice");
            }
            sites.add(new Site(warehouse, sites.size(), rules));
        }
        return new OrderRouter(rules, List.copyOf(sites), Penalties.of(rules, ordered));
    }

    /** Where orders of the channel to this address may ship from at all, by priority and then by name. */
    public List<String> locations(String channel, Command.@Nullable ShipTo shipTo) {
        Zone address = rules.lanes.isEmpty() ? Zone.ANYWHERE : Zone.of(shipTo);
        List<String> locations = new ArrayList<>(sites.size());
        for (Site site : sites) {
            if (site.refusal(channel, address) == null) {
                locations.add(site.location);
            }
        }
        return locations;
    }

    /** Never takes more than is available or wanted. An order of which there is nothing has a plan without takes. */
    public Plan route(Order order, Stock stock, Load load, Instant now) {
        String[] skus = order.demand().keySet().toArray(String[]::new);
        long[] demand =
                order.demand().values().stream().mapToLong(Long::longValue).toArray();
        Zone address = rules.lanes.isEmpty() ? Zone.ANYWHERE : Zone.of(order.shipTo());
        Weights weights = rules.weightsOf(order);
        Draft draft = new Draft(skus, demand);
        List<Shortlist.Entry> able = new ArrayList<>(sites.size());
        for (Site site : sites) {
            String refusal = site.refusal(order.channel(), address);
            long[] there = refusal == null ? stockOf(site, skus, demand, stock) : null;
            if (there == null) {
                draft.refuse(site, refusal == null ? NOTHING_THERE : refusal);
            } else {
                Site.Parcel parcel = site.parcel(weights, penalties, load, address, now);
                able.add(new Shortlist.Entry(site, there, parcel));
            }
        }
        if (rules == RoutingRules.NONE) {
            byPriority(draft, able);
        } else {
            byScore(draft, able, weights);
        }
        return draft.plan();
    }

    /** Units by SKU, none more than is wanted; null when there is nothing. */
    private static long @Nullable [] stockOf(Site site, String[] skus, long[] demand, Stock stock) {
        long[] there = new long[skus.length];
        long sum = 0;
        for (int sku = 0; sku < skus.length; sku++) {
            there[sku] = Math.clamp(stock.available(skus[sku], site.location), 0, demand[sku]);
            sum += there[sku];
        }
        return sum == 0 ? null : there;
    }

    private void byScore(Draft draft, List<Shortlist.Entry> able, Weights weights) {
        List<Shortlist.Entry> searched =
                new ArrayList<>(Shortlist.of(able, draft.demand, rules.splitsMax, SEARCHED_MAX));
        searched.sort(Comparator.comparingLong(
                        (Shortlist.Entry entry) -> entry.parcel().points())
                .thenComparingInt(entry -> entry.site().rank));
        int size = searched.size();
        long[][] stock = new long[size][];
        long[] points = new long[size];
        int[] ranks = new int[size];
        for (int i = 0; i < size; i++) {
            stock[i] = searched.get(i).stock();
            points[i] = searched.get(i).parcel().points();
            ranks[i] = searched.get(i).site().rank;
        }
        Search search =
                new Search(draft.demand, stock, points, ranks, weights.split(), rules.splitsMax, CANDIDATES_MAX);
        List<Search.Rated> best = search.best();
        for (Search.Rated rated : best) {
            List<Shortlist.Entry> members = new ArrayList<>(rated.parcels());
            for (int set = rated.set(); set != 0; set &= set - 1) {
                members.add(searched.get(Integer.numberOfTrailingZeros(set)));
            }
            long split = weights.split() * (rated.parcels() - 1);
            Part parcels = split == 0 ? null : new Part(rated.parcels() + " parcels", split);
            draft.rate(members, rated.units(), parcels);
        }
        draft.unlisted += search.found() - best.size() + able.size() - size;
    }

    /** One parcel is better than two: the first location that can ship the whole order, else all of them in order. */
    private static void byPriority(Draft draft, List<Shortlist.Entry> able) {
        int listed = 0;
        for (Shortlist.Entry entry : able) {
            if (java.util.Arrays.equals(entry.stock(), draft.demand)) {
                if (listed++ < CANDIDATES_MAX) {
                    draft.rate(List.of(entry), draft.wanted(), null);
                } else {
                    draft.unlisted++;
                }
            }
        }
        if (listed == 0 && !able.isEmpty()) {
            List<Shortlist.Entry> members = new ArrayList<>();
            long[] open = draft.demand.clone();
            long units = 0;
            for (Shortlist.Entry entry : able) {
                long taken = 0;
                for (int sku = 0; sku < open.length; sku++) {
                    long take = Math.min(open[sku], entry.stock()[sku]);
                    open[sku] -= take;
                    taken += take;
                }
                if (taken > 0) {
                    members.add(entry);
                    units += taken;
                }
            }
            draft.rate(members, units, new Part("no location has the whole order: filled in order of priority", 0));
        }
    }

    /** The plan while it is made; the first candidate that is rated is the chosen one. */
    private static final class Draft {
        private final String[] skus;
        private final long[] demand;
        private final List<Candidate> candidates = new ArrayList<>();
        private final List<Candidate> refused = new ArrayList<>();
        private final List<Take> takes = new ArrayList<>();
        private final long[] open;
        private int unlisted;

        Draft(String[] skus, long[] demand) {
            this.skus = skus;
            this.demand = demand;
            this.open = demand.clone();
        }

        long wanted() {
            long wanted = 0;
            for (long units : demand) {
                wanted += units;
            }
            return wanted;
        }

        void refuse(Site site, String why) {
            if (refused.size() < CANDIDATES_MAX) {
                refused.add(new Candidate(List.of(site.location), false, false, 0, 0, List.of(), why));
            } else {
                unlisted++;
            }
        }

        void rate(List<Shortlist.Entry> members, long units, @Nullable Part together) {
            boolean chosen = candidates.isEmpty();
            List<String> locations = new ArrayList<>(members.size());
            List<Part> parts = members.size() == 1 && together == null
                    ? members.getFirst().parcel().parts()
                    : new ArrayList<>();
            long score = together == null ? 0 : together.points();
            for (Shortlist.Entry member : members) {
                locations.add(member.site().location);
                score += member.parcel().points();
                if (members.size() > 1 || together != null) {
                    parts.addAll(member.parcel().parts());
                }
                if (chosen) {
                    take(member);
                }
            }
            if (together != null) {
                parts.add(together);
            }
            candidates.add(new Candidate(
                    Collections.unmodifiableList(locations),
                    chosen,
                    units == wanted(),
                    units,
                    score,
                    Collections.unmodifiableList(parts),
                    null));
        }

        private void take(Shortlist.Entry member) {
            for (int sku = 0; sku < open.length; sku++) {
                long units = Math.min(open[sku], member.stock()[sku]);
                if (units > 0) {
                    takes.add(new Take(skus[sku], member.site().location, units));
                    open[sku] -= units;
                }
            }
        }

        Plan plan() {
            Map<String, Long> missing = new LinkedHashMap<>();
            for (int sku = 0; sku < open.length; sku++) {
                if (open[sku] > 0) {
                    missing.put(skus[sku], open[sku]);
                }
            }
            candidates.addAll(refused);
            return new Plan(
                    Collections.unmodifiableList(takes),
                    Collections.unmodifiableMap(missing),
                    Collections.unmodifiableList(candidates),
                    unlisted);
        }
    }
}
