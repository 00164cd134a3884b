package io.stockhub.routes.events;

import io.stockhub.routes.events.Event.Type;
import io.stockhub.stock.StockQueries;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes events of what was committed. Every hub may run one: whoever has the head's lock writes, the others pass by; a hub
 * that hangs is cut off by the database. Positions are given under that lock, so that no event appears below another that
 * was read.
 *
 * <p>The ledger is read only as far as it is sealed: below that, nothing appears any more. It is told by SKU and by order,
 * not by movement: of many changes of a SKU between two steps, the last one is an event.
 */
public final class EventFeeder {
    private static final Logger LOG = LoggerFactory.getLogger(EventFeeder.class);
    private static final int MOVEMENTS_MAX = 1_000;
    private static final int PENDING_MAX = 1_000;
    private static final int PURGED_MAX = 5_000;
    private static final Duration ROUND = Duration.ofMillis(250);
    private static final Duration NOBODY = Duration.ofSeconds(5);
    private static final Duration STATEMENT_GAP_MAX = Duration.ofSeconds(10);
    private static final Duration BETWEEN_PURGES = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final StockNews stock;
    private final OrderNews orders;
    private final DeadLetterNews deadLetters;
    private final Duration retention;
    private final Runnable afterCommit;
    private long purgedAt = System.nanoTime() - BETWEEN_PURGES.toNanos();

