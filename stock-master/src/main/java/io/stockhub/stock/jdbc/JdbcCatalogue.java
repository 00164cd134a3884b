package io.stockhub.stock.jdbc;

import io.stockhub.stock.Catalogue;
import io.stockhub.stock.StockUnavailableException;
import io.stockhub.stock.Units;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The catalogue in PostgreSQL. */
public final class JdbcCatalogue implements Catalogue {
    /** One writer of SKUs at a time: no key of the database forbids a circle, or an alias that is another SKU's code. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('stockhub.catalogue'))";

    /** Work on one connection. */
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final DataSource dataSource;

    public JdbcCatalogue(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public boolean put(Sku sku) {
        sku.check();
        return write(connection -> {
            try (Statement lock = connection.createStatement()) {
                lock.execute(LOCK);
            }
            List<Names.Clash> clashes = Names.clashes(connection, sku);
            if (clashes.isEmpty()) {
                return new SkuWriter(connection, sku).write();
            }
            for (Names.Clash clash : clashes) {
                Names.note(connection, clash);
            }
            connection.commit();
            throw clashes.getFirst().refused();
        });
    }

    @Override
    public boolean put(Location location) {
        location.check();
        return read(connection -> Places.put(connection, location));
    }

    @Override
    public Optional<Sku> sku(String sku) {
        return read(connection -> SkuReader.sku(connection, sku));
    }

    @Override
    public List<Location> locations() {
        return read(Places::all);
    }

    @Override
    public boolean putBins(String location, List<Bin> bins) {
        Bin.check(bins);
        return write(connection -> Places.putBins(connection, location, bins));
    }

    @Override
    public List<Bin> bins(String location) {
        return read(connection -> Places.bins(connection, location));
    }

    @Override
    public Map<String, Map<String, List<String>>> aliases(Collection<String> skus) {
        return read(connection -> SkuReader.aliases(connection, skus));
    }

    @Override
    public Optional<String> resolve(String system, String name) {
        return read(connection -> Names.resolve(connection, system, name));
    }

    @Override
    public List<Conflict> conflicts(@Nullable Boolean open, long after, int limit) {
        return read(connection -> Names.conflicts(connection, open, after, limit));
    }

    @Override
    public Optional<Conflict> settle(long conflictId, String actor) {
        return read(connection -> Names.settle(connection, conflictId, actor));
    }

    @Override
    public Map<String, Units> units(Collection<String> skus) {
        return read(connection -> SkuReader.units(connection, skus));
    }

    /** Each statement by itself. */
    private <T> T read(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /** All or nothing. */
    private <T> T write(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T done = work.on(connection);
                connection.commit();
                return done;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    static StockUnavailableException unavailable(SQLException e) {
        return new StockUnavailableException("The database did not answer.", e);
    }
}
