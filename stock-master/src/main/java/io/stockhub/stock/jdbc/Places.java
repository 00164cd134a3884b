package io.stockhub.stock.jdbc;

import io.stockhub.stock.Catalogue.Bin;
import io.stockhub.stock.Catalogue.Location;
import io.stockhub.stock.InvalidCommandException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Locations and their bins. */
final class Places {
    private Places() {}

    static boolean put(Connection connection, Location location) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                """
                insert into location (location_id, title, kind, country, region, postal_code, priority, managed_by,
                                      latitude, longitude, time_zone)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (location_id) do update set title = excluded.title, kind = excluded.kind,
                  country = excluded.country, region = excluded.region, postal_code = excluded.postal_code,
                  priority = excluded.priority, managed_by = excluded.managed_by, latitude = excluded.latitude,
                  longitude = excluded.longitude, time_zone = excluded.time_zone
                returning xmax = 0""")) {
            upsert.setString(1, location.id());
            upsert.setString(2, location.title());
            upsert.setString(3, location.kind());
            upsert.setString(4, location.country());
            upsert.setString(5, location.region());
            upsert.setString(6, location.postalCode());
            upsert.setInt(7, location.priority());
            upsert.setString(8, location.managedBy());
            upsert.setObject(9, location.latitude());
            upsert.setObject(10, location.longitude());
            upsert.setString(11, location.timeZone());
            ResultSet row = upsert.executeQuery();
            row.next();
            return row.getBoolean(1);
        }
    }

    static List<Location> all(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select * from location order by priority, location_id")) {
            ResultSet row = select.executeQuery();
            List<Location> locations = new ArrayList<>();
            while (row.next()) {
                locations.add(new Location(
                        row.getString("location_id"),
                        row.getString("title"),
                        row.getString("kind"),
                        row.getString("country"),
                        row.getString("region"),
                        row.getString("postal_code"),
                        row.getInt("priority"),
                        row.getString("managed_by"),
                        row.getObject("latitude", Double.class),
                        row.getObject("longitude", Double.class),
                        row.getString("time_zone")));
            }
            return locations;
        }
    }

    static List<Bin> bins(Connection connection, String location) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select bin, zone, pick_order from bin where location = ? order by pick_order, bin")) {
            select.setString(1, location);
            ResultSet row = select.executeQuery();
            List<Bin> bins = new ArrayList<>();
            while (row.next()) {
                bins.add(new Bin(row.getString(1), row.getString(2), row.getInt(3)));
            }
            return bins;
        }
    }

    /** Returns false when there is no such location. The lock makes two lists for one location follow each other. */
    static boolean putBins(Connection connection, String location, List<Bin> bins) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select from location where location_id = ? for update")) {
            lock.setString(1, location);
            if (!lock.executeQuery().next()) {
                return false;
            }
        }
        Array names = new Rows(connection).texts(bins.stream().map(Bin::bin).toList());
        refuseLosingStock(connection, location, names);
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from bin where location = ? and bin not in (select unnest(?::text[]))")) {
            delete.setString(1, location);
            delete.setArray(2, names);
            delete.executeUpdate();
        }
        try (PreparedStatement upsert = connection.prepareStatement(
                """
                insert into bin (location, bin, zone, pick_order)
                select ?, * from unnest(?::text[], ?::text[], ?::integer[])
                on conflict (location, bin) do update set zone = excluded.zone, pick_order = excluded.pick_order""")) {
            upsert.setString(1, location);
            upsert.setArray(2, names);
            upsert.setArray(
                    3,
                    connection.createArrayOf(
                            "text", bins.stream().map(Bin::zone).toArray()));
            upsert.setArray(
                    4,
                    connection.createArrayOf(
                            "integer", bins.stream().map(Bin::pickOrder).toArray()));
            upsert.executeUpdate();
        }
        return true;
    }

    private static void refuseLosingStock(Connection connection, String location, Array names) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                """
                select bin, sku, sum(quantity) from account
                where location = ? and quantity <> 0 and bin <> '' and bin not in (select unnest(?::text[]))
                group by bin, sku order by bin, sku limit 1""")) {
            select.setString(1, location);
            select.setArray(2, names);
            ResultSet row = select.executeQuery();
            if (row.next()) {
                throw new InvalidCommandException(
                        "bins",
                        "\"" + row.getString(1) + "\" is missing and holds " + row.getLong(3) + " of "
                                + row.getString(2) + " (expected: the bin in the list, or its stock put elsewhere)");
            }
        }
    }
}
