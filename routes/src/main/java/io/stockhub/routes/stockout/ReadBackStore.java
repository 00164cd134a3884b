package io.stockhub.routes.stockout;

import io.stockhub.connectors.Failure;
import io.stockhub.routes.channel.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Listings that are read back, and drift: what a channel showed and should not have. Whatever became of a listing while
 * its channel was asked wins: nothing is written then. All times are the database's.
 */
public final class ReadBackStore {
    /** How often a number is proved again when all is well. */
    private static final Duration AGAIN = Duration.ofDays(1);

    private static final String UNCHANGED =
            """
            where l.channel = ? and l.sku = ? and l.channel_sku = ? and l.version = ? and l.expected = ?
              and l.dirty_since is null and not l.stopped and coalesce(l.claimed_until < now(), true)""";

    private final JdbcClient jdbc;

    public ReadBackStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A listing that the channel has nothing new to be told of.
     *
     * @param expected what it should be showing now
     * @param replaced what it was showing when it accepted the last number; null when that was not known
     * @param acceptedFor how long ago it accepted the last number
     * @param wrongFor how long ago it was first seen to show something else; null when it was not
     * @param ordersRead its orders were read since then
     * @param proved it was seen to show the last number before
     * @param shownBefore what it showed when it was last seen to be wrong; null when it was not
     * @param overwritten how often it was told this number again, and stayed where it was, since it was last seen to show
     *     what it should
     * @param readAt when it was claimed
     */
    record Check(
            String sku,
            String channelSku,
            long version,
            long expected,
            @Nullable Long replaced,
            Duration acceptedFor,
            @Nullable Duration wrongFor,
            boolean ordersRead,
            boolean proved,
            boolean divided,
            int attempts,
            @Nullable Long shownBefore,
            int overwritten,
            Instant readAt) {}

    /**
     * Takes listings to be read back, for one reader at a time. While the channel has something to be told it is left
     * alone, but for what has waited for a minute.
     */
    List<Check> claim(Channel channel, int max, Duration lease) {
        return jdbc.sql(
                        """
                        with due as (
                          select channel, sku, channel_sku from listing
                          where channel = :channel and read_back_at <= now() and dirty_since is null and not stopped
                            and expected is not null and coalesce(claimed_until < now(), true)
                            and (read_back_at < now() - interval '1 minute' or not exists (
                              select from listing b where b.channel = :channel and b.dirty_since is not null
                                and not b.stopped and b.next_attempt_at <= now()))
                          order by read_back_at limit :max for update skip locked)
                        update listing l set read_back_at = now() + :lease * interval '1 millisecond' from due
                        where l.channel = due.channel and l.sku = due.sku and l.channel_sku = due.channel_sku
                        returning l.sku, l.channel_sku, version, expected, replaced,
                          1000 * extract(epoch from now() - confirmed_at),
                          1000 * extract(epoch from now() - mismatch_since),
                          not :sells or exists (select from watermark w
                            where w.account = :channel
                              -- In escrow a sale of a moment before must not count as one of a moment after: clocks differ.
                              and w.applied_until >= mismatch_since
                                + case when divided then :apart * interval '1 millisecond' else interval '0' end),
                          coalesce(verified_at >= confirmed_at, false), divided, attempts,
                          (select d.shown from drift d where d.channel = l.channel and d.sku = l.sku
                             and d.channel_sku = l.channel_sku and d.closed_at is null),
                          (select count(*) from drift d where d.channel = l.channel and d.sku = l.sku
                             and d.channel_sku = l.channel_sku and d.overwritten
                             and d.cause = 'not-applied' and d.expected = l.expected
                             and d.found_at > coalesce(l.verified_at, '-infinity')),
                          clock_timestamp()""")
                .param("channel", channel.id())
                .param("max", max)
                .param("lease", lease.toMillis())
                .param("sells", channel.sellsOrders())
                .param("apart", SliceStore.CLOCKS_APART.toMillis())
                .query((row, n) -> check(row))
                .list();
    }

    private static Check check(ResultSet row) throws SQLException {
        return new Check(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getObject(5, Long.class),
                Duration.ofMillis(row.getLong(6)),
                row.getObject(7) == null ? null : Duration.ofMillis(row.getLong(7)),
                row.getBoolean(8),
                row.getBoolean(9),
                row.getBoolean(10),
                row.getInt(11),
                row.getObject(12, Long.class),
                row.getInt(13),
                row.getObject(14, OffsetDateTime.class).toInstant());
    }

