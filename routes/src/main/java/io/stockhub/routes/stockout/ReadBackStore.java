package io.stockhub.routes.stockout;

import io.stockhub.connectors.Failure;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.reconcile.Risk;
import io.stockhub.routes.reconcile.Rota;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Listings that are read back: whose turn it is, and what was seen. Whatever became of a listing while its channel was
 * asked wins: nothing is written then. All times are the database's.
 */
public final class ReadBackStore {
    /** What waits for a person is looked at so often. */
    private static final Duration AGAIN = Duration.ofDays(1);

    private static final String UNCHANGED =
            """
            where l.channel = ? and l.sku = ? and l.channel_sku = ? and l.version = ? and l.expected = ?
              and l.stopped = ? and l.held = ? and (l.dirty_since is null or l.stopped or l.held)
              and coalesce(l.claimed_until < now(), true)""";

    /** Nothing is on its way there. What escrow was refused is planned anew and not looked at. */
    private static final String READABLE =
            """
            expected is not null and coalesce(claimed_until < now(), true)
              and (dirty_since is null and not stopped or held or stopped and not divided)""";

    /** While the channel has something to be told it is left alone, but for what has waited for a minute. */
    private static final String QUIET =
            """
            (SINCE < now() - interval '1 minute' or not exists (
              select from listing b where b.channel = :channel and b.dirty_since is not null
                and not b.stopped and not b.held and b.next_attempt_at <= now()))""";

    private static final String BAND =
            """
            due as (
              select channel, sku, channel_sku from listing
              where channel = :channel and risk = :band and read_back_at <= now() and READABLE and QUIET
              order by read_back_at limit :max for update skip locked)"""
                    .replace("READABLE", READABLE)
                    .replace("QUIET", QUIET.replace("SINCE", "read_back_at"));

    /** Each once after an incident, those that were proven longest ago first; what was wrong then is in its own band. */
    private static final String SUSPECTS =
            """
            never as (
              select channel, sku, channel_sku from listing
              where channel = :channel and confirmed is not null and proven_at is null
                and coalesce(read_at < :since, true) and READABLE and QUIET
              limit :max for update skip locked),
            old as (
              select channel, sku, channel_sku from listing
              where channel = :channel and confirmed is not null and proven_at < :since
                and coalesce(read_at < :since, true) and READABLE and QUIET
              order by proven_at nulls first limit :max for update skip locked),
            due as (select * from never union all select * from old limit :max)"""
                    .replace("READABLE", READABLE)
                    .replace("QUIET", QUIET.replace("SINCE", ":since"));

    private final JdbcClient jdbc;

    public ReadBackStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes listings to be read back, for one reader at a time, band by band until there are enough.
     *
     * @param bands in their order; what an incident made suspect is {@link Rota#SUSPECT}
     * @param since what was proven before then is suspect; null when nothing is
     */
    List<Check> claim(Channel channel, List<Integer> bands, @Nullable Instant since, int max, Duration lease) {
        List<Check> claimed = new ArrayList<>();
        for (int band : bands) {
            if (claimed.size() < max && (band != Rota.SUSPECT || since != null)) {
                claimed.addAll(claim(channel, band, since, max - claimed.size(), lease));
            }
        }
        return claimed;
    }

    private List<Check> claim(Channel channel, int band, @Nullable Instant since, int max, Duration lease) {
        return jdbc.sql(
                        "with " + (band == Rota.SUSPECT ? SUSPECTS : BAND)
                                + """

                        update listing l set read_back_at = now() + :lease * interval '1 millisecond',
                          read_at = clock_timestamp() from due
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
                             and d.cause = 'lost-update' and d.expected = l.expected
                             and d.found_at > coalesce(l.verified_at, '-infinity')),
                          clock_timestamp(), channel_item, wanted, confirmed, held, stopped, retired, set_aside,
                          greatest(demand - 1, 0) * power(0.5, least(extract(epoch from now() - demand_at) / 60, 60)),
                          1000 * extract(epoch from now() - coalesce(drifted_at, '2000-01-01'))""")
                .param("channel", channel.id())
                .param("band", band)
                .param("since", since == null ? null : since.atOffset(ZoneOffset.UTC))
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
                row.getString(15),
                row.getLong(3),
                row.getLong(4),
                row.getLong(16),
                row.getObject(17, Long.class),
                row.getObject(5, Long.class),
                Duration.ofMillis(row.getLong(6)),
                row.getObject(7) == null ? null : Duration.ofMillis(row.getLong(7)),
                row.getBoolean(8),
                row.getBoolean(9),
                row.getBoolean(10),
                row.getBoolean(18),
                row.getBoolean(19),
                row.getBoolean(20),
                row.getLong(21),
                row.getInt(11),
                row.getObject(12, Long.class),
                row.getInt(13),
                row.getDouble(22),
                Duration.ofMillis(row.getLong(23)),
                row.getObject(14, OffsetDateTime.class).toInstant());
    }

