package io.stockhub.routes.selftest;

import io.stockhub.routes.SelfTests;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.selftest.Progress.Move;
import io.stockhub.stock.availability.ChangedSkus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs self-tests. It only lowers what a channel is told already, and only while nothing else is on its way; to restore, the
 * SKU's numbers are worked out anew, by whatever holds then. All between is the ordinary way of numbers. Where a test stands is
 * a row, so any hub goes on with it.
 */
public final class SelfTestDesk implements SelfTests {
    /** Which SKU is used, and how often. */
    public record Plan(String sku, Duration every) {}

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE_MIN = Duration.ofMinutes(10);
    private static final Duration OVERDUE = Duration.ofDays(1);
    private static final String SCHEDULE = "schedule";
    private static final String COLUMNS =
            """
            self_test_id, channel, sku, channel_sku, stage, asked_by, begun_at, ended_at, before, told, lowered_ms, read_ms,
              restored_ms, reread_ms, failure""";
    private static final Map<String, String> TOOK = Map.of(
            "lowering", "lowered_ms", "reading", "read_ms", "restoring", "restored_ms", "reading-again", "reread_ms");

    /**
     * What is not clean, sells at this moment, or waits for a person is left alone, and what another channel is tested with:
     * restoring it there changes it here.
     */
    private static final String LOWER =
            """
            with chosen as (
              select channel, sku, channel_sku, wanted from listing l
              where channel = :channel and (:sku::text is null or sku = :sku) and not retired and not stopped and not held
                and dirty_since is null and confirmed = wanted and wanted > 0 and coalesce(expected, wanted) = wanted
                and mismatch_since is null and coalesce(claimed_until < now(), true)
                and not exists (select from changed_sku c where c.sku = l.sku)
                and not exists (select from self_test t where t.sku = l.sku and t.ended_at is null and t.channel <> :channel)
              order by demand, wanted desc, sku, channel_sku limit 1 for update),
            told as (
              update listing l set wanted = l.wanted - 1, version = version + 1, dirty_since = now(), next_attempt_at = now()
              from chosen c where l.channel = c.channel and l.sku = c.sku and l.channel_sku = c.channel_sku
              returning l.*),
            logged as (
              insert into listing_log (sku, channel, channel_sku, wanted, sent, confirmed, retired)
              select sku, channel, channel_sku, wanted, sent, confirmed, retired from told)
            insert into self_test (channel, sku, channel_sku, asked_by, stage, before, told)
            select channel, sku, channel_sku, :by, 'lowering', wanted + 1, wanted from told returning"""
                    + " " + COLUMNS;

    private static final String SEEN =
            """
            select t.self_test_id, t.channel, t.sku, t.stage, 1000 * extract(epoch from now() - t.stage_since), t.told,
              l.wanted, l.confirmed, l.dirty_since is not null, l.stopped,
              exists (select from changed_sku c where c.sku = t.sku),
              l.verified_at >= l.confirmed_at and l.verified = l.confirmed,
              (select coalesce(d.shown, 0) from drift d where d.channel = t.channel and d.sku = t.sku
                 and d.channel_sku = t.channel_sku and d.found_at >= t.stage_since
                 and d.cause not in ('sale-in-flight', 'shown-late', 'unexplained') order by drift_id desc limit 1)
            from self_test t join listing l using (channel, sku, channel_sku)
            where t.ended_at is null and t.channel = any (?) order by t.self_test_id limit 1 offset ?
            for update of t skip locked""";

    private final Channels channels;
    private final Map<String, Plan> plans;
    private final Predicate<Channel> readable;
    private final ChangedSkus changedSkus;
    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final TransactionTemplate transaction;

    /**
     * @param plans of the channels that are tested without being asked, by id
     * @param readable whether what a channel shows can be read at all
     */
    public SelfTestDesk(
            Channels channels,
            Map<String, Plan> plans,
            Predicate<Channel> readable,
            ChangedSkus changedSkus,
            JdbcTemplate template,
            TransactionTemplate transaction) {
        this.channels = channels;
        this.plans = plans;
        this.readable = readable;
        this.changedSkus = changedSkus;
        this.jdbc = JdbcClient.create(template);
        this.template = template;
        this.transaction = transaction;
    }

    @Override
    public Optional<SelfTest> begin(String channelId, @Nullable String sku, String by) {
        return channels.find(channelId).map(channel -> {
            Plan plan = plans.get(channelId);
            String used = sku != null || plan == null ? sku : plan.sku();
            try {
                return lower(channelId, used, by)
                        .orElseThrow(
                                () -> new IllegalStateException(
                                        (used == null ? "No SKU" : used) + " has no number at "
                                                + channelId
                                                + " that could be lowered now (expected: above 0, confirmed, and nothing on its way)."));
            } catch (DuplicateKeyException running) {
                throw new IllegalStateException("A self-test of " + channelId + " is running already.");
            }
        });
    }

    private Optional<SelfTest> lower(String channel, @Nullable String sku, String by) {
        return jdbc.sql(LOWER)
                .param("channel", channel)
                .param("sku", sku)
                .param("by", by)
                .query((row, n) -> test(row))
                .optional();
    }

