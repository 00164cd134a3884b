package io.stockhub.stock.jdbc;

import io.stockhub.stock.Catalogue.Component;
import io.stockhub.stock.Catalogue.Sku;
import io.stockhub.stock.Components;
import io.stockhub.stock.Components.Recipe;
import io.stockhub.stock.InvalidCommandException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What bundles and kits are made of, in the database. */
final class Recipes {
    /**
     * Units by SKU that one of each bundle or kit is made of, as rows of root, SKU and units: bundles inside are taken
     * apart, kits are not. The parameter is the roots; those without components have no row.
     */
    static final String PARTS =
            """
            with recursive part (root, sku, per_unit, depth) as (
              select sku, component, quantity, 1 from sku_component where sku = any (?)
              union all
              select p.root, c.component, p.per_unit * c.quantity, p.depth + 1
              from part p join sku s on s.sku = p.sku and not s.assembled
              join sku_component c on c.sku = p.sku where p.depth < 32)
            select p.root, p.sku, sum(p.per_unit)::bigint from part p join sku s on s.sku = p.sku
            where s.assembled or not exists (select from sku_component c where c.sku = p.sku)
            group by p.root, p.sku
            """;

    private Recipes() {}

    /** What one of the bundle or kit is made of, by SKU; empty for others. */
    static Map<String, Long> parts(Rows rows, String sku) throws SQLException {
        Map<String, Long> parts = new TreeMap<>();
        rows.query(PARTS, row -> parts.put(row.getString(2), row.getLong(3)), rows.texts(List.of(sku)));
        return parts;
    }

    /** Everything reachable from {@code skus} downwards. */
    static Map<String, Recipe> below(Connection connection, Collection<String> skus) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                """
                with recursive below (sku) as (
                  select unnest(?::text[]) collate "C"
                  union
                  select c.component from below b join sku_component c using (sku)
                )
                select c.sku, s.assembled, c.component, c.quantity
                from below join sku_component c using (sku) join sku s using (sku) order by c.sku, c.component""")) {
            select.setArray(1, new Rows(connection).texts(skus));
            ResultSet row = select.executeQuery();
            Map<String, Boolean> assembled = new HashMap<>();
            Map<String, Map<String, Long>> parts = new TreeMap<>();
            while (row.next()) {
                assembled.put(row.getString(1), row.getBoolean(2));
                parts.computeIfAbsent(row.getString(1), sku -> new LinkedHashMap<>())
                        .put(row.getString(3), row.getLong(4));
            }
            Map<String, Recipe> recipes = new HashMap<>();
            parts.forEach((sku, inside) -> recipes.put(sku, new Recipe(assembled.get(sku), inside)));
            return recipes;
        }
    }

    /** The SKUs that are made of any of these, themselves not among them. */
    static Set<String> above(Connection connection, Collection<String> skus, boolean throughKits) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                """
                with recursive above (sku) as (
                  select c.sku from sku_component c join sku s using (sku)
                  where c.component = any (?) and (? or not s.assembled)
                  union
                  select c.sku from above a join sku_component c on c.component = a.sku join sku s on s.sku = c.sku
                  where ? or not s.assembled
                )
                select sku from above""")) {
            select.setArray(1, new Rows(connection).texts(skus));
            select.setBoolean(2, throughKits);
            select.setBoolean(3, throughKits);
            ResultSet row = select.executeQuery();
            Set<String> above = new TreeSet<>();
            while (row.next()) {
                above.add(row.getString(1));
            }
            return above;
        }
    }

    /** Refuses components that nobody created, circles, and what would make this SKU, or one that holds it, too large. */
    static void check(Connection connection, Sku sku) throws SQLException {
        List<String> wanted = sku.components().stream().map(Component::sku).toList();
        Set<String> known = existing(connection, wanted);
        for (int i = 0; i < wanted.size(); i++) {
            // Itself it is a circle, which is said below.
            if (!known.contains(wanted.get(i)) && !wanted.get(i).equals(sku.sku())) {
                throw new InvalidCommandException(
                        "components[" + i + "].sku", "\"" + wanted.get(i) + "\" is no SKU (expected: create it first)");
            }
        }
        Set<String> above = wanted.isEmpty() ? Set.of() : above(connection, List.of(sku.sku()), true);
        Set<String> all = new TreeSet<>(above);
        all.addAll(wanted);
        Map<String, Recipe> recipes = below(connection, all);
        Map<String, Long> parts = new LinkedHashMap<>();
        sku.components().forEach(component -> parts.put(component.sku(), component.quantity()));
        recipes.put(sku.sku(), new Recipe(sku.assembled(), parts));
        Components components = new Components(recipes);
        components.check(sku.sku());
        above.forEach(components::check);
    }

    private static Set<String> existing(Connection connection, List<String> skus) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select sku from sku where sku = any (?)")) {
            select.setArray(1, new Rows(connection).texts(skus));
            ResultSet row = select.executeQuery();
            Set<String> existing = new TreeSet<>();
            while (row.next()) {
                existing.add(row.getString(1));
            }
            return existing;
        }
    }

    static void replace(Connection connection, Sku sku) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from sku_component where sku = ?")) {
            delete.setString(1, sku.sku());
            delete.executeUpdate();
        }
        if (sku.components().isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                """
                insert into sku_component (sku, component, quantity)
                select ?, component, quantity from unnest(?::text[], ?::bigint[]) as c (component, quantity)
                order by component""")) {
            insert.setString(1, sku.sku());
            insert.setArray(
                    2,
                    new Rows(connection)
                            .texts(sku.components().stream().map(Component::sku).toList()));
            insert.setArray(
                    3,
                    new Rows(connection)
                            .numbers(sku.components().stream()
                                    .map(Component::quantity)
                                    .toList()));
            insert.executeUpdate();
        }
    }
}
