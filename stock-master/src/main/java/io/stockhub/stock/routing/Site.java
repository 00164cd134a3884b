package io.stockhub.stock.routing;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A warehouse with all that the rules say of it, ready to be asked. */
final class Site {
    private static final String MARKETPLACE = "marketplace";

    /** What a parcel from here would be worth. */
    record Parcel(long points, List<Part> parts) {}

    final String location;
    /** Its place among all, by priority and then by name. */
    final int rank;

    final int priority;
    private final boolean marketplace;
    private final RoutingRules.Terms terms;
    private final ZoneId zone;
    private final Lanes lanes;
    private final boolean lanesKnown;
    private final String priorityTitle;

    Site(Warehouse warehouse, int rank, RoutingRules rules) {
        this.location = warehouse.location();
        this.rank = rank;
        this.priority = warehouse.priority();
        this.marketplace = warehouse.kind().equals(MARKETPLACE);
        this.terms = rules.warehouses.getOrDefault(location, RoutingRules.Terms.NONE);
        this.zone = warehouse.timeZone() == null ? ZoneOffset.UTC : warehouse.timeZone();
        this.lanes = new Lanes(warehouse, rules.lanes);
        this.lanesKnown = !rules.lanes.isEmpty();
        this.priorityTitle = location + ": priority " + priority;
    }

    /** Why nothing of the order may leave from here, whatever there is in stock; null when it may. */
    @Nullable
    String refusal(String channel, Zone address) {
        if (marketplace) {
            return "run by a marketplace, which ships its own orders";
        }
        if (terms.channels() != null && !terms.channels().contains(channel)) {
            return "does not serve channel " + channel;
        }
        Lanes.Way way = lanesKnown ? lanes.to(address) : null;
        return way != null && way.lane().refuse()
                ? "does not ship there (" + way.lane().to() + ")"
                : null;
    }

    Parcel parcel(Weights weights, Penalties penalties, Load load, Zone address, Instant now) {
        List<Part> parts = new ArrayList<>(4);
        Lanes.Way way = lanesKnown ? lanes.to(address) : null;
        if (way != null) {
            add(parts, way.cost(), way.lane().cost() * weights.cost());
            add(parts, way.transit(), way.lane().transitDays() * weights.transitDay());
            add(parts, way.distance(), way.km() * weights.km());
        } else if (lanesKnown) {
            add(parts, location + ": no lane to this address, comes after all that have one", penalties.noLane());
        }
        Opening.Wait wait = terms.opening().waitAt(now, zone);
        if (wait != null) {
            add(parts, location + ": " + wait.words(), wait.days() * weights.transitDay());
        }
        if (terms.capacityPerDay() != null) {
            long today = load.ordersToday(location);
            if (today >= terms.capacityPerDay()) {
                String full = location + ": full, " + today + " of " + terms.capacityPerDay()
                        + " orders today, comes after all that are not";
                add(parts, full, penalties.full());
            }
        }
        add(parts, priorityTitle, priority * weights.priorityStep());
        long points = 0;
        for (Part part : parts) {
            points += part.points();
        }
        return new Parcel(points, Collections.unmodifiableList(parts));
    }

    private static void add(List<Part> parts, String title, long points) {
        if (points != 0) {
            parts.add(new Part(title, points));
        }
    }
}
