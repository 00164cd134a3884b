package io.stockhub.stock.jdbc;

import io.stockhub.stock.Command;
import io.stockhub.stock.availability.Rules;
import io.stockhub.stock.ledger.Book;
import io.stockhub.stock.ledger.OrderRules;
import io.stockhub.stock.routing.Load;
import io.stockhub.stock.routing.Order;
import io.stockhub.stock.routing.OrderRouter;
import io.stockhub.stock.routing.Plan;
import io.stockhub.stock.routing.RoutingRules;
import io.stockhub.stock.routing.Stock;
import io.stockhub.stock.routing.Warehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of orders, for one batch after the other. Rules are parsed once a version; how busy the warehouses
 * are is counted at most once a second, and only when the rules give one a capacity.
 */
final class OrderRulesReader implements OrderRulesSource {
    private static final Duration LOAD_AGE_MAX = Duration.ofSeconds(1);

    private record Made(
            long version, List<Warehouse> warehouses, Rules rules, RoutingRules routing, OrderRouter router) {}

    private record Counted(Instant at, Map<String, Long> orders) {}

    private final RuleBook book;
    private @Nullable Made made;
    private @Nullable Counted counted;

    OrderRulesReader(RuleBook book) {
        this.book = book;
    }

    @Override
    public OrderRules read(Connection connection, Book batch) throws SQLException {
        Made current = made;
        List<Warehouse> warehouses = batch.warehouses();
        if (current == null
                || current.version() != batch.rulesVersion()
                || !current.warehouses().equals(warehouses)) {
            Rules rules = book.read(connection);
            RoutingRules routing =
                    switch (RoutingRules.parse(rules.routing())) {
                        case RoutingRules.Right right -> right.rules();
                        case RoutingRules.Wrong wrong ->
                            throw new IllegalStateException("rules " + rules.version() + ": " + wrong.findings());
                    };
            current = new Made(rules.version(), warehouses, rules, routing, OrderRouter.of(routing, warehouses));
            made = current;
        }
        Map<String, Long> orders = current.routing().limitsCapacity() ? load(connection, batch.recordedAt()) : Map.of();
        return new Current(current, location -> orders.getOrDefault(location, 0L));
    }

    private Map<String, Long> load(Connection connection, Instant now) throws SQLException {
        Counted last = counted;
        if (last == null || now.isAfter(last.at().plus(LOAD_AGE_MAX)) || now.isBefore(last.at())) {
            Map<String, Long> orders = new HashMap<>();
            new Rows(connection)
                    .query(
                            """
                            select c.location, count(distinct a.reservation_id)
                            from reservation r
                            join allocation a using (reservation_id)
                            join account c using (account_id)
                            join location l on l.location_id = c.location
                            where r.recorded_at > now() - interval '2 days'
                              and (r.recorded_at at time zone coalesce(l.time_zone, 'UTC'))::date
                                = (now() at time zone coalesce(l.time_zone, 'UTC'))::date
                              and a.cancelled < a.quantity
                            group by c.location""",
                            row -> orders.put(row.getString(1), row.getLong(2)));
            last = new Counted(now, orders);
            counted = last;
        }
        return last.orders();
    }

    private record Current(Made made, Load load) implements OrderRules {
        @Override
        public String pool(String channel) {
            String pool = made.rules().pool(channel);
            return pool == null ? "" : pool;
        }

        @Override
        public int priority(String channel, @Nullable String customer) {
            return made.rules().priority(channel, customer);
        }

        @Override
        public List<String> locations(String channel, Command.@Nullable ShipTo shipTo) {
            return made.router().locations(channel, shipTo);
        }

        @Override
        public Plan route(Order order, Stock stock, Instant now) {
            return order.demand().isEmpty() ? Plan.NOTHING : made.router().route(order, stock, load, now);
        }
    }
}
