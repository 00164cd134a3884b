package io.stockhub.stock.ledger;

import io.stockhub.stock.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rules say about orders: one version of them, the same for all commands of a batch. */
public interface OrderRules {

    /** Units of a SKU that leave a location for an order. */
    record Take(String sku, String location, long quantity) {}

    /** Sellable units of a SKU at a location, for the order that is asked about. */
    interface Stock {
        long available(String sku, String location);
    }

    /** The pool that a channel's orders draw on first; empty text when it has none. */
    String pool(String channel);

    /** 1 (first) to 9 (last) for orders that name no priority of their own. */
    int priority(String channel, @Nullable String customer);

    /** May orders of the channel ship from the location? */
    boolean serves(String location, String channel);

    /**
     * Says what ships from where. Takes no more than there is, and all that is needed when the locations that serve the
     * channel together have it.
     *
     * @param need units by SKU with stock of its own
     * @param locations where the order may ship from, in the order of their priority
     */
    List<Take> route(
            Command.Reserve order,
            int priority,
            Map<String, Long> need,
            List<String> locations,
            Stock stock,
            Instant now);

    /** No rules: no pools, one priority; the first location that has everything, else one after the other. */
    OrderRules NONE = new OrderRules() {
        @Override
        public String pool(String channel) {
            return "";
        }

        @Override
        public int priority(String channel, @Nullable String customer) {
            return 5;
        }

        @Override
        public boolean serves(String location, String channel) {
            return true;
        }

        @Override
        public List<Take> route(
                Command.Reserve order,
                int priority,
                Map<String, Long> need,
                List<String> locations,
                Stock stock,
                Instant now) {
            for (String location : locations) {
                boolean whole = need.entrySet().stream()
                        .allMatch(entry -> stock.available(entry.getKey(), location) >= entry.getValue());
                if (whole) {
                    List<Take> takes = new ArrayList<>();
                    need.forEach((sku, quantity) -> takes.add(new Take(sku, location, quantity)));
                    return takes;
                }
            }
            return List.of();
        }
    };
}
