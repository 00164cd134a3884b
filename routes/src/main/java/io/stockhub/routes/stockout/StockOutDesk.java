package io.stockhub.routes.stockout;

import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.ChannelStates;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.reconcile.Incidents;
import io.stockhub.stock.availability.AvailabilityDesk;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How channels are, read from the database, so that every hub says the same. */
public final class StockOutDesk implements ChannelDesk {
    private static final String HEALTH =
            """
            select
              (select count(*) from listing where channel = :channel and not retired),
              (select count(*) from listing where channel = :channel and dirty_since is not null),
              (select min(dirty_since) from listing where channel = :channel),
              (select percentile_disc(0.5) within group (order by delay_ms) from recent),
              (select percentile_disc(0.99) within group (order by delay_ms) from recent),
              (select asked_until from watermark where account = :channel),
              s.last_order_at, s.paused_since, s.last_error,
              (select count(*) from dead_letter where channel = :channel and state in ('open', 'replaying')),
              (select count(distinct reservation_id) from reservation_line join reservation using (reservation_id)
               where channel = :channel and backordered > 0),
              (select count(*) from drift where channel = :channel and closed_at is null),
              (select min(proven_at) from listing where channel = :channel and confirmed is not null),
              (select count(*) from listing where channel = :channel and confirmed is not null and proven_at is null)
            from (select 1) one left join channel_state s on s.channel = :channel""";
    private static final String RECENT =
            """
            with recent as (select delay_ms from listing where channel = :channel and delay_ms is not null
                            order by confirmed_at desc limit 1000)
            """;

    private final Channels channels;
    private final ListingStore listings;
    private final SliceStore slices;
    private final DividedSkus dividedSkus;
    private final Incidents incidents;
    private final DriftStore drifts;
    private final ChannelStates states;
    private final AvailabilityDesk availability;
    private final JdbcClient jdbc;
    private final Function<Channel, String> breaker;
    private final ToDoubleFunction<Channel> callsPerSecond;
    private final Consumer<String> wakeChannel;

    /**
     * @param breaker {@code closed}, {@code open} or {@code half-open}
     * @param callsPerSecond at which a channel is told quantities now
     */
    public StockOutDesk(
            Channels channels,
            ListingStore listings,
            SliceStore slices,
            DividedSkus dividedSkus,
            Incidents incidents,
            DriftStore drifts,
            ChannelStates states,
            AvailabilityDesk availability,
            JdbcClient jdbc,
            Function<Channel, String> breaker,
            ToDoubleFunction<Channel> callsPerSecond,
            Consumer<String> wakeChannel) {
        this.channels = channels;
        this.listings = listings;
        this.slices = slices;
        this.dividedSkus = dividedSkus;
        this.incidents = incidents;
        this.drifts = drifts;
        this.states = states;
        this.availability = availability;
        this.jdbc = jdbc;
        this.breaker = breaker;
        this.callsPerSecond = callsPerSecond;
        this.wakeChannel = wakeChannel;
    }

    @Override
    public List<Health> health() {
        return channels.all().stream().map(this::health).toList();
    }

    private Health health(Channel channel) {
        return jdbc.sql(RECENT + HEALTH)
                .param("channel", channel.id())
                .query((row, n) -> {
                    String breakerState = breaker.apply(channel);
                    String lastError = row.getString(9);
                    return new Health(
                            channel.id(),
                            channel.account().connector(),
                            channel.title(),
                            state(row.getObject(8) != null, breakerState, lastError),
                            row.getLong(1),
                            row.getLong(2),
                            instant(row, 3),
                            millis(row, 4),
                            millis(row, 5),
                            breakerState,
                            callsPerSecond.applyAsDouble(channel),
                            instant(row, 6),
                            instant(row, 7),
                            row.getLong(10),
                            row.getLong(12),
                            row.getLong(11),
                            lastError,
                            row.getLong(14) > 0 ? null : instant(row, 13),
                            row.getLong(14));
                })
                .single();
    }

