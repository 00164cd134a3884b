package io.stockhub.stock;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of the stock master. They see what is committed and take no locks. */
public interface StockQueries {

    /** What one location holds of a SKU, by state; states at zero are absent, the outside world is left out. */
    record LocationStock(String location, Map<StockState, Long> states) {}

    /**
     * A moment in the past, in two respects; null is no bound.
     *
     * @param at only what had happened by then
     * @param knownAt only what had been recorded by then
     */
    record AsOf(@Nullable Instant at, @Nullable Instant knownAt) {
        /** All that is recorded. */
        public static final AsOf NOW = new AsOf(null, null);

        public boolean isNow() {
            return at == null && knownAt == null;
        }

        /** When something that happens in the moment in which it is recorded is still in view; null is no bound. */
        public @Nullable Instant told() {
            return at == null || knownAt != null && knownAt.isBefore(at) ? knownAt : at;
        }
    }

    /**
     * Units that a lot, serial, bin, pool or holder tells apart.
     *
     * @param expiry of the lot; null when there is none or it is not known
     */
    record HeldUnits(StockState state, Detail detail, @Nullable LocalDate expiry, long quantity) {}

    /**
     * What one location holds.
     *
     * @param states by state; zero is absent. In a view of the past a state may be negative: what left was written down
     *     as earlier than what came
     * @param details all of it by unit, where there is more than plain units; else empty
     */
    record Place(String location, Map<StockState, Long> states, List<HeldUnits> details) {}

    /** Units on their way to us; {@code date} (UTC) is null when nobody said when. */
    record Expected(@Nullable LocalDate date, long quantity) {}

    /** {@code quantity} units of {@code sku} in one unit of a bundle. */
    record Component(String sku, long quantity) {}

    /**
     * A SKU as of some moment.
     *
     * @param places by location, the outside world left out
     * @param expected by date, unknown dates last: announced by suppliers and in transit between our locations
     * @param components what one unit of a bundle is made of, nested bundles taken apart; empty for other SKUs
     */
    record SkuStock(List<Place> places, List<Expected> expected, List<Component> components) {}

    /** One SKU with its totals over all locations. */
    record SkuTotals(String sku, String title, long available, long reserved) {}

    /** The order that a posting was for. */
    record OrderRef(long reservationId, String channel, String orderRef) {}

    /**
     * One posting in the life of a SKU, with the movement that it belongs to and what there was after it.
     *
     * @param location where the units are after it
     * @param fromLocation where they were before; the same but for transfers
     * @param fromDetail which units, before; {@code toDetail} after
     * @param order null when it was for none, or it is not known
     * @param reverses the movement that this one undoes; {@code reversedBy} the one that undid it
     * @param onHand units of the SKU inside our walls after it, all locations and states, in the order of the ledger
     * @param available of those, for sale
     */
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
            long quantity,
            String fromLocation,
            Detail fromDetail,
            Detail toDetail,
            @Nullable OrderRef order,
            @Nullable Long reverses,
            @Nullable Long reversedBy,
            long onHand,
            long available) {}

    /** How a check of the ledger reads. */
    enum VerifyMode {
        /** Everything. */
        FULL,
        /** What came since the last incremental check that found nothing, and all accounts. */
        INCREMENTAL
    }

    /** One thing that is wrong: {@code what} names the row, {@code detail} says what is the matter with it. */
    record LedgerFinding(LedgerCheck check, String what, String detail) {}

    /** The last link of the chain: the same hash later means that nothing up to it was changed. */
    record SealPoint(long position, long movementId, String hash, Instant sealedAt) {}

    /**
     * What a check of the ledger found.
     *
     * @param movements how many there are; {@code postings} and {@code balances} (accounts) likewise
     * @param unsealed movements too young for the chain
     * @param until up to where the chain was checked; null when nothing is sealed
     * @param counts how much each check found; what it did not find is absent
     * @param findings the first 20 of each check
     */
    record LedgerReport(
            VerifyMode mode,
            long movements,
            long postings,
            long balances,
            long unsealed,
            @Nullable SealPoint until,
            Map<LedgerCheck, Long> counts,
            List<LedgerFinding> findings) {

        public boolean passes() {
            return counts.isEmpty();
        }

        public long count(LedgerCheck check) {
            return counts.getOrDefault(check, 0L);
        }

        /** SKUs whose accounts, the outside world included, do not sum to zero. */
        public long imbalanced() {
            return count(LedgerCheck.IMBALANCED);
        }

        /** Accounts of stock below zero. */
        public long negative() {
            return count(LedgerCheck.NEGATIVE);
        }

        /** Accounts that are not the sum of their postings. */
        public long balanceMismatch() {
            return count(LedgerCheck.BALANCE_MISMATCH);
        }

        /** Reserved and picked accounts that are not what the reservations hold. */
        public long reservationMismatch() {
            return count(LedgerCheck.RESERVATION_MISMATCH);
        }
    }

    /** Stock by location, by id; empty when the SKU exists without stock, absent when it does not exist. */
    Optional<List<LocationStock>> stock(String sku);

    /** Stock as of a moment, now included; absent when the SKU does not exist. */
    Optional<SkuStock> stock(String sku, AsOf asOf);

    /** SKUs after {@code after} in key order, at most {@code limit}; {@code text} is looked for in SKU and title. */
    List<SkuTotals> list(@Nullable String after, int limit, @Nullable String text);

    /** Available units of each SKU by location; SKUs without stock are absent. */
    Map<String, Map<String, Long>> available(Collection<String> skus);

    /** Postings of a SKU, oldest first, after movement {@code afterMovement} (0 for the first). */
    List<PostingView> postings(String sku, long afterMovement, int limit);

    Optional<Reservation> reservation(long reservationId);

    /** Those of these reservations that exist, in the order of their ids. */
    default List<Reservation> reservations(Collection<Long> reservationIds) {
        return reservationIds.stream()
                .sorted()
                .map(this::reservation)
                .flatMap(Optional::stream)
                .toList();
    }

    Optional<Reservation> reservation(String channel, String orderRef);

    /** True while goods are announced for the location under the reference and their inbound is open. */
    boolean isAnnounced(String location, String reference);

    /** Checks the whole ledger in one snapshot. */
    default LedgerReport verify() {
        return verify(VerifyMode.FULL);
    }

    /** Checks the ledger in one snapshot. An incremental check that finds nothing is where the next one begins. */
    LedgerReport verify(VerifyMode mode);
}
