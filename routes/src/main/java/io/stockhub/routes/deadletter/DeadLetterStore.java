package io.stockhub.routes.deadletter;

import io.stockhub.connectors.Failure;
import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.failure.FailureReading;
import io.stockhub.routes.inbox.Claimed;
import io.stockhub.routes.inbox.InboxStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The dead letters in PostgreSQL. Writes join the caller's transaction: a message is never dead without its letter. */
public final class DeadLetterStore implements DeadLetters {
    private static final String HEAD =
            """
            dead_letter_id, channel, flow, stage, kind, code, cause, message, sku, order_ref, attempts,
            first_failed_at, last_failed_at, state""";
    private static final String MATCHES =
            """
            (:channel::text is null or channel = :channel) and (:cause::text is null or cause = :cause)
            and (:sku::text is null or sku = :sku) and (:since::timestamptz is null or last_failed_at >= :since)
            and (:state::text is null or state = :state)""";

    private final JdbcClient jdbc;

    public DeadLetterStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Same cause, same fix: what failed, where, how, and on which field, but not the values in the text. */
    static String cause(String source, String flow, Failure failure, @Nullable String sku) {
        String about = failure.code().equals("stock.unknown_sku") && sku != null ? sku : shape(failure.message());
        return failure.code() + "-"
                + InboxStore.fingerprint(
                                String.join("|", source, flow, failure.stage().name(), failure.code(), about))
                        .substring(0, 8);
    }

    /** The text without what differs from message to message: quoted words and numbers. */
    private static String shape(String message) {
        return message.replaceAll("\"[^\"]*\"", "\"\"").replaceAll("[0-9]+", "0");
    }

    /** Writes, or writes anew, the dead letter of an inbox message. */
    public void addMessage(Claimed claimed, FailureReading reading) {
        String source = claimed.message().source();
        String flow = claimed.message().flow().code();
        Failure failure = reading.failure();
        jdbc.sql(
                        """
                        insert into dead_letter as d (channel, flow, inbox_id, stage, kind, code, cause, message, sku,
                          order_ref, mapping, payload, content_type, attempts, history, first_failed_at, last_failed_at)
                        select :channel, :flow, inbox_id, :stage, :kind, :code, :cause, :message, :sku,
                          coalesce(:orderRef, lane), mapping, coalesce(edited_payload, payload), content_type, attempts,
                          history, (history -> 0 ->> 'at')::timestamptz, clock_timestamp()
                        from inbox where inbox_id = :inboxId
                        on conflict (inbox_id) where inbox_id is not null do update set
                          stage = excluded.stage, kind = excluded.kind, code = excluded.code, cause = excluded.cause,
                          message = excluded.message, sku = excluded.sku, order_ref = excluded.order_ref,
                          payload = excluded.payload, attempts = excluded.attempts, history = excluded.history,
                          last_failed_at = clock_timestamp(), state = 'open', resolved_at = null""")
                .param("channel", source)
                .param("flow", flow)
                .param("stage", lower(failure.stage()))
                .param("kind", lower(failure.kind()))
                .param("code", failure.code())
                .param("cause", cause(source, flow, failure, reading.sku()))
                .param("message", failure.message())
                .param("sku", reading.sku())
                .param("orderRef", reading.orderRef())
                .param("inboxId", claimed.inboxId())
                .update();
    }

    /** The messages took effect after all. */
    public void resolveMessages(List<Long> inboxIds) {
        jdbc.sql(
                        """
                        update dead_letter set state = 'resolved', resolved_at = now()
                        where inbox_id = any (?) and state in ('open', 'replaying')""")
                .param(inboxIds.toArray(Long[]::new))
                .update();
    }

    /**
     * Decides that the message of a dead letter shall have no effect: both are discarded, or neither. False when the message
     * is not dead, for example because it is being tried again at this moment, and for dead letters that are no message of
     * the inbox: the next number that the channel confirms resolves a stock update.
     */
    public boolean discard(long id) {
        return jdbc.sql(
                                """
                        with message as (
                          update inbox set state = 'discarded', done_at = now()
                          where inbox_id = (select inbox_id from dead_letter where dead_letter_id = ?) and state = 'dead'
                          returning inbox_id)
                        update dead_letter d set state = 'discarded', resolved_at = now() from message
                        where d.inbox_id = message.inbox_id""")
                        .param(id)
                        .update()
                == 1;
    }

    /** What a stock update is in a dead letter. */
    public record Update(String channel, String sku, int attempts, String history, byte[] payload) {}

