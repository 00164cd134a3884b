package io.stockhub.routes.inbox;

import io.stockhub.routes.Inbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The life of messages as people see it. {@code waiting} and {@code blocked} are not stored: they follow from the first
 * open message of the lane, here and nowhere else, so that taking in and handling pay nothing for them.
 */
public final class InboxLife implements Inbox {
    private static final String IS_OPEN = "state in ('received', 'running', 'retrying')";
    private static final String COLUMNS = "inbox_id, flow, source, lane, state, received_at";

    /** The message that its lane waits for, one look into an index for each. */
    private static final String WITH_LIFE =
            """
            select m.*,
              case when m.state = 'running' or head.inbox_id is null then m.state
                   when head.failed then 'blocked' else 'waiting' end as life,
              case when m.state <> 'running' and head.failed then head.inbox_id end as blocked_by
            from (%s) m
            left join lateral (
              select h.inbox_id, h.state = 'retrying' or h.attempts > 0 as failed from inbox h
              where m.state in ('received', 'running', 'retrying')
                and h.source = m.source and h.flow = m.flow and h.lane = m.lane and h.inbox_id < m.inbox_id
                and h.state in ('received', 'running', 'retrying')
              order by h.inbox_id limit 1) head on true
            """;

    /**
     * What contradicts is as {@link Inbox.NotDone} says. Dead letters are looked up message by message: those that are
     * resolved, which only grow in number, are never read as a whole.
     */
    private static final String COUNTS =
            """
            with
            open as (
              select life, state, received_at,
                (select d.state from dead_letter d where d.inbox_id = l.inbox_id) as letter from (%s) l),
            ended as (
              select state, coalesce((select d.state from dead_letter d where d.inbox_id = m.inbox_id), 'none') as letter
              from inbox m where state in ('dead', 'discarded'))
            select o.received, o.waiting, o.running, o.retrying, o.blocked, e.dead, e.discarded,
              o.unaccounted + e.unaccounted + l.unaccounted, o.oldest%s
            from
              (select count(*) filter (where life = 'received') as received,
                 count(*) filter (where life = 'waiting') as waiting, count(*) filter (where life = 'running') as running,
                 count(*) filter (where life = 'retrying') as retrying, count(*) filter (where life = 'blocked') as blocked,
                 count(*) filter (where letter is not null
                   and (state = 'received' or letter in ('resolved', 'discarded'))) as unaccounted,
                 min(received_at) as oldest
               from open) o,
              (select count(*) filter (where state = 'dead') as dead,
                 count(*) filter (where state = 'discarded') as discarded,
                 count(*) filter (where state = 'dead' and letter not in ('open', 'replaying')
                   or state = 'discarded' and letter <> 'discarded') as unaccounted
               from ended) e,
              (select count(*) as unaccounted from dead_letter d left join inbox m using (inbox_id)
               where d.state in ('open', 'replaying', 'discarded') and d.flow in ('orders-in', 'receipts-in', 'adjustments-in')
                 and coalesce(m.state, 'none') in ('done', 'none')) l""";

    private static final String PAGE =
            """
            select i.inbox_id, i.flow, i.source, i.message_id, i.lane, p.life, i.received_at, i.attempts,
              case when p.life = 'retrying' then i.next_attempt_at end, p.blocked_by,
              i.history -> -1 ->> 'code', i.history -> -1 ->> 'message', d.dead_letter_id
            from (select * from (%s) l where :life::text is null or life = :life order by place limit :limit) p
            join inbox i using (inbox_id) left join dead_letter d on d.inbox_id = i.inbox_id
            order by i.inbox_id""";

    private final JdbcClient jdbc;
    private final InboxSearch search;

    public InboxLife(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.search = new InboxSearch(jdbc);
    }

    @Override
    public NotDone notDone() {
        return jdbc.sql(counts("")).query((row, n) -> notDone(row)).single();
    }

    /** One statement, so that all numbers are of one moment. */
    @Override
    public Totals totals() {
        return jdbc.sql(counts(", (select count(*) from inbox)"))
                .query((row, n) -> new Totals(row.getLong(10), notDone(row)))
                .single();
    }

    private static String counts(String more) {
        return COUNTS.formatted(WITH_LIFE.formatted("select " + COLUMNS + " from inbox where " + IS_OPEN), more);
    }

    private static NotDone notDone(ResultSet row) throws SQLException {
        return new NotDone(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                instant(row, 9));
    }

    @Override
    public List<Message> messages(Filter filter, long after, int limit) {
        State state = filter.state();
        return jdbc.sql(PAGE.formatted(WITH_LIFE.formatted(candidates(state))))
                .param("source", filter.source())
                .param("after", after)
                .param("life", state == null ? null : state.code())
                .param("limit", limit)
                .query((row, n) -> message(row))
                .list();
    }

    @Override
    public Optional<Life> life(long id) {
        return named(List.of(id)).stream().findFirst().map(search::life);
    }

    @Override
    public List<Message> search(String text, @Nullable Long before, int limit) {
        return named(search.ids(text, before, limit)).reversed();
    }

    private List<Message> named(List<Long> ids) {
        String chosen = "select " + COLUMNS + ", inbox_id as place from inbox where inbox_id = any (:ids)";
        return jdbc.sql(PAGE.formatted(WITH_LIFE.formatted(chosen)))
                .param("ids", ids.toArray(Long[]::new))
                .param("life", null)
                .param("limit", ids.size())
                .query((row, n) -> message(row))
                .list();
    }

    /**
     * Those of which a page is made, in order. Open ones are sorted, since the primary key, though in that order, would be
     * read through all that is done.
     */
    private static String candidates(@Nullable State state) {
        boolean ended = state == State.DONE || state == State.DEAD || state == State.DISCARDED;
        String which = ended ? "state = '" + state.code() + "'" : IS_OPEN;
        String place = ended ? "inbox_id" : "inbox_id + 0";
        return "select " + COLUMNS + ", " + place + " as place from inbox where " + which
                + " and inbox_id > :after and (:source::text is null or source = :source) order by place offset 0";
    }

    private static Message message(ResultSet row) throws SQLException {
        String code = row.getString(11);
        return new Message(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                State.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getInt(8),
                instant(row, 9),
                row.getObject(10, Long.class),
                code == null ? null : new LastFailure(code, String.valueOf(row.getString(12))),
                row.getObject(13, Long.class));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
