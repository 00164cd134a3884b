package io.stockhub.routes.replay;

import io.stockhub.routes.Replays.Act;
import io.stockhub.routes.Replays.Item;
import io.stockhub.routes.Replays.Job;
import io.stockhub.routes.Replays.Request;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The replays in PostgreSQL. All times are the database's; all writes join the caller's transaction. */
final class ReplayStore {
    /** Items that a hub has in hand, and cannot be sure of having ended until then, if it was killed. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final String JOB =
            """
            replay_id, state, dry_run, reason, requested_by, requested_at, rate, changed_by, ended_at""";

    /**
     * A replay whose turn it is.
     *
     * @param budget how many its rate allows now
     */
    record Turn(long replayId, boolean dryRun, int budget) {}

    private final JdbcClient jdbc;

    ReplayStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes a replay with its items; the lane and the place in it are worked out once, here. */
    long add(Request request, List<Long> ids) {
        long id = jdbc.sql(
                        """
                        insert into replay (requested_by, reason, dry_run, state, payload, rate, ended_at, paced_to)
                        values (:by, :reason, :dry, :state, :payload, :rate::numeric,
                          case when :state = 'done' then now() end,
                          now() - interval '1 second' / coalesce(:rate::numeric, 1)::double precision)
                        returning replay_id""")
                .param("by", request.requestedBy())
                .param("reason", request.reason())
                .param("dry", request.dryRun())
                .param("state", ids.isEmpty() ? "done" : "running")
                .param("payload", request.payload())
                .param("rate", request.rate())
                .query(Long.class)
                .single();
        jdbc.sql(
                        """
                        insert into replay_item (replay_id, dead_letter_id, lane, place)
                        select ?, d.dead_letter_id,
                          md5(case when i.inbox_id is not null then concat_ws('|', 'in', i.source, i.flow, i.lane)
                              when d.flow = 'stock-out' then concat_ws('|', 'out', d.channel, d.sku)
                              else concat('letter ', d.dead_letter_id) end),
                          coalesce(i.inbox_id, d.dead_letter_id)
                        from unnest(?::bigint[]) as chosen (dead_letter_id) join dead_letter d using (dead_letter_id)
                        left join inbox i using (inbox_id)""")
                .params(id, ids.toArray(Long[]::new))
                .update();
        return id;
    }

    /** The next turn, jobs one after another; absent when none runs, or each waits for its rate. Holds the job's row. */
    Optional<Turn> turn(int most) {
        return jdbc.sql(
                        """
                        select replay_id, dry_run,
                          case when rate is null then :most
                            else least(:most, greatest(1, ceil(rate)),
                              floor(rate * extract(epoch from clock_timestamp() - paced_to) + 0.000001)) end::int
                        from replay
                        where state = 'running'
                          and (rate is null or paced_to + interval '1 second' / rate::double precision <= clock_timestamp())
                        order by served_at nulls first, replay_id limit 1 for update skip locked""")
                .param("most", most)
                .query((row, n) -> new Turn(row.getLong(1), row.getBoolean(2), Math.max(1, row.getInt(3))))
                .optional();
    }

    /**
     * Takes items of a job, oldest message first, at most one of a lane. A lane waits while an earlier message of it is left
     * in any job that runs, or one of it is in hand. Their messages are claimed after that, which is the last word.
     */
    List<Long> take(Turn turn) {
        List<Long> taken = jdbc.sql(
                        """
                        with next as (
                          select i.dead_letter_id from replay_item i
                          where i.replay_id = :job and i.outcome is null
                            and (i.claimed_until is null or i.claimed_until < now())
                            and (:dry or not exists (
                              select 1 from replay_item o join replay r using (replay_id)
                              where o.lane = i.lane and o.outcome is null and not r.dry_run
                                and (o.place < i.place and r.state = 'running' or o.claimed_until >= now())))
                          order by i.place limit :budget for update skip locked)
                        update replay_item i set claimed_until = now() + :lease * interval '1 millisecond' from next
                        where i.replay_id = :job and i.dead_letter_id = next.dead_letter_id
                        returning i.dead_letter_id""")
                .param("job", turn.replayId())
                .param("dry", turn.dryRun())
                .param("budget", turn.budget())
                .param("lease", LEASE.toMillis())
                .query(Long.class)
                .list();
        jdbc.sql(
                        """
                        update replay set served_at = clock_timestamp(),
                          paced_to = case when rate is null then paced_to
                            else greatest(paced_to, clock_timestamp()
                                - interval '1 second' * (greatest(1, ceil(rate)) / rate)::double precision)
                              + interval '1 second' * (:n / rate)::double precision end
                        where replay_id = :job""")
                .param("n", taken.size())
                .param("job", turn.replayId())
                .update();
        return taken;
    }

