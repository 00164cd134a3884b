package io.stockhub.routes.undo;

import io.stockhub.mapping.Mappings;
import io.stockhub.mapping.canonical.Receipt;
import io.stockhub.routes.Undos;
import io.stockhub.routes.Undos.Item;
import io.stockhub.routes.Undos.Known;
import io.stockhub.routes.Undos.Run;
import io.stockhub.routes.receipts.ReceiptIntake;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.StockState;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which movements and orders a run is, and what is there of them now. It only reads. */
final class RunReader {
    private final JdbcClient jdbc;
    private final Mappings mappings;

    RunReader(JdbcClient jdbc, Mappings mappings) {
        this.jdbc = jdbc;
        this.mappings = mappings;
    }

    /**
     * The steps of a run, newest first; empty when it brought nothing in.
     *
     * @throws IllegalArgumentException naming the field, when there is no such run, or it is too long
     */
    List<Step> steps(Run run) {
        Set<Long> movements = new TreeSet<>();
        Set<Long> orders = new TreeSet<>();
        switch (run) {
            case Undos.Interchange interchange -> {
                require("select 1 from edi_interchange where interchange_id = ?", interchange.id(), run, "interchange");
                ofMessages(
                        """
                        select i.flow, i.source, i.lane, i.mapping, coalesce(i.edited_payload, i.payload)
                        from edi_interchange e join inbox i on i.received_at = e.received_at
                          and i.flow = 'receipts-in' and starts_with(i.message_id, e.control_number || '/')
                        where e.interchange_id = ?""",
                        interchange.id(),
                        movements,
                        orders);
            }
            case Undos.Replay replay -> {
                require("select 1 from replay where not dry_run and replay_id = ?", replay.id(), run, "replay");
                ofMessages(
                        """
                        select i.flow, i.source, i.lane, i.mapping, coalesce(i.edited_payload, i.payload)
                        from replay_item r join dead_letter d using (dead_letter_id) join inbox i using (inbox_id)
                        where r.replay_id = ? and r.outcome = 'applied'""",
                        replay.id(),
                        movements,
                        orders);
            }
            case Undos.Span span -> ofSpan(span, movements, orders);
        }
        if (movements.size() + orders.size() > Undos.STEPS_MAX) {
            throw new IllegalArgumentException("run: has more than " + Undos.STEPS_MAX
                    + " movements and orders (expected: a shorter span of time; undo one after another)");
        }
        List<Step> steps = new ArrayList<>(movements(movements));
        steps.addAll(orders(orders));
        steps.sort(Comparator.comparingLong(Step::number).reversed());
        return steps;
    }

    private void require(String sql, long id, Run run, String what) {
        if (jdbc.sql(sql).param(id).query(Integer.class).optional().isEmpty()) {
            throw new IllegalArgumentException(
                    "run: \"" + run.name() + "\" (expected: the number of an " + what + " that was received here)");
        }
    }

    private record Message(String flow, String source, String lane, String mapping, String payload) {}

    private void ofMessages(String sql, long id, Set<Long> movements, Set<Long> orders) {
        List<Message> messages = jdbc.sql(sql)
                .param(id)
                .query((row, n) -> new Message(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        new String(row.getBytes(5), StandardCharsets.UTF_8)))
                .list();
        List<String> keys = new ArrayList<>();
        for (Message message : messages) {
            if (message.flow().equals("orders-in")) {
                orders.addAll(jdbc.sql("select reservation_id from reservation where channel = ? and order_ref = ?")
                        .params(message.source(), message.lane())
                        .query(Long.class)
                        .list());
            } else {
                receiptKey(message).ifPresent(keys::add);
            }
        }
        movements.addAll(jdbc.sql("select movement_id from idempotency where key = any (?) and movement_id is not null")
                .param(keys.toArray(String[]::new))
                .query(Long.class)
                .list());
    }

