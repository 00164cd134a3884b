package io.stockhub.stock.jdbc;

import io.stockhub.stock.routing.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;

/** A row of {@code location} as the router of orders sees it. */
final class WarehouseRow {
    private WarehouseRow() {}

    /** Reads location_id, kind, priority, latitude, longitude, time_zone from six columns. */
    static Warehouse read(ResultSet row, int first) throws SQLException {
        String timeZone = row.getString(first + 5);
        return new Warehouse(
                row.getString(first),
                row.getString(first + 1),
                row.getInt(first + 2),
                row.getObject(first + 3, Double.class),
                row.getObject(first + 4, Double.class),
                timeZone == null ? null : ZoneId.of(timeZone));
    }
}
