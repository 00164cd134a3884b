package io.stockhub.stock.routing;

import io.stockhub.stock.Command;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small worlds with their rules, warehouses, stock and one order, from a random source. */
final class RandomOrders {
    private static final List<String> PLACES = List.of("country: AA", "country: BB", "country: AA, region: X", "");

    final RoutingRules rules;
    final List<Warehouse> warehouses = new ArrayList<>();
    final Order order;
    final Map<String, Long> available = new HashMap<>();
    final Map<String, Long> ordersToday = new HashMap<>();
    final int splitsMax;

    RandomOrders(Random random, int warehousesMax) {
        int count = 1 + random.nextInt(warehousesMax);
        splitsMax = 1 + random.nextInt(4);
        StringBuilder yaml = new StringBuilder("splitsMax: " + splitsMax + "\nweights: {split: " + random.nextInt(600)
                + ", transitDay: " + random.nextInt(200) + "}\nlanes:\n");
        StringBuilder terms = new StringBuilder("warehouses:\n");
        Map<String, Long> demand = new LinkedHashMap<>();
        for (int sku = 0; sku <= random.nextInt(4); sku++) {
            demand.put("S" + sku, 1L + random.nextInt(9));
        }
        for (int i = 0; i < count; i++) {
            String location = "L" + i;
            String kind = random.nextInt(8) == 0 ? "marketplace" : "warehouse";
            warehouses.add(new Warehouse(location, kind, random.nextInt(3) - 1, null, null, null));
            for (String place : PLACES) {
                int what = random.nextInt(6);
                if (what < 3) {
                    yaml.append("  - {from: " + location + ", to: {" + place + "}, "
                            + (what == 0 ? "refuse: true" : "cost: " + random.nextInt(500) + ", transitDays: 2")
                            + "}\n");
                }
            }
            terms.append("  " + location + ": {capacityPerDay: " + random.nextInt(4)
                    + (random.nextInt(4) == 0 ? ", channels: [b2b]" : "") + ", closed: [TUE], cutOff: \"11:00\"}\n");
            ordersToday.put(location, (long) random.nextInt(4));
            for (String sku : demand.keySet()) {
                available.put(sku + "@" + location, Math.max(-2L, random.nextInt(10) - 4));
            }
        }
        yaml.append("  - {from: NOWHERE, to: {}}\n").append(terms);
        rules = random.nextInt(10) == 0 ? RoutingRules.NONE : Scenarios.rules(yaml.toString());
        order = new Order(
                random.nextBoolean() ? "web" : "b2b",
                null,
                5,
                new Command.ShipTo(random.nextBoolean() ? "AA" : "BB", random.nextBoolean() ? "X" : "Y", null),
                demand);
    }

    long available(String sku, String location) {
        return available.getOrDefault(sku + "@" + location, 0L);
    }

    Plan plan() {
        return OrderRouter.of(rules, warehouses).route(order, this::available, ordersToday::get, Scenarios.MONDAY_NOON);
    }

    /** Those that the rules let ship this order, each with the score of a parcel from there alone. */
    Map<String, Long> parcels() {
        Map<String, Long> parcels = new LinkedHashMap<>();
        for (Warehouse warehouse : warehouses) {
            Plan alone = OrderRouter.of(rules, warehouses)
                    .route(
                            order,
                            (sku, location) -> location.equals(warehouse.location()) ? 1 : 0,
                            ordersToday::get,
                            Scenarios.MONDAY_NOON);
            alone.candidates().stream()
                    .filter(Candidate::chosen)
                    .forEach(candidate -> parcels.put(warehouse.location(), candidate.score()));
        }
        return parcels;
    }
}
