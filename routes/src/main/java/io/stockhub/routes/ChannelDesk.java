package io.stockhub.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
     * @param requestsPerSecond the limit that we keep now when we tell it quantities
     * @param ordersReadUntil how far the channel's orders were read; null for channels that push orders
     * @param provenUntil every listing was read at that time or later, and was right or its drift known and dealt with;
     *     null while some never were, {@code neverProven} of them
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
            long openDrifts,
            long backorders,
            @Nullable String lastError,
            @Nullable Instant provenUntil,
            long neverProven) {

        /** One of which nothing was read back yet. */
        public Health(
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
                long openDrifts,
                long backorders,
                @Nullable String lastError) {
            this(
                    channel,
                    connector,
                    title,
                    state,
                    listings,
                    backlog,
                    oldestDirtySince,
                    delayP50,
                    delayP99,
                    breaker,
                    requestsPerSecond,
                    ordersReadUntil,
                    lastOrderAt,
                    openDeadLetters,
                    openDrifts,
                    backorders,
                    lastError,
                    null,
                    0);
        }
    }

    /**
     * What a channel was told about a SKU, in base units.
     *
     * @param ats what the rules allow now; {@code wanted} what we want the channel to show
     * @param sent last number that was on its way, {@code confirmed} last number that the channel accepted
     * @param dirtySince since when wanted is not confirmed; null when it is
     * @param proof what became of it after it was confirmed
     */
    record Listing(
            String channel,
            String sku,
            long ats,
            @Nullable Long wanted,
            @Nullable Long sent,
            @Nullable Long confirmed,
            @Nullable Instant dirtySince,
            @Nullable String lastError,
            Proof proof) {}

    /**
     * What became of a number after the channel had accepted it.
     *
     * @param applied last number that customers surely saw
     * @param verified last number that was read back as it should be, at {@code verifiedAt}
     * @param sequences the newest movement of the ledger that each number knows of
     */
    record Proof(@Nullable Long applied, @Nullable Long verified, @Nullable Instant verifiedAt, Sequences sequences) {
        public static final Proof NONE = new Proof(null, null, null, new Sequences(0, null, null, null, null));
    }

    /** Movements of the ledger, one for each state of a listing; null where the listing was never in it, 0 when not known. */
    record Sequences(
            long wanted,
            @Nullable Long sent,
            @Nullable Long confirmed,
            @Nullable Long applied,
            @Nullable Long verified) {}

    /**
     * A channel showed what it should not.
     *
     * @param expected what it should have shown, its own sales taken off
     * @param shown null when it listed no such item
     * @param foundBy {@code compare} (it refused an update that named another number) or {@code read-back}
     * @param closedAt null while nothing explains it, and while it waits for a person
     * @param overwritten our number was sent again
     * @param policy {@code overwrite}, {@code adopt} or {@code hold}: what was done about it; null while nothing was
     * @param decided what a person decided; null when nobody did
     */
    record Drift(
            long id,
            String channel,
            String sku,
            String channelSku,
            long expected,
            @Nullable Long shown,
            Cause cause,
            String foundBy,
            Instant foundAt,
            @Nullable Instant closedAt,
            boolean overwritten,
            @Nullable String policy,
            @Nullable Decided decided) {

        /** @param decision {@code overwrite} or {@code adopt} */
        public record Decided(String decision, String by, Instant at, @Nullable String reason) {}

        /** Why. */
        public enum Cause {
            /** Not known yet: an order may be on its way. */
            UNEXPLAINED,
            /** It had sold units of which we heard later. */
            SALE_IN_FLIGHT,
            /** It showed our number a while later than it should. */
            SHOWN_LATE,
            /** Somebody or something else changed it. */
            EDITED,
            /** It refused our number and stayed with the one before. */
            REJECTED_FEED,
            /** It accepted our number and stayed with the one before. */
            LOST_UPDATE,
            /** Our name for it belongs to another item there. */
            WRONG_ALIAS,
            /** It has set units of our number aside, and says so. */
            PROMOTION,
            /** It lists no such item. */
            NOT_LISTED,
            /** What is known does not suffice to say. */
            UNKNOWN;

            /** As it is spelled in the API and the database. */
            public String code() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }

            public static Cause of(String code) {
                return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
            }
        }
    }

    /** Which drift to list; null means any. @param since found then or later */
    record DriftFilter(
            @Nullable String channel, @Nullable String sku, @Nullable Boolean open, @Nullable Instant since) {

        public DriftFilter(@Nullable String channel, @Nullable String sku, @Nullable Boolean open) {
            this(channel, sku, open, null);
        }
    }

    /** Newest first. @param before the id of the last one of the page before; null for the first page */
    List<Drift> drifts(DriftFilter filter, @Nullable Long before, int limit);

    /** Has every listing of the channel read back now; how many, or absent when there is no such channel. */
    Optional<Long> readBack(String channel);

    /**
     * What all channels together may still sell of a SKU on what they were told, itself and as part of bundles, in the worst
     * case.
     *
     * @param divided the SKU is in escrow
     * @param units what there is for the channels
     * @param open the sum of {@code slices}
     * @param worst units that could be oversold right now: how much {@code open} is above {@code units}
     */
    record Exposure(String sku, boolean divided, long units, long open, long worst, List<OpenSlice> slices) {}

    /**
     * What a channel may still sell under one of its names for a SKU, or for a bundle of it, and the ledger does not know of.
     *
     * @param open units of the SKU
     */
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
