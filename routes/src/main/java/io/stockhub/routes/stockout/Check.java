package io.stockhub.routes.stockout;

import io.stockhub.routes.reconcile.Risk;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A listing that is read back.
 *
 * @param expected what it should be showing now, when it took what it was told last
 * @param wanted what it was to be told last: another number where that was refused, or is held
 * @param confirmed what it accepted last
 * @param replaced what it was showing when it accepted the last number; null when that was not known
 * @param acceptedFor how long ago it accepted the last number
 * @param wrongFor how long ago it was first seen to show something else; null when it was not
 * @param ordersRead its orders were read since then
 * @param proved it was seen to show the last number before
 * @param shownBefore what it showed when it was last seen to be wrong; null when it was not
 * @param overwritten how often it was told this number again, and stayed where it was, since it was last seen to show
 *     what it should
 * @param demand units sold lately, of which half count after a minute
 * @param sinceDrift how long ago it was found wrong; very long where it never was
 * @param readAt when it was claimed
 */
record Check(
        String sku,
        String channelSku,
        @Nullable String channelItem,
        long version,
        long expected,
        long wanted,
        @Nullable Long confirmed,
        @Nullable Long replaced,
        Duration acceptedFor,
        @Nullable Duration wrongFor,
        boolean ordersRead,
        boolean proved,
        boolean divided,
        boolean held,
        boolean stopped,
        boolean retired,
        long setAside,
        int attempts,
        @Nullable Long shownBefore,
        int overwritten,
        double demand,
        Duration sinceDrift,
        Instant readAt) {

    Risk risk(long shown) {
        return Risk.of(shown, demand, sinceDrift);
    }
}
