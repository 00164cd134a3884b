package io.stockhub.stock.jdbc;

import io.stockhub.stock.Catalogue.Sku;
import io.stockhub.stock.SkuBuilder;
import io.stockhub.stock.Tracking;
import io.stockhub.stock.Units;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads SKUs. */
final class SkuReader {
    private SkuReader() {}

    static Optional<Sku> sku(Connection connection, String sku) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                """
                select title, gtin, base_unit, assembled, tracking, cost, weight_grams, abc_class
                from sku where sku = ?""")) {
            select.setString(1, sku);
            ResultSet row = select.executeQuery();
            if (!row.next()) {
                return Optional.empty();
            }
            BigDecimal cost = row.getBigDecimal("cost");
            SkuBuilder builder = Sku.builder(sku, row.getString("title"))
                    .gtin(row.getString("gtin"))
                    .baseUnit(row.getString("base_unit"))
                    .assembled(row.getBoolean("assembled"))
                    .tracking(Tracking.of(row.getString("tracking")))
                    .cost(cost == null ? null : plain(cost))
                    .weightGrams(row.getObject("weight_grams", Long.class))
                    .abcClass(row.getString("abc_class"));
            units(connection, List.of(sku)).get(sku).factors().forEach(builder::unit);
            components(connection, sku, builder);
            aliases(connection, List.of(sku))
                    .getOrDefault(sku, Map.of())
                    .forEach((system, names) -> builder.alias(system, names.toArray(String[]::new)));
            return Optional.of(builder.build());
        }
    }

    /** The column has six decimals; 12.5 stays 12.5. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static void components(Connection connection, String sku, SkuBuilder builder) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select component, quantity from sku_component where sku = ? order by component")) {
            select.setString(1, sku);
            ResultSet row = select.executeQuery();
            while (row.next()) {
                builder.component(row.getString(1), row.getLong(2));
            }
        }
    }

    static Map<String, Units> units(Connection connection, Collection<String> skus) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                """
                select s.sku, s.base_unit, u.unit, u.factor from sku s left join sku_unit u using (sku)
                where s.sku = any (?)""")) {
            select.setArray(1, new Rows(connection).texts(skus));
            ResultSet row = select.executeQuery();
            Map<String, String> bases = new HashMap<>();
            Map<String, Map<String, Long>> factors = new HashMap<>();
            while (row.next()) {
                bases.put(row.getString(1), row.getString(2));
                if (row.getString(3) != null) {
                    factors.computeIfAbsent(row.getString(1), sku -> new HashMap<>())
                            .put(row.getString(3), row.getLong(4));
                }
            }
            Map<String, Units> units = new HashMap<>();
            bases.forEach((sku, base) -> units.put(sku, new Units(base, factors.getOrDefault(sku, Map.of()))));
            return units;
        }
    }

    static Map<String, Map<String, List<String>>> aliases(Connection connection, Collection<String> skus)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select sku, system, alias from sku_alias where sku = any (?) order by sku, system, alias")) {
            select.setArray(1, new Rows(connection).texts(skus));
            ResultSet row = select.executeQuery();
            Map<String, Map<String, List<String>>> aliases = new HashMap<>();
            while (row.next()) {
                aliases.computeIfAbsent(row.getString(1), sku -> new TreeMap<>())
                        .computeIfAbsent(row.getString(2), system -> new ArrayList<>())
                        .add(row.getString(3));
            }
            return aliases;
        }
    }
}
