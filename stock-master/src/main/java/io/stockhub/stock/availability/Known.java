package io.stockhub.stock.availability;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rules document may speak of.
 *
 * @param channels ids of the channels in the settings
 * @param locations all locations, with the channel that runs each marketplace-run one: {@code ""} where nobody said,
 *     absent from {@code marketplaceRun} where we run it ourselves
 */
public record Known(Set<String> channels, Set<String> locations, Map<String, String> marketplaceRun) {
    public Known {
        channels = Set.copyOf(channels);
        locations = Set.copyOf(locations);
        marketplaceRun = Map.copyOf(marketplaceRun);
    }

    /** Whether the channel may sell what is at the location: ours, or the channel's own. */
    public boolean maySell(String channel, String location) {
        String runBy = marketplaceRun.get(location);
        return runBy == null || runBy.equals(channel);
    }

    /** Why the channel may not sell from the location; null when it may. */
    @Nullable
    String wrong(String channel, String location) {
        if (!locations.contains(location)) {
            return "\"" + location + "\" (expected: a location that exists)";
        }
        if (maySell(channel, location)) {
            return null;
        }
        String runBy = marketplaceRun.getOrDefault(location, "");
        return "\"" + location + "\" is run by a marketplace (expected: a location of ours"
                + (runBy.isEmpty() ? ")" : ", or channel " + runBy + ")");
    }
}
