package io.stockhub.routes.oversell;

import io.stockhub.routes.Oversells;
import io.stockhub.routes.oversell.Facts.Drift;
import io.stockhub.routes.oversell.Facts.Failed;
import io.stockhub.routes.oversell.Facts.Number;
import io.stockhub.routes.oversell.Facts.Receipt;
import io.stockhub.routes.oversell.Facts.Taker;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Collects what was written down about an order, and has it judged. It only reads. */
public final class OversellStories implements Oversells {
    private static final Duration BEFORE = Duration.ofHours(1);
    private static final Duration AFTERWARDS = Duration.ofMinutes(10);
    /** So far around the order: postings of its SKU, and numbers that its channel was told. */
    private static final int POSTINGS_MAX = 200;

    private static final int NUMBERS_MAX = 200;

    /** A bundle explodes to its stocked leaves; every other SKU is its own. */
    private static final String LEAVES =
            """
            with recursive part (sku) as (
              select sku from sku where sku = ?
              union
              select c.component from part p join sku s on s.sku = p.sku and not s.assembled
              join sku_component c on c.sku = p.sku)
            select p.sku from part p join sku s on s.sku = p.sku
            where s.assembled or not exists (select from sku_component c where c.sku = p.sku)""";

    private final JdbcClient jdbc;

    public OversellStories(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Order(
            long id,
            String channel,
            String orderRef,
            Instant placedAt,
            Instant takenAt,
            @Nullable Instant receivedAt) {}

    private record Asked(int line, String sku, long quantity, long stillShort) {}

    @Override
    public List<Story> why(String orderRef, @Nullable String channel) {
        return jdbc
                .sql(
                        """
                        select r.reservation_id, r.channel, r.order_ref, coalesce(m.occurred_at, v.updated_at, r.recorded_at),
                          r.recorded_at,
                          (select min(received_at) from inbox i where i.flow = 'orders-in' and i.source = r.channel
                             and i.lane = r.order_ref)
                        from reservation r
                        -- Of an order that got nothing there is no movement: then its last change, by the channel's clock.
                        left join movement m on m.movement_id = r.reservation_id
                        left join order_version v on v.channel = r.channel and v.order_ref = r.order_ref
                        where r.order_ref = :order and (:channel::text is null or r.channel = :channel)
                        order by r.channel""")
                .param("order", orderRef)
                .param("channel", channel)
                .query((row, n) -> new Order(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getObject(5, OffsetDateTime.class).toInstant(),
                        row.getObject(6) == null
                                ? null
                                : row.getObject(6, OffsetDateTime.class).toInstant()))
                .list()
                .stream()
                .map(this::story)
                .toList();
    }

    private Story story(Order order) {
        List<Failed> failures = failures(order);
        List<Line> lines =
                asked(order).stream().map(asked -> line(order, asked, failures)).toList();
        return new Story(
                order.channel(), order.orderRef(), order.placedAt(), order.receivedAt(), order.takenAt(), lines);
    }

    private List<Asked> asked(Order order) {
        return jdbc.sql(
                        "select line, sku, quantity, backordered from reservation_line where reservation_id = ? order by line")
                .param(order.id())
                .query((row, n) -> new Asked(row.getInt(1), row.getString(2), row.getLong(3), row.getLong(4)))
                .list();
    }

    private List<Failed> failures(Order order) {
        return jdbc.sql(
                        """
                        select (h ->> 'at')::timestamptz, h ->> 'code', h ->> 'message'
                        from inbox i, jsonb_array_elements(i.history) h
                        where i.flow = 'orders-in' and i.source = ? and i.lane = ? and (h ->> 'at')::timestamptz <= ?
                        order by 1 desc limit 20""")
                .params(order.channel(), order.orderRef(), order.takenAt().atOffset(ZoneOffset.UTC))
                .query((row, n) -> new Failed(
                        row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2), row.getString(3)))
                .list()
                .reversed();
    }

    private Line line(Order order, Asked asked, List<Failed> failures) {
        List<String> leaves =
                jdbc.sql(LEAVES).param(asked.sku()).query(String.class).list();
        boolean bundle = !leaves.equals(List.of(asked.sku()));
        long shortBy = bundle ? asked.stillShort() : asked.quantity() - promised(order, asked);
        List<Number> numbers = numbers(order, asked.sku());
        Facts known = new Facts(
                order.channel(),
                asked.sku(),
                asked.quantity(),
                shortBy,
                order.placedAt(),
                order.receivedAt(),
                order.takenAt(),
                numbers,
                List.of(),
                List.of(),
                List.of(),
                failures);
        Instant since =
                known.acceptedAt().equals(order.placedAt()) ? order.placedAt().minus(BEFORE) : known.acceptedAt();
        Facts facts = new Facts(
                known.channel(),
                known.sku(),
                known.quantity(),
                shortBy,
                known.placedAt(),
                known.receivedAt(),
                known.takenAt(),
                numbers,
                takers(order, leaves, since),
                receipts(order, leaves),
                drifts(order, asked.sku(), since),
                failures);
        return new Line(
                asked.sku(), asked.quantity(), shortBy, asked.stillShort(), Verdict.of(facts), events(facts, since));
    }

    /** What was there at once; backorders are filled later, by other movements. */
    private long promised(Order order, Asked asked) {
        return jdbc.sql(
                        """
                        select coalesce(sum(quantity), 0) from posting
                        where movement_id = ? and reservation_id = ? and reservation_line = ?""")
                .params(order.id(), order.id(), asked.line())
                .query(Long.class)
                .single();
    }

