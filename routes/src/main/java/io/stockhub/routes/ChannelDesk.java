package io.stockhub.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What operations ask of channels: how they are, what they were told, push again. */
public interface ChannelDesk {

    /**
     * One channel.
     *
     * @param state {@code ok}, {@code delayed} (its breaker is open or updates fail), {@code paused} (its settings are
     *     refused, a person must act)
     * @param listings how many (SKU, channel) pairs we keep up to date
     * @param backlog listings whose wanted number is not confirmed yet
     * @param delayP50 and p99 from the change in the ledger to the channel's confirmation, last 1,000; null before the
     *     first
     * @param breaker {@code closed}, {@code open} or {@code half-open}
     * @param requestsPerSecond the limit that we keep
     * @param ordersReadUntil how far the channel's orders were read; null for channels that push orders
     */
    record Health(
            String channel,
            String connector,
            String title,
            String state,
            long listings,
            long backlog,
            @Nullable Instant oldestDirtySince,
            @Nullable Duration delayP50,
            @Nullable Duration delayP99,
            String breaker,
            double requestsPerSecond,
            @Nullable Instant ordersReadUntil,
            @Nullable Instant lastOrderAt,
            long openDeadLetters,
            long backorders,
            @Nullable String lastError) {}

    /**
     * What a channel was told about a SKU, in base units.
     *
     * @param ats what the rules allow now; {@code wanted} what we want the channel to show
     * @param sent last number that was on its way, {@code confirmed} last number that the channel accepted
     * @param dirtySince since when wanted is not confirmed; null when it is
     */
    record Listing(
            String channel,
            String sku,
            long ats,
            @Nullable Long wanted,
            @Nullable Long sent,
            @Nullable Long confirmed,
            @Nullable Instant dirtySince,
            @Nullable String lastError) {}

    /**
     * What all channels together may still sell of a SKU on what they were told, in the worst case.
     *
     * @param divided the SKU is in escrow
     * @param units what there is for the channels
     * @param open the sum of {@code slices}
     * @param worst units that could be oversold right now: how much {@code open} is above {@code units}
     */
    record Exposure(String sku, boolean divided, long units, long open, long worst, List<OpenSlice> slices) {}

    /** What a channel may still sell under one of its names for a SKU, and the ledger does not know of. */
    record OpenSlice(String channel, String channelSku, long open) {}

    /** Of each SKU that exists, by SKU. */
    List<Exposure> exposure(List<String> skus);

    List<Health> health();

    /** One per channel that lists the SKU, by channel id. */
    List<Listing> listings(String sku);

    /** What a channel had been told about a SKU by some moment, in base units. */
    record Told(String channel, long wanted, @Nullable Long sent, @Nullable Long confirmed) {}

    /** One per channel that listed the SKU at {@code when}, by channel id. */
    List<Told> told(String sku, Instant when);

    /** Listings of the given SKUs, for pages that show many. */
    List<Listing> listings(List<String> skus);

    /** Marks every listing of the channel for sending again; absent when there is no such channel. */
    Optional<Long> sync(String channel);
}
