package io.stockhub.stock.routing;

import static io.stockhub.stock.routing.Reader.below;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.stock.routing.RoutingRules.Parsed;
import io.stockhub.stock.routing.RoutingRules.Terms;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the section and says all that is wrong with it. The bounds keep every score far inside 64 bits. */
final class RulesReader {
    private static final long COST_MAX = 1_000_000_000L;
    private static final long KM_MAX = 50_000;
    private static final long TRANSIT_DAYS_MAX = 365;
    private static final int CLOSED_MAX = 100;
    private static final int PRIORITY_LAST = 9;

    private final Reader reader = new Reader();
    private final Map<String, String> named = new LinkedHashMap<>();

    Parsed read(@Nullable JsonNode section) {
        Map<String, JsonNode> fields = reader.fields(
                section, "", Set.of("weights", "lanes", "warehouses", "customers", "priorities", "splitsMax"));
        if (fields.isEmpty() && reader.findings.isEmpty()) {
            return new RoutingRules.Right(RoutingRules.NONE);
        }
        RoutingRules rules = new RoutingRules(
                Weights.DEFAULT.with(change(fields.get("weights"), "weights")),
                lanes(fields.get("lanes")),
                warehouses(fields.get("warehouses")),
                customers(fields.get("customers")),
                priorities(fields.get("priorities")),
                splitsMax(fields.get("splitsMax")),
                named);
        return reader.findings.isEmpty()
                ? new RoutingRules.Right(rules)
                : new RoutingRules.Wrong(List.copyOf(reader.findings));
    }

    private Weights.Change change(@Nullable JsonNode node, String path) {
        Map<String, JsonNode> fields =
                reader.fields(node, path, Set.of("cost", "transitDay", "km", "split", "priorityStep"));
        return new Weights.Change(
                reader.number(fields.get("cost"), path + ".cost", 1_000),
                reader.number(fields.get("transitDay"), path + ".transitDay", 1_000_000),
                reader.number(fields.get("km"), path + ".km", 10_000),
                reader.number(fields.get("split"), path + ".split", COST_MAX),
                reader.number(fields.get("priorityStep"), path + ".priorityStep", 1_000));
    }

    private int splitsMax(@Nullable JsonNode node) {
        Long most = reader.number(node, "splitsMax", RoutingRules.SPLITS_MAX);
        if (most != null && most == 0) {
            reader.add("splitsMax", "0 (expected: 1 to " + RoutingRules.SPLITS_MAX + ", parcels of one order)");
        }
        return most == null ? RoutingRules.SPLITS_DEFAULT : most.intValue();
    }

