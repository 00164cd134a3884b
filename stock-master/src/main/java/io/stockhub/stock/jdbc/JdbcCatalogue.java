package io.stockhub.stock.jdbc;

import io.stockhub.stock.Catalogue;
import io.stockhub.stock.StockUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The catalogue in PostgreSQL. */
public final class JdbcCatalogue implements Catalogue {
    private final DataSource dataSource;

    public JdbcCatalogue(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public boolean put(Sku sku) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean isNew = upsert(connection, sku);
            replaceAliases(connection, sku);
            connection.commit();
            return isNew;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /** A new SKU counts as changed, so that the channels learn of it. */
    private static boolean upsert(Connection connection, Sku sku) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                """
                with written as (
                  insert into sku (sku, title, gtin) values (?, ?, ?)
                  on conflict (sku) do update set title = excluded.title, gtin = excluded.gtin
                  returning sku, xmax = 0 as is_new
                ), told as (
                  insert into changed_sku (sku, movement_id, changed_at) select sku, 0, now() from written
                )
                select is_new from written""")) {
            upsert.setString(1, sku.sku());
            upsert.setString(2, sku.title());
            upsert.setString(3, sku.gtin());
            ResultSet row = upsert.executeQuery();
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void replaceAliases(Connection connection, Sku sku) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from sku_alias where sku = ?")) {
            delete.setString(1, sku.sku());
            delete.executeUpdate();
        }
        for (Map.Entry<String, String> alias : sku.aliases().entrySet()) {
            try (PreparedStatement insert = connection.prepareStatement(
                    """
                    with taken as (insert into sku_alias (system, alias, sku) values (?, ?, ?)
                                   on conflict (system, alias) do nothing returning sku)
                    select sku from taken union all select sku from sku_alias where system = ? and alias = ?""")) {
                insert.setString(1, alias.getKey());
                insert.setString(2, alias.getValue());
                insert.setString(3, sku.sku());
                insert.setString(4, alias.getKey());
                insert.setString(5, alias.getValue());
                ResultSet row = insert.executeQuery();
                String owner = row.next() ? row.getString(1) : "?";
                if (!owner.equals(sku.sku())) {
                    connection.rollback();
                    throw new AliasTakenException(alias.getKey(), alias.getValue(), owner);
                }
            }
        }
    }

    @Override
    public boolean put(Location location) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement upsert = connection.prepareStatement(
                        """
                        insert into location (location_id, title, kind, country, region, postal_code, priority)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (location_id) do update set title = excluded.title, kind = excluded.kind,
                          country = excluded.country, region = excluded.region, postal_code = excluded.postal_code,
                          priority = excluded.priority
                        returning xmax = 0""")) {
            upsert.setString(1, location.id());
            upsert.setString(2, location.title());
            upsert.setString(3, location.kind());
            upsert.setString(4, location.country());
            upsert.setString(5, location.region());
            upsert.setString(6, location.postalCode());
            upsert.setInt(7, location.priority());
            ResultSet row = upsert.executeQuery();
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Optional<Sku> sku(String sku) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        """
                        select s.title, s.gtin, a.system, a.alias from sku s left join sku_alias a using (sku)
                        where sku = ? order by a.system""")) {
            select.setString(1, sku);
            ResultSet row = select.executeQuery();
            Map<String, String> aliases = new LinkedHashMap<>();
            Sku found = null;
            while (row.next()) {
                if (row.getString(3) != null) {
                    aliases.put(row.getString(3), row.getString(4));
                }
                found = new Sku(sku, row.getString(1), row.getString(2), aliases);
            }
            return Optional.ofNullable(found);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public List<Location> locations() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        """
                        select location_id, title, kind, country, region, postal_code, priority from location
                        order by priority, location_id""")) {
            ResultSet row = select.executeQuery();
            List<Location> locations = new ArrayList<>();
            while (row.next()) {
                locations.add(new Location(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getInt(7)));
            }
            return locations;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Map<String, Map<String, String>> aliases(Collection<String> skus) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select sku, system, alias from sku_alias where sku = any (?)")) {
            select.setArray(1, connection.createArrayOf("text", skus.toArray()));
            ResultSet row = select.executeQuery();
            Map<String, Map<String, String>> aliases = new HashMap<>();
            while (row.next()) {
                aliases.computeIfAbsent(row.getString(1), sku -> new HashMap<>())
                        .put(row.getString(2), row.getString(3));
            }
            return aliases;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Optional<String> resolve(String system, String name) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        """
                        select sku, 1 as rank from sku_alias where system = ? and alias = ?
                        union all select sku, 2 from sku where sku = ? order by rank limit 1""")) {
            select.setString(1, system);
            select.setString(2, name);
            select.setString(3, name);
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    static StockUnavailableException unavailable(SQLException e) {
        return new StockUnavailableException("The database did not answer.", e);
    }
}
