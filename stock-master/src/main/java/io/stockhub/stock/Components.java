package io.stockhub.stock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What bundles and kits are made of, as a graph in memory. Pure: who loads it must load all that is reachable. */
public final class Components {
    /**
     * @param assembled true for a kit, which has stock of its own
     * @param parts units of each component in one
     */
    public record Recipe(boolean assembled, Map<String, Long> parts) {
        public Recipe {
            parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        }

        boolean isBundle() {
            return !assembled && !parts.isEmpty();
        }
    }

    private static final Recipe STOCKED = new Recipe(false, Map.of());

    private final Map<String, Recipe> recipes;
    private final Map<String, Map<String, Long>> exploded = new TreeMap<>();

    /** @param recipes of every SKU that has components; the others are leaves */
    public Components(Map<String, Recipe> recipes) {
        this.recipes = Map.copyOf(recipes);
    }

    /**
     * The stocked SKUs in one of {@code sku}, nested quantities multiplied and the same SKU on two ways added up. A kit is
     * stocked, so it is a leaf. Empty when {@code sku} is no bundle.
     *
     * @throws InvalidCommandException when one holds more units, or more SKUs, than a movement can carry
     */
    public Map<String, Long> leaves(String sku) {
        Map<String, Long> known = exploded.get(sku);
        if (known == null) {
            known = explode(sku);
            exploded.put(sku, known);
        }
        return known;
    }

    private Map<String, Long> explode(String sku) {
        Map<String, Long> leaves = new TreeMap<>();
        if (!recipe(sku).isBundle()) {
            return leaves;
        }
        recipe(sku).parts().forEach((part, quantity) -> {
            if (recipe(part).isBundle()) {
                leaves(part)
                        .forEach((leaf, units) -> leaves.merge(leaf, product(sku, leaf, quantity, units), Long::sum));
            } else {
                leaves.merge(part, quantity, Long::sum);
            }
        });
        leaves.forEach((leaf, units) -> product(sku, leaf, units, 1));
        if (leaves.size() > Limits.LINES_MAX) {
            throw new InvalidCommandException(
                    "components",
                    "one " + sku + " is made of " + leaves.size() + " SKUs (expected: at most " + Limits.LINES_MAX
                            + ")");
        }
        return Collections.unmodifiableMap(leaves);
    }

    private static long product(String sku, String leaf, long a, long b) {
        // Neither factor is above the limit, so that their product is a long.
        if (a * b > Limits.QUANTITY_MAX) {
            throw new InvalidCommandException(
                    "components",
                    "one " + sku + " holds " + a * b + " of " + leaf + " (expected: at most " + Limits.QUANTITY_MAX
                            + ")");
        }
        return a * b;
    }

    /**
     * Refuses what cannot be built: a SKU that is part of itself, or parts nested deeper than {@link Limits#NESTING_MAX}.
     * Kits count as bundles do.
     *
     * @throws InvalidCommandException that names the way, for example {@code A > B > A}
     */
    public void check(String sku) {
        refuseCycle(sku, new LinkedHashSet<>(), new LinkedHashSet<>());
        List<String> way = deepest(sku, new TreeMap<>());
        if (way.size() - 1 > Limits.NESTING_MAX) {
            throw new InvalidCommandException(
                    "components",
                    "nested " + (way.size() - 1) + " deep: " + String.join(" > ", way) + " (expected: at most "
                            + Limits.NESTING_MAX + ")");
        }
        leaves(sku);
    }

    private void refuseCycle(String sku, Set<String> way, Set<String> done) {
        if (done.contains(sku)) {
            return;
        }
        if (!way.add(sku)) {
            List<String> cycle = new ArrayList<>(way);
            cycle = new ArrayList<>(cycle.subList(cycle.indexOf(sku), cycle.size()));
            cycle.add(sku);
            throw new InvalidCommandException(
                    "components", String.join(" > ", cycle) + " is a circle (expected: no SKU that is part of itself)");
        }
        recipe(sku).parts().keySet().forEach(part -> refuseCycle(part, way, done));
        way.remove(sku);
        done.add(sku);
    }

    private List<String> deepest(String sku, Map<String, List<String>> known) {
        List<String> found = known.get(sku);
        if (found != null) {
            return found;
        }
        List<String> below = List.of();
        for (String part : recipe(sku).parts().keySet()) {
            List<String> way = deepest(part, known);
            below = way.size() > below.size() ? way : below;
        }
        List<String> way = new ArrayList<>();
        way.add(sku);
        way.addAll(below);
        known.put(sku, way);
        return way;
    }

    private Recipe recipe(String sku) {
        return recipes.getOrDefault(sku, STOCKED);
    }
}
