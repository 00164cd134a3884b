package io.stockhub.stock.jdbc;

import io.stockhub.stock.ChangedSkus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** News of the stock master in PostgreSQL. */
public final class JdbcChangedSkus implements ChangedSkus {

    @Override
    public List<Changed> take(Connection connection, int max) throws SQLException {
        List<Changed> changed = new ArrayList<>();
        try (PreparedStatement delete = connection.prepareStatement(
                """
                with taken as (
                  delete from changed_sku where change_id in (
                    select change_id from changed_sku order by change_id limit ? for update skip locked)
                  returning sku, changed_at)
                select sku, min(changed_at) from taken group by sku order by sku""")) {
            delete.setInt(1, max);
            ResultSet row = delete.executeQuery();
            while (row.next()) {
                changed.add(new Changed(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()));
            }
        }
        try (PreparedStatement lock =
                connection.prepareStatement("select 1 from sku where sku = any (?) order by sku for no key update")) {
            lock.setArray(1, skus(connection, changed.stream().map(Changed::sku).toList()));
            lock.executeQuery();
        }
        return changed;
    }

    @Override
    public void markAll(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into changed_sku (sku, movement_id, changed_at) select sku, 0, now() from sku order by sku")) {
            insert.executeUpdate();
        }
    }

    @Override
    public Map<String, Map<String, Long>> available(Connection connection, Collection<String> skus)
            throws SQLException {
        return read(connection, skus);
    }

    static Map<String, Map<String, Long>> read(Connection connection, Collection<String> skus) throws SQLException {
        Map<String, Map<String, Long>> available = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                """
                select a.sku, a.location, sum(a.quantity) from account a
                left join lot l on l.sku = a.sku and l.lot = a.lot
                where a.sku = any (?) and a.state = 'available' and a.pool = ''
                  and (l.expiry is null or l.expiry >= (now() at time zone 'UTC')::date)
                group by a.sku, a.location""")) {
            select.setArray(1, skus(connection, skus));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                available
                        .computeIfAbsent(row.getString(1), sku -> new HashMap<>())
                        .put(row.getString(2), row.getLong(3));
            }
        }
        return available;
    }

    private static java.sql.Array skus(Connection connection, Collection<String> skus) throws SQLException {
        return connection.createArrayOf("text", skus.toArray());
    }
}
