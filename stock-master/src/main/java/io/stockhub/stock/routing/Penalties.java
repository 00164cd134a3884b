package io.stockhub.stock.routing;

import java.util.List;

/**
 * Points that put a candidate behind all others, as points: so the parts still add up to the score. Each is the
 * smallest power of ten that nothing below it can outweigh under these rules.
 */
record Penalties(long noLane, long full) {

    static Penalties of(RoutingRules rules, List<Warehouse> warehouses) {
        Weights most = rules.weightsMax();
        long cost = 0;
        long days = 0;
        long km = 0;
        long wait = 0;
        long priority = 0;
        for (Warehouse warehouse : warehouses) {
            priority = Math.max(priority, Math.abs((long) warehouse.priority()));
            for (Lane lane : rules.lanes) {
                Long distance = lane.kmFrom(warehouse);
                km = Math.max(km, distance == null ? 0 : distance);
            }
        }
        for (Lane lane : rules.lanes) {
            cost = Math.max(cost, lane.cost());
            days = Math.max(days, lane.transitDays());
        }
        for (RoutingRules.Terms terms : rules.warehouses.values()) {
            wait = Math.max(wait, terms.opening().waitMax());
        }
        long parcel = cost * most.cost()
                + (days + wait) * most.transitDay()
                + km * most.km()
                + priority * most.priorityStep()
                + most.split();
        // Priorities may be negative: two plans are apart by at most twice what one can weigh.
        long apart = 2 * parcel * rules.splitsMax;
        long noLane = above(apart);
        return new Penalties(noLane, above(apart + noLane * rules.splitsMax));
    }

    private static long above(long points) {
        long power = 1_000;
        while (power <= points) {
            power *= 10;
        }
        return power;
    }
}
