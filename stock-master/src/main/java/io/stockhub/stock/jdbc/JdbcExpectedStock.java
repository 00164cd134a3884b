package io.stockhub.stock.jdbc;

import static io.stockhub.stock.jdbc.SkuStockReader.texts;

import io.stockhub.stock.availability.Expected;
import io.stockhub.stock.availability.ExpectedStock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is on its way: units in the states {@code expected} and {@code in_transit}, dated by their documents. */
public final class JdbcExpectedStock implements ExpectedStock {

    @Override
    public List<Expected> expected(Connection connection, Collection<String> skus) throws SQLException {
        List<Expected> expected = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                """
                select a.sku, (coalesce(i.expected_at, t.expected_at) at time zone 'UTC')::date, a.location,
                       sum(a.quantity)::bigint, a.holder
                from account a
                left join inbound i on a.state = 'expected' and (i.location, i.reference) = (a.location, a.holder)
                left join transfer t on a.state = 'in_transit' and t.transfer_id = a.holder
                where a.sku = any (?) and a.state in ('expected', 'in_transit') and a.quantity > 0
                group by 1, 2, 3, 5 order by 2, 5""")) {
            select.setArray(1, texts(connection, skus));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                expected.add(new Expected(
                        row.getString(1),
                        row.getObject(2, LocalDate.class),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5)));
            }
        }
        return expected;
    }

    @Override
    public Map<String, Long> backordered(Connection connection, Collection<String> skus) throws SQLException {
        Map<String, Long> backordered = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                """
                select sku, sum(waiting)::bigint from (
                  select sku, backordered as waiting from reservation_line
                  where backordered > 0 and sku = any (?)
                  union all
                  select p.sku, l.backordered * p.per_unit
                  from reservation_line l join reservation_part p using (reservation_id, line)
                  where l.backordered > 0 and p.sku = any (?)) w
                group by sku""")) {
            select.setArray(1, texts(connection, skus));
            select.setArray(2, texts(connection, skus));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                backordered.put(row.getString(1), row.getLong(2));
            }
        }
        return backordered;
    }
}