    /** Of a message that cannot be read there is no movement. */
    private Optional<String> receiptKey(Message message) {
        try {
            Receipt receipt = Receipt.parse(mappings.apply(message.mapping(), message.payload()));
            return Optional.of(ReceiptIntake.key(message.source(), receipt.receiptRef()));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Orders that were taken in the span are undone as orders. What became of them is part of that; what became of older
     * orders is undone by itself.
     */
    private void ofSpan(Undos.Span span, Set<Long> movements, Set<Long> orders) {
        orders.addAll(jdbc.sql(
                        """
                        select reservation_id from reservation
                        where (channel = :source or actor = :source) and recorded_at >= :since and recorded_at < :until
                        limit :most""")
                .param("source", span.source())
                .param("since", span.since().atOffset(ZoneOffset.UTC))
                .param("until", span.until().atOffset(ZoneOffset.UTC))
                .param("most", Undos.STEPS_MAX + 1)
                .query(Long.class)
                .list());
        movements.addAll(jdbc.sql(
                        """
                        select movement_id from movement m
                        where actor = :source and recorded_at >= :since and recorded_at < :until
                          and kind not in ('reversal', 'reservation')
                          and (kind not in ('release', 'pick', 'ship') or not exists (
                            select 1 from posting p where p.movement_id = m.movement_id and p.reservation_id = any (:orders)))
                        limit :most""")
                .param("source", span.source())
                .param("since", span.since().atOffset(ZoneOffset.UTC))
                .param("until", span.until().atOffset(ZoneOffset.UTC))
                .param("orders", orders.toArray(Long[]::new))
                .param("most", Undos.STEPS_MAX + 1)
                .query(Long.class)
                .list());
        if (movements.isEmpty() && orders.isEmpty()) {
            throw new IllegalArgumentException("source: \"" + span.source() + "\" did nothing from " + span.since()
                    + " to " + span.until() + " (expected: a channel, an EDI partner or the name of a key, as"
                    + " \"stockhub stock history\" shows it, and times with an offset)");
        }
    }

    private List<Step> movements(Collection<Long> numbers) {
        Map<Long, List<Step.Posting>> postings = new HashMap<>();
        Set<Long> ofOrders = new TreeSet<>();
        jdbc.sql(
                        """
                        select p.movement_id, p.sku, p.from_account, p.to_account, p.quantity, f.state, t.state,
                          p.reservation_id is not null
                        from posting p join account f on f.account_id = p.from_account
                        join account t on t.account_id = p.to_account
                        where p.movement_id = any (?) order by p.movement_id, p.line""")
                .param(numbers.toArray(Long[]::new))
                .query((ResultSet row) -> {
                    postings.computeIfAbsent(row.getLong(1), none -> new ArrayList<>())
                            .add(new Step.Posting(
                                    row.getString(2),
                                    row.getLong(3),
                                    row.getLong(4),
                                    outside(row, 7),
                                    outside(row, 6),
                                    row.getLong(5)));
                    if (row.getBoolean(8)) {
                        ofOrders.add(row.getLong(1));
                    }
                });
        return jdbc.sql(
                        """
                        select m.movement_id, m.kind, coalesce(m.reference, ''),
                          exists (select 1 from movement r where r.reverses = m.movement_id)
                        from movement m where m.movement_id = any (?)""")
                .param(numbers.toArray(Long[]::new))
                .query((row, n) -> {
                    MovementKind kind = MovementKind.of(row.getString(2));
                    boolean divisible = kind != MovementKind.EXPECT
                            && kind != MovementKind.ASSEMBLY
                            && !ofOrders.contains(row.getLong(1));
                    return (Step) new Step.Movement(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            divisible,
                            row.getBoolean(4),
                            postings.getOrDefault(row.getLong(1), List.of()));
                })
                .list();
    }

    private static boolean outside(ResultSet row, int column) throws SQLException {
        return StockState.of(row.getString(column)).outside();
    }

    private List<Step> orders(Collection<Long> numbers) {
        Map<Long, List<Step.Shipped>> shipped = new HashMap<>();
        jdbc.sql(
                        """
                        select a.reservation_id, c.sku, sum(a.shipped)::bigint from allocation a join account c using (account_id)
                        where a.reservation_id = any (?) group by 1, 2 having sum(a.shipped) > 0 order by 1, 2""")
                .param(numbers.toArray(Long[]::new))
                .query((ResultSet row) -> {
                    shipped.computeIfAbsent(row.getLong(1), none -> new ArrayList<>())
                            .add(new Step.Shipped(row.getString(2), row.getLong(3)));
                });
        return jdbc.sql(
                        """
                        select r.reservation_id, r.channel || ' ' || r.order_ref,
                          (select coalesce(sum(quantity - shipped - cancelled), 0) from allocation a
                            where a.reservation_id = r.reservation_id),
                          (select coalesce(sum(backordered), 0) from reservation_line l
                            where l.reservation_id = r.reservation_id)
                        from reservation r where r.reservation_id = any (?)""")
                .param(numbers.toArray(Long[]::new))
                .query((row, n) -> (Step) new Step.Order(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        shipped.getOrDefault(row.getLong(1), List.of())))
                .list();
    }

    /** Units on the accounts that the steps touch, now. */
    Map<Long, Long> there(List<Step> steps) {
        Set<Long> accounts = new TreeSet<>();
        for (Step step : steps) {
            if (step instanceof Step.Movement movement) {
                movement.postings().forEach(posting -> accounts.addAll(List.of(posting.from(), posting.to())));
            }
        }
        Map<Long, Long> there = new HashMap<>();
        jdbc.sql("select account_id, quantity from account where account_id = any (?)")
                .param(accounts.toArray(Long[]::new))
                .query((ResultSet row) -> {
                    there.put(row.getLong(1), row.getLong(2));
                });
        return there;
    }

    /** The steps of some items by their number, as they are now. */
    Map<Long, Step> read(List<Item> items) {
        Map<Long, Step> steps = new HashMap<>();
        movements(numbers(items, false)).forEach(step -> steps.put(step.number(), step));
        orders(numbers(items, true)).forEach(step -> steps.put(step.number(), step));
        return steps;
    }

    private static List<Long> numbers(List<Item> items, boolean orders) {
        return items.stream()
                .filter(item -> item.kind().equals(Step.ORDER) == orders)
                .map(Item::number)
                .toList();
    }

    /** Units of each SKU that the reversals of some movements took back. */
    Map<Long, Map<String, Long>> tookBack(Collection<Long> numbers) {
        Map<Long, Map<String, Long>> back = new HashMap<>();
        jdbc.sql(
                        """
                        select m.reverses, p.sku, p.quantity from movement m join posting p using (movement_id)
                        where m.reverses = any (?)
                          -- Not what an inbound expects anew because of it.
                          and exists (select 1 from posting o
                            where o.movement_id = m.reverses and o.to_account = p.from_account)""")
                .param(numbers.toArray(Long[]::new))
                .query((ResultSet row) -> {
                    back.computeIfAbsent(row.getLong(1), none -> new LinkedHashMap<>())
                            .merge(row.getString(2), row.getLong(3), Long::sum);
                });
        return back;
    }

    List<Known> recent(int limit) {
        return jdbc.sql(
                        """
                        (select 'edi:' || e.interchange_id, e.received_at, e.sender, 'interchange ' || e.control_number,
                           (select count(*) from inbox i where i.received_at = e.received_at and i.flow = 'receipts-in'
                              and starts_with(i.message_id, e.control_number || '/'))
                         from edi_interchange e order by e.interchange_id desc limit :limit)
                        union all
                        (select 'replay:' || r.replay_id, r.requested_at, r.requested_by,
                           'replay' || coalesce(': ' || r.reason, ''),
                           (select count(*) from replay_item i where i.replay_id = r.replay_id and i.outcome = 'applied')
                         from replay r where not r.dry_run order by r.replay_id desc limit :limit)
                        order by 2 desc limit :limit""")
                .param("limit", limit)
                .query((row, n) -> new Known(
                        row.getString(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5)))
                .list();
    }
}
