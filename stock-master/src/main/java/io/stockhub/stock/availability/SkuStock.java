package io.stockhub.stock.availability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a SKU, in base units. A bundle has no stock of its own but parts; every other SKU has no parts.
 *
 * @param abcClass how much the SKU matters, for example {@code A}; null when nobody said
 * @param locations what is at each location; those that hold nothing may be absent
 * @param parts of a bundle: the stocked SKUs of which it is made, each once
 */
public record SkuStock(String sku, @Nullable String abcClass, Map<String, At> locations, List<Part> parts) {
    /** Units that the sums can hold, whatever is taken off them. */
    static final long UNITS_MAX = Long.MAX_VALUE / 4;

    /** The pool of units that are protected for nobody. */
    public static final String SHARED = "";

    /** Why units that are on hand cannot be sold. */
    public enum Reason {
        RESERVED("reserved for orders"),
        PICKED("picked"),
        INSPECTION("in inspection"),
        DAMAGED("damaged"),
        REFURBISH("to be refurbished"),
        BLOCKED("blocked"),
        EXPIRED("expired lots");

        private final String title;

        Reason(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /**
     * Units on hand that cannot be sold.
     *
     * @param quantity at least 1
     * @param notes for whom, for example orders; some of them
     */
    public record Hold(Reason reason, long quantity, List<String> notes) {
        public Hold {
            notes = List.copyOf(notes);
            if (quantity < 1) {
                throw new IllegalArgumentException(reason + ": " + quantity + " (expected: >= 1)");
            }
        }
    }

    /**
     * What is at one location.
     *
     * @param sellable by pool; {@link #SHARED} for everyone. Expired lots are not in it
     * @param holds the rest of what is on hand. It explains numbers and changes none, and may be left out
     */
    public record At(Map<String, Long> sellable, List<Hold> holds) {
        static final At NOTHING = new At(Map.of(), List.of());

        public At {
            sellable = Collections.unmodifiableMap(new TreeMap<>(sellable));
            holds = List.copyOf(holds);
            sellable.forEach((pool, quantity) -> {
                if (quantity < 0) {
                    throw new IllegalArgumentException("pool \"" + pool + "\": " + quantity + " (expected: >= 0)");
                }
            });
        }

        long inPool(String pool) {
            return sellable.getOrDefault(pool, 0L);
        }

        long onHand() {
            long sum = 0;
            for (long quantity : sellable.values()) {
                sum = Math.addExact(sum, quantity);
            }
            for (Hold hold : holds) {
                sum = Math.addExact(sum, hold.quantity());
            }
            return sum;
        }
    }

    /**
     * A stocked SKU that a bundle is made of.
     *
     * @param perUnit units of it in one bundle, at least 1
     */
    public record Part(SkuStock stock, long perUnit) {
        public Part {
            if (perUnit < 1) {
                throw new IllegalArgumentException(stock.sku() + ": " + perUnit + " per unit (expected: >= 1)");
            }
            if (!stock.parts().isEmpty()) {
                throw new IllegalArgumentException(stock.sku() + " is a bundle (expected: a stocked SKU)");
            }
        }
    }

    public SkuStock {
        locations = Map.copyOf(locations);
        parts = List.copyOf(parts);
        long sum = 0;
        for (At at : locations.values()) {
            sum = Math.addExact(sum, at.onHand());
        }
        if (sum > UNITS_MAX) {
            throw new IllegalArgumentException(sku + ": " + sum + " on hand (expected: at most " + UNITS_MAX + ")");
        }
        if (!parts.isEmpty() && !locations.isEmpty()) {
            throw new IllegalArgumentException(sku + ": a bundle has no stock of its own");
        }
    }

    /** A SKU of which there is nothing. */
    public static SkuStock nothing(String sku) {
        return new SkuStock(sku, null, Map.of(), List.of());
    }

    At at(String location) {
        return locations.getOrDefault(location, At.NOTHING);
    }

    /** As it is when units have come into the shared pool: SKU, then location, then units. */
    SkuStock plus(Map<String, Map<String, Long>> arrived) {
        List<Part> later = new ArrayList<>();
        parts.forEach(part -> later.add(new Part(part.stock().plus(arrived), part.perUnit())));
        Map<String, At> then = new HashMap<>(locations);
        if (parts.isEmpty()) {
            arrived.getOrDefault(sku, Map.of()).forEach((location, units) -> {
                At now = at(location);
                Map<String, Long> sellable = new HashMap<>(now.sellable());
                sellable.merge(SHARED, units, Math::addExact);
                then.put(location, new At(sellable, now.holds()));
            });
        }
        return new SkuStock(sku, abcClass, then, later);
    }
}
