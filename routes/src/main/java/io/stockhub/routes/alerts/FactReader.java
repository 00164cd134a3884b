package io.stockhub.routes.alerts;

import io.stockhub.routes.Inbox;
import io.stockhub.routes.alerts.Facts.ChannelFacts;
import io.stockhub.routes.alerts.Facts.Exposure;
import io.stockhub.routes.alerts.Facts.Ledger;
import io.stockhub.routes.alerts.Facts.Letters;
import io.stockhub.routes.alerts.Facts.SwitchedOff;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.Channels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the facts: one pass over the listings for all channels, and a few small questions. */
final class FactReader {
    private static final String CHANNELS =
            """
            with at as (
              select channel, count(*) filter (where not retired) as listings, min(dirty_since) as oldest,
                percentile_disc(0.99) within group (order by delay_ms)
                  filter (where confirmed_at > now() - interval '15 minutes') as delay
              from listing group by channel)
            select c.id, coalesce(at.listings, 0), at.oldest, at.delay, s.paused_since is not null, s.last_error,
              (select count(*) from drift d where d.channel = c.id and closed_at is null),
              (select count(*) from drift d where d.channel = c.id and found_at > now() - interval '1 hour'
                 and cause not in ('sale-in-flight', 'shown-late')),
              (select asked_until from watermark w where w.account = c.id),
              (select count(distinct reservation_id) from reservation_line join reservation r using (reservation_id)
               where r.channel = c.id and backordered > 0),
              (select failure from self_test t where t.channel = c.id and stage in ('passed', 'failed')
               order by self_test_id desc limit 1)
            from unnest(?::text[]) c (id) left join at on at.channel = c.id
            left join channel_state s on s.channel = c.id""";

    /** A reading may be missed twice before it is late. */
    private static final int READINGS_MISSED = 3;

    private static final Duration ORDERS_MAY_WAIT = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final Channels channels;
    private final Inbox inbox;
    private final Function<Channel, String> breaker;
    private final Function<String, Duration> maxDelay;

    /**
     * @param breaker {@code closed}, {@code open} or {@code half-open}, of this hub
     * @param maxDelay how late a channel may hear of a change, by its id
     */
    FactReader(
            JdbcClient jdbc,
            Channels channels,
            Inbox inbox,
            Function<Channel, String> breaker,
            Function<String, Duration> maxDelay) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.inbox = inbox;
        this.breaker = breaker;
        this.maxDelay = maxDelay;
    }

    Facts read() {
        Instant now =
                jdbc.sql("select now()").query(OffsetDateTime.class).single().toInstant();
        Inbox.NotDone messages = inbox.notDone();
        return new Facts(
                now,
                channels(),
                letters(),
                messages.unaccounted(),
                oldestMessage(),
                exposure(),
                ledger(),
                switchedOff());
    }

    private List<SwitchedOff> switchedOff() {
        return jdbc.sql("select subscription_id, url, coalesce(off_reason, '') from subscription where state = 'off'")
                .query((row, n) -> new SwitchedOff(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    private List<ChannelFacts> channels() {
        return jdbc.sql(CHANNELS)
                .param(channels.all().stream().map(Channel::id).toArray(String[]::new))
                .query((row, n) -> channel(row, channels.find(row.getString(1)).orElseThrow()))
                .list();
    }

    private ChannelFacts channel(ResultSet row, Channel channel) throws SQLException {
        Duration between = channel.account()
                .timing()
                .pollInterval()
                .plus(channel.account().timing().safetyLag())
                .multipliedBy(READINGS_MISSED);
        Long delay = row.getObject(4, Long.class);
        return new ChannelFacts(
                channel.id(),
                maxDelay.apply(channel.id()),
                row.getBoolean(5),
                !breaker.apply(channel).equals("closed"),
                row.getString(6),
                row.getLong(2),
                at(row, 3),
                delay == null ? null : Duration.ofMillis(delay),
                row.getLong(7),
                row.getLong(8),
                at(row, 9),
                between.compareTo(ORDERS_MAY_WAIT) > 0 ? between : ORDERS_MAY_WAIT,
                row.getLong(10),
                row.getString(11));
    }

    private Letters letters() {
        return jdbc.sql(
                        """
                        select count(*), count(*) filter (where first_failed_at > now() - interval '15 minutes'),
                          coalesce(sum(money), 0)
                        from dead_letter where state in ('open', 'replaying')""")
                .query((row, n) -> new Letters(row.getLong(1), row.getLong(2), row.getBigDecimal(3)))
                .single();
    }

    /** Of those that nothing holds up: neither a pause that the sender asked for nor one after a failure. */
    private @Nullable Instant oldestMessage() {
        return jdbc.sql("select min(received_at) from inbox where state = 'received' and next_attempt_at <= now()")
                .query((row, n) -> new Instant[] {at(row, 1)})
                .single()[0];
    }

    private @Nullable Exposure exposure() {
        return jdbc.sql(
                        "select (fact ->> 'units')::bigint, (fact ->> 'divided')::bigint from watch where name = 'exposure' and fact is not null")
                .query((row, n) -> new Exposure(row.getLong(1), row.getLong(2)))
                .optional()
                .orElse(null);
    }

    private @Nullable Ledger ledger() {
        return jdbc.sql(
                        "select (fact ->> 'holds')::boolean, found_at from watch where name = 'ledger' and fact is not null")
                .query((row, n) -> new Ledger(row.getBoolean(1), at(row, 2)))
                .optional()
                .orElse(null);
    }

    private static @Nullable Instant at(ResultSet row, int column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
