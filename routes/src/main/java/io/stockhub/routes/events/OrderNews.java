package io.stockhub.routes.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockQueries;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Orders that came, or whose units moved, in a piece of the ledger. An order is told as it is now, which may be more than
 * its version says: the newer version follows.
 */
final class OrderNews {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A new order has a number of the ledger, as its movements have; that of one that waits for all is its only one. */
    private static final String CHANGED =
            """
            with touched as (
              select reservation_id, reservation_id as number from reservation
              where reservation_id > :from and reservation_id <= :until
              union all
              select reservation_id, max(movement_id) from posting
              where movement_id > :from and movement_id <= :until and reservation_id is not null group by reservation_id
              union all
              select * from unnest(:ids::bigint[], :numbers::bigint[]) named (reservation_id, number))
            select t.reservation_id, t.number, m.recorded_at from (
              select reservation_id, max(number) as number from touched group by reservation_id) t
            left join movement m on m.movement_id = t.number""";

    private final JdbcClient jdbc;
    private final StockQueries queries;

    OrderNews(JdbcClient jdbc, StockQueries queries) {
        this.jdbc = jdbc;
        this.queries = queries;
    }

    private record Version(long number, Instant at) {}

    /** @param named by id, orders that changed without a movement, with the number of that */
    List<Event> between(long from, long until, Map<Long, Long> named) {
        OffsetDateTime now = EventFeeder.now(jdbc);
        Map<Long, Version> versions = new TreeMap<>();
        jdbc.sql(CHANGED)
                .param("from", from)
                .param("until", until)
                .param("ids", named.keySet().toArray(Long[]::new))
                .param("numbers", named.values().toArray(Long[]::new))
                .query(row -> {
                    OffsetDateTime at = row.getObject(3, OffsetDateTime.class);
                    versions.put(row.getLong(1), new Version(row.getLong(2), (at == null ? now : at).toInstant()));
                });
        if (versions.isEmpty()) {
            return List.of();
        }
        List<Event> events = new ArrayList<>();
        for (Reservation order : queries.reservations(versions.keySet())) {
            Version version = versions.get(order.reservationId());
            String subject = order.channel() + ":" + order.orderRef();
            events.add(Event.unplaced(
                    Event.Type.ORDER_CHANGED, subject, subject, version.number(), version.at(), data(order, version)));
        }
        return events;
    }

    private static String data(Reservation order, Version version) {
        ObjectNode data = JSON.createObjectNode();
        data.put("channel", order.channel());
        data.put("orderRef", order.orderRef());
        data.put("reservationId", Long.toString(order.reservationId()));
        data.put("status", order.status().code());
        data.put("version", version.number());
        for (Reservation.Line line : order.lines()) {
            ObjectNode one = data.withArray("/lines").addObject();
            one.put("sku", line.sku());
            one.put("quantity", line.quantity());
            one.put("held", line.held());
            one.put("shipped", line.shipped());
            one.put("backordered", line.backordered());
            one.put("returned", line.returned());
        }
        return data.toString();
    }
}
