package io.stockhub.stock.availability;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What may be sold, for people and pages. Each answer is one snapshot of stock and rules. */
public interface AvailabilityDesk {

    /** Available to sell of each SKU by channel, for the channels of the settings; SKUs that do not exist are absent. */
    Map<String, Map<String, Long>> ats(Collection<String> skus);

    /**
     * What there is of one SKU and what each channel may sell of it.
     *
     * @param available units on the shelf, all locations; a bundle has none of its own. {@code reserved} likewise
     * @param ats available to sell by channel
     */
    record Offer(String sku, long available, long reserved, Map<String, Long> ats) {}

    /**
     * @param channels those of the settings
     * @param offers of the SKUs that exist, by key
     */
    record Offers(Set<String> channels, List<Offer> offers) {}

    /** Many SKUs in one snapshot, with as many statements as for one. */
    Offers offers(Collection<String> skus);

    /** Units of each SKU that there are for the channels, before buffers, floors and caps; SKUs that do not exist are absent. */
    Map<String, Long> sellable(Collection<String> skus);

    /** How the number of a SKU on a channel comes about; absent when either does not exist. */
    Optional<Derivation> why(String sku, String channel);

    /** What may be promised for which day; absent when SKU or channel does not exist. */
    Optional<Promise> promise(String sku, String channel);
}
