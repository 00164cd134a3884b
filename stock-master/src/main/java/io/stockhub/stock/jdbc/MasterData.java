package io.stockhub.stock.jdbc;

import io.stockhub.stock.ledger.Book;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Locations, bins, the number of the rules and recipes, remembered between the batches of one writer. All of it is of one
 * version of the master data: a row that the database itself counts up with each change (V0012). Each batch asks for the
 * version under its locks, so that nothing older than a commit before them is ever decided by.
 *
 * <p>Not for several threads.
 */
final class MasterData {
    private static final int RECIPES_MAX = 200_000;

    static final String VERSION = "select version from master_data";

    private static final String PLACES =
            """
            select location_id, case when managed_by is null then kind else 'marketplace' end, priority,
                   latitude, longitude, time_zone, managed_by,
                   exists (select from bin where location = location_id)
            from location""";
    private static final String NUMBERS =
            "select version, (select coalesce(max(version), 0) from rule_set) from master_data";
    private static final String PARTS =
            Recipes.PARTS + " union all select null, null, version from master_data order by 1, 2";

    private long version = -1;
    private long rulesVersion;
    private List<Book.Place> places = List.of();
    private final Map<String, Map<String, Long>> recipes = new HashMap<>();

    long rulesVersion() {
        return rulesVersion;
    }

    List<Book.Place> places() {
        return places;
    }

    /** What one of the SKU is made of, bundles taken apart; empty for SKUs without components. */
    Map<String, Long> parts(String sku) {
        return recipes.getOrDefault(sku, Map.of());
    }

    /** Adds to the SKUs what they are made of, asking for what is not remembered. */
    void addParts(Rows rows, Set<String> skus) throws SQLException {
        if (version < 0) {
            readPlaces(rows);
        }
        List<String> unknown = unknown(skus);
        while (!unknown.isEmpty()) {
            readParts(rows, unknown);
            unknown = unknown(skus);
        }
        Set<String> parts = new TreeSet<>();
        skus.forEach(sku -> parts.addAll(parts(sku).keySet()));
        skus.addAll(parts);
    }

    /** False when the master data has changed since; then all is forgotten. */
    boolean isOf(long now) {
        if (now != version) {
            version = -1;
            recipes.clear();
        }
        return now == version;
    }

    private List<String> unknown(Collection<String> skus) {
        List<String> unknown = new ArrayList<>();
        for (String sku : skus) {
            if (!recipes.containsKey(sku)) {
                unknown.add(sku);
            }
        }
        return unknown;
    }

    private void readParts(Rows rows, List<String> skus) throws SQLException {
        Map<String, Map<String, Long>> found = new HashMap<>();
        List<Long> of = new ArrayList<>(1);
        rows.query(
                PARTS,
                row -> {
                    if (row.getString(1) == null) {
                        of.add(row.getLong(3));
                    } else {
                        found.computeIfAbsent(row.getString(1), root -> new LinkedHashMap<>())
                                .put(row.getString(2), row.getLong(3));
                    }
                },
                rows.texts(skus));
        if (of.isEmpty()) {
            throw new IllegalStateException("master_data is empty (expected: its one row, as V0012 made it)");
        }
        if (!isOf(of.getFirst())) {
            readPlaces(rows);
        }
        if (recipes.size() > RECIPES_MAX) {
            recipes.clear();
        }
        // Of the version that is remembered, or the next round asks again.
        if (of.getFirst() == version) {
            skus.forEach(sku -> recipes.put(sku, found.getOrDefault(sku, Map.of())));
        }
    }

    /** The version first: what is newer than its version is found out, what is older would stay. */
    private void readPlaces(Rows rows) throws SQLException {
        rows.query(NUMBERS, row -> {
            version = row.getLong(1);
            rulesVersion = row.getLong(2);
        });
        List<Book.Place> read = new ArrayList<>();
        rows.query(
                PLACES,
                row -> read.add(new Book.Place(WarehouseRow.read(row, 1), row.getString(7), row.getBoolean(8))));
        places = List.copyOf(read);
    }
}
