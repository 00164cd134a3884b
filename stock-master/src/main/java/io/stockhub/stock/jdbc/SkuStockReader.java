package io.stockhub.stock.jdbc;

import io.stockhub.stock.availability.SkuStock;
import io.stockhub.stock.availability.SkuStock.At;
import io.stockhub.stock.availability.SkuStock.Hold;
import io.stockhub.stock.availability.SkuStock.Part;
import io.stockhub.stock.availability.SkuStock.Reason;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what there is of many SKUs in few statements. */
final class SkuStockReader {
    private static final int ORDERS_MAX = 10;
    /** How far back in the life of a SKU its orders are looked for, in postings. */
    private static final int POSTINGS_MAX = 250;

    /** A bundle explodes to its stocked leaves; every other SKU is its own and only leaf. */
    private static final String LEAVES =
            """
            with recursive part (root, sku, per_unit) as (
              select sku, sku, 1::numeric from sku where sku = any (?)
              union all
              select p.root, c.component, p.per_unit * c.quantity
              from part p join sku s on s.sku = p.sku and not s.assembled join sku_component c on c.sku = p.sku)
            select p.root, p.sku, least(sum(p.per_unit), 1000000000000000000)::bigint, s.abc_class
            from part p join sku s on s.sku = p.sku
            where s.assembled or not exists (select from sku_component c where c.sku = p.sku)
            group by p.root, p.sku, s.abc_class order by p.root, p.sku""";

    private static final String NOT_EXPIRED =
            "(l.expiry is null or l.expiry >= (transaction_timestamp() at time zone 'UTC')::date)";

    private static final String SELLABLE =
            """
            select a.sku, a.location, a.pool, sum(a.quantity)::bigint
            from account a left join lot l on l.sku = a.sku and l.lot = a.lot
            where a.sku = any (?) and a.state = 'available' and a.quantity > 0 and %s
            group by a.sku, a.location, a.pool"""
                    .formatted(NOT_EXPIRED);

    private static final String HELD =
            """
            select a.sku, a.location, case a.state when 'available' then 'expired' else a.state end as reason,
                   sum(a.quantity)::bigint,
                   (array_agg(distinct 'for ' || a.holder) filter (where a.holder <> ''))[1:10]
                     || (array_agg(distinct 'lot ' || a.lot) filter (where a.state = 'available'))[1:10]
            from account a left join lot l on l.sku = a.sku and l.lot = a.lot
            where a.sku = any (?) and a.quantity > 0
              and (a.state in ('reserved', 'picked', 'inspection', 'damaged', 'refurbish', 'blocked')
                   or a.state = 'available' and not %s)
            group by a.sku, a.location, reason order by a.sku, a.location, reason"""
                    .formatted(NOT_EXPIRED);

    /** Through the newest postings of each SKU, which an index has in order: orders that hold are mostly young. */
    private static final String ORDERS =
            """
            select w.sku, c.location, r.channel || ' ' || r.order_ref,
                   sum(a.quantity - a.picked - a.shipped - a.cancelled) > 0, sum(a.picked) > 0
            from unnest(?::text[]) w (sku)
            cross join lateral (
              select distinct reservation_id from (
                select reservation_id from posting p where p.sku = w.sku
                order by p.movement_id desc, p.line desc limit ?) newest where reservation_id is not null) n
            cross join lateral (
              select * from allocation a
              where a.reservation_id = n.reservation_id and a.quantity > a.shipped + a.cancelled offset 0) a
            join account c on c.account_id = a.account_id and c.sku = w.sku
            cross join lateral (select * from reservation r where r.reservation_id = n.reservation_id offset 0) r
            group by w.sku, c.location, r.reservation_id, r.channel, r.order_ref order by r.reservation_id desc""";

    private record Leaf(String sku, long perUnit, @Nullable String abcClass) {}

    private record Place(String sku, String location) {}

    private final Connection connection;

    SkuStockReader(Connection connection) {
        this.connection = connection;
    }

    /** Without holds; SKUs that do not exist are absent. */
    Map<String, SkuStock> sellable(Collection<String> skus) throws SQLException {
        return read(skus, false);
    }

    /** With holds and the orders behind them. */
    Map<String, SkuStock> explained(Collection<String> skus) throws SQLException {
        return read(skus, true);
    }