    @Override
    public Optional<List<SelfTest>> list(String channelId, int limit) {
        return channels.find(channelId).map(channel -> jdbc.sql(
                        "select " + COLUMNS + " from self_test where channel = ? order by self_test_id desc limit ?")
                .params(channelId, limit)
                .query((row, n) -> test(row))
                .list());
    }

    /** One step of the pump: begins what is due, and moves on what runs. */
    public Duration step() {
        for (String channel : due()) {
            try {
                begin(channel, null, SCHEDULE);
                jdbc.sql("delete from watch where name = ?")
                        .param("self-test/" + channel)
                        .update();
            } catch (IllegalStateException notNow) {
                notYet(channel, String.valueOf(notNow.getMessage()));
            }
        }
        for (int running = 0; moved(running); running++) {}
        return LOOK_EVERY;
    }

    /** A number that is on its way is waited for; what cannot be tested for a day has failed. */
    private void notYet(String channel, String why) {
        jdbc.sql("insert into watch (name) values (?) on conflict do nothing")
                .param("self-test/" + channel)
                .update();
        jdbc.sql(
                        """
                        with overdue as (
                          delete from watch where name = ? and due_at < now() - ? * interval '1 millisecond' returning 1)
                        insert into self_test (channel, sku, channel_sku, asked_by, stage, failure, ended_at)
                        select ?, ?, '', ?, 'failed', ?, now() from overdue""")
                .params(
                        "self-test/" + channel,
                        OVERDUE.toMillis(),
                        channel,
                        plans.get(channel).sku(),
                        SCHEDULE,
                        why)
                .update();
    }

    private List<String> due() {
        return plans.entrySet().stream()
                .filter(plan -> channels.find(plan.getKey()).isPresent())
                .filter(plan -> jdbc.sql(
                                """
                                select not exists (select from self_test where channel = ?
                                  and (ended_at is null or begun_at > now() - ? * interval '1 millisecond'))""")
                        .params(plan.getKey(), plan.getValue().every().toMillis())
                        .query(Boolean.class)
                        .single())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** @return false when there is no such running test */
    private boolean moved(int running) {
        return Boolean.TRUE.equals(transaction.execute(status -> jdbc.sql(SEEN)
                .params(channels.all().stream().map(Channel::id).toArray(String[]::new), running)
                .query((row, n) -> {
                    Channel channel = channels.find(row.getString(2)).orElseThrow();
                    Progress.Seen seen = seen(row, channel);
                    move(row.getLong(1), row.getString(3), seen, Progress.next(seen, patience(channel)));
                    return true;
                })
                .optional()
                .orElse(false)));
    }

    private Progress.Seen seen(ResultSet row, Channel channel) throws SQLException {
        return new Progress.Seen(
                row.getString(4),
                Duration.ofMillis(row.getLong(5)),
                row.getLong(6),
                row.getLong(7),
                row.getObject(8, Long.class),
                row.getBoolean(9),
                row.getBoolean(10),
                row.getBoolean(11),
                row.getBoolean(12),
                row.getObject(13, Long.class),
                readable.test(channel));
    }

    /** What the channel takes its time for is no failure. */
    private static Duration patience(Channel channel) {
        Duration slow = channel.account()
                .timing()
                .appliedWithin()
                .plus(channel.account().timing().readBackAfter())
                .multipliedBy(3);
        return slow.compareTo(PATIENCE_MIN) > 0 ? slow : PATIENCE_MIN;
    }

    private void move(long id, String sku, Progress.Seen seen, Move move) {
        switch (move) {
            case Move.Wait wait -> {}
            case Move.Go go -> {
                write(id, seen, go.stage(), null);
                if (go.stage().equals("restoring")) {
                    planAnew(sku);
                }
            }
            case Move.Pass pass -> write(id, seen, "passed", null);
            case Move.Fail fail -> {
                write(id, seen, "failed", fail.why());
                planAnew(sku);
            }
            case Move.Disturbed disturbed -> {
                write(id, seen, "disturbed", null);
                planAnew(sku);
            }
        }
    }

    private void write(long id, Progress.Seen seen, String stage, @Nullable String failure) {
        boolean ended = List.of("passed", "failed", "disturbed").contains(stage);
        jdbc.sql(
                        "update self_test set stage = ?, stage_since = now(), failure = ?, ended_at = case when ? then now() end"
                                + (failure == null && !stage.equals("disturbed")
                                        ? ", " + TOOK.get(seen.stage()) + " = "
                                                + seen.inStage().toMillis()
                                        : "")
                                + " where self_test_id = ?")
                .params(stage, failure, ended, id)
                .update();
    }

    private void planAnew(String sku) {
        template.execute((Connection connection) -> {
            changedSkus.mark(connection, List.of(sku));
            return 0;
        });
    }

    private static SelfTest test(ResultSet row) throws SQLException {
        return new SelfTest(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                at(row, 8),
                row.getLong(9),
                row.getLong(10),
                millis(row, 11),
                millis(row, 12),
                millis(row, 13),
                millis(row, 14),
                row.getString(15));
    }

    private static @Nullable Instant at(ResultSet row, int column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable Duration millis(ResultSet row, int column) throws SQLException {
        Long value = row.getObject(column, Long.class);
        return value == null ? null : Duration.ofMillis(value);
    }
}