    private static String state(boolean paused, String breaker, @Nullable String lastError) {
        if (paused) {
            return "paused";
        }
        return !breaker.equals("closed") || lastError != null ? "delayed" : "ok";
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable Duration millis(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Duration.ofMillis(value);
    }

    @Override
    public List<Listing> listings(String sku) {
        return listings(List.of(sku));
    }

    @Override
    public List<Listing> listings(List<String> skus) {
        Map<String, Map<String, Long>> ats = availability.ats(skus);
        List<Listing> found = new ArrayList<>();
        jdbc.sql(
                        """
                        select channel, sku, wanted, sent, confirmed, dirty_since, history -> -1 ->> 'message', applied, verified,
                          verified_at, wanted_sequence, sent_sequence, confirmed_sequence, applied_sequence, verified_sequence
                        from listing where sku = any (?) and not retired order by sku, channel""")
                .param(skus.toArray(String[]::new))
                .query((row, n) -> channels.find(row.getString(1)).map(channel -> listing(row, channel, ats)))
                .list()
                .forEach(listing -> listing.ifPresent(found::add));
        return found;
    }

    @Override
    public List<Exposure> exposure(List<String> skus) {
        List<DividedSkus.Bundle> bundles = dividedSkus.bundles(skus);
        Set<String> looked = new TreeSet<>(skus);
        bundles.forEach(bundle -> looked.add(bundle.bundle()));
        Map<String, List<SliceStore.Kept>> kept = new HashMap<>();
        slices.look(looked).forEach(one -> kept.computeIfAbsent(one.sku(), sku -> new ArrayList<>())
                .add(one));
        List<Exposure> all = new ArrayList<>();
        new TreeMap<>(availability.sellable(skus)).forEach((sku, units) -> {
            List<SliceStore.Kept> own = kept.getOrDefault(sku, List.of());
            List<OpenSlice> open = new ArrayList<>(open(own, 1));
            bundles.stream()
                    .filter(bundle -> bundle.sku().equals(sku))
                    .forEach(bundle ->
                            open.addAll(open(kept.getOrDefault(bundle.bundle(), List.of()), bundle.perUnit())));
            long sum = open.stream().mapToLong(OpenSlice::open).sum();
            boolean divided = own.stream().anyMatch(SliceStore.Kept::divided);
            all.add(new Exposure(sku, divided, units, sum, Math.max(0, sum - units), open));
        });
        return all;
    }

    private static List<OpenSlice> open(List<SliceStore.Kept> kept, long perUnit) {
        return kept.stream()
                .map(one -> new OpenSlice(
                        one.channel(), one.channelSku(), perUnit * one.slice().open()))
                .toList();
    }

    @Override
    public List<Told> told(String sku, Instant when) {
        return toldBy(sku, when);
    }

    /** Items that had gone by then are left out. */
    private List<Told> toldBy(String sku, Instant when) {
        return jdbc.sql(
                        """
                        select channel, wanted, sent, confirmed from (
                          select distinct on (channel, channel_sku) * from listing_log
                          where sku = ? and told_at <= ? order by channel, channel_sku, log_id desc) last
                        where not retired order by channel""")
                .params(sku, when.atOffset(ZoneOffset.UTC))
                .query((row, n) -> new Told(
                        row.getString(1), row.getLong(2), row.getObject(3, Long.class), row.getObject(4, Long.class)))
                .list();
    }

    private static Listing listing(ResultSet row, Channel channel, Map<String, Map<String, Long>> ats) {
        try {
            String sku = row.getString(2);
            return new Listing(
                    channel.id(),
                    sku,
                    ats.getOrDefault(sku, Map.of()).getOrDefault(channel.id(), 0L),
                    row.getObject(3, Long.class),
                    row.getObject(4, Long.class),
                    row.getObject(5, Long.class),
                    instant(row, 6),
                    row.getString(7),
                    new Proof(
                            row.getObject(8, Long.class),
                            row.getObject(9, Long.class),
                            instant(row, 10),
                            new Sequences(
                                    row.getLong(11),
                                    row.getObject(12, Long.class),
                                    row.getObject(13, Long.class),
                                    row.getObject(14, Long.class),
                                    row.getObject(15, Long.class))));
        } catch (SQLException e) {
            throw new IllegalStateException("listing row", e);
        }
    }

    @Override
    public List<Drift> drifts(DriftFilter filter, @Nullable Long before, int limit) {
        return drifts.list(filter, before, limit);
    }

    @Override
    public Optional<Long> readBack(String channelId) {
        return channels.find(channelId).map(channel -> {
            incidents.happened(channelId, Incidents.Why.ASKED);
            return jdbc.sql("select count(*) from listing where channel = ? and confirmed is not null")
                    .param(channelId)
                    .query(Long.class)
                    .single();
        });
    }

    @Override
    public Optional<Long> sync(String channelId) {
        return channels.find(channelId).map(channel -> {
            states.resume(channelId);
            long marked = listings.dirtyAll(channelId);
            wakeChannel.accept(channelId);
            return marked;
        });
    }
}
