package io.stockhub.stock.jdbc;

import io.stockhub.stock.Catalogue.Sku;
import io.stockhub.stock.InvalidCommandException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one SKU. What would give its stock or its history another meaning is refused. */
final class SkuWriter {
    /** What there is of a SKU before it is written. */
    private record Before(String baseUnit, String tracking) {}

    private final Connection connection;
    private final Sku sku;

    SkuWriter(Connection connection, Sku sku) {
        this.connection = connection;
        this.sku = sku;
    }

    /** Returns true when the SKU is new. The caller holds the lock of the catalogue and commits. */
    boolean write() throws SQLException {
        Before before = lock();
        if (before != null) {
            keepTheMeaningOfStock(before);
            keepTheMeaningOfUnits();
        }
        Recipes.check(connection, sku);
        upsert();
        replaceUnits();
        Recipes.replace(connection, sku);
        replaceAliases();
        tell();
        Names.settleGone(connection, sku.sku());
        return before == null;
    }

    /** The ledger locks the same row before it reads stock: what is checked here stays true until the commit. */
    @Nullable
    private Before lock() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select base_unit, tracking from sku where sku = ? for no key update")) {
            select.setString(1, sku.sku());
            ResultSet row = select.executeQuery();
            return row.next() ? new Before(row.getString(1), row.getString(2)) : null;
        }
    }

    private void keepTheMeaningOfStock(Before before) throws SQLException {
        boolean bundle = !sku.components().isEmpty() && !sku.assembled();
        boolean otherTracking = !before.tracking().equals(sku.tracking().code());
        if (bundle || otherTracking) {
            String own = ownStock();
            if (own != null && bundle) {
                throw new InvalidCommandException(
                        "components",
                        sku.sku() + " has " + own
                                + ", and a bundle has none (expected: write them off, or say \"assembled\": true)");
            }
            if (own != null) {
                throw new InvalidCommandException(
                        "tracking",
                        "\"" + sku.tracking().code() + "\", but " + sku.sku() + " has " + own + " (expected: "
                                + before.tracking() + ", or write them off, change it, and receive them again)");
            }
        }
        if (!before.baseUnit().equals(sku.baseUnit()) && (hasMovements() || ownStock() != null)) {
            throw new InvalidCommandException(
                    "baseUnit",
                    "\"" + sku.baseUnit() + "\", but all that " + sku.sku() + " ever moved was counted in "
                            + before.baseUnit() + " (expected: " + before.baseUnit() + ", or a new SKU)");
        }
    }

    /** For people: {@code 12 units of its own (10 available, 2 reserved)}; null when there are none. */
    @Nullable
    private String ownStock() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                """
                select state, sum(quantity) from balance
                where sku = ? and state not in ('supplier', 'customer', 'shrinkage', 'production', 'disposed')
                group by state having sum(quantity) <> 0 order by state""")) {
            select.setString(1, sku.sku());
            ResultSet row = select.executeQuery();
            long units = 0;
            List<String> states = new ArrayList<>();
            while (row.next()) {
                units += row.getLong(2);
                states.add(row.getLong(2) + " " + row.getString(1));
            }
            String noun = units == 1 ? " unit" : " units";
            return states.isEmpty() ? null : units + noun + " of its own (" + String.join(", ", states) + ")";
        }
    }

    private boolean hasMovements() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select exists (select from posting where sku = ?)")) {
            select.setString(1, sku.sku());
            ResultSet row = select.executeQuery();
            row.next();
            return row.getBoolean(1);
        }
    }

    /** A document of last year said 3 CA: a CA must be now what it was then. */
    private void keepTheMeaningOfUnits() throws SQLException {
        Map<String, Long> now = units("sku_unit");
        Map<String, Long> wanted = sku.units();
        Map<String, Long> past = units("sku_unit_past");
        Map<String, Long> ever = new HashMap<>(past);
        ever.putAll(now);
        boolean unchanged = now.equals(wanted) && past.isEmpty();
        if (unchanged || !hasMovements()) {
            return;
        }
        wanted.forEach((unit, factor) -> {
            Long then = ever.get(unit);
            if (then != null && !then.equals(factor)) {
                throw new InvalidCommandException(
                        "units." + unit,
                        factor + ", but " + sku.sku() + " has moved in " + unit + " of " + then + " (expected: " + then
                                + ", or a new name for the new unit, for example " + unit + "-" + factor + ")");
            }
        });
        Set<String> gone =
                now.keySet().stream().filter(unit -> !wanted.containsKey(unit)).collect(Collectors.toSet());
        try (PreparedStatement keep = connection.prepareStatement(
                """
                insert into sku_unit_past (sku, unit, factor)
                select sku, unit, factor from sku_unit where sku = ? and unit = any (?)
                on conflict do nothing""")) {
            keep.setString(1, sku.sku());
            keep.setArray(2, new Rows(connection).texts(gone));
            keep.executeUpdate();
        }
    }

    private Map<String, Long> units(String table) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select unit, factor from " + table + " where sku = ?")) {
            select.setString(1, sku.sku());
            ResultSet row = select.executeQuery();
            Map<String, Long> units = new HashMap<>();
            while (row.next()) {
                units.put(row.getString(1), row.getLong(2));
            }
            return units;
        }
    }

    private void upsert() throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                """
                insert into sku (sku, title, gtin, base_unit, assembled, tracking, cost, weight_grams, abc_class)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (sku) do update set title = excluded.title, gtin = excluded.gtin,
                  base_unit = excluded.base_unit, assembled = excluded.assembled, tracking = excluded.tracking,
                  cost = excluded.cost, weight_grams = excluded.weight_grams, abc_class = excluded.abc_class""")) {
            upsert.setString(1, sku.sku());
            upsert.setString(2, sku.title());
            upsert.setString(3, sku.gtin());
            upsert.setString(4, sku.baseUnit());
            upsert.setBoolean(5, sku.assembled());
            upsert.setString(6, sku.tracking().code());
            upsert.setBigDecimal(7, sku.cost());
            upsert.setObject(8, sku.weightGrams());
            upsert.setString(9, sku.abcClass());
            upsert.executeUpdate();
        }
    }

    private void replaceUnits() throws SQLException {
        delete("sku_unit");
        if (sku.units().isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into sku_unit (sku, unit, factor) select ?, * from unnest(?::text[], ?::bigint[])")) {
            insert.setString(1, sku.sku());
            insert.setArray(2, new Rows(connection).texts(sku.units().keySet()));
            insert.setArray(3, new Rows(connection).numbers(sku.units().values()));
            insert.executeUpdate();
        }
    }

    private void replaceAliases() throws SQLException {
        delete("sku_alias");
        if (sku.aliases().isEmpty()) {
            return;
        }
        List<String> systems = new ArrayList<>();
        List<String> names = new ArrayList<>();
        sku.aliases()
                .forEach((system, aliases) -> aliases.forEach(alias -> {
                    systems.add(system);
                    names.add(alias);
                }));
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into sku_alias (sku, system, alias) select ?, * from unnest(?::text[], ?::text[])")) {
            insert.setString(1, sku.sku());
            insert.setArray(2, new Rows(connection).texts(systems));
            insert.setArray(3, new Rows(connection).texts(names));
            insert.executeUpdate();
        }
    }

    private void delete(String table) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from " + table + " where sku = ?")) {
            delete.setString(1, sku.sku());
            delete.executeUpdate();
        }
    }

    /** The SKU counts as changed, and so do the bundles that hold it: the channels learn of both. */
    private void tell() throws SQLException {
        List<String> changed = new ArrayList<>();
        changed.add(sku.sku());
        changed.addAll(Recipes.above(connection, List.of(sku.sku()), false));
        try (PreparedStatement insert = connection.prepareStatement(
                """
                insert into changed_sku (sku, movement_id, changed_at)
                select changed, 0, now() from unnest(?::text[]) as changed""")) {
            insert.setArray(1, new Rows(connection).texts(changed));
            insert.executeUpdate();
        }
    }
}
