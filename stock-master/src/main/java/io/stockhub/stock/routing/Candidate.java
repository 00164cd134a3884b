package io.stockhub.stock.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to ship the order.
 *
 * @param locations in the order in which they are filled
 * @param chosen the plan is this one; at most one candidate is
 * @param complete it ships the whole order
 * @param units that it ships, over all SKUs
 * @param score sum of the points of its parts; lower is better
 * @param refused why it was not considered; null for the others. A refused one has no parts
 */
public record Candidate(
        List<String> locations,
        boolean chosen,
        boolean complete,
        long units,
        long score,
        List<Part> parts,
        @Nullable String refused) {}