    private Map<String, SkuStock> read(Collection<String> skus, boolean explained) throws SQLException {
        Map<String, List<Leaf>> leaves = leaves(skus);
        Set<String> stocked = new TreeSet<>();
        leaves.values().forEach(of -> of.forEach(leaf -> stocked.add(leaf.sku())));
        Map<Place, Map<String, Long>> sellable = pools(stocked);
        Map<Place, List<Hold>> holds = explained ? holds(stocked) : Map.of();
        Map<String, Map<String, At>> at = new HashMap<>();
        Set<Place> places = new java.util.HashSet<>(sellable.keySet());
        places.addAll(holds.keySet());
        for (Place place : places) {
            at.computeIfAbsent(place.sku(), sku -> new TreeMap<>())
                    .put(
                            place.location(),
                            new At(sellable.getOrDefault(place, Map.of()), holds.getOrDefault(place, List.of())));
        }
        Map<String, SkuStock> stock = new HashMap<>();
        leaves.forEach((root, of) -> stock.put(root, of(root, of, at)));
        return stock;
    }

    private static SkuStock of(String root, List<Leaf> leaves, Map<String, Map<String, At>> at) {
        List<Part> parts = new ArrayList<>();
        for (Leaf leaf : leaves) {
            SkuStock own = new SkuStock(leaf.sku(), leaf.abcClass(), at.getOrDefault(leaf.sku(), Map.of()), List.of());
            if (leaf.sku().equals(root)) {
                return own;
            }
            parts.add(new Part(own, leaf.perUnit()));
        }
        return new SkuStock(root, null, Map.of(), parts);
    }

    private Map<String, List<Leaf>> leaves(Collection<String> skus) throws SQLException {
        Map<String, List<Leaf>> leaves = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LEAVES)) {
            select.setArray(1, texts(connection, skus));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                leaves.computeIfAbsent(row.getString(1), root -> new ArrayList<>())
                        .add(new Leaf(row.getString(2), row.getLong(3), row.getString(4)));
            }
        }
        return leaves;
    }

    private Map<Place, Map<String, Long>> pools(Collection<String> skus) throws SQLException {
        Map<Place, Map<String, Long>> sellable = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(SELLABLE)) {
            select.setArray(1, texts(connection, skus));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                sellable.computeIfAbsent(new Place(row.getString(1), row.getString(2)), place -> new HashMap<>())
                        .put(row.getString(3), row.getLong(4));
            }
        }
        return sellable;
    }

    private Map<Place, List<Hold>> holds(Collection<String> skus) throws SQLException {
        Map<Place, Map<Reason, List<String>>> orders = orders(skus);
        Map<Place, List<Hold>> holds = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(HELD)) {
            select.setArray(1, texts(connection, skus));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                Place place = new Place(row.getString(1), row.getString(2));
                Reason reason = Reason.valueOf(row.getString(3).toUpperCase(java.util.Locale.ROOT));
                Array holders = row.getArray(5);
                List<String> notes =
                        new ArrayList<>(holders == null ? List.of() : List.of((String[]) holders.getArray()));
                notes.addAll(orders.getOrDefault(place, Map.of()).getOrDefault(reason, List.of()));
                holds.computeIfAbsent(place, p -> new ArrayList<>()).add(new Hold(reason, row.getLong(4), notes));
            }
        }
        return holds;
    }

    private Map<Place, Map<Reason, List<String>>> orders(Collection<String> skus) throws SQLException {
        Map<Place, Map<Reason, List<String>>> orders = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(ORDERS)) {
            select.setArray(1, texts(connection, skus));
            select.setInt(2, POSTINGS_MAX);
            ResultSet row = select.executeQuery();
            while (row.next()) {
                Map<Reason, List<String>> of = orders.computeIfAbsent(
                        new Place(row.getString(1), row.getString(2)), place -> new EnumMap<>(Reason.class));
                note(of, Reason.RESERVED, row.getBoolean(4), row.getString(3));
                note(of, Reason.PICKED, row.getBoolean(5), row.getString(3));
            }
        }
        return orders;
    }

    private static void note(Map<Reason, List<String>> of, Reason reason, boolean holds, String order) {
        List<String> notes = of.computeIfAbsent(reason, r -> new ArrayList<>());
        if (holds && notes.size() < ORDERS_MAX) {
            notes.add(order);
        }
    }

    static Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
