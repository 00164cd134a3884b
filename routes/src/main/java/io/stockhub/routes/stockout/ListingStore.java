package io.stockhub.routes.stockout;

import io.stockhub.connectors.Failure;
import io.stockhub.routes.ChannelDesk;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The listing table: what each channel should show, was told and accepted. All times are the database's. */
public final class ListingStore {
    private static final String ATTEMPT =
            """
            jsonb_build_array(jsonb_build_object('attempt', attempts + 1,
              'at', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
              'code', ?::text, 'message', ?::text))""";
    private static final String WHOLE = ATTEMPT.replace("jsonb_build_object(", "jsonb_build_object('whole', true, ");
    private static final String OWN_HISTORY =
            """
            (select coalesce(jsonb_agg(h order by n), '[]') from jsonb_array_elements(history) with ordinality a (h, n)
             where h -> 'whole' is null)""";

    /** Writes down what the statement before it, {@code told}, made of the listings. */
    private static final String LOG =
            """
            insert into listing_log (sku, channel, channel_sku, wanted, sent, confirmed, retired)
            select sku, channel, channel_sku, wanted, sent, confirmed, retired from told""";

    /** What {@code due} has found is on its way from now on; sending the same number again is nothing new. */
    private static final String CLAIM =
            """
            claimed as (
              update listing l set claim = nextval('claim_token'), sent = wanted, sent_at = now(), stopped = false,
                     claimed_until = now() + ? * interval '1 millisecond', dirty_since = coalesce(l.dirty_since, now())
              from due
              where l.channel = due.channel and l.sku = due.sku and l.channel_sku = due.channel_sku
              returning l.*, due.sent_before),
            told as (select * from claimed where sent is distinct from sent_before),
            logged as (LOG)
            select sku, channel_sku, channel_item, wanted, version, expected, mismatch_since, attempts, claim,
                   jsonb_array_length(HISTORY) from claimed"""
                    .replace("LOG", LOG)
                    .replace("HISTORY", OWN_HISTORY);

    private final JdbcClient jdbc;

    public ListingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a channel should show from now on; {@code since} is when the ledger changed. */
    record Want(String sku, String channelSku, long quantity, Instant since) {}

    /**
     * Sets what a channel should show. A number that is wanted already is not news; a new number also frees a listing
     * that the channel had refused, but it does not cut short a pause that the channel asked for.
     *
     * @return how many listings have something new to tell
     */
    int want(String channel, List<Want> wants) {
        return jdbc.sql(
                        """
                        with told as (
                          insert into listing as l (channel, sku, channel_sku, wanted, dirty_since)
                          select ?, * from unnest(?::text[], ?::text[], ?::bigint[], ?::timestamptz[]) w order by 2
                          on conflict (channel, sku, channel_sku) do update set wanted = excluded.wanted,
                            version = l.version + 1, retired = false, stopped = false,
                            dirty_since = coalesce(l.dirty_since, excluded.dirty_since)
                          where l.wanted <> excluded.wanted or l.retired returning l.*)
                        """
                                + LOG)
                .params(
                        channel,
                        column(wants, Want::sku),
                        column(wants, Want::channelSku),
                        wants.stream().map(Want::quantity).toArray(Long[]::new),
                        column(
                                wants,
                                want -> want.since().atOffset(ZoneOffset.UTC).toString()))
                .update();
    }

    /**
     * Sends to zero, and keeps there, what SKUs were called at the channel before: an item whose alias was taken away
     * must not go on selling.
     *
     * @param names SKU and the name that it has at the channel now; a SKU that is not among them has none there
     */
    int retire(String channel, List<String> skus, List<Want> names) {
        return jdbc.sql(
                        """
                        with told as (
                          update listing l set wanted = 0, retired = true, version = version + 1, stopped = false,
                                 dirty_since = coalesce(dirty_since, now())
                          where channel = ? and sku = any (?) and not retired and not exists (
                            select 1 from unnest(?::text[], ?::text[]) as n (sku, name)
                            where n.sku = l.sku and n.name = l.channel_sku) returning l.*)
                        """
                                + LOG)
                .params(channel, skus.toArray(String[]::new), column(names, Want::sku), column(names, Want::channelSku))
                .update();
    }