    /** Writes, or writes anew, the dead letter of a listing that the channel refuses. */
    public void addUpdate(Update update, Failure failure) {
        jdbc.sql(
                        """
                        insert into dead_letter as d (channel, flow, stage, kind, code, cause, message, sku, payload,
                          content_type, attempts, history, first_failed_at, last_failed_at)
                        values (:channel, 'stock-out', :stage, :kind, :code, :cause, :message, :sku, :payload,
                          'application/json', :attempts, :history::jsonb, now(), now())
                        on conflict (channel, sku) where flow = 'stock-out' and state in ('open', 'replaying')
                        do update set stage = excluded.stage, kind = excluded.kind, code = excluded.code,
                          cause = excluded.cause, message = excluded.message, payload = excluded.payload,
                          attempts = d.attempts + 1, history = d.history || (excluded.history -> -1),
                          last_failed_at = now(), state = 'open'""")
                .param("channel", update.channel())
                .param("stage", lower(failure.stage()))
                .param("kind", lower(failure.kind()))
                .param("code", failure.code())
                .param("cause", cause(update.channel(), "stock-out", failure, null))
                .param("message", failure.message())
                .param("sku", update.sku())
                .param("payload", update.payload())
                .param("attempts", update.attempts())
                .param("history", update.history())
                .update();
    }

    /** The channel accepted a number for these SKUs: whatever it refused before is history. */
    public void resolveUpdates(String channel, List<String> skus) {
        jdbc.sql(
                        """
                        update dead_letter set state = 'resolved', resolved_at = now() where flow = 'stock-out'
                        and channel = ? and sku = any (?) and state in ('open', 'replaying')""")
                .params(channel, skus.toArray(String[]::new))
                .update();
    }

    /** Bytes that could not even be told apart as a document: kept whole, with the place where reading ended. */
    public void addUnreadable(String source, Failure failure, byte[] payload, String contentType) {
        jdbc.sql(
                        """
                        insert into dead_letter (channel, flow, stage, kind, code, cause, message, payload, content_type,
                          attempts, history, first_failed_at, last_failed_at)
                        values (:channel, 'edi-in', :stage, :kind, :code, :cause, :message, :payload, :type, 1,
                          jsonb_build_array(jsonb_build_object('attempt', 1, 'at',
                            to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                            'code', :code::text, 'message', :message::text)), now(), now())""")
                .param("channel", source)
                .param("stage", lower(failure.stage()))
                .param("kind", lower(failure.kind()))
                .param("code", failure.code())
                .param("cause", cause(source, "edi-in", failure, null))
                .param("message", failure.message())
                .param("payload", payload)
                .param("type", contentType)
                .update();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    @Override
    public List<DeadLetter> list(Filter filter, @Nullable Long before, int limit) {
        return filtered(
                        "select " + HEAD + " from dead_letter where " + MATCHES
                                + " and dead_letter_id < :before order by dead_letter_id desc limit :limit",
                        filter)
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit)
                .query((row, n) -> head(row))
                .list();
    }

    /** Ids that match, oldest first: the order in which they are replayed. */
    public List<Long> ids(Filter filter) {
        return filtered("select dead_letter_id from dead_letter where " + MATCHES + " order by dead_letter_id", filter)
                .query(Long.class)
                .list();
    }

    private JdbcClient.StatementSpec filtered(String sql, Filter filter) {
        return jdbc.sql(sql)
                .param("channel", filter.channel())
                .param("cause", filter.cause())
                .param("sku", filter.sku())
                .param("since", filter.since() == null ? null : filter.since().atOffset(ZoneOffset.UTC))
                .param("state", filter.state());
    }

    @Override
    public Optional<Detail> get(long id) {
        return jdbc.sql("select " + HEAD + ", payload, content_type, history, mapping from dead_letter"
                        + " where dead_letter_id = ?")
                .param(id)
                .query((row, n) -> new Detail(
                        head(row),
                        row.getBytes(15),
                        row.getString(16),
                        AttemptHistory.read(row.getString(17)),
                        row.getString(18)))
                .optional();
    }

    @Override
    public List<CauseGroup> byCause(Filter filter) {
        return filtered(
                        """
                        select cause, min(channel), min(code), max(message), count(*), min(first_failed_at),
                          max(last_failed_at)
                        from dead_letter where """
                                + " " + MATCHES + " group by cause order by count(*) desc, cause limit 200",
                        filter)
                .query((row, n) -> new CauseGroup(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        instant(row, 6),
                        instant(row, 7)))
                .list();
    }

    @Override
    public long open() {
        return jdbc.sql("select count(*) from dead_letter where state in ('open', 'replaying')")
                .query(Long.class)
                .single();
    }

    private static DeadLetter head(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getInt(11),
                instant(row, 12),
                instant(row, 13),
                row.getString(14));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