    /** The channel shows what it should. */
    void verified(String channel, Check check) {
        Risk risk = check.risk(check.expected());
        unchanged(
                """
                update listing l set applied = confirmed, applied_sequence = confirmed_sequence, verified = confirmed,
                  verified_sequence = confirmed_sequence, verified_at = clock_timestamp(), mismatch_since = null,
                  proven_at = clock_timestamp(), risk = ?, read_back_at = now() + ? * interval '1 millisecond'
                """,
                channel,
                check,
                risk.band(),
                risk.again().toMillis());
    }

    /** What it shows and should not is known, and somebody's to settle: looking again is all that there is to do. */
    void known(String channel, Check check) {
        unchanged(
                """
                update listing l set proven_at = clock_timestamp(), drifted_at = clock_timestamp(), risk = ?,
                  read_back_at = now() + ? * interval '1 millisecond'
                """,
                channel,
                check,
                Risk.QUIET,
                AGAIN.toMillis());
    }

    /** Nothing is told it any more before a person has decided. */
    boolean hold(String channel, Check check) {
        return unchanged(
                """
                update listing l set held = true, proven_at = clock_timestamp(), drifted_at = clock_timestamp(), risk = ?,
                  read_back_at = now() + ? * interval '1 millisecond'
                """,
                channel,
                check,
                Risk.QUIET,
                AGAIN.toMillis());
    }

    /**
     * The channel is right with what it shows: our number goes down to it and stays there.
     *
     * @param setAside by the channel, which bounds our number from now on; null when what it shows does
     */
    boolean adopt(String channel, Check check, long shown, @Nullable Long setAside) {
        return unchanged(
                """
                        with told as (
                        update listing l set expected = ?::bigint, mismatch_since = null, version = version + 1,
                          cap = case when ?::bigint is null then ?::bigint else cap end, set_aside = coalesce(?::bigint, set_aside),
                          wanted = greatest(0, ?::bigint), verified_at = clock_timestamp(), proven_at = clock_timestamp(),
                          drifted_at = clock_timestamp(), risk = ?, read_back_at = now() + interval '2 hours',
                          told = told || jsonb_build_array(jsonb_build_object('number', greatest(0, ?::bigint), 'sequence',
                                   (select last_value from ledger_sequence), 'sentAt', clock_timestamp(),
                                   'appliedBy', clock_timestamp()))
                        """,
                " returning l.*) " + ListingStore.LOG,
                channel,
                check,
                shown,
                setAside,
                shown,
                setAside,
                shown,
                Risk.HOT,
                shown);
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
                update listing l set mismatch_since = coalesce(mismatch_since, clock_timestamp()), risk = 0,
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
                update listing l set mismatch_since = clock_timestamp(), risk = 0,
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
        return believe(channel, check, shown, check.held());
    }

    /** @param held nothing is told it any more before a person has decided */
    boolean believe(String channel, Check check, long shown, boolean held) {
        return unchanged(
                """
                update listing l set held = ?, expected = ?::bigint, mismatch_since = null, version = version + 1,
                  sold_since = null, proven_at = clock_timestamp(), drifted_at = clock_timestamp(), risk = ?,
                  read_back_at = now() + interval '2 hours',
                  told = jsonb_build_array(jsonb_build_object('number', ?::bigint, 'sequence',
                           (select last_value from ledger_sequence), 'sentAt',
                           coalesce(l.mismatch_since, now()), 'appliedBy', coalesce(l.mismatch_since, now())))
                """,
                channel,
                check,
                held,
                shown,
                Risk.HOT,
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
                  drifted_at = clock_timestamp(),
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
                          read_back_at = now() + interval '1 day', risk = 4, proven_at = clock_timestamp(),
                          drifted_at = clock_timestamp(), history = history || jsonb_build_array(jsonb_build_object(
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
                        check.expected(),
                        check.stopped(),
                        check.held())
                .query(String.class)
                .optional();
    }

    private boolean unchanged(String update, String channel, Check check, @Nullable Object... first) {
        return unchanged(update, "", channel, check, first);
    }

    private boolean unchanged(String update, String then, String channel, Check check, @Nullable Object... first) {
        JdbcClient.StatementSpec statement = jdbc.sql(update + UNCHANGED + then);
        for (Object parameter : first) {
            statement = statement.param(parameter);
        }
        return statement
                        .param(channel)
                        .param(check.sku())
                        .param(check.channelSku())
                        .param(check.version())
                        .param(check.expected())
                        .param(check.stopped())
                        .param(check.held())
                        .update()
                == 1;
    }
}
