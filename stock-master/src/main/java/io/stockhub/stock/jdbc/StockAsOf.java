package io.stockhub.stock.jdbc;

import io.stockhub.stock.Detail;
import io.stockhub.stock.StockQueries.AsOf;
import io.stockhub.stock.StockQueries.Component;
import io.stockhub.stock.StockQueries.Expected;
import io.stockhub.stock.StockQueries.HeldUnits;
import io.stockhub.stock.StockQueries.Place;
import io.stockhub.stock.StockQueries.SkuStock;
import io.stockhub.stock.StockState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Stock of one SKU as of any moment, as known at any moment: from the accounts when it is now, else from the postings.
 * Expected dates, lots' expiry and what bundles are made of are not dated: they are what is known today.
 */
final class StockAsOf {
    private static final String NOW =
            """
            with held as (
              select a.location, a.state, a.lot, a.serial, a.bin, a.pool, a.holder, a.quantity from account a
              where a.sku = ? and a.quantity <> 0)
            """;

    /**
     * From the last mark that counts nothing later than asked for, and from the postings after it, but for those between
     * two marks that are all later. "offset 0": how many those are is not known to the planner, which would read whole
     * tables for what are a few.
     */
    private static final String THEN =
            """
            with asked as (
              select ?::text as sku, coalesce(?::timestamptz, 'infinity') as at, coalesce(?::timestamptz, 'infinity') as known_at
            ), base as (
              select movement_id from sku_mark
              where sku = (select sku from asked) and last_occurred <= (select at from asked)
                and last_recorded <= (select known_at from asked)
              order by movement_id desc limit 1
            ), span as (
              select m.since, m.movement_id as until from asked q join sku_mark m on m.sku = q.sku
              where m.movement_id > coalesce((select movement_id from base), 0)
                and m.first_occurred <= q.at and m.first_recorded <= q.known_at
              union all
              select coalesce((select max(movement_id) from sku_mark where sku = (select sku from asked)), 0),
                     9223372036854775807
            ), held as (
              select a.location, a.state, a.lot, a.serial, a.bin, a.pool, a.holder, c.quantity
              from (select account_id, sum(change)::bigint as quantity from (
                      select u.account_id, u.quantity as change
                      from asked q join base b on true join sku_mark m on m.sku = q.sku and m.movement_id = b.movement_id
                      cross join lateral unnest(m.accounts, m.quantities) as u (account_id, quantity)
                      union all
                      select d.account_id, d.change
                      from asked q cross join span s
                      join posting p on p.sku = q.sku and p.movement_id > s.since and p.movement_id <= s.until
                      cross join lateral (
                        select from movement m where m.movement_id = p.movement_id
                          and m.occurred_at <= q.at and m.recorded_at <= q.known_at offset 0) happened
                      cross join lateral (values (p.from_account, -p.quantity), (p.to_account, p.quantity))
                        as d (account_id, change)) changes
                    group by account_id having sum(change) <> 0) c
              cross join lateral (select * from account a where a.account_id = c.account_id offset 0) a)
            """;

    private static final String UNITS =
            """
            select h.location, h.state, h.lot, h.serial, h.bin, h.pool, h.holder, h.quantity, l.expiry,
                   (coalesce(t.expected_at, i.expected_at) at time zone 'UTC')::date
            from held h
            left join lot l on l.sku = ? and l.lot = h.lot and h.lot <> ''
            left join transfer t on h.state = 'in_transit' and t.transfer_id = h.holder
            left join inbound i on h.state = 'expected' and i.location = h.location and i.reference = h.holder
            where h.state not in ('supplier', 'customer', 'shrinkage', 'production', 'disposed')""";

    private final Connection connection;
    private final Rows rows;

    StockAsOf(Connection connection) {
        this.connection = connection;
        this.rows = new Rows(connection);
    }

    private record Row(String location, HeldUnits units, @Nullable LocalDate due) {}

    Optional<SkuStock> read(String sku, AsOf asOf) throws SQLException {
        List<Boolean> bundle = new ArrayList<>(1);
        rows.query("select assembled from sku where sku = ?", row -> bundle.add(!row.getBoolean(1)), sku);
        if (bundle.isEmpty()) {
            return Optional.empty();
        }
        List<Row> held = held(sku, asOf);
        return Optional.of(new SkuStock(places(held), expected(held), bundle.getFirst() ? components(sku) : List.of()));
    }

    private List<Row> held(String sku, AsOf asOf) throws SQLException {
        List<Row> held = new ArrayList<>();
        Rows.Each each = row -> {
            StockState state = StockState.of(row.getString(2));
            Detail detail = JdbcHistory.detail(row, 3);
            held.add(new Row(
                    row.getString(1),
                    new HeldUnits(state, detail, row.getObject(9, LocalDate.class), row.getLong(8)),
                    row.getObject(10, LocalDate.class)));
        };
        if (asOf.isNow()) {
            rows.query(NOW + UNITS, each, sku, sku);
        } else {
            rows.query(THEN + UNITS, each, sku, offset(asOf.at()), offset(asOf.knownAt()), sku);
        }
        return held;
    }

    private static @Nullable OffsetDateTime offset(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static List<Place> places(List<Row> held) {
        Map<String, List<HeldUnits>> byLocation = new TreeMap<>();
        for (Row row : held) {
            byLocation
                    .computeIfAbsent(row.location(), location -> new ArrayList<>())
                    .add(row.units());
        }
        List<Place> places = new ArrayList<>();
        byLocation.forEach((location, units) -> {
            Map<StockState, Long> states = new EnumMap<>(StockState.class);
            units.forEach(one -> states.merge(one.state(), one.quantity(), Long::sum));
            states.values().removeIf(quantity -> quantity == 0);
            boolean plain = units.stream().allMatch(one -> one.detail().equals(Detail.NONE));
            units.sort(Comparator.comparing(HeldUnits::state).thenComparing(HeldUnits::detail));
            places.add(new Place(location, states, plain ? List.of() : List.copyOf(units)));
        });
        return List.copyOf(places);
    }

    private static List<Expected> expected(List<Row> held) {
        Map<LocalDate, Long> byDate = new TreeMap<>();
        for (Row row : held) {
            if (!row.units().state().onHand()) {
                byDate.merge(
                        row.due() == null ? LocalDate.MAX : row.due(),
                        row.units().quantity(),
                        Long::sum);
            }
        }
        List<Expected> expected = new ArrayList<>();
        byDate.forEach(
                (date, quantity) -> expected.add(new Expected(date.equals(LocalDate.MAX) ? null : date, quantity)));
        return List.copyOf(expected);
    }

    private List<Component> components(String sku) throws SQLException {
        List<Component> components = new ArrayList<>();
        Recipes.parts(new Rows(connection), sku)
                .forEach((part, perUnit) -> components.add(new Component(part, perUnit)));
        return components;
    }
}
