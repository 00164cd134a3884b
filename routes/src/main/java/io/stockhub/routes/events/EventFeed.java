package io.stockhub.routes.events;

import io.stockhub.routes.Events;
import io.stockhub.routes.failure.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Events and who has read how many of them. A consumer is a name with a cursor; of all hubs, the one that holds its lease
 * sends for it. All times are the database's.
 */
public final class EventFeed implements Events {
    private static final int ERROR_LENGTH_MAX = 500;

    private final JdbcClient jdbc;

    public EventFeed(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The right to send for a consumer, until it ends or somebody else takes it.
     *
     * @param token a fence: only the newest one moves the cursor
     * @param cursor position of the last event that was sent
     * @param attempts that failed since
     */
    public record Lease(String consumer, long token, long cursor, int attempts) {}

    /**
     * Makes a consumer known, again and again if one likes. One that is new gets what happens from now on; events are kept
     * only while somebody is to get them.
     */
    public void register(String consumer) {
        jdbc.sql(
                        """
                        with none as (select where not exists (select from event_consumer)),
                        begun as (
                          insert into event_head (ledger_to, position) select sealed_to, 0 from seal_head
                          on conflict (only_one) do update set ledger_to = excluded.ledger_to
                          where exists (select from none)
                          returning position)
                        insert into event_consumer (consumer, cursor)
                        values (?, coalesce((select position from begun), (select position from event_head), 0))
                        on conflict (consumer) do update set seen_at = now()""")
                .param(consumer)
                .update();
    }

    /** Events after a position, oldest first. */
    public List<Event> read(long after, int max) {
        return jdbc.sql(
                        """
                        select position, event_id, type, subject, key, sequence, happened_at, data
                        from event where position > ? order by position limit ?""")
                .params(after, max)
                .query((row, n) -> event(row))
                .list();
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getLong(1),
                row.getString(2),
                Event.Type.of(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getString(8));
    }

    /**
     * Takes or prolongs the right to send for a consumer.
     *
     * @param held the token of before, 0 for none; kept when the lease has not been taken since
     * @return empty when another hub holds it, when it is not time for the next attempt, or when nobody registered it
     */
    public Optional<Lease> lease(String consumer, long held, Duration length) {
        Optional<Lease> fresh = jdbc.sql(
                        """
                        select consumer, claim, cursor, attempts from event_consumer
                        where consumer = ? and claim = ? and next_attempt_at <= now()
                          and claimed_until > now() + ? * interval '1 millisecond'""")
                .params(consumer, held, length.toMillis() / 2)
                .query((row, n) -> lease(row))
                .optional();
        if (fresh.isPresent()) {
            return fresh;
        }
        return jdbc.sql(
                        """
                        update event_consumer set seen_at = now(), claimed_until = now() + ? * interval '1 millisecond',
                          claim = case when claim = ? and claim <> 0 then claim else nextval('claim_token') end
                        where consumer = ? and next_attempt_at <= now()
                          and (claim = ? and claim <> 0 or claimed_until is null or claimed_until < now())
                        returning consumer, claim, cursor, attempts""")
                .params(length.toMillis(), held, consumer, held)
                .query((row, n) -> lease(row))
                .optional();
    }

    private static Lease lease(ResultSet row) throws SQLException {
        return new Lease(row.getString(1), row.getLong(2), row.getLong(3), row.getInt(4));
    }

    /**
     * Remembers that all events up to a position were sent. It never goes back.
     *
     * @return false when the lease is another hub's by now: nothing was written
     */
    public boolean advance(Lease lease, long position) {
        return jdbc.sql(
                                """
                        update event_consumer set cursor = greatest(cursor, ?), seen_at = now(), attempts = 0,
                          failing_since = null, last_error = null
                        where consumer = ? and claim = ?""")
                        .params(position, lease.consumer(), lease.token())
                        .update()
                == 1;
    }

    /**
     * Remembers that sending failed and when it is tried again, by whichever hub. Nothing is written when the lease is another
     * hub's by now.
     */
    public void failed(Lease lease, String error, Duration pause) {
        String words = Words.keepable(error);
        jdbc.sql(
                        """
                        update event_consumer set attempts = attempts + 1, claimed_until = null, seen_at = now(),
                          next_attempt_at = now() + ? * interval '1 millisecond',
                          failing_since = coalesce(failing_since, now()), last_error = ?
                        where consumer = ? and claim = ?""")
                .params(
                        pause.toMillis(),
                        words.substring(0, Math.min(words.length(), ERROR_LENGTH_MAX)),
                        lease.consumer(),
                        lease.token())
                .update();
    }

    /** Gives the right to send back, so that another hub need not wait for the lease to end. */
    public void release(String consumer, long token) {
        jdbc.sql("update event_consumer set claimed_until = null where consumer = ? and claim = ?")
                .params(consumer, token)
                .update();
    }

    /** Whoever sends at this moment loses the lease. */
    @Override
    public Optional<Long> rewind(String consumer, @Nullable Instant since) {
        return jdbc.sql(
                        """
                        update event_consumer c set cursor = r.cursor, claim = nextval('claim_token'), claimed_until = null,
                          next_attempt_at = now(), attempts = 0
                        from (select consumer, cursor as before, least(cursor, coalesce(
                                (select min(position) - 1 from event
                                 where noted_at >= coalesce(?::timestamptz, '-infinity')), cursor)) as cursor
                              from event_consumer where consumer = ? for update) r
                        where c.consumer = r.consumer returning r.before - r.cursor""")
                .params(since == null ? null : since.atOffset(ZoneOffset.UTC).toString(), consumer)
                .query(Long.class)
                .optional();
    }

    @Override
    public void tellAllStock() {
        jdbc.sql(
                        """
                        insert into event_pending (type, subject, number) select 'stock', sku, 0 from sku
                        where exists (select from event_consumer) order by sku""")
                .update();
    }

    @Override
    public List<Consumer> consumers() {
        return jdbc.sql(
                        """
                        select c.consumer, c.cursor, h.position - c.cursor, c.failing_since, c.last_error
                        from event_consumer c cross join event_head h order by c.consumer""")
                .query((row, n) -> {
                    OffsetDateTime since = row.getObject(4, OffsetDateTime.class);
                    return new Consumer(
                            row.getString(1),
                            row.getLong(2),
                            row.getLong(3),
                            since == null ? null : since.toInstant(),
                            row.getString(5));
                })
                .list();
    }
}
