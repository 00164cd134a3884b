package io.stockhub.stock.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ways out of one warehouse. For an address the most specific one counts: a longer beginning of the postal code
 * before a shorter one, that before a region, a region before a country, a country before everywhere. A way that is
 * meant for every warehouse counts only where the warehouse has none of its own.
 */
final class Lanes {
    /** A way with what it says in words, so that nothing is put together while orders wait. */
    record Way(Lane lane, long km, String cost, String transit, String distance) {}

    private final Map<Zone, Way> own = new HashMap<>();
    private final Map<Zone, Way> general = new HashMap<>();
    private final List<Integer> postalLengths;

    Lanes(Warehouse warehouse, List<Lane> lanes) {
        List<Integer> lengths = new ArrayList<>();
        for (Lane lane : lanes) {
            boolean mine = warehouse.location().equals(lane.from());
            Long km = lane.kmFrom(warehouse);
            if (km == null || lane.from() != null && !mine) {
                continue;
            }
            (mine ? own : general).put(lane.to(), way(warehouse.location(), lane, km));
            String postal = lane.to().postal();
            if (postal != null && !lengths.contains(postal.length())) {
                lengths.add(postal.length());
            }
        }
        lengths.sort(Comparator.reverseOrder());
        postalLengths = List.copyOf(lengths);
    }

    private static Way way(String location, Lane lane, long km) {
        long days = lane.transitDays();
        return new Way(
                lane,
                km,
                location + ": cost " + lane.cost(),
                location + ": " + days + (days == 1 ? " day" : " days") + " in transit",
                location + ": " + km + " km");
    }

    /** Null when no way leads there. */
    @Nullable
    Way to(Zone address) {
        Way way = own.isEmpty() ? null : find(own, address);
        return way != null || general.isEmpty() ? way : find(general, address);
    }

    private @Nullable Way find(Map<Zone, Way> ways, Zone address) {
        String country = address.country();
        if (country != null) {
            String region = address.region();
            String postal = address.postal();
            for (int i = 0; postal != null && i < postalLengths.size(); i++) {
                int length = postalLengths.get(i);
                if (length <= postal.length()) {
                    Way way = of(ways, country, region, postal.substring(0, length));
                    if (way != null) {
                        return way;
                    }
                }
            }
            Way way = of(ways, country, region, null);
            if (way != null) {
                return way;
            }
        }
        return ways.get(Zone.ANYWHERE);
    }

    private static @Nullable Way of(
            Map<Zone, Way> ways, String country, @Nullable String region, @Nullable String postal) {
        Way way = region == null ? null : ways.get(new Zone(country, region, postal));
        return way != null ? way : ways.get(new Zone(country, null, postal));
    }
}
