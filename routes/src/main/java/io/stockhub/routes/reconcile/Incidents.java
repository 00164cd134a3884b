package io.stockhub.routes.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happened to channels, and to us, after which nothing that was proven before counts. All times are the database's. */
public final class Incidents {
    /** A hub that was silent for so long was down. */
    private static final Duration SILENT = Duration.ofMinutes(1);
    /** So many numbers refused within ten minutes are no matter of single items. */
    private static final int REFUSALS = 10;

    /** What happened. */
    public enum Why {
        /** A person wants to know. */
        ASKED,
        /** The breaker was open. */
        BREAKER,
        /** The channel refused our settings. */
        SETTINGS,
        HUB_WAS_DOWN,
        /** The channel refused many numbers. */
        DEAD_LETTERS;

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final JdbcClient jdbc;

    public Incidents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All listings of the channel are read once more, from now on. */
    public void happened(String channel, Why why) {
        jdbc.sql(
                        """
                        insert into channel_incident (channel, suspect_since, why) values (?, clock_timestamp(), ?)
                        on conflict (channel) do update set suspect_since = excluded.suspect_since, why = excluded.why""")
                .params(channel, why.code())
                .update();
    }

    /** A hub works for the channel now; where none did for a while, that is an incident. */
    void alive(String channel) {
        jdbc.sql(
                        """
                        insert into channel_incident as i (channel) values (:channel)
                        on conflict (channel) do update set alive_at = now(),
                          why = case when i.alive_at < now() - :silent * interval '1 millisecond' then 'hub-was-down' else i.why end,
                          suspect_since = case when i.alive_at < now() - :silent * interval '1 millisecond'
                            then clock_timestamp() else i.suspect_since end""")
                .param("channel", channel)
                .param("silent", SILENT.toMillis())
                .update();
    }

    /** Many numbers were refused since the last incident. */
    boolean refusesMuch(String channel) {
        return jdbc.sql(
                                """
                        select count(*) from dead_letter d
                        where d.channel = ? and d.flow = 'stock-out' and d.state in ('open', 'replaying')
                          and d.last_failed_at > greatest(now() - interval '10 minutes',
                            (select suspect_since from channel_incident where channel = d.channel))""")
                        .param(channel)
                        .query(Long.class)
                        .single()
                >= REFUSALS;
    }

    /** True while a channel waits for a person, since it refuses our settings. */
    boolean settingsRefused(String channel) {
        return jdbc.sql("select exists (select from channel_state where channel = ? and paused_since is not null)")
                .param(channel)
                .query(Boolean.class)
                .single();
    }

    Optional<Instant> suspectSince(String channel) {
        return jdbc.sql("select suspect_since from channel_incident where channel = ? and suspect_since is not null")
                .param(channel)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }
}