    private List<Number> numbers(Order order, String sku) {
        return jdbc.sql(
                        """
                        select told_at, wanted, sent, confirmed from listing_log
                        where sku = ? and channel = ? and told_at <= ? order by log_id desc limit ?""")
                .params(sku, order.channel(), order.takenAt().plus(AFTERWARDS).atOffset(ZoneOffset.UTC), NUMBERS_MAX)
                .query((row, n) -> new Number(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getLong(2),
                        row.getObject(3, Long.class),
                        row.getObject(4, Long.class)))
                .list()
                .reversed();
    }

    private List<Taker> takers(Order order, List<String> skus, Instant since) {
        return jdbc.sql(
                        """
                        select m.occurred_at, m.recorded_at, m.kind, r.channel,
                          coalesce(r.order_ref, concat_ws(' ', m.kind, m.reference, m.reason)), sum(p.quantity)
                        from (select * from posting where sku = any (?) and movement_id < ?
                              order by movement_id desc limit ?) p
                        join account f on f.account_id = p.from_account and f.state = 'available'
                        join account t on t.account_id = p.to_account and t.state <> 'available'
                        join movement m on m.movement_id = p.movement_id
                        left join reservation r on r.reservation_id = p.movement_id
                        where m.recorded_at >= ?
                        group by m.movement_id, m.occurred_at, m.recorded_at, m.kind, r.channel, 5 order by m.movement_id""")
                .params(skus.toArray(String[]::new), order.id(), POSTINGS_MAX, since.atOffset(ZoneOffset.UTC))
                .query((row, n) -> new Taker(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6)))
                .list();
    }

    private List<Receipt> receipts(Order order, List<String> skus) {
        return jdbc.sql(
                        """
                        select m.occurred_at, m.recorded_at, concat_ws(' ', m.kind, m.reference), sum(p.quantity)
                        from (select * from posting where sku = any (?) and movement_id > ?
                              order by movement_id limit ?) p
                        join account t on t.account_id = p.to_account and t.state = 'available'
                        join movement m on m.movement_id = p.movement_id and m.kind = 'receipt'
                        where m.occurred_at <= ?
                        group by m.movement_id, m.occurred_at, m.recorded_at, 3 order by m.movement_id""")
                .params(
                        skus.toArray(String[]::new),
                        order.id(),
                        POSTINGS_MAX,
                        order.takenAt().atOffset(ZoneOffset.UTC))
                .query((row, n) -> new Receipt(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getLong(4)))
                .list();
    }

    private List<Drift> drifts(Order order, String sku, Instant since) {
        return jdbc.sql(
                        """
                        select found_at, expected, shown, cause from drift
                        where channel = ? and sku = ? and found_at between ? and ? order by drift_id desc limit 20""")
                .params(
                        order.channel(),
                        sku,
                        since.atOffset(ZoneOffset.UTC),
                        order.takenAt().plus(AFTERWARDS).atOffset(ZoneOffset.UTC))
                .query((row, n) -> new Drift(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getLong(2),
                        row.getObject(3, Long.class),
                        row.getString(4)))
                .list()
                .reversed();
    }

    private static List<Event> events(Facts facts, Instant since) {
        List<Event> events = new ArrayList<>();
        events.add(new Event(facts.placedAt(), "The order was placed at " + facts.channel() + "."));
        if (facts.receivedAt() != null) {
            events.add(new Event(facts.receivedAt(), "It reached the hub."));
        }
        facts.failures()
                .forEach(failed -> events.add(
                        new Event(failed.at(), "It could not be taken: " + failed.code() + ": " + failed.message())));
        events.add(new Event(
                facts.takenAt(),
                "It was taken: %d asked for, %d short.".formatted(facts.quantity(), Math.max(0, facts.shortBy()))));
        told(facts, since, events);
        facts.takers()
                .forEach(taker -> events.add(new Event(
                        taker.writtenAt(),
                        "%d were taken: %s%s."
                                .formatted(
                                        taker.units(),
                                        taker.channel() == null ? "" : "order of " + taker.channel() + " ",
                                        taker.what()))));
        facts.receipts()
                .forEach(receipt -> events.add(new Event(
                        receipt.writtenAt(),
                        "%d came in: %s, there since %s."
                                .formatted(receipt.units(), receipt.what(), Words.time(receipt.happenedAt())))));
        facts.drifts()
                .forEach(drift -> events.add(new Event(
                        drift.foundAt(),
                        "%s was seen to show %s instead of %d: %s."
                                .formatted(facts.channel(), drift.shown(), drift.expected(), drift.cause()))));
        events.sort(Comparator.comparing(Event::at));
        return events;
    }

    /** One event for each step that a number took. */
    private static void told(Facts facts, Instant since, List<Event> events) {
        Number before = null;
        for (Number number : facts.numbers()) {
            if (!number.at().isBefore(since) || number.equals(facts.numbers().getLast())) {
                if (before == null || before.wanted() != number.wanted()) {
                    events.add(
                            new Event(number.at(), "%s should show %d.".formatted(facts.channel(), number.wanted())));
                }
                if (number.sent() != null && (before == null || !Objects.equals(before.sent(), number.sent()))) {
                    events.add(new Event(number.at(), "It was told %d.".formatted(number.sent())));
                }
                if (number.confirmed() != null
                        && (before == null || !Objects.equals(before.confirmed(), number.confirmed()))) {
                    events.add(new Event(number.at(), "It accepted %d.".formatted(number.confirmed())));
                }
            }
            before = number;
        }
    }
}
