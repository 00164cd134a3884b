package io.stockhub.stock;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for reservations. Sees what is committed and takes no locks. */
public interface ReservationQueries {

    /** Which reservations are meant; what is null does not matter. */
    record Search(@Nullable String channel, @Nullable String orderRef, Reservation.@Nullable Status status) {}

    /**
     * @param next the {@code after} of the next page; null when there is nothing more. A page may hold fewer than were
     *     asked for, even none, and still have a next one
     */
    record Page(List<Reservation> reservations, @Nullable Long next) {}

    /**
     * Reservations in the order of their ids, all of one moment. One call looks at a bounded number of reservations,
     * however many there are and however few of them are meant.
     *
     * @param after only such with a higher id
     * @param limit at most so many
     * @throws StockUnavailableException when the database does not answer
     */
    Page reservations(Search search, long after, int limit);
}
