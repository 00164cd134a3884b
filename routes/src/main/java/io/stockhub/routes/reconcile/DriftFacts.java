package io.stockhub.routes.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a listing that shows another number than it should. Numbers in base units.
 *
 * @param shown null when the channel lists no such item
 * @param expected what it should show: the last accepted number, less what the ledger knows that it sold since
 * @param sold units that the channel lowered itself by since it accepted that number, as far as the ledger knows
 * @param before what it showed when it accepted the last number; null when that was not known
 * @param seenRight it was seen to show the last number before
 * @param orders what is known of the orders that the channel took until this was first seen
 * @param refusal code of the channel's refusal of the number that it should show; null when it accepted it
 * @param setAside units that the channel says it keeps out of the number now; null when it says nothing of it
 * @param setAsideBefore the same when the number was told
 * @param otherItem the name belongs to another item of the channel than when we told it last
 * @param swapped other listings of ours there that show our number while this one shows theirs
 */
public record DriftFacts(
        @Nullable Long shown,
        long expected,
        long sold,
        @Nullable Long before,
        boolean seenRight,
        Orders orders,
        @Nullable String refusal,
        @Nullable Long setAside,
        long setAsideBefore,
        boolean otherItem,
        int swapped) {

    /** Whether an order may be missing in the ledger. */
    public enum Orders {
        /** All are in the ledger. */
        READ,
        /** They were not read that far yet, or wait in the inbox. */
        NOT_READ,
        /** One that may name the item is a dead letter. */
        ONE_IS_DEAD,
        /** The channel only sends us its orders: nobody can say up to when they are here. */
        PUSHED,
        /** The channel sells nothing. */
        NONE
    }
}
