package io.stockhub.routes.stockout;

import io.stockhub.routes.ChannelDesk;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Drift: a channel showed what it should not. One is open for a listing at most; closed ones are kept. */
public final class DriftStore {

    /** Who saw it. */
    enum FoundBy {
        /** The channel refused an update because it showed another number than we named. */
        COMPARE,
        /** We read the channel back. */
        READ_BACK
    }

    private final JdbcClient jdbc;

    public DriftStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Seen, and not explained yet; what is open already stays as it was first seen. */
    void found(
            String channel, String sku, String channelSku, @Nullable Long expected, @Nullable Long shown, FoundBy by) {
        jdbc.sql(
                        """
                        insert into drift (channel, sku, channel_sku, expected, shown, cause, found_by, found_at)
                        values (?, ?, ?, ?, ?::bigint, 'unexplained', ?, clock_timestamp())
                        on conflict (channel, sku, channel_sku) where closed_at is null do nothing""")
                .param(channel)
                .param(sku)
                .param(channelSku)
                .param(expected == null ? 0 : expected)
                .param(shown)
                .param(code(by))
                .update();
    }

    /** The same by reading back in escrow, where it matters what was seen last. */
    void lastSeen(String channel, String sku, String channelSku, long expected, long shown) {
        found(channel, sku, channelSku, expected, shown, FoundBy.READ_BACK);
        jdbc.sql(
                        """
                        update drift set shown = ?
                        where channel = ? and sku = ? and channel_sku = ? and closed_at is null""")
                .params(shown, channel, sku, channelSku)
                .update();
    }

    /** We go on from what was seen. */
    void believed(String channel, String sku, String channelSku, ChannelDesk.Drift.Cause cause) {
        jdbc.sql(
                        """
                        update drift set cause = ?, closed_at = clock_timestamp()
                        where channel = ? and sku = ? and channel_sku = ? and closed_at is null""")
                .params(cause.code(), channel, sku, channelSku)
                .update();
    }

    /** Nothing explains it: our number is sent again. */
    void overwritten(
            String channel, String sku, String channelSku, @Nullable Long shown, ChannelDesk.Drift.Cause cause) {
        jdbc.sql(
                        """
                        update drift set cause = ?, shown = ?::bigint, overwritten = true, closed_at = clock_timestamp()
                        where channel = ? and sku = ? and channel_sku = ? and closed_at is null""")
                .param(cause.code())
                .param(shown)
                .param(channel)
                .param(sku)
                .param(channelSku)
                .update();
    }

    /**
     * Closes what has explained itself: an order came that says where the units went, or the channel shows the number by
     * now.
     */
    void explained(String channel) {
        jdbc.sql(
                        """
                        update drift d set closed_at = clock_timestamp(),
                          cause = case when d.shown < d.expected then 'sale-in-flight' else 'shown-late' end
                        from listing l
                        where d.channel = ? and d.closed_at is null and l.channel = d.channel and l.sku = d.sku
                          and l.channel_sku = d.channel_sku and l.mismatch_since is null
                          and greatest(l.confirmed_at, l.verified_at) > d.found_at""")
                .param(channel)
                .update();
    }

    /** Newest first. */
    List<ChannelDesk.Drift> list(ChannelDesk.DriftFilter filter, @Nullable Long before, int limit) {
        return jdbc.sql(
                        """
                        select drift_id, channel, sku, channel_sku, expected, shown, cause, found_by, found_at, closed_at,
                               overwritten
                        from drift
                        where (:channel::text is null or channel = :channel) and (:sku::text is null or sku = :sku)
                          and (:open::boolean is null or (closed_at is null) = :open)
                          and (:before::bigint is null or drift_id < :before)
                        order by drift_id desc limit :limit""")
                .param("channel", filter.channel())
                .param("sku", filter.sku())
                .param("open", filter.open())
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> {
                    OffsetDateTime closed = row.getObject(10, OffsetDateTime.class);
                    return new ChannelDesk.Drift(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getLong(5),
                            row.getObject(6, Long.class),
                            ChannelDesk.Drift.Cause.of(row.getString(7)),
                            row.getString(8),
                            row.getObject(9, OffsetDateTime.class).toInstant(),
                            closed == null ? null : closed.toInstant(),
                            row.getBoolean(11));
                })
                .list();
    }
}
