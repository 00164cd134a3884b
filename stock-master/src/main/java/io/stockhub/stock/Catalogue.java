package io.stockhub.stock;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The master data that stock hangs on: SKUs with their names, units and components; locations with their bins. Writes
 * replace and may be repeated; they wait for one another, so that no two of them break a rule together.
 */
public interface Catalogue {

    /** Units of {@code sku} in one bundle or kit. */
    record Component(String sku, long quantity) {}

    /**
     * A thing that is counted. Without components it is stocked. With components it is a bundle, which has no stock of its
     * own, or, when {@code assembled}, a kit, which has.
     *
     * @param gtin 8, 12, 13 or 14 digits with their check digit
     * @param baseUnit the unit of all its quantities
     * @param units base units in one of each other unit, at least 1
     * @param cost what a unit costs as long as no receipt says more; null when nobody knows
     * @param abcClass {@code A}, {@code B} or {@code C}
     * @param aliases what other systems call it, by system; every name leads here
     */
    record Sku(
            String sku,
            String title,
            @Nullable String gtin,
            String baseUnit,
            Map<String, Long> units,
            List<Component> components,
            boolean assembled,
            Tracking tracking,
            @Nullable BigDecimal cost,
            @Nullable Long weightGrams,
            @Nullable String abcClass,
            Map<String, List<String>> aliases) {
        public Sku {
            units = Collections.unmodifiableMap(new TreeMap<>(units));
            components = List.copyOf(components);
            Map<String, List<String>> names = new TreeMap<>();
            aliases.forEach((system, list) -> {
                if (!list.isEmpty()) {
                    names.put(system, List.copyOf(list));
                }
            });
            aliases = Collections.unmodifiableMap(names);
        }

        /** A stocked SKU, counted in {@code EA}. */
        public static Sku of(String sku, String title) {
            return new SkuBuilder(sku, title).build();
        }

        public static SkuBuilder builder(String sku, String title) {
            return new SkuBuilder(sku, title);
        }

        /**
         * Refuses what is wrong whatever else the catalogue holds.
         *
         * @throws InvalidCommandException that names the field, for example {@code components[1].quantity}
         */
        public void check() {
            CatalogueCheck.sku(this);
        }
    }

    /**
     * A place that holds stock.
     *
     * @param kind {@code warehouse}, {@code shop}, {@code 3pl}, {@code marketplace} or {@code virtual}
     * @param priority orders are allocated from the lowest number first, ties by id
     * @param managedBy the channel that runs it, for the kind {@code marketplace} and no other: only its reports write there
     * @param latitude degrees; null together with {@code longitude}
     * @param timeZone IANA name, for example {@code Asia/Jakarta}
     */
    record Location(
            String id,
            String title,
            String kind,
            @Nullable String country,
            @Nullable String region,
            @Nullable String postalCode,
            int priority,
            @Nullable String managedBy,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable String timeZone) {
        /** One of which no more is known. */
        public Location(
                String id,
                String title,
                String kind,
                @Nullable String country,
                @Nullable String region,
                @Nullable String postalCode,
                int priority) {
            this(id, title, kind, country, region, postalCode, priority, null, null, null, null);
        }

        /** @throws InvalidCommandException that names the field */
        public void check() {
            CatalogueCheck.location(this);
        }
    }

    /**
     * A spot inside a location.
     *
     * @param pickOrder the lowest is picked first
     */
    record Bin(String bin, @Nullable String zone, int pickOrder) {
        /** The order of a bin that names none. */
        public static final int ORDER_DEFAULT = 100;

        /** @throws InvalidCommandException that names the field, for example {@code bins[3].zone} */
        public static void check(List<Bin> bins) {
            CatalogueCheck.bins(bins);
        }
    }

    /**
     * A name that two SKUs claim in one system.
     *
     * @param wantedBy the SKU that did not get the name
     * @param owner the SKU that claims it, too
     * @param times how often it was met
     * @param settledBy who said that it is settled; null when it is open, or was gone by itself
     */
    record Conflict(
            long id,
            String system,
            String alias,
            String wantedBy,
            String owner,
            Instant firstSeenAt,
            Instant lastSeenAt,
            long times,
            boolean open,
            @Nullable String settledBy,
            @Nullable Instant settledAt) {}

    /**
     * Creates or replaces a SKU with its names, units and components; its stock stays.
     *
     * @return true when it is new
     * @throws InvalidCommandException when a field is wrong, or the change would give stock or history another meaning
     * @throws AliasTakenException when one of its names, its code or its GTIN could mean another SKU, too
     */
    boolean put(Sku sku);

    /**
     * Creates or replaces a location; its stock stays. Returns true when it is new.
     *
     * @throws InvalidCommandException when a field is wrong
     */
    boolean put(Location location);

    Optional<Sku> sku(String sku);

    /** By priority, then id. */
    List<Location> locations();

    default Optional<Location> location(String id) {
        return locations().stream().filter(location -> location.id().equals(id)).findFirst();
    }

    /**
     * Replaces the bins of a location. Where there are any, no others may be used.
     *
     * @return false when there is no such location
     * @throws InvalidCommandException when a bin is wrong, twice there, or missing though it holds stock
     */
    boolean putBins(String location, List<Bin> bins);

    /** In the order in which they are picked, then by name; empty when the location has none or is unknown. */
    List<Bin> bins(String location);

    /** Names of each SKU by system, sorted; SKUs without any are absent. */
    Map<String, Map<String, List<String>>> aliases(Collection<String> skus);

    /**
     * Our SKU for what {@code system} calls {@code name}: an alias of that system, else our own code, else a GTIN. Empty
     * when there is none, or when the name could mean two SKUs; that is listed among the conflicts then.
     */
    Optional<String> resolve(String system, String name);

    /**
     * Names that two SKUs claim, oldest first.
     *
     * @param open true for the open ones, false for the settled ones, null for all
     * @param after the id of the last one of the page before; 0 for the first page
     */
    List<Conflict> conflicts(@Nullable Boolean open, long after, int limit);

    /** Takes a conflict off the list until it is met again. Empty when there is none of that id. */
    Optional<Conflict> settle(long conflictId, String actor);

    /** Units of each SKU that exists, in one query. */
    Map<String, Units> units(Collection<String> skus);

    /** A name of this SKU could mean another SKU, too. It is listed among the conflicts; nothing else was changed. */
    final class AliasTakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String field;

        public AliasTakenException(String system, String alias, String owner) {
            this("aliases." + system, "\"" + alias + "\" belongs to SKU " + owner + " already");
        }

        public AliasTakenException(String field, String problem) {
            super(field + ": " + problem);
            this.field = field;
        }

        /** The field that holds the name: {@code sku}, {@code gtin} or {@code aliases.<system>}. */
        public String field() {
            return field;
        }
    }
}
