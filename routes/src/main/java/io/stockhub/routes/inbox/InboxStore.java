package io.stockhub.routes.inbox;

import io.stockhub.connectors.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The inbox table. All times are the database's. */
public final class InboxStore {
    /**
     * True when a later message of the same lane is done, or any has cancelled what it is about before we took it: this one
     * is history. A later one that was history itself says nothing about this one.
     */
    private static final String SUPERSEDED =
            """
            exists (select 1 from inbox o where o.source = i.source and o.flow = i.flow and o.lane = i.lane
                    and o.state = 'done'
                    and (o.inbox_id > i.inbox_id and o.outcome <> 'SUPERSEDED' or o.outcome = 'NOTHING_TO_CANCEL'))""";

    private static final String COLUMNS =
            """
            i.inbox_id, i.claim, i.attempts + 1, i.flow, i.source, i.message_id, i.lane, i.mapping, i.content_type,
            coalesce(i.edited_payload, i.payload), """
                    + SUPERSEDED;

    private final JdbcClient jdbc;

    public InboxStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Stores a message, in the caller's transaction if there is one.
     *
     * @return false when it was stored before. The same id with other content is another message: which of them takes
     *     effect is decided by the business key of what it says, and nothing is lost.
     */
    public boolean add(InboxMessage message) {
        if (insert(message, message.messageId())) {
            return true;
        }
        byte[] stored = jdbc.sql("select payload from inbox where source = ? and flow = ? and message_id = ?")
                .params(message.source(), message.flow().code(), message.messageId())
                .query((row, n) -> row.getBytes(1))
                .single();
        if (Arrays.equals(stored, message.payload())) {
            return false;
        }
        return insert(message, message.messageId() + "#" + fingerprint(message.payload()));
    }

    private boolean insert(InboxMessage message, String messageId) {
        return jdbc.sql(
                                """
                        insert into inbox (flow, source, message_id, lane, mapping, content_type, payload)
                        values (?, ?, ?, ?, ?, ?, ?) on conflict on constraint received_once do nothing""")
                        .params(
                                message.flow().code(),
                                message.source(),
                                messageId,
                                message.lane(),
                                message.mapping(),
                                message.contentType(),
                                message.payload())
                        .update()
                == 1;
    }

