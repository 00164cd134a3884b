package io.stockhub.stock;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for reservations. Sees what is committed and takes no locks. */
public interface ReservationQueries {

    /** Which reservations are meant; what is null does not matter. */
    record Search(@Nullable String channel, @Nullable String orderRef, Reservation.@Nullable Status status) {}

    /**
     * Reservations in the order of their ids, all of one moment.
     *
     * @param after only such with a higher id
     * @param limit at most so many
     * @throws StockUnavailableException when the database does not answer
     */
    List<Reservation> reservations(Search search, long after, int limit);
}