    /**
     * @param retention how long events are kept; longer when a consumer has not got them
     * @param afterCommit called when there are new events
     */
    public EventFeeder(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            StockQueries queries,
            Duration retention,
            Runnable afterCommit) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.stock = new StockNews(jdbc);
        this.orders = new OrderNews(jdbc, queries);
        this.deadLetters = new DeadLetterNews(jdbc);
        this.retention = retention;
        this.afterCommit = afterCommit;
    }

    private record Head(long ledgerTo, long position, long sealedTo) {}

    /** Written in the commit of what it tells. */
    record Pending(Type type, String subject, long number) {}

    /** One step of the pump: makes events of a bounded piece of what is new. */
    public Duration step() {
        if (System.nanoTime() - purgedAt >= BETWEEN_PURGES.toNanos()) {
            purge();
            purgedAt = System.nanoTime();
        }
        List<Boolean> news = jdbc.sql(
                        """
                        select h.ledger_to < s.sealed_to or exists (select from event_pending)
                        from event_head h cross join seal_head s where exists (select from event_consumer)""")
                .query(Boolean.class)
                .list();
        if (news.isEmpty()) {
            return NOBODY;
        }
        if (!news.getFirst()) {
            return ROUND;
        }
        boolean more = Boolean.TRUE.equals(transaction.execute(status -> round()));
        afterCommit.run();
        return more ? Duration.ZERO : ROUND;
    }

    private boolean round() {
        jdbc.sql("set local idle_in_transaction_session_timeout = " + STATEMENT_GAP_MAX.toMillis())
                .update();
        // The size of a piece differs by orders of magnitude; a plan for the average one would read the ledger.
        jdbc.sql("set local plan_cache_mode = force_custom_plan").update();
        Optional<Head> locked = jdbc.sql(
                        """
                        select h.ledger_to, h.position, s.sealed_to from event_head h cross join seal_head s
                        for update of h skip locked""")
                .query((row, n) -> new Head(row.getLong(1), row.getLong(2), row.getLong(3)))
                .optional();
        if (locked.isEmpty()) {
            return false;
        }
        Head head = locked.get();
        long until = until(head);
        List<Pending> pending = takePending(until);
        TreeSet<String> skus = new TreeSet<>();
        TreeMap<Long, Long> changedOrders = new TreeMap<>();
        for (Pending told : pending) {
            if (told.type() == Type.STOCK_CHANGED) {
                skus.add(told.subject());
            } else if (told.type() == Type.ORDER_CHANGED) {
                changedOrders.merge(Long.valueOf(told.subject()), told.number(), Math::max);
            }
        }
        List<Event> events = new ArrayList<>();
        events.addAll(stock.between(head.ledgerTo(), until, skus));
        events.addAll(orders.between(head.ledgerTo(), until, changedOrders));
        events.sort(Comparator.comparingLong(Event::sequence));
        events.addAll(deadLetters.of(pending));
        write(head, until, events);
        return until < head.sealedTo() || pending.size() == PENDING_MAX;
    }

    /** The end of this piece of the ledger. */
    private long until(Head head) {
        return jdbc.sql(
                        """
                        select movement_id from movement where movement_id > ? and movement_id <= ?
                        order by movement_id offset ? limit 1""")
                .params(head.ledgerTo(), head.sealedTo(), MOVEMENTS_MAX - 1)
                .query(Long.class)
                .optional()
                .orElse(head.sealedTo());
    }

    private List<Pending> takePending(long until) {
        return jdbc.sql(
                        """
                        with taken as (
                          delete from event_pending where pending_id in (
                            select pending_id from event_pending where number <= ? order by pending_id limit ?)
                          returning pending_id, type, subject, number)
                        select type, subject, case when type like 'dead-letter%' then pending_id else number end
                        from taken order by pending_id""")
                .params(until, PENDING_MAX)
                .query((row, n) -> new Pending(type(row.getString(1)), row.getString(2), row.getLong(3)))
                .list();
    }

    private static Type type(String pending) {
        return switch (pending) {
            case "stock" -> Type.STOCK_CHANGED;
            case "order" -> Type.ORDER_CHANGED;
            default -> Type.of(pending);
        };
    }

    private void write(Head head, long until, List<Event> events) {
        List<Event> placed = new ArrayList<>(events.size());
        for (Event event : events) {
            placed.add(event.at(head.position() + placed.size() + 1));
        }
        jdbc.sql(
                        """
                        insert into event (position, event_id, type, subject, key, sequence, happened_at, data)
                        select e.position, e.id, e.type, e.subject, e.key, e.sequence, e.happened_at, e.data::jsonb
                        from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::timestamptz[],
                                    ?::text[]) e (position, id, type, subject, key, sequence, happened_at, data)""")
                .params(
                        placed.stream().map(Event::position).toArray(Long[]::new),
                        placed.stream().map(Event::id).toArray(String[]::new),
                        placed.stream().map(event -> event.type().code()).toArray(String[]::new),
                        placed.stream().map(Event::subject).toArray(String[]::new),
                        placed.stream().map(Event::key).toArray(String[]::new),
                        placed.stream().map(Event::sequence).toArray(Long[]::new),
                        placed.stream()
                                .map(event -> event.happenedAt()
                                        .atOffset(ZoneOffset.UTC)
                                        .toString())
                                .toArray(String[]::new),
                        placed.stream().map(Event::data).toArray(String[]::new))
                .update();
        jdbc.sql("update event_head set ledger_to = ?, position = ?")
                .params(until, head.position() + placed.size())
                .update();
    }

    /** Forgets what everybody has got and is old enough, and consumers that no hub ran for as long. */
    public void purge() {
        long millis = retention.toMillis();
        List<String> forgotten = jdbc.sql(
                        """
                        delete from event_consumer where seen_at < now() - ? * interval '1 millisecond'
                        returning consumer || ' (last seen ' || seen_at || ')'""")
                .param(millis)
                .query(String.class)
                .list();
        forgotten.forEach(consumer -> LOG.warn("No hub ran consumer {} for {}: it is forgotten.", consumer, retention));
        jdbc.sql("delete from event_pending where not exists (select from event_consumer)")
                .update();
        int purged;
        do {
            purged = jdbc.sql(
                            """
                            delete from event where position in (
                              select position from (
                                select position, noted_at from event
                                where position <= coalesce((select min(cursor) from event_consumer), 9223372036854775807)
                                order by position limit ?) oldest
                              where noted_at < now() - ? * interval '1 millisecond')""")
                    .params(PURGED_MAX, millis)
                    .update();
        } while (purged == PURGED_MAX);
    }

    static OffsetDateTime now(JdbcClient jdbc) {
        return jdbc.sql("select now()").query(OffsetDateTime.class).single();
    }
}
