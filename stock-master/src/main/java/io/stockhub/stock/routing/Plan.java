package io.stockhub.stock.routing;

import java.util.List;
import java.util.Map;

/**
 * Which location ships what.
 *
 * @param takes parcel after parcel, SKUs in the order of the demand
 * @param missing units by SKU that nobody ships, in the order of the demand; empty when the plan is complete
 * @param candidates at most {@link OrderRouter#CANDIDATES_MAX}, the best first, then as many that were refused
 * @param unlisted how many further candidates there were
 */
public record Plan(List<Take> takes, Map<String, Long> missing, List<Candidate> candidates, int unlisted) {
    /** For an order of which there is nothing. */
    public static final Plan NOTHING = new Plan(List.of(), Map.of(), List.of(), 0);
}
