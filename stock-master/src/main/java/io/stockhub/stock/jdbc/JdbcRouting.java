package io.stockhub.stock.jdbc;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.ledger.Book;
import io.stockhub.stock.ledger.Decider;
import io.stockhub.stock.ledger.OrderRules;
import io.stockhub.stock.routing.Order;
import io.stockhub.stock.routing.Plan;
import io.stockhub.stock.routing.RoutingDesk;
import io.stockhub.stock.routing.Stock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Decides an order as the ledger would, on what is there, and writes nothing: the explanation is the decision itself. */
public final class JdbcRouting implements RoutingDesk {
    private static final String UNLOCKED = "select sku, tracking, assembled, cost, leased from sku where sku = any (?)";

    private final DataSource dataSource;
    private final RuleBook rules;

    public JdbcRouting(DataSource dataSource, RuleBook rules) {
        this.dataSource = dataSource;
        this.rules = rules;
    }

    @Override
    public Trial tryOut(Question question) {
        List<Command.Line> lines = new ArrayList<>();
        question.units().forEach((sku, units) -> lines.add(new Command.Line(sku, units)));
        Command.Reserve order = new Command.Reserve(
                question.channel(),
                "try " + UUID.randomUUID(),
                Command.Policy.BACKORDER,
                question.shipTo(),
                null,
                "nobody",
                null,
                new Command.Terms(question.customer(), question.priority(), null),
                lines);
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                return decide(connection, order);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw JdbcCatalogue.unavailable(e);
        }
    }

    private Trial decide(Connection connection, Command.Reserve order) throws SQLException {
        Book book = new BookReader(connection, UNLOCKED, new MasterData()).read(List.of(order));
        Heard heard = new Heard(new OrderRulesReader(rules).read(connection, book));
        Answer answer = new Decider(book, heard).decide(order);
        return switch (answer) {
            case Answer.Held held -> new Trial.Routed(held.reservation().lines(), heard.plan);
            case Answer.UnknownSku(int line, String sku) -> new Trial.UnknownSku(line, sku);
            default -> throw new IllegalStateException("an order that may wait was answered " + answer);
        };
    }

    /** The rules, remembering what they said. */
    private static final class Heard implements OrderRules {
        private final OrderRules rules;
        private Plan plan = Plan.NOTHING;

        Heard(OrderRules rules) {
            this.rules = rules;
        }

        @Override
        public String pool(String channel) {
            return rules.pool(channel);
        }

        @Override
        public int priority(String channel, @Nullable String customer) {
            return rules.priority(channel, customer);
        }

        @Override
        public List<String> locations(String channel, Command.@Nullable ShipTo shipTo) {
            return rules.locations(channel, shipTo);
        }

        @Override
        public Plan route(Order order, Stock stock, Instant now) {
            plan = rules.route(order, stock, now);
            return plan;
        }
    }
}
