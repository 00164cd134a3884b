package io.stockhub.stock.jdbc;

import static io.stockhub.stock.jdbc.JdbcCatalogue.unavailable;

import io.stockhub.stock.MovementKind;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockState;
import io.stockhub.stock.ledger.Book;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
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
        return query(
                """
                select s.sku, s.title,
                       coalesce(sum(b.quantity) filter (where b.state = 'available'), 0),
                       coalesce(sum(b.quantity) filter (where b.state = 'reserved'), 0)
                from (select sku, title from sku
                      where sku > ? and (?::text is null or strpos(lower(sku || ' ' || title), lower(?)) > 0)
                      order by sku limit ?) s
                left join balance b on b.sku = s.sku
                group by s.sku, s.title order by s.sku""",
                select -> {
                    select.setString(1, after == null ? "" : after);
                    select.setString(2, text);
                    select.setString(3, text);
                    select.setInt(4, limit);
                },
                row -> {
                    List<SkuTotals> totals = new ArrayList<>();
                    while (row.next()) {
                        totals.add(new SkuTotals(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)));
                    }
                    return totals;
                });
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
    public List<PostingView> postings(String sku, long afterMovement, int limit) {
        return query(
                """
                select p.movement_id, p.line, m.kind, m.reference, m.reason, m.actor, m.occurred_at, m.recorded_at,
                       t.location, f.state, t.state, p.quantity
                from posting p join movement m using (movement_id)
                join account f on f.account_id = p.from_account join account t on t.account_id = p.to_account
                where p.sku = ? and p.movement_id > ? order by p.movement_id, p.line limit ?""",
                select -> {
                    select.setString(1, sku);
                    select.setLong(2, afterMovement);
                    select.setInt(3, limit);
                },
                row -> {
                    List<PostingView> postings = new ArrayList<>();
                    while (row.next()) {
                        postings.add(new PostingView(
                                row.getLong(1),
                                row.getInt(2),
                                MovementKind.of(row.getString(3)),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getObject(7, OffsetDateTime.class).toInstant(),
                                row.getObject(8, OffsetDateTime.class).toInstant(),
                                row.getString(9),
                                StockState.of(row.getString(10)),
                                StockState.of(row.getString(11)),
                                row.getLong(12)));
                    }
                    return postings;
                });
    }

    @Override
    public Optional<Reservation> reservation(long reservationId) {
        try (Connection connection = dataSource.getConnection()) {
            return new ReservationReader(new Rows(connection))
                    .booked(List.of(reservationId)).stream().findFirst().map(Book.Booked::reservation);
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
    public LedgerReport verify() {
        return query(
                """
                with moved as (
                  select account_id, sum(change) as quantity from (
                    select from_account as account_id, -quantity as change from posting
                    union all
                    select to_account, quantity from posting) change
                  group by account_id
                ), held as (
                  select account_id, sum(quantity - shipped - cancelled - picked) as on_shelf
                  from allocation group by account_id
                ), picked as (
                  select c.sku, c.location, sum(a.picked) as quantity
                  from allocation a join account c using (account_id) group by c.sku, c.location
                )
                select
                  (select count(*) from movement),
                  (select count(*) from posting),
                  (select count(*) from account),
                  (select count(*) from (select sku from account group by sku having sum(quantity) <> 0) s),
                  (select count(*) from account
                   where quantity < 0 and state not in ('supplier', 'customer', 'shrinkage', 'production', 'disposed')),
                  (select count(*) from account a full join moved m using (account_id)
                   where coalesce(a.quantity, 0) <> coalesce(m.quantity, 0)),
                  (select count(*) from (select * from account where state = 'reserved') a
                   full join held h using (account_id) where coalesce(a.quantity, 0) <> coalesce(h.on_shelf, 0))
                  + (select count(*) from (select sku, location, sum(quantity) as quantity from account
                                           where state = 'picked' group by sku, location) a
                     full join picked p using (sku, location)
                     where coalesce(a.quantity, 0) <> coalesce(p.quantity, 0))""",
                select -> {},
                row -> {
                    row.next();
                    return new LedgerReport(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getLong(7));
                });
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
