package io.stockhub.stock.jdbc;

import static io.stockhub.stock.jdbc.JdbcCatalogue.unavailable;

import io.stockhub.stock.availability.AvailabilityDesk;
import io.stockhub.stock.availability.Derivation;
import io.stockhub.stock.availability.ExpectedStock;
import io.stockhub.stock.availability.Promise;
import io.stockhub.stock.availability.Rules;
import io.stockhub.stock.availability.SkuStock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What may be sold, from PostgreSQL, each answer in one snapshot. */
public final class JdbcAvailability implements AvailabilityDesk {
    private final DataSource dataSource;
    private final RuleBook book;
    private final ExpectedStock expectedStock;
    private final Clock clock;

    /** @param clock says which day it is, in UTC */
    public JdbcAvailability(DataSource dataSource, RuleBook book, ExpectedStock expectedStock, Clock clock) {
        this.dataSource = dataSource;
        this.book = book;
        this.expectedStock = expectedStock;
        this.clock = clock;
    }

    @Override
    public Map<String, Map<String, Long>> ats(Collection<String> skus) {
        return snapshot(connection -> ats(connection, book.read(connection), skus));
    }

    @Override
    public Offers offers(Collection<String> skus) {
        return snapshot(connection -> {
            Rules rules = book.read(connection);
            Map<String, Map<String, Long>> numbers = ats(connection, rules, skus);
            List<Offer> offers = SkuLists.named(connection, skus).stream()
                    .map(sku -> new Offer(
                            sku.sku(), sku.available(), sku.reserved(), numbers.getOrDefault(sku.sku(), Map.of())))
                    .toList();
            return new Offers(rules.channels(), offers);
        });
    }

    private static Map<String, Map<String, Long>> ats(Connection connection, Rules rules, Collection<String> skus)
            throws SQLException {
        Map<String, Map<String, Long>> numbers = new HashMap<>();
        new SkuStockReader(connection).sellable(skus).forEach((sku, stock) -> {
            Map<String, Long> byChannel = new TreeMap<>();
            rules.channels().forEach(channel -> byChannel.put(channel, rules.ats(channel, stock)));
            numbers.put(sku, byChannel);
        });
        return numbers;
    }

    @Override
    public Map<String, Long> sellable(Collection<String> skus) {
        return snapshot(connection -> {
            Rules rules = book.read(connection);
            Map<String, Long> units = new HashMap<>();
            new SkuStockReader(connection)
                    .sellable(skus)
                    .forEach((sku, stock) -> units.put(sku, rules.sellable(stock)));
            return units;
        });
    }

    @Override
    public Optional<Derivation> why(String sku, String channel) {
        return snapshot(connection -> {
            Rules rules = book.read(connection);
            SkuStock stock =
                    new SkuStockReader(connection).explained(List.of(sku)).get(sku);
            return stock == null || !rules.channels().contains(channel)
                    ? Optional.empty()
                    : Optional.of(rules.derive(channel, stock));
        });
    }

    @Override
    public Optional<Promise> promise(String sku, String channel) {
        return snapshot(connection -> {
            Rules rules = book.read(connection);
            SkuStock stock =
                    new SkuStockReader(connection).sellable(List.of(sku)).get(sku);
            if (stock == null || !rules.channels().contains(channel)) {
                return Optional.empty();
            }
            List<String> stocked = stock.parts().isEmpty()
                    ? List.of(sku)
                    : stock.parts().stream().map(part -> part.stock().sku()).toList();
            return Optional.of(Promise.of(
                    rules,
                    channel,
                    stock,
                    expectedStock.expected(connection, stocked),
                    expectedStock.backordered(connection, stocked),
                    LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC)));
        });
    }

    interface Reading<T> {
        T read(Connection connection) throws SQLException;
    }

    private <T> T snapshot(Reading<T> reading) {
        return snapshot(dataSource, reading);
    }

    /** Reads in one snapshot, and leaves the connection as it was. */
    static <T> T snapshot(DataSource dataSource, Reading<T> reading) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try {
                return reading.read(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setReadOnly(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }
}
