package io.stockhub.routes.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhub.stock.StockState;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * SKUs whose stock moved, each with what there was of it right after its newest movement of the piece that is told: a
 * function of the ledger alone, whenever it is worked out.
 */
final class StockNews {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** SKUs without any movement are told as of their making. */
    private static final String CHANGED =
            """
            with named as (
              select sku, max(movement_id) as movement_id from posting where movement_id > ? and movement_id <= ? group by sku
              union all
              select s.sku, coalesce((select movement_id from posting p where p.sku = s.sku and p.movement_id <= ?
                                      order by movement_id desc limit 1), 0)
              from unnest(?::text[]) s (sku)),
            changed as (select sku, max(movement_id) as movement_id from named group by sku)
            select c.sku, c.movement_id, coalesce(m.recorded_at, s.created_at)
            from changed c join sku s using (sku) left join movement m using (movement_id) order by c.sku""";

    /** What the accounts hold now, less what came after the piece that is told. One statement, so one moment. */
    private static final String HELD =
            """
            with moved as (
              select account_id, sum(quantity) as quantity from (
                select p.to_account as account_id, p.quantity from posting p where p.sku = any (?) and p.movement_id > ?
                union all
                select p.from_account, -p.quantity from posting p where p.sku = any (?) and p.movement_id > ?) m
              group by account_id)
            select a.sku, a.location, a.state, sum(a.quantity - coalesce(m.quantity, 0))::bigint
            from account a left join moved m using (account_id) where a.sku = any (?)
            group by a.sku, a.location, a.state order by a.sku, a.location, a.state""";

    private final JdbcClient jdbc;

    StockNews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Changed(String sku, long movementId, Instant at) {}

    private record Held(String sku, String location, StockState state, long quantity) {}

    /** @param named SKUs that are told in any case */
    List<Event> between(long from, long until, Collection<String> named) {
        List<Changed> changed = jdbc.sql(CHANGED)
                .params(from, until, until, named.toArray(String[]::new))
                .query((row, n) -> new Changed(
                        row.getString(1),
                        row.getLong(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
        if (changed.isEmpty()) {
            return List.of();
        }
        String[] skus = changed.stream().map(Changed::sku).toArray(String[]::new);
        Map<String, Map<String, Map<StockState, Long>>> held = new TreeMap<>();
        jdbc
                .sql(HELD)
                .params(skus, until, skus, until, skus)
                .query((row, n) ->
                        new Held(row.getString(1), row.getString(2), StockState.of(row.getString(3)), row.getLong(4)))
                .list()
                .stream()
                .filter(one -> !one.state().outside() && one.quantity() != 0)
                .forEach(one -> held.computeIfAbsent(one.sku(), any -> new TreeMap<>())
                        .computeIfAbsent(one.location(), any -> new EnumMap<>(StockState.class))
                        .put(one.state(), one.quantity()));
        List<Event> events = new ArrayList<>();
        for (Changed one : changed) {
            events.add(Event.unplaced(
                    Event.Type.STOCK_CHANGED,
                    one.sku(),
                    one.sku(),
                    one.movementId(),
                    one.at(),
                    data(one, held.getOrDefault(one.sku(), Map.of()))));
        }
        return events;
    }

    private static String data(Changed changed, Map<String, Map<StockState, Long>> locations) {
        Map<StockState, Long> totals = new EnumMap<>(StockState.class);
        locations.values().forEach(states -> states.forEach((state, units) -> totals.merge(state, units, Long::sum)));
        ObjectNode data = JSON.createObjectNode();
        data.put("sku", changed.sku());
        data.put("sequence", changed.movementId());
        data.put(
                "onHand",
                totals.entrySet().stream()
                        .filter(state -> state.getKey().onHand())
                        .mapToLong(Map.Entry::getValue)
                        .sum());
        data.put("available", totals.getOrDefault(StockState.AVAILABLE, 0L));
        data.put("reserved", totals.getOrDefault(StockState.RESERVED, 0L));
        states(data.putObject("states"), totals);
        locations.forEach((location, states) -> {
            ObjectNode one = data.withArray("/locations").addObject();
            one.put("location", location);
            states(one.putObject("states"), states);
        });
        data.withArray("/locations");
        return data.toString();
    }

    private static void states(ObjectNode node, Map<StockState, Long> states) {
        states.forEach((state, units) -> node.put(state.code(), units));
    }
}
