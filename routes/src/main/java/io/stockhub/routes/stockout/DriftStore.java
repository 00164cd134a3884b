package io.stockhub.routes.stockout;

import io.stockhub.connectors.ListedQuantity;
import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.reconcile.Policy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

    /** It is known why, and something was done about it. */
    void closed(
            String channel,
            String sku,
            String channelSku,
            @Nullable ListedQuantity shown,
            ChannelDesk.Drift.Cause cause,
            Policy policy) {
        judged(channel, sku, channelSku, shown, cause, policy, policy == Policy.OVERWRITE, true);
    }

    /** In escrow we go on from what was seen: the plan decides what is told. */
    void believed(String channel, String sku, String channelSku, ListedQuantity shown, ChannelDesk.Drift.Cause cause) {
        judged(channel, sku, channelSku, shown, cause, null, false, true);
    }

    /** It is known why; it stays open for a person ({@code hold}), or until the channel shows what it should. */
    void known(
            String channel,
            String sku,
            String channelSku,
            @Nullable ListedQuantity shown,
            ChannelDesk.Drift.Cause cause,
            @Nullable Policy policy) {
        judged(channel, sku, channelSku, shown, cause, policy, false, false);
    }

    private void judged(
            String channel,
            String sku,
            String channelSku,
            @Nullable ListedQuantity shown,
            ChannelDesk.Drift.Cause cause,
            @Nullable Policy policy,
            boolean overwritten,
            boolean closed) {
        jdbc.sql(
                        """
                        update drift set cause = :cause, policy = :policy, shown = :shown::bigint, reserved = :reserved::bigint,
                          overwritten = :overwritten, closed_at = case when :closed then clock_timestamp() end
                        where channel = :channel and sku = :sku and channel_sku = :channelSku and closed_at is null""")
                .param("cause", cause.code())
                .param("policy", policy == null ? null : policy.code())
                .param("shown", shown == null ? null : shown.quantity())
                .param("reserved", shown == null ? null : shown.setAside())
                .param("overwritten", overwritten)
                .param("closed", closed)
                .param("channel", channel)
                .param("sku", sku)
                .param("channelSku", channelSku)
                .update();
    }

    /** An update found what nothing explains, and nothing is told the listing any more before a person has decided. */
    void hold(String channel, Due due, ListedQuantity shown, ChannelDesk.Drift.Cause cause) {
        jdbc.sql("update listing set held = true, claimed_until = null, proven_at = now(), drifted_at = now(), told = "
                        + ListingStore.NOT_TOLD + " where channel = ? and sku = ? and claim = ?")
                .params(true, channel, due.sku(), due.claim())
                .update();
        known(channel, due.sku(), due.channelSku(), shown, cause, Policy.HOLD);
    }

    /** What a listing that waits for a person shows now. */
    void seen(String channel, String sku, String channelSku, @Nullable ListedQuantity shown) {
        jdbc.sql(
                        """
                        update drift set shown = ?::bigint, reserved = ?::bigint
                        where channel = ? and sku = ? and channel_sku = ? and closed_at is null""")
                .param(shown == null ? null : shown.quantity())
                .param(shown == null ? null : shown.setAside())
                .param(channel)
                .param(sku)
                .param(channelSku)
                .update();
    }

    /**
     * Closes what has explained itself: an order came that says where the units went, or the channel shows the number by
     * now. What waits for a person waits on.
     */
    void explained(String channel) {
        jdbc.sql(
                        """
                        update drift d set closed_at = clock_timestamp(),
                          cause = case when d.cause <> 'unexplained' then d.cause
                            when d.shown < d.expected then 'sale-in-flight' else 'shown-late' end
                        from listing l
                        where d.channel = ? and d.closed_at is null and d.policy is null and l.channel = d.channel and l.sku = d.sku
                          and l.channel_sku = d.channel_sku and l.mismatch_since is null
                          and greatest(l.confirmed_at, l.verified_at) > d.found_at""")
                .param(channel)
                .update();
    }

    private static final String ROW =
            """
            select drift_id, channel, sku, channel_sku, expected, shown, cause, found_by, found_at, closed_at, overwritten,
                   policy, decision, decided_by, decided_at, reason
            from drift
            """;

    /** Newest first. */
    List<ChannelDesk.Drift> list(ChannelDesk.DriftFilter filter, @Nullable Long before, int limit) {
        return jdbc.sql(
                        ROW
                                + """
                        where (:channel::text is null or channel = :channel) and (:sku::text is null or sku = :sku)
                          and (:open::boolean is null or (closed_at is null) = :open)
                          and (:since::timestamptz is null or found_at >= :since)
                          and (:before::bigint is null or drift_id < :before)
                        order by drift_id desc limit :limit""")
                .param("channel", filter.channel())
                .param("sku", filter.sku())
                .param("open", filter.open())
                .param("since", filter.since() == null ? null : filter.since().atOffset(ZoneOffset.UTC))
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> drift(row))
                .list();
    }

    ChannelDesk.Drift find(long id) {
        return jdbc.sql(ROW + "where drift_id = ?")
                .param(id)
                .query((row, n) -> drift(row))
                .single();
    }

    private static ChannelDesk.Drift drift(ResultSet row) throws SQLException {
        return new ChannelDesk.Drift(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getObject(6, Long.class),
                ChannelDesk.Drift.Cause.of(row.getString(7)),
                row.getString(8),
                Objects.requireNonNull(instant(row, 9)),
                instant(row, 10),
                row.getBoolean(11),
                row.getString(12),
                row.getString(13) == null
                        ? null
                        : new ChannelDesk.Drift.Decided(
                                row.getString(13),
                                row.getString(14),
                                Objects.requireNonNull(instant(row, 15)),
                                row.getString(16)));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
