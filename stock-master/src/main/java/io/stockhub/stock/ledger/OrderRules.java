package io.stockhub.stock.ledger;

import io.stockhub.stock.Command;
import io.stockhub.stock.routing.Order;
import io.stockhub.stock.routing.Plan;
import io.stockhub.stock.routing.Stock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules say about orders: one version of them, the same for all commands of a batch. */
public interface OrderRules {

    /** The pool that a channel's orders draw on first; empty text when it has none. */
    String pool(String channel);

    /** 1 (first) to 9 (last) for orders that name no priority of their own. */
    int priority(String channel, @Nullable String customer);

    /** Where orders of the channel to this address may ship from, in the order of the locations' priority. */
    List<String> locations(String channel, Command.@Nullable ShipTo shipTo);

    /** Says what ships from where; takes no more than there is, and may leave some of the demand open. */
    Plan route(Order order, Stock stock, Instant now);
}
