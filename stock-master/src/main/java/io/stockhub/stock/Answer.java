package io.stockhub.stock;

import java.time.Instant;
import java.util.List;

/** What the stock master answered. Running short is an answer, not an exception. */
public sealed interface Answer {

    /** Stock moved. {@code replayed}: the key was used before with the same content; nothing moved now. */
    record Moved(long movementId, Instant recordedAt, boolean replayed) implements Answer {}

    /** The reservation as it is after the command. {@code replayed}: nothing changed now. */
    record Held(Reservation reservation, boolean replayed) implements Answer {}

    /** Nothing was done: each line that is short, all at once. */
    record InsufficientStock(List<Shortage> shortages) implements Answer {}

    /** One line that is short: {@code line} counts from 0 in the command; {@code available} at the moment of the check. */
    record Shortage(int line, String sku, long requested, long available) {}

    /** Nothing was done: line {@code line} names a SKU that nobody created. */
    record UnknownSku(int line, String sku) implements Answer {}

    /** Nothing was done: nobody created the location. */
    record UnknownLocation(String location) implements Answer {}

    /** Nothing was done: there is no such reservation. */
    record UnknownReservation(long reservationId) implements Answer {}

    /** Nothing was done: line {@code line} asks for more than the reservation still holds of the SKU. */
    record NotHeld(int line, String sku, long requested, long held) implements Answer {}

    /** Nothing was done: the key, or the order, was used before with other content. */
    record KeyConflict(String key) implements Answer {}

    /** Nothing was done: there is no such movement. */
    record UnknownMovement(long movementId) implements Answer {}

    /**
     * Nothing was done: what was asked for does not fit what is there.
     *
     * @param code which rule it breaks
     * @param field the field at fault, for example {@code lines[0].lot}
     * @param message what is wrong and what is expected
     */
    record Refused(RefusalCode code, String field, String message) implements Answer {}
}
