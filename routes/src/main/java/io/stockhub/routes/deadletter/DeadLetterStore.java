package io.stockhub.routes.deadletter;

import io.stockhub.connectors.Failure;
import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.failure.FailureReading;
import io.stockhub.routes.inbox.Claimed;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The dead letters in PostgreSQL. Writes join the caller's transaction: a message is never dead without its letter. */
public final class DeadLetterStore implements DeadLetters {
    /** Base units of lines as a partner names them and what they cost; null where nobody knows. */
    private static final String STAKE =
            """
            select sum(l.units)::bigint as units, sum(l.units * l.cost) as money
            from (
              select n.quantity * case when n.unit is null or n.unit = coalesce(s.base_unit, 'EA') then 1 else u.factor end
                  as units, coalesce(c.average, s.cost) as cost
              from unnest(:names::text[], :quantities::bigint[], :units::text[]) n (name, quantity, unit)
              left join sku_alias a on a.system = :channel and a.alias = n.name
              left join sku s on s.sku = coalesce(a.sku, n.name)
              left join sku_cost c on c.sku = s.sku
              left join sku_unit u on u.sku = s.sku and u.unit = n.unit) l""";

    private final JdbcClient jdbc;
    private final Causes causes;
    private final @Nullable Stakes stakes;
    private final DeadLetterReads reads;
    private final Discards discards;

    /** One that knows neither connectors nor mappings, for whoever only reads and resolves. */
    public DeadLetterStore(JdbcClient jdbc) {
        this(jdbc, Causes.plain(), null);
    }

    /** @param stakes null when what is at stake is not asked */
    public DeadLetterStore(JdbcClient jdbc, Causes causes, @Nullable Stakes stakes) {
        this.jdbc = jdbc;
        this.causes = causes;
        this.stakes = stakes;
        this.reads = new DeadLetterReads(jdbc);
        this.discards = new Discards(jdbc, reads);
    }

    /** What the message would move, to be read before the transaction; of one that could not be mapped nothing is known. */
    public List<Stakes.Line> stake(Claimed claimed, Failure failure) {
        return stakes == null || failure.stage() != Failure.Stage.LEDGER
                ? List.of()
                : stakes.of(claimed.message()).orElse(List.of());
    }

    /** Writes, or writes anew, the dead letter of an inbox message. */
    public void addMessage(Claimed claimed, FailureReading reading, List<Stakes.Line> stake) {
        String source = claimed.message().source();
        String flow = claimed.message().flow().code();
        Failure failure = reading.failure();
        Causes.Cause cause = causes.of(
                new Causes.Failed(
                        source,
                        flow,
                        claimed.message().mapping(),
                        reading.sku(),
                        reading.orderRef() == null ? claimed.message().lane() : reading.orderRef()),
                failure);
        failed(
                        """
                        with stake as ("""
                                + STAKE + ")"
                                + """

                        insert into dead_letter as d (channel, flow, inbox_id, stage, kind, code, cause, message, sku,
                          order_ref, mapping, payload, content_type, attempts, history, first_failed_at, last_failed_at,
                          connector, field, mapping_version, units, money)
                        select :channel, :flow, inbox_id, :stage, :kind, :code, :cause, :message, :sku,
                          coalesce(:orderRef, lane), mapping, coalesce(edited_payload, payload), content_type, attempts,
                          history, (history -> 0 ->> 'at')::timestamptz, clock_timestamp(),
                          :connector, :field, :version, stake.units, stake.money
                        from inbox, stake where inbox_id = :inboxId
                        on conflict (inbox_id) where inbox_id is not null do update set
                          stage = excluded.stage, kind = excluded.kind, code = excluded.code, cause = excluded.cause,
                          message = excluded.message, sku = excluded.sku, order_ref = excluded.order_ref,
                          payload = excluded.payload, attempts = excluded.attempts, history = excluded.history,
                          connector = excluded.connector, field = excluded.field,
                          mapping_version = excluded.mapping_version, units = excluded.units, money = excluded.money,
                          last_failed_at = clock_timestamp(), state = 'open', resolved_at = null""",
                        source,
                        failure,
                        cause)
                .param("flow", flow)
                .param("sku", reading.sku())
                .param("orderRef", reading.orderRef())
                .param("inboxId", claimed.inboxId())
                .param("names", stake.stream().map(Stakes.Line::name).toArray(String[]::new))
                .param("quantities", stake.stream().map(Stakes.Line::quantity).toArray(Long[]::new))
                .param("units", stake.stream().map(Stakes.Line::unit).toArray(String[]::new))
                .update();
    }