    private static <T> String[] column(List<T> rows, Function<T, String> field) {
        return rows.stream().map(field).toArray(String[]::new);
    }

    /** Claims what is due, most urgent first: to zero, then downward, then the rest, each by age. */
    List<Due> claim(String channel, int max, Duration lease) {
        return jdbc.sql(
                        """
                        with due as (
                          select channel, sku, channel_sku, sent as sent_before from listing
                          where channel = ? and dirty_since is not null and not stopped and next_attempt_at <= now()
                            and (claimed_until is null or claimed_until < now())
                          order by case when wanted = 0 then 0 when wanted < confirmed then 1 else 2 end, dirty_since
                          limit ? for update skip locked),
                        """
                                + CLAIM)
                .params(channel, max, lease.toMillis())
                .query((row, n) -> due(row))
                .list();
    }

    /** Claims a SKU's listings at once, whatever pause they are in; none when another is sending them at this moment. */
    List<Due> claimNow(String channel, String sku, Duration lease) {
        return jdbc.sql(
                        """
                        with due as (
                          select channel, sku, channel_sku, sent as sent_before from listing
                          where channel = ? and sku = ? and (claimed_until is null or claimed_until < now())
                          order by channel_sku for update),
                        """
                                + CLAIM)
                .params(channel, sku, lease.toMillis())
                .query((row, n) -> due(row))
                .list();
    }

    private static Due due(ResultSet row) throws SQLException {
        OffsetDateTime mismatchSince = row.getObject(7, OffsetDateTime.class);
        return new Due(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getObject(6, Long.class),
                mismatchSince == null ? null : mismatchSince.toInstant(),
                row.getInt(8),
                row.getInt(10),
                row.getLong(9));
    }

    /**
     * The channel accepted the number. When another is wanted by now, the listing stays dirty.
     *
     * @return the SKUs that were still ours to write
     */
    List<String> confirm(String channel, List<Due> accepted) {
        return jdbc.sql(
                        """
                        with accepted as (
                          select l.channel, l.channel_sku, l.confirmed as confirmed_before, a.*
                          from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[])
                               as a (sku, quantity, version, claim, item)
                          join listing l on l.channel = ? and l.sku = a.sku and l.claim = a.claim
                          order by l.sku for update of l
                        ), done as (
                        update listing l set confirmed = a.quantity, confirmed_at = clock_timestamp(), expected = a.quantity,
                          channel_item = coalesce(a.item, l.channel_item), mismatch_since = null, attempts = 0,
                          history = '[]', claimed_until = null,
                          delay_ms = 1000 * extract(epoch from clock_timestamp() - coalesce(l.dirty_since, now())),
                          dirty_since = case when l.version = a.version then null else now() end
                        from accepted a
                        where l.channel = a.channel and l.sku = a.sku and l.channel_sku = a.channel_sku
                        returning l.*, a.confirmed_before),
                        told as (select * from done where confirmed is distinct from confirmed_before),
                        logged as (
                        """
                                + LOG
                                + ") select sku from done")
                .params(
                        column(accepted, Due::sku),
                        accepted.stream().map(Due::quantity).toArray(Long[]::new),
                        accepted.stream().map(Due::version).toArray(Long[]::new),
                        accepted.stream().map(Due::claim).toArray(Long[]::new),
                        column(accepted, Due::channelItem),
                        channel)
                .query(String.class)
                .list();
    }

    /** Puts a listing back for later. Waiting is all there is to it: this is not an attempt. */
    void postpone(String channel, Due due, Duration pause) {
        jdbc.sql("update listing set claimed_until = null, next_attempt_at = now() + ? * interval '1 millisecond'"
                        + " where channel = ? and sku = ? and claim = ?")
                .params(pause.toMillis(), channel, due.sku(), due.claim())
                .update();
    }

