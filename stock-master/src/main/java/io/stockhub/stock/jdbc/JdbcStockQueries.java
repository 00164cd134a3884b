package io.stockhub.stock.jdbc;

import static io.stockhub.stock.jdbc.JdbcCatalogue.unavailable;

import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockState;
import io.stockhub.stock.ledger.Book;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The stock master's reads in PostgreSQL. */
public final class JdbcStockQueries implements StockQueries {
    private final DataSource dataSource;

    public JdbcStockQueries(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Optional<List<LocationStock>> stock(String sku) {
        return query(
                """
                select b.location, b.state, b.quantity from sku s left join balance b
                  on b.sku = s.sku and b.quantity <> 0 and b.state not in ('supplier', 'customer', 'shrinkage', 'production', 'disposed')
                where s.sku = ? order by b.location, b.state""",
                select -> select.setString(1, sku),
                row -> {
                    Map<String, Map<StockState, Long>> locations = new TreeMap<>();
                    boolean exists = false;
                    while (row.next()) {
                        exists = true;
                        if (row.getString(1) != null) {
                            locations
                                    .computeIfAbsent(row.getString(1), id -> new EnumMap<>(StockState.class))
                                    .put(StockState.of(row.getString(2)), row.getLong(3));
                        }
                    }
                    List<LocationStock> stock = new ArrayList<>();
                    locations.forEach((location, states) -> stock.add(new LocationStock(location, states)));
                    return exists ? Optional.of(List.copyOf(stock)) : Optional.empty();
                });
    }

    @Override
    public List<SkuTotals> list(@Nullable String after, int limit, @Nullable String text) {
        try (Connection connection = dataSource.getConnection()) {
            return SkuLists.list(connection, after == null ? "" : after, limit, text);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Map<String, Map<String, Long>> available(Collection<String> skus) {
        try (Connection connection = dataSource.getConnection()) {
            return JdbcChangedSkus.read(connection, skus);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Optional<SkuStock> stock(String sku, AsOf asOf) {
        try (Connection connection = dataSource.getConnection()) {
            return new StockAsOf(connection).read(sku, asOf);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public List<PostingView> postings(String sku, long afterMovement, int limit) {
        try (Connection connection = dataSource.getConnection()) {
            return JdbcHistory.postings(connection, sku, afterMovement, limit);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Optional<Reservation> reservation(long reservationId) {
        return reservations(List.of(reservationId)).stream().findFirst();
    }

    @Override
    public List<Reservation> reservations(Collection<Long> reservationIds) {
        try (Connection connection = dataSource.getConnection()) {
            return new ReservationReader(new Rows(connection))
                    .booked(reservationIds).stream()
                            .map(Book.Booked::reservation)
                            .toList();
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Optional<Reservation> reservation(String channel, String orderRef) {
        Optional<Long> id = query(
                "select reservation_id from reservation where channel = ? and order_ref = ?",
                select -> {
                    select.setString(1, channel);
                    select.setString(2, orderRef);
                },
                row -> row.next() ? Optional.of(row.getLong(1)) : Optional.empty());
        return id.flatMap(this::reservation);
    }

    @Override
    public boolean isAnnounced(String location, String reference) {
        return query(
                "select 1 from inbound where location = ? and reference = ? and closed_at is null",
                select -> {
                    select.setString(1, location);
                    select.setString(2, reference);
                },
                ResultSet::next);
    }

    @Override
    public LedgerReport verify(VerifyMode mode) {
        return new LedgerVerifier(dataSource).verify(mode);
    }

    private interface Binder {
        void bind(PreparedStatement select) throws SQLException;
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> T query(String sql, Binder binder, Reader<T> reader) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            binder.bind(select);
            try (ResultSet row = select.executeQuery()) {
                return reader.read(row);
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }
}
