package io.stockhub.stock;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The master data that stock hangs on: SKUs with their aliases, and locations. Writes are upserts and may be repeated. */
public interface Catalogue {

    /**
     * A thing that is counted. The base unit is {@code EA}.
     *
     * @param aliases what other systems call it, by system
     */
    record Sku(String sku, String title, @Nullable String gtin, Map<String, String> aliases) {}

    /**
     * A place that holds stock.
     *
     * @param kind {@code warehouse}, {@code shop}, {@code 3pl} or {@code virtual}
     * @param priority orders are allocated from the lowest number first, ties by id
     */
    record Location(
            String id,
            String title,
            String kind,
            @Nullable String country,
            @Nullable String region,
            @Nullable String postalCode,
            int priority) {}

    /**
     * Creates or replaces a SKU and its aliases; its stock stays.
     *
     * @return true when it is new
     * @throws AliasTakenException when another SKU has one of the aliases in the same system
     */
    boolean put(Sku sku);

    /** Creates or replaces a location; its stock stays. Returns true when it is new. */
    boolean put(Location location);

    Optional<Sku> sku(String sku);

    List<Location> locations();

    /** Aliases of each SKU by system; SKUs without any are absent. */
    Map<String, Map<String, String>> aliases(Collection<String> skus);

    /** Our SKU for what {@code system} calls {@code name}: an alias of that system first, else our own SKU of that name. */
    Optional<String> resolve(String system, String name);

    /** Another SKU has this alias already; nothing was changed. */
    final class AliasTakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public AliasTakenException(String system, String alias, String owner) {
            super("aliases." + system + ": \"" + alias + "\" belongs to SKU " + owner + " already");
        }
    }
}