    /**
     * Puts a listing back for another attempt.
     *
     * @param whole true when the channel failed as a whole: of such attempts only the last is kept, since an outage
     *     has many, and they never count against the listing
     */
    void retry(String channel, Due due, Failure failure, Duration pause, boolean whole) {
        jdbc.sql("update listing set claimed_until = null, next_attempt_at = now() + ? * interval '1 millisecond',"
                        + " history = " + (whole ? OWN_HISTORY + " || " + WHOLE : "history || " + ATTEMPT)
                        + ", attempts = attempts + 1 where channel = ? and sku = ? and claim = ?")
                .params(pause.toMillis(), failure.code(), failure.message(), channel, due.sku(), due.claim())
                .update();
    }

    /** What the channel shows is not what we expected: the first sight of it is remembered. */
    void mismatch(String channel, Due due, Duration pause) {
        jdbc.sql(
                        """
                        update listing set claimed_until = null, mismatch_since = coalesce(mismatch_since, now()),
                               next_attempt_at = now() + ? * interval '1 millisecond'
                        where channel = ? and sku = ? and claim = ?""")
                .params(pause.toMillis(), channel, due.sku(), due.claim())
                .update();
    }

    /**
     * What the channel shows now is what we go on from: a new update, even to the same number. When another number is
     * wanted by now, this one stays the older one, so that the newer is sent after it.
     */
    Due learn(String channel, Due due) {
        jdbc.sql(
                        """
                        update listing set channel_item = ?, expected = ?, mismatch_since = null
                        where channel = ? and sku = ? and claim = ?""")
                .params(due.channelItem(), due.expected(), channel, due.sku(), due.claim())
                .update();
        boolean newest = jdbc.sql(
                                """
                                update listing set version = version + 1
                                where channel = ? and sku = ? and claim = ? and version = ?""")
                        .params(channel, due.sku(), due.claim(), due.version())
                        .update()
                == 1;
        return newest ? due.at(due.version() + 1) : due;
    }

    /** The channel refuses for good: the listing rests until its number changes or a person replays it. */
    Optional<String> stop(String channel, Due due, Failure failure) {
        return jdbc.sql("update listing set claimed_until = null, stopped = true, attempts = attempts + 1,"
                        + " history = history || " + ATTEMPT
                        + " where channel = ? and sku = ? and claim = ? returning history::text")
                .params(failure.code(), failure.message(), channel, due.sku(), due.claim())
                .query(String.class)
                .optional();
    }

    /** The channel sold some itself and shows less already; what else it shows has to be explained anew. */
    void lowerExpected(String channel, String sku, long quantity) {
        jdbc.sql("update listing set expected = greatest(expected - ?, 0), mismatch_since = null"
                        + " where channel = ? and sku = ? and not retired")
                .params(quantity, channel, sku)
                .update();
    }

    /** Marks all listings of a channel for sending, each as a new update; the answer is how many. */
    public long dirtyAll(String channel) {
        return jdbc.sql(
                        """
                        update listing set dirty_since = coalesce(dirty_since, now()), next_attempt_at = now(),
                               stopped = false, attempts = 0, version = version + 1, expected = null
                        where channel = ?""")
                .param(channel)
                .update();
    }

    /** The database's time. */
    public Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** What each channel was told about a SKU by {@code when}, by channel; items that had gone by then are left out. */
    List<ChannelDesk.Told> told(String sku, Instant when) {
        return jdbc.sql(
                        """
                        select channel, wanted, sent, confirmed from (
                          select distinct on (channel, channel_sku) * from listing_log
                          where sku = ? and told_at <= ? order by channel, channel_sku, log_id desc) last
                        where not retired order by channel""")
                .params(sku, when.atOffset(ZoneOffset.UTC))
                .query((row, n) -> new ChannelDesk.Told(
                        row.getString(1), row.getLong(2), row.getObject(3, Long.class), row.getObject(4, Long.class)))
                .list();
    }

    /** True when the channel accepted a number at or after {@code since}. */
    public boolean confirmedSince(String channel, String sku, Instant since) {
        return jdbc.sql("select count(*) > 0 from listing where channel = ? and sku = ? and confirmed_at >= ?")
                .params(channel, sku, since.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** True when what is confirmed is what is wanted. */
    public boolean clean(String channel, String sku) {
        return jdbc.sql(
                        "select coalesce(bool_and(dirty_since is null), false) from listing where channel = ? and sku = ?")
                .params(channel, sku)
                .query(Boolean.class)
                .single();
    }
}