    /** A short name for content, for message ids where the sender gives none. */
    public static String fingerprint(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A short name for text content. */
    public static String fingerprint(String content) {
        return fingerprint(content.getBytes(StandardCharsets.UTF_8));
    }

    /** Claims what is due, oldest first, at most one message of a lane: the one before it has to be done or dead. */
    public List<Claimed> claim(int max, Duration lease) {
        return jdbc.sql(
                        """
                        with due as (
                          select inbox_id from inbox i
                          where state in ('received', 'retrying', 'running') and next_attempt_at <= now()
                            and (claimed_until is null or claimed_until < now())
                            and not exists (
                              select 1 from inbox o
                              where o.source = i.source and o.flow = i.flow and o.lane = i.lane
                                and o.inbox_id < i.inbox_id and o.state in ('received', 'retrying', 'running'))
                          order by inbox_id limit ? for update skip locked)
                        update inbox i set state = 'running', claim = nextval('claim_token'),
                               claimed_until = now() + ? * interval '1 millisecond'
                        from due where i.inbox_id = due.inbox_id
                        returning """
                                + " " + COLUMNS)
                .params(max, lease.toMillis())
                .query((row, n) -> claimed(row))
                .list();
    }

    /** As {@link #claimDead(Collection, Duration)}, of one; absent when it is not its turn or not dead. */
    public Optional<Claimed> claimDead(long inboxId, Duration lease) {
        return claimDead(List.of(inboxId), lease).stream().findFirst();
    }

    /**
     * Claims dead messages for a replay, in the caller's transaction, at most one of a lane. Left out are those that are not
     * dead, and those of a lane in which another runs or an earlier one waits for its next attempt. What waits in a lane is
     * locked first, so that two replays at once cannot both claim in it.
     */
    public List<Claimed> claimDead(Collection<Long> inboxIds, Duration lease) {
        Long[] ids = inboxIds.toArray(Long[]::new);
        // Not those that run: they are written in another order, and this would wait for them in a ring.
        jdbc.sql(
                        """
                        select o.inbox_id from inbox o
                        where o.inbox_id in (
                          select l.inbox_id from inbox i join inbox l using (source, flow, lane)
                          where i.inbox_id = any (?))
                          and o.state in ('dead', 'received', 'retrying')
                        order by o.inbox_id for update""")
                .param(ids)
                .query(Long.class)
                .list();
        return jdbc.sql(
                        """
                        with turn as (
                          select distinct on (source, flow, lane) inbox_id from inbox i
                          where inbox_id = any (?) and (state = 'dead' or state = 'running' and claimed_until < now())
                            and not exists (
                              select 1 from inbox o
                              where o.source = i.source and o.flow = i.flow and o.lane = i.lane
                                and o.inbox_id <> i.inbox_id
                                and (o.state = 'running' and o.claimed_until >= now()
                                     or o.inbox_id < i.inbox_id and o.state in ('received', 'retrying', 'running')))
                          order by source, flow, lane, inbox_id)
                        update inbox i set state = 'running', claim = nextval('claim_token'),
                               claimed_until = now() + ? * interval '1 millisecond'
                        from turn where i.inbox_id = turn.inbox_id
                          and (i.state = 'dead' or i.state = 'running' and i.claimed_until < now())
                        returning """
                                + " " + COLUMNS)
                .params(ids, lease.toMillis())
                .query((row, n) -> claimed(row))
                .list();
    }

    /** Why a message is not taken now: the earlier one of its lane that is tried again by itself; absent when there is none. */
    public Optional<Long> blockedBy(long inboxId) {
        return jdbc.sql(
                        """
                        select o.inbox_id from inbox i join inbox o using (source, flow, lane)
                        where i.inbox_id = ? and o.inbox_id < i.inbox_id and o.state = 'retrying'
                        order by o.inbox_id limit 1""")
                .param(inboxId)
                .query(Long.class)
                .optional();
    }

    /** A message as it is, without claiming it. */
    public Optional<Claimed> find(long inboxId) {
        return jdbc.sql("select " + COLUMNS + " from inbox i where inbox_id = ?")
                .param(inboxId)
                .query((row, n) -> claimed(row))
                .optional();
    }

    private static Claimed claimed(ResultSet row) throws SQLException {
        InboxMessage message = new InboxMessage(
                InboxMessage.Flow.of(row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getBytes(10));
        return new Claimed(row.getLong(1), row.getLong(2), row.getInt(3), message, row.getBoolean(11));
    }

    /** The number of the newest message; 0 when there is none. */
    public long last() {
        return jdbc.sql("select coalesce(max(inbox_id), 0) from inbox")
                .query(Long.class)
                .single();
    }

    /** Whether an order of the channel up to this number is not done with. */
    public boolean open(String channel, long inboxId) {
        return jdbc.sql(
                        """
                        with open as materialized (
                          select source, flow, inbox_id from inbox where state in ('received', 'running', 'retrying'))
                        select exists (select from open where source = ? and flow = 'orders-in' and inbox_id <= ?)""")
                .params(channel, inboxId)
                .query(Boolean.class)
                .single();
    }

    /** Where a message is in its life; absent when there is none. */
    public Optional<String> state(long inboxId) {
        return jdbc.sql("select state from inbox where inbox_id = ?")
                .param(inboxId)
                .query(String.class)
                .optional();
    }

    /** A message that was handled. */
    public record Ended(Claimed claimed, Outcome outcome) {}

    /** Ends messages; the answer leaves out those that another hub claimed meanwhile. */
    public List<Long> done(List<Ended> ended) {
        return jdbc.sql(
                        """
                        update inbox i set state = 'done', outcome = e.outcome, done_at = now(), attempts = attempts + 1,
                               claimed_until = null
                        from unnest(?::bigint[], ?::bigint[], ?::text[]) e (inbox_id, claim, outcome)
                        where i.inbox_id = e.inbox_id and i.claim = e.claim returning i.inbox_id""")
                .params(
                        ended.stream().map(one -> one.claimed().inboxId()).toArray(Long[]::new),
                        ended.stream().map(one -> one.claimed().claim()).toArray(Long[]::new),
                        ended.stream().map(one -> one.outcome().name()).toArray(String[]::new))
                .query(Long.class)
                .list();
    }

    /** Puts a message back for another attempt. */
    public boolean retry(Claimed claimed, Failure failure, Duration pause) {
        return jdbc.sql("update inbox set state = 'retrying', claimed_until = null, attempts = attempts + 1,"
                                + " next_attempt_at = now() + ? * interval '1 millisecond', history = history || "
                                + ATTEMPT + " where inbox_id = ? and claim = ?")
                        .params(pause.toMillis(), failure.code(), failure.message(), claimed.inboxId(), claimed.claim())
                        .update()
                == 1;
    }

    /** Gives a message up. The caller writes the dead letter in the same transaction. */
    public boolean dead(Claimed claimed, Failure failure) {
        return jdbc.sql("update inbox set state = 'dead', claimed_until = null, attempts = attempts + 1,"
                                + " history = history || " + ATTEMPT + " where inbox_id = ? and claim = ?")
                        .params(failure.code(), failure.message(), claimed.inboxId(), claimed.claim())
                        .update()
                == 1;
    }

    /** Keeps what a person made of a payload for its replay; the payload as received stays. */
    public void edit(long inboxId, byte[] payload) {
        jdbc.sql("update inbox set edited_payload = ? where inbox_id = ?")
                .params(payload, inboxId)
                .update();
    }

    private static final String ATTEMPT =
            """
            jsonb_build_array(jsonb_build_object('attempt', attempts + 1,
              'at', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
              'code', ?::text, 'message', ?::text))""";
}