    private List<Lane> lanes(@Nullable JsonNode node) {
        List<JsonNode> items = reader.items(node, "lanes");
        if (items.size() > RoutingRules.LANES_MAX) {
            reader.add("lanes", items.size() + " (expected: at most " + RoutingRules.LANES_MAX + ")");
            return List.of();
        }
        List<Lane> lanes = new ArrayList<>();
        Map<List<Object>, Integer> seen = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            String path = "lanes[" + i + "]";
            int before = reader.findings.size();
            Lane lane = lane(items.get(i), path);
            if (reader.findings.size() > before) {
                continue;
            }
            lanes.add(lane);
            Integer same = seen.putIfAbsent(List.of(lane.from() == null ? "" : lane.from(), lane.to()), i);
            if (same != null) {
                reader.add(path, "the same way as lanes[" + same + "] (expected: once)");
            }
        }
        return lanes;
    }

    private Lane lane(JsonNode node, String path) {
        Map<String, JsonNode> fields =
                reader.fields(node, path, Set.of("from", "to", "km", "transitDays", "cost", "refuse"));
        if (!node.isObject()) {
            if (Reader.absent(node)) {
                reader.add(path, "empty (expected: from, to, km, transitDays, cost or refuse)");
            }
            return new Lane(null, Zone.ANYWHERE, null, null, 0, 0, true);
        }
        String from = reader.text(fields.get("from"), path + ".from");
        if (from != null) {
            named.putIfAbsent(from, path + ".from");
        }
        if (Reader.absent(fields.get("to"))) {
            reader.add(path + ".to", "missing (expected: a zone; {} is everywhere)");
        }
        Map<String, JsonNode> to = reader.fields(
                fields.get("to"), path + ".to", Set.of("country", "region", "postal", "latitude", "longitude"));
        Zone zone = zone(to, path + ".to");
        Place centre = centre(to, path + ".to");
        Long km = reader.number(fields.get("km"), path + ".km", KM_MAX);
        if (km != null && centre != null) {
            reader.add(path + ".km", "beside coordinates (expected: one of both)");
        }
        Long days = reader.number(fields.get("transitDays"), path + ".transitDays", TRANSIT_DAYS_MAX);
        Long cost = reader.number(fields.get("cost"), path + ".cost", COST_MAX);
        boolean refuse = reader.flag(fields.get("refuse"), path + ".refuse");
        if (refuse && (km != null || centre != null || days != null || cost != null)) {
            reader.add(path + ".refuse", "true beside a distance, days or a cost (expected: alone)");
        }
        return new Lane(from, zone, km, centre, days == null ? 0 : days, cost == null ? 0 : cost, refuse);
    }

    private Zone zone(Map<String, JsonNode> to, String path) {
        String country = reader.text(to.get("country"), path + ".country");
        String region = reader.text(to.get("region"), path + ".region");
        String postal = reader.text(to.get("postal"), path + ".postal");
        if (country != null && country.length() != 2) {
            reader.add(path + ".country", "\"" + country + "\" (expected: two letters, such as ID)");
        }
        if (Reader.absent(to.get("country")) && (region != null || postal != null)) {
            reader.add(path + ".country", "missing (expected: the country of the region or postal code)");
        }
        Zone zone = Zone.of(country, region, postal);
        if (postal != null && (zone.postal() == null || zone.postal().isEmpty())) {
            reader.add(path + ".postal", "\"" + postal + "\" (expected: how a postal code begins)");
        }
        return zone;
    }

    private @Nullable Place centre(Map<String, JsonNode> to, String path) {
        Double latitude = reader.degrees(to.get("latitude"), path + ".latitude", 90);
        Double longitude = reader.degrees(to.get("longitude"), path + ".longitude", 180);
        if (Reader.absent(to.get("latitude")) != Reader.absent(to.get("longitude"))) {
            String lacks = Reader.absent(to.get("latitude")) ? ".latitude" : ".longitude";
            reader.add(path + lacks, "missing (expected: latitude and longitude, or neither)");
        }
        return latitude == null || longitude == null ? null : new Place(latitude, longitude);
    }

    private Map<String, Terms> warehouses(@Nullable JsonNode node) {
        Map<String, Terms> warehouses = new HashMap<>();
        reader.fields(node, "warehouses").forEach((location, terms) -> {
            String path = below("warehouses", location);
            if (reader.name(location, path)) {
                named.putIfAbsent(location, path);
            }
            Map<String, JsonNode> fields =
                    reader.fields(terms, path, Set.of("capacityPerDay", "cutOff", "channels", "closed"));
            warehouses.put(
                    location,
                    new Terms(
                            reader.number(fields.get("capacityPerDay"), path + ".capacityPerDay", COST_MAX),
                            opening(fields, path),
                            channels(fields.get("channels"), path + ".channels")));
        });
        return warehouses;
    }

    private @Nullable Set<String> channels(@Nullable JsonNode node, String path) {
        if (Reader.absent(node)) {
            return null;
        }
        Set<String> channels = new LinkedHashSet<>();
        List<JsonNode> items = reader.items(node, path);
        if (items.isEmpty() && node.isArray()) {
            reader.add(path, "empty (expected: at least one; without the field it serves all)");
        }
        for (int i = 0; i < items.size(); i++) {
            String place = path + "[" + i + "]";
            String channel = reader.text(items.get(i), place);
            if (channel != null && !channels.add(channel)) {
                reader.add(place, "\"" + channel + "\" is there twice (expected: once)");
            }
        }
        return java.util.Collections.unmodifiableSet(channels);
    }

    private Opening opening(Map<String, JsonNode> fields, String path) {
        List<DayOfWeek> weekdays = new ArrayList<>();
        List<LocalDate> dates = new ArrayList<>();
        List<JsonNode> closed = reader.items(fields.get("closed"), path + ".closed");
        if (closed.size() > CLOSED_MAX) {
            reader.add(path + ".closed", closed.size() + " (expected: at most " + CLOSED_MAX + ")");
        }
        for (int i = 0; i < closed.size(); i++) {
            String place = path + ".closed[" + i + "]";
            String text = reader.text(closed.get(i), place);
            if (text != null && !closedDay(text, weekdays, dates)) {
                reader.add(place, "\"" + text + "\" (expected: MON to SUN, or a date such as \"2026-12-25\")");
            }
        }
        if (Set.copyOf(weekdays).size() == 7) {
            reader.add(path + ".closed", "every day (expected: at least one day open; to ship nothing, refuse lanes)");
        }
        return Opening.of(cutOff(fields.get("cutOff"), path + ".cutOff"), weekdays, dates);
    }

    private static boolean closedDay(String text, List<DayOfWeek> weekdays, List<LocalDate> dates) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().startsWith(text.toUpperCase(Locale.ROOT)) && text.length() >= 3) {
                return weekdays.add(day);
            }
        }
        try {
            return dates.add(LocalDate.parse(text));
        } catch (DateTimeException notADate) {
            return false;
        }
    }

    private @Nullable LocalTime cutOff(@Nullable JsonNode node, String path) {
        if (Reader.absent(node)) {
            return null;
        }
        try {
            return LocalTime.parse(node.isTextual() ? node.textValue() : "");
        } catch (DateTimeException notATime) {
            reader.add(path, Reader.shown(node) + " (expected: a local time in quotes, such as \"15:00\")");
            return null;
        }
    }

    private Map<String, Weights.Change> customers(@Nullable JsonNode node) {
        Map<String, Weights.Change> customers = new HashMap<>();
        reader.fields(node, "customers").forEach((customer, weights) -> {
            reader.name(customer, below("customers", customer));
            customers.put(customer, change(weights, below("customers", customer)));
        });
        return customers;
    }

    private Map<Integer, Weights.Change> priorities(@Nullable JsonNode node) {
        Map<Integer, Weights.Change> priorities = new HashMap<>();
        reader.fields(node, "priorities").forEach((priority, weights) -> {
            String path = below("priorities", priority);
            Weights.Change change = change(weights, path);
            if (priority.length() == 1 && priority.charAt(0) >= '1' && priority.charAt(0) <= '0' + PRIORITY_LAST) {
                priorities.put(priority.charAt(0) - '0', change);
            } else {
                reader.add(path, "\"" + priority + "\" (expected: 1 to " + PRIORITY_LAST + ")");
            }
        });
        return priorities;
    }
}
