package io.stockhub.stock;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of the stock master. They see what is committed and take no locks. */
public interface StockQueries {

    /** What one location holds of a SKU, by state; states at zero are absent, the outside world is left out. */
    record LocationStock(String location, Map<StockState, Long> states) {}

    /** One SKU with its totals over all locations. */
    record SkuTotals(String sku, String title, long available, long reserved) {}

    /** One posting in the life of a SKU, with the movement that it belongs to. */
    record PostingView(
            long movementId,
            int line,
            MovementKind kind,
            @Nullable String reference,
            @Nullable String reason,
            String actor,
            Instant occurredAt,
            Instant recordedAt,
            String location,
            StockState from,
            StockState to,
            long quantity) {}

    /**
     * What a check of the ledger found; all but the first three must be zero.
     *
     * @param imbalanced SKUs whose accounts, the outside world included, do not sum to zero
     * @param negative balances of stock below zero
     * @param balanceMismatch balances that are not the sum of their postings
     * @param reservationMismatch (SKU, location) whose reserved balance is not what the reservations hold
     */
    record LedgerReport(
            long movements,
            long postings,
            long balances,
            long imbalanced,
            long negative,
            long balanceMismatch,
            long reservationMismatch) {
        public boolean passes() {
            return imbalanced + negative + balanceMismatch + reservationMismatch == 0;
        }
    }

    /** Stock by location, by id; empty when the SKU exists without stock, absent when it does not exist. */
    Optional<List<LocationStock>> stock(String sku);

    /** SKUs after {@code after} in key order, at most {@code limit}; {@code text} is looked for in SKU and title. */
    List<SkuTotals> list(@Nullable String after, int limit, @Nullable String text);

    /** Available units of each SKU by location; SKUs without stock are absent. */
    Map<String, Map<String, Long>> available(Collection<String> skus);

    /** Postings of a SKU, oldest first, after movement {@code afterMovement} (0 for the first). */
    List<PostingView> postings(String sku, long afterMovement, int limit);

    Optional<Reservation> reservation(long reservationId);

    Optional<Reservation> reservation(String channel, String orderRef);

    /** Checks the whole ledger in one snapshot. */
    LedgerReport verify();
}
