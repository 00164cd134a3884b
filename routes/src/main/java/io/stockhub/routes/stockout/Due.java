package io.stockhub.routes.stockout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A listing that this hub may update until its lease ends.
 *
 * @param quantity what the channel should show, as of {@code version}
 * @param expected what the channel should be showing now; null when we do not know
 * @param mismatchSince since when it shows something else
 * @param attempts failed ones since the last confirmation
 * @param ownAttempts those of them in which the listing failed alone, and not its channel as a whole
 * @param claim fencing token: what is written under an older one is ignored
 * @param divided its SKU is in escrow
 * @param inDoubt in escrow, at a channel that compares: nobody knows whether the number before arrived
 */
record Due(
        String sku,
        String channelSku,
        @Nullable String channelItem,
        long quantity,
        long version,
        @Nullable Long expected,
        @Nullable Instant mismatchSince,
        int attempts,
        int ownAttempts,
        long claim,
        boolean divided,
        boolean inDoubt) {

    Due knowing(@Nullable String item, long shown) {
        return new Due(
                sku,
                channelSku,
                item,
                quantity,
                version,
                shown,
                mismatchSince,
                attempts,
                ownAttempts,
                claim,
                divided,
                inDoubt);
    }

    Due at(long newVersion) {
        return new Due(
                sku,
                channelSku,
                channelItem,
                quantity,
                newVersion,
                expected,
                mismatchSince,
                attempts,
                ownAttempts,
                claim,
                divided,
                inDoubt);
    }
}
