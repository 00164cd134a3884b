package io.stockhub.stock.routing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code routing} of a rules file, read; docs/routing.md describes it. Immutable.
 *
 * <p>Without any rule ({@link #NONE}) the first location by priority that can ship the whole order ships it; when there
 * is none, the locations are filled in that order.
 */
public final class RoutingRules {
    /** Warehouses of one order, at most. */
    public static final int SPLITS_MAX = 12;
    /** Lanes of one file, at most. */
    public static final int LANES_MAX = 20_000;

    static final int SPLITS_DEFAULT = 3;

    public static final RoutingRules NONE = new RoutingRules(
            Weights.DEFAULT, List.of(), Map.of(), Map.of(), Map.of(), SPLITS_DEFAULT, new LinkedHashMap<>());

    /** What became of a section. */
    public sealed interface Parsed {}

    /** It is right. */
    public record Right(RoutingRules rules) implements Parsed {}

    /** It is not; all that is wrong, in the order of the file, at least one. */
    public record Wrong(List<Finding> findings) implements Parsed {}

    /**
     * Something that is wrong.
     *
     * @param path below {@code routing}, for example {@code lanes[0].km}; empty for the section as a whole
     * @param what the value and what was expected, for example {@code -1 (expected: 0 to 50000)}
     */
    public record Finding(String path, String what) {
        @Override
        public String toString() {
            return path.isEmpty() ? what : path + ": " + what;
        }
    }

    /**
     * What holds for one warehouse.
     *
     * @param capacityPerDay null when it has no limit
     * @param channels that it serves; null for all
     */
    record Terms(@Nullable Long capacityPerDay, Opening opening, @Nullable Set<String> channels) {
        static final Terms NONE = new Terms(null, Opening.ALWAYS, null);
    }

    final Weights weights;
    final List<Lane> lanes;
    final Map<String, Terms> warehouses;
    final Map<String, Weights.Change> customers;
    final Map<Integer, Weights.Change> priorities;
    final int splitsMax;
    private final Map<String, String> named;

    /** @param named each location that the rules name, with the first path at which they do */
    RoutingRules(
            Weights weights,
            List<Lane> lanes,
            Map<String, Terms> warehouses,
            Map<String, Weights.Change> customers,
            Map<Integer, Weights.Change> priorities,
            int splitsMax,
            Map<String, String> named) {
        this.weights = weights;
        this.lanes = List.copyOf(lanes);
        this.warehouses = Map.copyOf(warehouses);
        this.customers = Map.copyOf(customers);
        this.priorities = Map.copyOf(priorities);
        this.splitsMax = splitsMax;
        this.named = new LinkedHashMap<>(named);
    }

    /** @param section what stands under {@code routing}; null, missing or empty is {@link #NONE} */
    public static Parsed parse(@Nullable JsonNode section) {
        return new RulesReader().read(section);
    }

    /** A finding for each location that the rules name and that is not among {@code locations}; empty when all are. */
    public List<Finding> unknown(Collection<String> locations) {
        List<Finding> unknown = new ArrayList<>();
        named.forEach((location, path) -> {
            if (!locations.contains(location)) {
                unknown.add(new Finding(path, "\"" + location + "\" (expected: a location that exists)"));
            }
        });
        return unknown;
    }

    /** True when how busy a warehouse is matters. */
    public boolean limitsCapacity() {
        return warehouses.values().stream().anyMatch(terms -> terms.capacityPerDay() != null);
    }

    /** The customer's own weights count before those of the order's priority. */
    Weights weightsOf(Order order) {
        Weights ranked = weights.with(priorities.get(order.priority()));
        return order.customer() == null ? ranked : ranked.with(customers.get(order.customer()));
    }

    /** No order weighs more. */
    Weights weightsMax() {
        Weights max = weights;
        for (Weights.Change change : priorities.values()) {
            max = max.max(weights.with(change));
        }
        for (Weights.Change change : customers.values()) {
            max = max.max(weights.with(change));
        }
        return max;
    }
}