    /** Writes outcomes down, and gives back the items of which nobody knows yet. Ends the job with its last item. */
    void end(long replayId, Map<Long, Resent> known, Collection<Long> unknown) {
        Long[] ids = known.keySet().toArray(Long[]::new);
        jdbc.sql(
                        """
                        update replay_item i set outcome = e.outcome, message = e.message
                        from unnest(:ids::bigint[], :outcomes::text[], :messages::text[]) e (id, outcome, message)
                        where i.replay_id = :job and i.dead_letter_id = e.id and i.outcome is null""")
                .param("job", replayId)
                .param("ids", ids)
                .param("outcomes", texts(ids, known, true))
                .param("messages", texts(ids, known, false))
                .update();
        if (!unknown.isEmpty()) {
            jdbc.sql(
                            """
                            update replay_item set claimed_until = null
                            where replay_id = ? and dead_letter_id = any (?) and outcome is null""")
                    .params(replayId, unknown.toArray(Long[]::new))
                    .update();
        }
        jdbc.sql(
                        """
                        update replay r set state = 'done', ended_at = now()
                        where replay_id = ? and state in ('running', 'paused') and not exists (
                          select 1 from replay_item i where i.replay_id = r.replay_id and outcome is null)""")
                .param(replayId)
                .update();
    }

    private static String[] texts(Long[] ids, Map<Long, Resent> known, boolean outcome) {
        String[] texts = new String[ids.length];
        for (int i = 0; i < ids.length; i++) {
            Resent resent = known.get(ids[i]);
            texts[i] = outcome ? resent.outcome() : resent.message();
        }
        return texts;
    }

    /** False when it is over, or does not exist. What nobody has in hand is cancelled with the job. */
    boolean change(long replayId, Act act, String by) {
        String state =
                switch (act) {
                    case PAUSE -> "paused";
                    case RESUME -> "running";
                    case CANCEL -> "cancelled";
                };
        boolean changed = jdbc.sql(
                                """
                        update replay set state = ?, changed_by = ?,
                          ended_at = case when ? = 'cancelled' then now() end
                        where replay_id = ? and state in ('running', 'paused')""")
                        .params(state, by, state, replayId)
                        .update()
                == 1;
        if (changed && act == Act.CANCEL) {
            cancelLeft();
        }
        return changed;
    }

    /** Items of cancelled jobs that nobody has in hand, also those of a hub that was killed since. */
    void cancelLeft() {
        jdbc.sql(
                        """
                        update replay_item i set outcome = 'cancelled' from replay r
                        where r.replay_id = i.replay_id and r.state = 'cancelled' and i.outcome is null
                          and (i.claimed_until is null or i.claimed_until < now())""")
                .update();
    }

    /** Until the first job may go on that only waits for its rate; absent when none does. */
    Optional<Duration> pause() {
        return jdbc.sql(
                        """
                        select greatest(1, extract(epoch from min(paced_to + interval '1 second' / rate::double precision)
                            - clock_timestamp()) * 1000)::bigint
                        from replay where state = 'running' and rate is not null
                        having count(*) > 0""")
                .query(Long.class)
                .optional()
                .map(Duration::ofMillis);
    }

    Optional<Job> job(long replayId) {
        return jobs("where replay_id = :id", replayId, 1).stream().findFirst();
    }

    List<Job> jobs(@Nullable Long before, int limit) {
        return jobs("where replay_id < :id", before == null ? Long.MAX_VALUE : before, limit);
    }

    /** In one statement: a job that is done has an outcome for each of its items. */
    private List<Job> jobs(String which, long id, int limit) {
        return jdbc.sql(
                        """
                        select r.*, c.outcomes, c.numbers from (
                          select JOB from replay WHICH order by replay_id desc limit :limit) r
                        left join lateral (
                          select array_agg(outcome) as outcomes, array_agg(number) as numbers from (
                            select coalesce(outcome, '') as outcome, count(*) as number from replay_item i
                            where i.replay_id = r.replay_id group by 1) one) c on true
                        order by r.replay_id desc"""
                                .replace("JOB", JOB)
                                .replace("WHICH", which))
                .param("id", id)
                .param("limit", limit)
                .query((row, n) -> job(row, Counts.of(row, 10)))
                .list();
    }

    private static Job job(ResultSet row, Map<String, Long> counts) throws SQLException {
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        Long waiting = counts.remove("");
        OffsetDateTime ended = row.getObject(9, OffsetDateTime.class);
        return new Job(
                row.getLong(1),
                row.getString(2),
                row.getBoolean(3),
                row.getString(4),
                row.getString(5),
                instant(row, 6),
                row.getBigDecimal(7),
                row.getString(8),
                ended == null ? null : ended.toInstant(),
                total,
                total - (waiting == null ? 0 : waiting),
                counts);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    List<Item> items(long replayId, int limit) {
        return jdbc.sql(
                        """
                        select dead_letter_id, outcome, message from replay_item where replay_id = ?
                        order by coalesce(outcome in ('failed', 'conflict'), false) desc, outcome is null, dead_letter_id
                        limit ?""")
                .params(replayId, limit)
                .query((row, n) -> new Item(row.getLong(1), row.getString(2), row.getString(3)))
                .list();
    }

    void addFix(String cause, String kind, @Nullable String sku, @Nullable String reason, String by, long replayId) {
        jdbc.sql(
                        "insert into dead_letter_fix (cause, kind, sku, reason, fixed_by, replay_id) values (?, ?, ?, ?, ?, ?)")
                .params(cause, kind, sku, reason, by, replayId)
                .update();
    }
}
