package io.stockhub.routes.stockout;

import io.stockhub.connectors.Failure;
import io.stockhub.routes.channel.Channel;
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
    static final String OWN_HISTORY =
            """
            (select coalesce(jsonb_agg(h order by n), '[]') from jsonb_array_elements(history) with ordinality a (h, n)
             where h -> 'whole' is null)""";

    /** Writes down what the statement before it, {@code told}, made of the listings. */
    static final String LOG =
            """
            insert into listing_log (sku, channel, channel_sku, wanted, sent, confirmed, retired)
            select sku, channel, channel_sku, wanted, sent, confirmed, retired from told""";

    /** The number that was on its way surely did not arrive: not this time, and there was no other. */
    static final String NOT_TOLD =
            """
            case when ? and told -> -1 ->> 'appliedBy' is null and (told -> -1 ->> 'sentAt')::timestamptz >= sent_at
                 then told - (-1) else told end""";

    /** What was adopted from the channel bounds what it is told. */
    private static final String MOST =
            "greatest(0, least(excluded.wanted - l.set_aside, coalesce(l.cap, excluded.wanted)))";

    private final JdbcClient jdbc;

    public ListingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a channel should show from now on.
     *
     * @param since when the ledger changed, and {@code sequence} by which movement at the newest
     * @param mayWait how long it may wait for more urgent numbers
     */
    record Want(String sku, String channelSku, long quantity, Instant since, long sequence, Duration mayWait) {}

    /**
     * Sets what a channel should show. A number that is wanted already is not news; a new number also frees a listing
     * that the channel had refused, but it does not cut short a pause that the channel asked for. One that the channel
     * itself has lowered since is news.
     *
     * @return how many listings have something new to tell
     */
    int want(String channel, List<Want> wants) {
        return jdbc.sql(
                        """
                        with told as (
                          insert into listing as l (channel, sku, channel_sku, wanted, dirty_since, wanted_sequence,
                            may_wait)
                          select ?, * from unnest(?::text[], ?::text[], ?::bigint[], ?::timestamptz[], ?::bigint[],
                            ?::interval[]) w order by 2
                          on conflict (channel, sku, channel_sku) do update set wanted = MOST,
                            version = l.version + 1, retired = false, stopped = false,
                            dirty_since = coalesce(l.dirty_since, excluded.dirty_since),
                            wanted_sequence = greatest(l.wanted_sequence, excluded.wanted_sequence),
                            may_wait = excluded.may_wait
                          where l.wanted <> MOST or l.retired
                            or l.dirty_since is null and l.expected <> MOST returning l.*)
                        """
                                        .replace("MOST", MOST)
                                + LOG)
                .params(
                        channel,
                        column(wants, Want::sku),
                        column(wants, Want::channelSku),
                        wants.stream().map(Want::quantity).toArray(Long[]::new),
                        column(
                                wants,
                                want -> want.since().atOffset(ZoneOffset.UTC).toString()),
                        wants.stream().map(Want::sequence).toArray(Long[]::new),
                        column(wants, want -> want.mayWait().toString()))
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

    /**
     * A listing whose number the channel accepted.
     *
     * @param failedBefore it had failed since the last confirmation: there may be a dead letter
     * @param divided its SKU is in escrow
     */
    record Confirmed(String sku, boolean failedBefore, boolean divided) {}

    /**
     * The channel accepted the number. When another is wanted by now, the listing stays dirty.
     *
     * @return those that were still ours to write
     */
    List<Confirmed> confirm(Channel channel, List<Due> accepted) {
        return jdbc.sql(
                        """
                        with accepted as (
                          select l.channel, l.channel_sku, l.confirmed as confirmed_before,
                            l.attempts > 0 or l.history <> '[]' as failed_before, a.*
                          from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[])
                               as a (sku, quantity, version, claim, item)
                          join listing l on l.channel = ? and l.sku = a.sku and l.claim = a.claim
                          order by l.sku for update of l
                        ), done as (
                        update listing l set confirmed = a.quantity, confirmed_at = clock_timestamp(), expected = a.quantity,
                          confirmed_sequence = l.sent_sequence, replaced = l.expected,
                          applied = case when ? then a.quantity else l.applied end,
                          applied_sequence = case when ? then l.sent_sequence else l.applied_sequence end,
                          -- On a grid, so that not every confirmation is written into the index of it.
                          risk = least(l.risk, 2), read_back_at = date_bin(? * interval '1 millisecond',
                            clock_timestamp() + 2 * ? * interval '1 millisecond', 'epoch'),
                          channel_item = coalesce(a.item, l.channel_item), mismatch_since = null, attempts = 0,
                          history = '[]', claimed_until = null,
                          told = case when jsonb_array_length(l.told) = 0 or l.told -> -1 ->> 'appliedBy' is not null then l.told
                            when ? and jsonb_array_length(l.told) < 3
                            then jsonb_build_array(l.told -> -1 || jsonb_build_object('appliedBy', seen.at))
                            else jsonb_set(l.told, '{-1,appliedBy}', to_jsonb(seen.at)) end,
                          delay_ms = 1000 * extract(epoch from clock_timestamp() - coalesce(l.dirty_since, now())),
                          dirty_since = case when l.version = a.version then null else now() end
                        from accepted a, (select clock_timestamp() + ? * interval '1 millisecond' as at) seen
                        where l.channel = a.channel and l.sku = a.sku and l.channel_sku = a.channel_sku
                        returning l.*, a.confirmed_before, a.failed_before),
                        told as (select * from done where confirmed is distinct from confirmed_before),
                        logged as (
                        """
                                + LOG
                                + ") select sku, failed_before, divided from done")
                .params(
                        column(accepted, Due::sku),
                        accepted.stream().map(Due::quantity).toArray(Long[]::new),
                        accepted.stream().map(Due::version).toArray(Long[]::new),
                        accepted.stream().map(Due::claim).toArray(Long[]::new),
                        column(accepted, Due::channelItem),
                        channel.id(),
                        channel.showsAtOnce(),
                        channel.showsAtOnce(),
                        channel.account().timing().readBackAfter().toMillis(),
                        channel.account().timing().readBackAfter().toMillis(),
                        channel.comparesAndSets(),
                        channel.account().timing().appliedWithin().toMillis())
                .query((row, n) -> new Confirmed(row.getString(1), row.getBoolean(2), row.getBoolean(3)))
                .list();
    }

    /**
     * Puts a listing back for later. Waiting is all there is to it: this is not an attempt.
     *
     * @param notTold the number surely did not reach the channel
     */
    void postpone(String channel, Due due, Duration pause, boolean notTold) {
        jdbc.sql(
                        "update listing set claimed_until = null, next_attempt_at = now() + ? * interval '1 millisecond', told = "
                                + NOT_TOLD + " where channel = ? and sku = ? and claim = ?")
                .params(pause.toMillis(), notTold, channel, due.sku(), due.claim())
                .update();
    }

    /**
     * Puts a listing back for another attempt.
     *
     * @param whole true when the channel failed as a whole: of such attempts only the last is kept, since an outage
     *     has many, and they never count against the listing
     */
    void retry(Channel channel, Due due, Failure failure, Duration pause, boolean whole) {
        jdbc.sql("update listing set claimed_until = null, next_attempt_at = now() + ? * interval '1 millisecond',"
                        + " history = " + (whole ? OWN_HISTORY + " || " + WHOLE : "history || " + ATTEMPT)
                        + ", attempts = attempts + 1, told = " + NOT_TOLD
                        // In escrow, sending it once more is a decision: a channel that overwrites may sell it twice.
                        + ", dirty_since = case when divided and not ? then null else dirty_since end"
                        + " where channel = ? and sku = ? and claim = ?")
                .params(
                        pause.toMillis(),
                        failure.code(),
                        failure.message(),
                        failure.kind() == Failure.Kind.SETTINGS,
                        channel.comparesAndSets(),
                        channel.id(),
                        due.sku(),
                        due.claim())
                .update();
    }

    /** What the channel shows is not what we expected: the first sight of it is remembered. */
    void mismatch(String channel, Due due, Duration pause) {
        jdbc.sql(
                        """
                        update listing set claimed_until = null, mismatch_since = coalesce(mismatch_since, now()),
                               next_attempt_at = now() + ? * interval '1 millisecond', told = NOT_TOLD
                        where channel = ? and sku = ? and claim = ?"""
                                .replace("NOT_TOLD", NOT_TOLD))
                .params(pause.toMillis(), true, channel, due.sku(), due.claim())
                .update();
    }

    private static final String SEEN =
            """
            (select jsonb_build_array(jsonb_build_object('number', ?::bigint, 'sequence',
                (select last_value from ledger_sequence), 'sentAt', clock_timestamp(),
                'appliedBy', clock_timestamp())) as one) seen""";

    /**
     * What the channel showed before it is told anything is what we go on from: a new update, even to the same number.
     * When another number is wanted by now, this one stays the older one, so that the newer is sent after it.
     */
    Due learn(String channel, Due due) {
        jdbc.sql(
                        """
                        update listing set channel_item = ?, expected = ?, mismatch_since = null,
                          told = (told - (-1)) || seen.one || ((told -> -1) || jsonb_build_object('expected', ?::bigint))
                        from SEEN where channel = ? and sku = ? and claim = ?"""
                                .replace("SEEN", SEEN))
                .params(
                        due.channelItem(),
                        due.expected(),
                        due.expected(),
                        due.expected(),
                        channel,
                        due.sku(),
                        due.claim())
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

    /**
     * The channel shows this number, whatever became of ours: we go on from there. Where the SKU is divided nothing is
     * sent before it is known what the channel sold until now.
     */
    void seen(Channel channel, Due due) {
        jdbc.sql(
                        """
                        update listing set channel_item = ?, expected = ?::bigint, mismatch_since = null,
                          claimed_until = null, next_attempt_at = now(), version = version + 1,
                          read_back_at = now() + ? * interval '1 millisecond', told = NOT_TOLD || seen.one,
                          dirty_since = case when divided then null else dirty_since end
                        from SEEN where channel = ? and sku = ? and claim = ?"""
                                .replace("NOT_TOLD", NOT_TOLD)
                                .replace("SEEN", SEEN))
                .params(
                        due.channelItem(),
                        due.expected(),
                        channel.account().timing().readBackAfter().toMillis(),
                        true,
                        due.expected(),
                        channel.id(),
                        due.sku(),
                        due.claim())
                .update();
    }

    /** The channel refuses for good: the listing rests until its number changes or a person replays it. */
    Optional<String> stop(String channel, Due due, Failure failure) {
        boolean notTold = failure.kind() == Failure.Kind.PERMANENT;
        return jdbc.sql("update listing set claimed_until = null, stopped = true, attempts = attempts + 1,"
                        + " history = history || " + ATTEMPT + ", told = " + NOT_TOLD
                        + " where channel = ? and sku = ? and claim = ? returning history::text")
                .params(failure.code(), failure.message(), notTold, channel, due.sku(), due.claim())
                .query(String.class)
                .optional();
    }

    /**
     * Units that a channel sold.
     *
     * @param lowers the channel shows less already; what else it shows has to be explained anew
     */
    record Sale(String channel, String sku, long units, boolean lowers) {}

    /**
     * Notes sales: where they were made it sells so much faster ({@link io.stockhub.stock.escrow.Demand} has the
     * arithmetic), and a channel that lowers its own number shows less.
     *
     * @return SKUs of which a channel shows less than it should now, and no number is on its way: the number was worked
     *     out before
     */
    List<String> sold(List<Sale> sales) {
        return jdbc.sql(
                        """
                        with sale as (
                          select channel, sku, sum(units) as units, bool_or(lowers) as lowers
                          from unnest(?::text[], ?::text[], ?::bigint[], ?::boolean[]) s (channel, sku, units, lowers)
                          group by channel, sku),
                        sold as (
                          select l.channel, l.sku, l.channel_sku, s.units, s.lowers from sale s
                          join listing l on l.channel = s.channel and l.sku = s.sku and not l.retired
                          order by l.channel, l.sku, l.channel_sku for update of l),
                        noted as (
                          update listing l set
                            demand = greatest(1, demand * power(0.5, least(extract(epoch from now() - demand_at) / 60, 60)))
                              + s.units,
                            demand_at = greatest(demand_at, now()),
                            mismatch_since = case when s.lowers then null else mismatch_since end,
                            -- Null, what is not known, stays so: greatest() would make 0 of it.
                            expected = case when s.lowers and expected is not null then greatest(expected - s.units, 0)
                                            else expected end
                          from sold s where l.channel = s.channel and l.sku = s.sku and l.channel_sku = s.channel_sku
                          returning l.sku, s.lowers and expected < wanted and dirty_since is null and not divided as less)
                        select distinct sku from noted where less""")
                .params(
                        column(sales, Sale::channel),
                        column(sales, Sale::sku),
                        sales.stream().map(Sale::units).toArray(Long[]::new),
                        sales.stream().map(Sale::lowers).toArray(Boolean[]::new))
                .query(String.class)
                .list();
    }

    /** Marks all listings of a channel for sending, each as a new update; the answer is how many. */
    public long dirtyAll(String channel) {
        return jdbc.sql(
                        """
                        update listing set dirty_since = coalesce(dirty_since, now()), next_attempt_at = now(),
                               stopped = false, attempts = 0, version = version + 1, expected = null
                        where channel = ? and not divided""")
                .param(channel)
                .update();
    }

    /** Whether the orders that a channel took until then are in the ledger. */
    boolean ordersRead(String channel, Instant until) {
        return jdbc.sql("select count(*) > 0 from watermark where account = ? and applied_until >= ?")
                .params(channel, until.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** The database's time. */
    public Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
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
