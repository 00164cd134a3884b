package io.stockhub.routes.channel;

import io.stockhub.connectors.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How channels are doing as a whole: whether one waits for a person, and what it said last. */
public final class ChannelStates {
    /** How often a paused channel is tried, in case somebody put its settings right at the other end. */
    private static final Duration PROBE = Duration.ofMinutes(1);

    private static final Duration NOTED_EVERY = Duration.ofSeconds(1);

    private final Map<String, Long> orderNoted = new ConcurrentHashMap<>();
    private final Map<String, Long> fine = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;

    public ChannelStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Remembers the last failure, for people. */
    public void failed(String channel, Failure failure) {
        fine.remove(channel);
        jdbc.sql(
                        """
                        insert into channel_state (channel, last_error, last_error_at) values (?, ?, now())
                        on conflict (channel) do update set last_error = excluded.last_error, last_error_at = now()""")
                .params(channel, failure.code() + ": " + failure.message())
                .update();
    }

    /** The channel refuses our settings for reading orders: a person must act; updates go on. */
    public void refused(String channel, Failure failure) {
        failed(channel, failure);
        jdbc.sql("update channel_state set paused_since = coalesce(paused_since, now()) where channel = ?")
                .param(channel)
                .update();
    }

    /** The channel refuses our settings: updates wait for a person, and are tried now and then. */
    public void pause(String channel, Failure failure) {
        failed(channel, failure);
        jdbc.sql(
                        """
                        update channel_state set paused_since = coalesce(paused_since, now()),
                          retry_at = now() + ? * interval '1 millisecond' where channel = ?""")
                .params(PROBE.toMillis(), channel)
                .update();
    }

    /** Orders were read: what an earlier reading met is over. A pause of updates is not. */
    public void ordersRead(String channel) {
        jdbc.sql(
                        """
                        update channel_state set last_error = null, paused_since = null
                        where channel = ? and retry_at is null""")
                .param(channel)
                .update();
    }

    /**
     * The channel accepted a number: whatever held it up is over. Writes only when there is something to forget, and looks
     * for it once a second: what another hub met is forgotten by then, what this one met at once.
     */
    public void succeeded(String channel) {
        if (!due(fine, channel)) {
            return;
        }
        jdbc.sql(
                        """
                        update channel_state set paused_since = null, retry_at = null, last_error = null
                        where channel = ? and (paused_since is not null or last_error is not null)""")
                .param(channel)
                .update();
    }

    /** True while a paused channel is left alone. */
    public boolean paused(String channel) {
        return jdbc.sql("select exists (select 1 from channel_state where channel = ? and retry_at > now())")
                .param(channel)
                .query(Boolean.class)
                .single();
    }

    /** Ends the pause: a person says that the settings are right now. */
    public void resume(String channel) {
        jdbc.sql("update channel_state set retry_at = null where channel = ?")
                .param(channel)
                .update();
    }

    /** Remembers a channel's rules; true when they are not those that were remembered before. */
    public boolean rulesChanged(String channel, String rules) {
        return jdbc.sql(
                                """
                        insert into channel_state as s (channel, rules) values (?, ?)
                        on conflict (channel) do update set rules = excluded.rules
                        where s.rules is distinct from excluded.rules""")
                        .params(channel, rules)
                        .update()
                == 1;
    }

    /** For people, so once a second is enough: all orders of a channel would wait for one another here. */
    public void orderTaken(String channel) {
        if (!due(orderNoted, channel)) {
            return;
        }
        jdbc.sql(
                        """
                        insert into channel_state (channel, last_order_at) values (?, now())
                        on conflict (channel) do update set last_order_at = now()""")
                .param(channel)
                .update();
    }

    private static boolean due(Map<String, Long> noted, String channel) {
        long at = System.nanoTime();
        Long last = noted.get(channel);
        if (last != null && at - last < NOTED_EVERY.toNanos()) {
            return false;
        }
        noted.put(channel, at);
        return true;
    }
}