    /** What every dead letter says of its failure. */
    private JdbcClient.StatementSpec failed(String sql, String channel, Failure failure, Causes.Cause cause) {
        return jdbc.sql(sql)
                .param("channel", channel)
                .param("stage", Causes.lower(failure.stage()))
                .param("kind", Causes.lower(failure.kind()))
                .param("code", failure.code())
                .param("message", failure.message())
                .param("cause", cause.fingerprint())
                .param("connector", cause.connector())
                .param("field", cause.field())
                .param("version", cause.mappingVersion());
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

    /** As {@link #discard(List, Filter, String, String)}, of one; false when it stays as it is. */
    public boolean discard(long id) {
        return discards.one(id);
    }

    @Override
    public Discarded discard(List<Long> ids, @Nullable Filter filter, String reason, String by) {
        return discards.all(ids, filter, reason, by);
    }

    /** What a stock update is in a dead letter. */
    public record Update(String channel, String sku, int attempts, String history, byte[] payload) {}

    /** Writes, or writes anew, the dead letter of a listing that the channel refuses. */
    public void addUpdate(Update update, Failure failure) {
        Causes.Cause cause =
                causes.of(new Causes.Failed(update.channel(), "stock-out", null, update.sku(), null), failure);
        failed(
                        """
                        with stake as (
                          select max(abs(l.wanted - coalesce(l.confirmed, 0))) as units,
                            max(abs(l.wanted - coalesce(l.confirmed, 0))) * max(coalesce(c.average, s.cost)) as money
                          from listing l left join sku s using (sku) left join sku_cost c using (sku)
                          where l.channel = :channel and l.sku = :sku and not l.retired)
                        insert into dead_letter as d (channel, flow, stage, kind, code, cause, message, sku, payload,
                          content_type, attempts, history, first_failed_at, last_failed_at, connector, field, units, money)
                        select :channel, 'stock-out', :stage, :kind, :code, :cause, :message, :sku, :payload,
                          'application/json', :attempts, :history::jsonb, now(), now(), :connector, :field,
                          stake.units, stake.money
                        from stake
                        on conflict (channel, sku) where flow = 'stock-out' and state in ('open', 'replaying')
                        do update set stage = excluded.stage, kind = excluded.kind, code = excluded.code,
                          cause = excluded.cause, message = excluded.message, payload = excluded.payload,
                          connector = excluded.connector, field = excluded.field, units = excluded.units,
                          money = excluded.money,
                          attempts = d.attempts + 1, history = d.history || (excluded.history -> -1),
                          last_failed_at = now(), state = 'open'""",
                        update.channel(),
                        failure,
                        cause)
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
        Causes.Cause cause = causes.of(new Causes.Failed(source, "edi-in", null, null, null), failure);
        failed(
                        """
                        insert into dead_letter (channel, flow, stage, kind, code, cause, message, payload, content_type,
                          attempts, history, first_failed_at, last_failed_at, connector, field)
                        values (:channel, 'edi-in', :stage, :kind, :code, :cause, :message, :payload, :type, 1,
                          jsonb_build_array(jsonb_build_object('attempt', 1, 'at',
                            to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                            'code', :code::text, 'message', :message::text)), now(), now(), :connector, :field)""",
                        source,
                        failure,
                        cause)
                .param("payload", payload)
                .param("type", contentType)
                .update();
    }

    @Override
    public List<DeadLetter> list(Filter filter, @Nullable Long before, int limit) {
        return reads.list(filter, before, limit);
    }

    /** Those of these ids that exist, with their message if they are one; in no order. */
    public List<Known> known(Collection<Long> ids) {
        return reads.known(ids);
    }

    /** A dead letter and the inbox message that it is about, null for others. */
    public record Known(DeadLetter deadLetter, @Nullable Long inboxId) {}

    /** Ids that match, oldest first. */
    public List<Long> ids(Filter filter) {
        return reads.ids(filter);
    }

    @Override
    public Optional<Detail> get(long id) {
        return reads.get(id);
    }

    @Override
    public List<CauseGroup> byCause(Filter filter) {
        return reads.byCause(filter);
    }

    @Override
    public long open() {
        return reads.open();
    }
}
