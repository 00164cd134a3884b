package io.stockhub.stock.availability;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What may be sold, for people and pages. Each answer is one snapshot of stock and rules. */
public interface AvailabilityDesk {

    /** Available to sell of each SKU by channel, for the channels of the settings; SKUs that do not exist are absent. */
    Map<String, Map<String, Long>> ats(Collection<String> skus);

    /** How the number of a SKU on a channel comes about; absent when either does not exist. */
    Optional<Derivation> why(String sku, String channel);

    /** What may be promised for which day; absent when SKU or channel does not exist. */
    Optional<Promise> promise(String sku, String channel);
}
