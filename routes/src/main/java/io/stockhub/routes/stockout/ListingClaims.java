package io.stockhub.routes.stockout;

import static io.stockhub.routes.stockout.ListingStore.LOG;
import static io.stockhub.routes.stockout.ListingStore.OWN_HISTORY;

import io.stockhub.routes.channel.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes listings that have something to tell, for one sender at a time, and writes down that they are told it. */
public final class ListingClaims {
    /**
     * The number that leaves now is one more that the channel may be selling on. Sent once more it is still one, where the
     * channel compares with the same; one that overwrites may have sold the first before it takes the second. In doubt,
     * none leaves.
     */
    private static final String TELL =
            """
            case when due.in_doubt then l.told
                 when l.told -> -1 ->> 'appliedBy' is null and (l.told -> -1 ->> 'number')::bigint = l.wanted
                      and (l.wanted = 0
                           or ? and (l.told -> -1 ->> 'expected')::bigint is not distinct from l.expected) then l.told
                 else case when l.divided or jsonb_array_length(l.told) < 10 then l.told else l.told - 0 end
                   || jsonb_build_array(jsonb_build_object('number', l.wanted, 'expected', l.expected,
                        'sequence', (select last_value from ledger_sequence), 'sentAt', clock_timestamp(),
                        'appliedBy', null)) end""";

    /**
     * A channel that compares may have taken the last number, and sold so much since that it shows what that number named:
     * sent again it would be taken again, and give the sold units back.
     */
    private static final String IN_DOUBT =
            "? and divided and told -> -1 ->> 'number' is not null and told -> -1 ->> 'appliedBy' is null as in_doubt";

    /** What {@code due} has found is on its way from now on; sending the same number again is nothing new. */
    private static final String CLAIM =
            """
            claimed as (
              update listing l set claim = nextval('claim_token'), sent = wanted, sent_at = now(), sent_sequence = wanted_sequence, stopped = false,
                     claimed_until = now() + ? * interval '1 millisecond', dirty_since = coalesce(l.dirty_since, now()),
                     told = TELL
              from due
              where l.channel = due.channel and l.sku = due.sku and l.channel_sku = due.channel_sku
              returning l.*, due.sent_before, due.in_doubt),
            told as (select * from claimed where sent is distinct from sent_before),
            logged as (LOG)
            select sku, channel_sku, channel_item, wanted, version, expected, mismatch_since, attempts, claim,
                   jsonb_array_length(HISTORY), divided, in_doubt,
                   -- What leaves for a channel in escrow has to be on disk before.
                   case when divided then set_config('synchronous_commit', 'on', true) end
            from claimed"""
                    .replace("LOG", LOG)
                    .replace("TELL", TELL)
                    .replace("HISTORY", OWN_HISTORY);

    /** Units sold lately, of which half count after a minute: ten times that is what sells in about a quarter of an hour. */
    private static final String URGENCY =
            """
            case when wanted = 0 then 0 when wanted < confirmed then 1
                 when wanted <= 10 * DEMAND then 2 else 3 end,
            dirty_since + may_wait > now(), round(DEMAND) desc"""
                    .replace(
                            "DEMAND",
                            "(greatest(demand - 1, 0) * power(0.5, least(extract(epoch from now() - demand_at) / 60, 60)))");

    private final JdbcClient jdbc;

    public ListingClaims(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Claims what is due, most urgent first: to zero, then downward, then what the channel will have sold out in ten minutes,
     * then the rest; in each what has waited longer than it may, then by how fast it sells, then by age. Where the channel cannot
     * compare, a number is raised only after its orders were read: it would give back what was just sold there. None while the
     * channel is paused.
     */
    List<Due> claim(Channel channel, int max, Duration lease) {
        return jdbc.sql(
                        """
                        with due as (
                          select channel, sku, channel_sku, sent as sent_before, IN_DOUBT from listing
                          where channel = ? and dirty_since is not null and not stopped and not held and next_attempt_at <= now()
                            and not exists (select from channel_state p where p.channel = ? and p.retry_at > now())
                            and (claimed_until is null or claimed_until < now() and (? or not divided))
                            and (? or divided or wanted <= expected or expected is null or exists (
                              select from watermark w where w.account = channel and w.applied_until >= dirty_since))
                          order by URGENCY, dirty_since + may_wait
                          limit ? for update skip locked),
                        """
                                        .replace("URGENCY", URGENCY)
                                        .replace("IN_DOUBT", IN_DOUBT)
                                + CLAIM)
                .params(
                        channel.comparesAndSets(),
                        channel.id(),
                        channel.id(),
                        channel.comparesAndSets(),
                        !readsBeforeRaising(channel),
                        max,
                        lease.toMillis(),
                        channel.comparesAndSets())
                .query((row, n) -> due(row))
                .list();
    }

    /** Whether a number may be raised there only when the orders were read since the stock changed. */
    static boolean readsBeforeRaising(Channel channel) {
        return channel.pollsOrders() && channel.lowersItsOwn() && !channel.comparesAndSets();
    }

    /** Claims a SKU's listings at once, whatever pause they are in; none when another is sending them at this moment. */
    List<Due> claimNow(Channel channel, String sku, Duration lease) {
        return jdbc.sql(
                        """
                        with due as (
                          select channel, sku, channel_sku, sent as sent_before, IN_DOUBT from listing
                          where channel = ? and sku = ? and not held
                            and (claimed_until is null or claimed_until < now() and (? or not divided))
                            and (dirty_since is not null and not stopped or not divided)
                          order by channel_sku for update),
                        """
                                        .replace("IN_DOUBT", IN_DOUBT)
                                + CLAIM)
                .params(
                        channel.comparesAndSets(),
                        channel.id(),
                        sku,
                        channel.comparesAndSets(),
                        lease.toMillis(),
                        channel.comparesAndSets())
                .query((row, n) -> due(row))
                .list();
    }

    /**
     * Gives up numbers of divided SKUs that nobody will say any more what became of, where they cannot simply be sent
     * again.
     *
     * @return their SKUs
     */
    List<String> giveUp(Channel channel) {
        return channel.comparesAndSets()
                ? List.of()
                : jdbc.sql(
                                """
                                update listing set claimed_until = null, dirty_since = null
                                where channel = ? and divided and dirty_since is not null and claimed_until < now()
                                returning sku""")
                        .param(channel.id())
                        .query(String.class)
                        .list();
    }

    /** Frees what the channel refused of a divided SKU, for another plan: others may have its units by now. */
    boolean free(String channel, String sku) {
        return jdbc.sql(
                                """
                                update listing set stopped = false, dirty_since = null, next_attempt_at = now()
                                where channel = ? and sku = ? and divided and stopped""")
                        .params(channel, sku)
                        .update()
                > 0;
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
                row.getLong(9),
                row.getBoolean(11),
                row.getBoolean(12));
    }
}
