package io.stockhub.stock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What only some kinds of movement need.
 *
 * @param to the destination of a transfer
 * @param expectedAt when a transfer or an announced inbound should arrive
 * @param holder for whom units are blocked
 * @param reportedBy the channel that reports the movement; required at a location that the channel runs
 * @param orderChannel channel of the order that a return belongs to; goes with {@code orderRef}
 * @param orderRef the order that a return belongs to: no more comes back than was shipped
 * @param last this receipt of a transfer was the last: what is still in transit is missing
 */
public record MoveDetails(
        @Nullable String to,
        @Nullable Instant expectedAt,
        @Nullable String holder,
        @Nullable String reportedBy,
        @Nullable String orderChannel,
        @Nullable String orderRef,
        boolean last) {
    public static final MoveDetails NONE = new MoveDetails(null, null, null, null, null, null, false);

    /** A transfer to {@code location}. */
    public static MoveDetails to(String location, @Nullable Instant expectedAt) {
        return new MoveDetails(location, expectedAt, null, null, null, null, false);
    }

    /** An announced inbound. */
    public static MoveDetails expectedAt(@Nullable Instant when) {
        return new MoveDetails(null, when, null, null, null, null, false);
    }

    /** Units blocked for somebody, or blocked for them before. */
    public static MoveDetails holder(String holder) {
        return new MoveDetails(null, null, holder, null, null, null, false);
    }

    /** A movement that a channel reports of a location that it runs. */
    public static MoveDetails reportedBy(String channel) {
        return new MoveDetails(null, null, null, channel, null, null, false);
    }

    /** A return of an order. */
    public static MoveDetails ofOrder(String channel, String orderRef) {
        return new MoveDetails(null, null, null, null, channel, orderRef, false);
    }

    /** The last receipt of a transfer. */
    public static MoveDetails lastReceipt() {
        return new MoveDetails(null, null, null, null, null, null, true);
    }
}
