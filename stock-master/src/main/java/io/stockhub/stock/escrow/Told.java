package io.stockhub.stock.escrow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A number that a channel was told and may still be selling on.
 *
 * @param number units
 * @param sentAt when it left, before the call
 * @param soldBefore what {@link Slice#sold} was then
 * @param appliedBy when the channel was seen to have taken it; null while nobody knows whether it has
 * @param lost nobody will say any more whether it was taken: the call broke off, or its time was over
 */
public record Told(long number, Instant sentAt, long soldBefore, @Nullable Instant appliedBy, boolean lost) {

    static Told sent(long number, Instant at, long soldBefore) {
        return new Told(number, at, soldBefore, null, false);
    }

    Told applied(Instant at) {
        return new Told(number, sentAt, soldBefore, at, false);
    }

    /** It is the oldest number that counts from now on. */
    Told first() {
        return new Told(number, sentAt, 0, appliedBy, lost);
    }

    /** So many of what was sold before it do not count any more. */
    Told less(long units) {
        return new Told(number, sentAt, Math.max(0, soldBefore - units), appliedBy, lost);
    }

    Told givenUp() {
        return new Told(number, sentAt, soldBefore, null, true);
    }

    boolean waits() {
        return appliedBy == null && !lost;
    }
}