    /** The channel shows what it should. */
    void verified(String channel, Check check) {
        unchanged(
                """
                update listing l set applied = confirmed, applied_sequence = confirmed_sequence, verified = confirmed,
                  verified_sequence = confirmed_sequence, verified_at = clock_timestamp(), mismatch_since = null,
                  read_back_at = now() + ? * interval '1 millisecond'
                """,
                channel,
                check,
                AGAIN.toMillis());
    }

    /** Is to be read again after a while; whatever it showed, it is too early to say. */
    void later(String channel, Check check, Duration pause) {
        jdbc.sql(
                        "update listing set read_back_at = now() + ? * interval '1 millisecond'"
                                + " where channel = ? and sku = ? and channel_sku = ? and version = ? and read_back_at is not null")
                .params(pause.toMillis(), channel, check.sku(), check.channelSku(), check.version())
                .update();
    }

    /** It shows something else than it should: the first sight of it is remembered. */
    boolean wrong(String channel, Check check, Duration pause) {
        return unchanged(
                """
                update listing l set mismatch_since = coalesce(mismatch_since, clock_timestamp()),
                  read_back_at = now() + ? * interval '1 millisecond'
                """,
                channel,
                check,
                pause.toMillis());
    }

    /** The same, of another number than before: what it was seen to show first counts for nothing. */
    boolean wrongFromNow(String channel, Check check, Duration pause) {
        return unchanged(
                """
                update listing l set mismatch_since = clock_timestamp(),
                  read_back_at = now() + ? * interval '1 millisecond'
                """,
                channel,
                check,
                pause.toMillis());
    }

    /**
     * What was seen is what the channel may be selling, and nothing else is: its orders up to then are in the ledger.
     *
     * @return false when something changed meanwhile
     */
    boolean believe(String channel, Check check, long shown) {
        return unchanged(
                """
                update listing l set expected = ?::bigint, mismatch_since = null, version = version + 1,
                  sold_since = null, read_back_at = now() + ? * interval '1 millisecond',
                  told = jsonb_build_array(jsonb_build_object('number', ?::bigint, 'sequence',
                           (select last_value from ledger_sequence), 'sentAt', l.mismatch_since,
                           'appliedBy', l.mismatch_since))
                """,
                channel,
                check,
                shown,
                AGAIN.toMillis(),
                shown);
    }

    /**
     * Our number is sent once more, going from what was seen.
     *
     * @param shown null when the channel lists no such item
     * @return false when something changed meanwhile
     */
    boolean overwrite(String channel, Check check, @Nullable Long shown) {
        return unchanged(
                """
                update listing l set expected = ?::bigint, mismatch_since = null,
                  version = version + 1, dirty_since = clock_timestamp(), next_attempt_at = now(), read_back_at = null,
                  told = told || jsonb_build_array(jsonb_build_object('number', coalesce(?::bigint, 0), 'sequence',
                           (select last_value from ledger_sequence), 'sentAt', clock_timestamp(),
                           'appliedBy', clock_timestamp()))
                """,
                channel,
                check,
                shown,
                shown);
    }

    /** Sent and accepted again and again and never shown: it rests until its number changes or a person replays it. */
    Optional<String> stop(String channel, Check check, Failure failure) {
        return jdbc.sql(
                        """
                        update listing l set stopped = true, dirty_since = now(), attempts = attempts + 1,
                          read_back_at = null, history = history || jsonb_build_array(jsonb_build_object(
                            'attempt', attempts + 1, 'at',
                            to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                            'code', ?::text, 'message', ?::text))
                        """
                                + UNCHANGED + " returning history::text")
                .params(
                        failure.code(),
                        failure.message(),
                        channel,
                        check.sku(),
                        check.channelSku(),
                        check.version(),
                        check.expected())
                .query(String.class)
                .optional();
    }

    private boolean unchanged(String update, String channel, Check check, @Nullable Object... first) {
        JdbcClient.StatementSpec statement = jdbc.sql(update + UNCHANGED);
        for (Object parameter : first) {
            statement = statement.param(parameter);
        }
        return statement
                        .param(channel)
                        .param(check.sku())
                        .param(check.channelSku())
                        .param(check.version())
                        .param(check.expected())
                        .update()
                == 1;
    }

    /** All listings of a channel are to be read back now; the answer is how many. */
    long all(String channel) {
        return jdbc.sql(
                        "update listing set read_back_at = now() - interval '1 minute' where channel = ? and confirmed is not null")
                .param(channel)
                .update();
    }
}
