package io.stockhub.stock.availability;

import io.stockhub.stock.InvalidCommandException;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one channel may be told of a SKU, in base units.
 *
 * @param locations whose stock the channel may sell
 * @param buffer kept back from the channel to absorb delay, at least 0
 * @param floor below it the channel is told 0; 0 hides nothing
 * @param cap the channel is never told more; null for no cap
 * @param priority of the channel's orders, 1 first to 9 last
 */
public record ChannelRule(
        String channel, List<String> locations, long buffer, long floor, @Nullable Long cap, int priority) {
    public static final int PRIORITY_DEFAULT = 5;
    public static final int PRIORITY_LAST = 9;

    public ChannelRule {
        locations = List.copyOf(new LinkedHashSet<>(locations));
        notNegative("buffer", buffer);
        notNegative("floor", floor);
        if (cap != null) {
            notNegative("cap", cap);
        }
        if (priority < 1 || priority > PRIORITY_LAST) {
            throw new InvalidCommandException("priority", priority + " (expected: 1 to " + PRIORITY_LAST + ")");
        }
    }

    /** What the settings alone say of a channel: the base on which a rules document lies. */
    public static ChannelRule base(String channel, List<String> locations, long buffer) {
        return new ChannelRule(channel, locations, buffer, 0, null, PRIORITY_DEFAULT);
    }

    ChannelRule with(RulesDocument.Terms terms) {
        return new ChannelRule(
                channel,
                locations,
                terms.buffer() == null ? buffer : terms.buffer(),
                terms.floor() == null ? floor : terms.floor(),
                terms.cap() == null ? cap : terms.cap(),
                priority);
    }

    private static void notNegative(String field, long quantity) {
        if (quantity < 0) {
            throw new InvalidCommandException(field, quantity + " (expected: >= 0)");
        }
    }
}
