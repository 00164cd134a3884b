package io.stockhub.stock;

import io.stockhub.stock.availability.AvailabilityDesk;
import io.stockhub.stock.availability.ChangedSkus;
import io.stockhub.stock.availability.ChannelRule;
import io.stockhub.stock.availability.RulesDesk;
import io.stockhub.stock.availability.RulesReader.RoutingCheck;
import io.stockhub.stock.jdbc.JdbcAvailability;
import io.stockhub.stock.jdbc.JdbcChangedSkus;
import io.stockhub.stock.jdbc.JdbcExpectedStock;
import io.stockhub.stock.jdbc.JdbcRules;
import io.stockhub.stock.jdbc.RuleBook;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A stock master with two channels that sell from NORTH and SOUTH: {@code web} everything, {@code bay} what it has a name for. */
final class AvailabilityFixture implements AutoCloseable {
    final StockFixture stock = new StockFixture();
    final RuleBook book = new RuleBook(List.of(
            ChannelRule.base("web", List.of("NORTH", "SOUTH"), 0),
            ChannelRule.base("bay", List.of("NORTH", "SOUTH"), 1)));
    final ChangedSkus changedSkus = new JdbcChangedSkus(book);
    final AvailabilityDesk desk =
            new JdbcAvailability(stock.dataSource, book, new JdbcExpectedStock(), Clock.systemUTC());
    final AtomicInteger told = new AtomicInteger();
    final RulesDesk rules =
            new JdbcRules(stock.dataSource, book, Set.of("bay"), RoutingCheck.NONE, told::incrementAndGet);

    void sql(String sql, Object... parameters) {
        try (Connection connection = stock.dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long number(String sql) {
        try (Connection connection = stock.dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Units as they are after movements that this fixture does not make. */
    void units(String sku, String location, String state, String lot, String pool, long quantity) {
        sql(
                "insert into account (sku, location, state, lot, pool, quantity) values (?, ?, ?, ?, ?, ?)",
                sku,
                location,
                state,
                lot,
                pool,
                quantity);
    }

    void component(String bundle, String component, long quantity) {
        sql("insert into sku_component (sku, component, quantity) values (?, ?, ?)", bundle, component, quantity);
    }

    long ats(String sku, String channel) {
        return desk.ats(List.of(sku)).get(sku).get(channel);
    }

    /** Takes all news and commits. */
    List<ChangedSkus.Changed> news() {
        try (Connection connection = stock.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            List<ChangedSkus.Changed> taken = new ArrayList<>(changedSkus.take(connection, 1_000));
            connection.commit();
            return taken;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> changed() {
        return news().stream().map(ChangedSkus.Changed::sku).toList();
    }

    /** A SKU that {@code bay} has a name for. */
    void aliased(String sku) {
        stock.catalogue.put(Catalogue.Sku.builder(sku, "Title of " + sku)
                .alias("bay", "bay-" + sku)
                .build());
    }

    @Override
    public void close() throws Exception {
        stock.close();
    }
}
