package io.stockhub.stock.jdbc;

import io.stockhub.stock.StockQueries.SkuTotals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SKUs with their totals. The SKUs of a page are found by an index first; only their accounts are read then. */
final class SkuLists {
    /** The same words as in the index of V0011. */
    private static final String SEARCHED = "lower((sku || ' ' || title) collate \"default\")";

    private static final String PAGE = "select sku, title from sku where sku > ? and (%s) order by sku limit ?";

    private static final String TOTALS =
            """
            select s.sku, s.title, t.available, t.reserved
            from (%s) s
            cross join lateral (
              select coalesce(sum(a.quantity) filter (where a.state = 'available'), 0) as available,
                     coalesce(sum(a.quantity) filter (where a.state = 'reserved'), 0) as reserved
              from account a where a.sku = s.sku and a.state in ('available', 'reserved')) t
            order by s.sku""";

    private static final String ALL = TOTALS.formatted(PAGE.formatted("true"));
    private static final String FOUND = TOTALS.formatted(PAGE.formatted(SEARCHED + " like '%' || lower(?) || '%'"));
    private static final String NAMED = TOTALS.formatted("select sku, title from sku where sku = any (?)");

    private SkuLists() {}

    /** By key, after {@code after}; {@code text} is looked for in SKU and title, whatever the case. */
    static List<SkuTotals> list(Connection connection, String after, int limit, @Nullable String text)
            throws SQLException {
        return text == null ? all(connection, after, limit) : found(connection, after, limit, text);
    }

    /** Those that exist, by key. */
    static List<SkuTotals> named(Connection connection, Collection<String> skus) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NAMED)) {
            select.setArray(1, SkuStockReader.texts(connection, skus));
            return read(select);
        }
    }

    private static List<SkuTotals> all(Connection connection, String after, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ALL)) {
            select.setString(1, after);
            select.setInt(2, limit);
            return read(select);
        }
    }

    /** Planned for the very words: rare ones are found by their letters, common ones by going through the keys. */
    private static List<SkuTotals> found(Connection connection, String after, int limit, String text)
            throws SQLException {
        connection.setAutoCommit(false);
        try (Statement plan = connection.createStatement();
                PreparedStatement select = connection.prepareStatement(FOUND)) {
            plan.execute("set local plan_cache_mode = force_custom_plan");
            select.setString(1, after);
            select.setString(2, text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"));
            select.setInt(3, limit);
            return read(select);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static List<SkuTotals> read(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            List<SkuTotals> totals = new ArrayList<>();
            while (row.next()) {
                totals.add(new SkuTotals(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)));
            }
            return totals;
        }
    }
}
