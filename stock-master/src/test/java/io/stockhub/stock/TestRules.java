package io.stockhub.stock;

import io.stockhub.stock.jdbc.OrderRulesSource;
import io.stockhub.stock.ledger.OrderRules;
import io.stockhub.stock.routing.Order;
import io.stockhub.stock.routing.OrderRouter;
import io.stockhub.stock.routing.Plan;
import io.stockhub.stock.routing.RoutingRules;
import io.stockhub.stock.routing.Stock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pools as a test wants them, customers called {@code vip} first, and routing without rules. */
record TestRules(Function<String, String> pools, OrderRouter router) implements OrderRules {

    static OrderRulesSource pools(Function<String, String> pools) {
        return (connection, book) -> new TestRules(pools, OrderRouter.of(RoutingRules.NONE, book.warehouses()));
    }

    @Override
    public String pool(String channel) {
        return pools.apply(channel);
    }

    @Override
    public int priority(String channel, @Nullable String customer) {
        return "vip".equals(customer) ? 1 : 5;
    }

    @Override
    public List<String> locations(String channel, Command.@Nullable ShipTo shipTo) {
        return router.locations(channel, shipTo);
    }

    @Override
    public Plan route(Order order, Stock stock, Instant now) {
        return order.demand().isEmpty() ? Plan.NOTHING : router.route(order, stock, location -> 0, now);
    }
}
