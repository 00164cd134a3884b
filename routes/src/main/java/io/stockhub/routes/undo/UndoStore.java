package io.stockhub.routes.undo;

import io.stockhub.routes.Undos.Item;
import io.stockhub.routes.Undos.Job;
import io.stockhub.routes.Undos.Outcome;
import io.stockhub.routes.replay.Counts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Undos in PostgreSQL. All times are the database's; all writes join the caller's transaction. */
final class UndoStore {
    private final JdbcClient jdbc;

    UndoStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a step of the work needs to know of an undo. */
    record Claimed(long undoId, String reason, String by) {}

    long add(String run, String reason, String by, List<Step> steps) {
        long id = jdbc.sql(
                        """
                        insert into undo (run, reason, requested_by, state, ended_at)
                        values (:run, :reason, :by, case when :none then 'done' else 'running' end, case when :none then now() end)
                        returning undo_id""")
                .param("run", run)
                .param("reason", reason)
                .param("by", by)
                .param("none", steps.isEmpty())
                .query(Long.class)
                .single();
        jdbc.sql(
                        """
                        insert into undo_item (undo_id, number, kind, what)
                        select ?, * from unnest(?::bigint[], ?::text[], ?::text[])""")
                .params(
                        id,
                        steps.stream().map(Step::number).toArray(Long[]::new),
                        steps.stream().map(Step::kind).toArray(String[]::new),
                        steps.stream().map(Step::what).toArray(String[]::new))
                .update();
        return id;
    }

    /** The oldest undo that nobody has in hand. */
    Optional<Claimed> claim(Duration lease) {
        return jdbc.sql(
                        """
                        update undo set claimed_until = now() + ? * interval '1 millisecond'
                        where undo_id = (select undo_id from undo
                          where state = 'running' and (claimed_until is null or claimed_until < now())
                          order by undo_id limit 1 for update skip locked)
                        returning undo_id, reason, requested_by""")
                .param(lease.toMillis())
                .query((row, n) -> new Claimed(row.getLong(1), row.getString(2), row.getString(3)))
                .optional();
    }

    /** What is left, newest first. */
    List<Item> left(long undoId, int limit) {
        return items("where undo_id = :id and outcome is null order by number desc limit :limit", undoId, limit);
    }

    void end(long undoId, List<Item> ended) {
        jdbc.sql(
                        """
                        update undo_item i set outcome = e.outcome, message = e.message
                        from unnest(?::bigint[], ?::text[], ?::text[]) e (number, outcome, message)
                        where i.undo_id = ? and i.number = e.number and i.outcome is null""")
                .params(
                        ended.stream().map(Item::number).toArray(Long[]::new),
                        ended.stream()
                                .map(item ->
                                        Objects.requireNonNull(item.outcome()).code())
                                .toArray(String[]::new),
                        ended.stream().map(Item::message).toArray(String[]::new),
                        undoId)
                .update();
    }

    /** Gives the undo back; it is done when nothing is left. */
    void release(long undoId) {
        jdbc.sql(
                        """
                        update undo u set claimed_until = null,
                          state = case when o.left_over then 'running' else 'done' end,
                          ended_at = case when not o.left_over then now() end
                        from (select exists (select 1 from undo_item where undo_id = :id and outcome is null)) o (left_over)
                        where u.undo_id = :id and u.state = 'running'""")
                .param("id", undoId)
                .update();
    }

    Optional<Job> job(long undoId) {
        return jobs("where undo_id = :id", undoId, 1).stream().findFirst();
    }

    List<Job> jobs(int limit) {
        return jobs("where undo_id < :id", Long.MAX_VALUE, limit);
    }

    /** Those that could not be undone whole first, then what waits, then the rest. */
    List<Item> items(long undoId, int limit) {
        return items(
                """
                where undo_id = :id order by case when outcome in ('kept', 'in-part') then 0 when outcome is null then 1
                  else 2 end, number desc limit :limit""",
                undoId,
                limit);
    }

    private List<Item> items(String which, long undoId, int limit) {
        return jdbc.sql("select number, kind, what, outcome, message from undo_item " + which)
                .param("id", undoId)
                .param("limit", limit)
                .query((row, n) -> new Item(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4) == null ? null : Outcome.of(row.getString(4)),
                        row.getString(5)))
                .list();
    }

    /** In one statement: an undo that is done has an outcome for each of its items. */
    private List<Job> jobs(String which, long id, int limit) {
        return jdbc.sql(
                        """
                        select u.undo_id, run, state, reason, requested_by, requested_at, ended_at, c.outcomes, c.numbers from (
                          select * from undo WHICH order by undo_id desc limit :limit) u
                        left join lateral (
                          select array_agg(outcome) as outcomes, array_agg(number) as numbers from (
                            select coalesce(outcome, '') as outcome, count(*) as number from undo_item i
                            where i.undo_id = u.undo_id group by 1) one) c on true
                        order by u.undo_id desc"""
                                .replace("WHICH", which))
                .param("id", id)
                .param("limit", limit)
                .query((row, n) -> job(row, Counts.of(row, 8)))
                .list();
    }

    private static Job job(ResultSet row, Map<String, Long> counts) throws SQLException {
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        Long waiting = counts.remove("");
        return new Job(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                instant(row.getObject(7, OffsetDateTime.class)),
                total,
                total - (waiting == null ? 0 : waiting),
                counts);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
