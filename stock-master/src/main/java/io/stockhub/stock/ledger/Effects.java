package io.stockhub.stock.ledger;

import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows that a batch of decided commands means, in the order in which they were decided. */
public final class Effects {

    /** A row of {@code movement}. */
    public record Movement(
            long movementId,
            MovementKind kind,
            @Nullable String reference,
            @Nullable String reason,
            String actor,
            Instant occurredAt) {}

    /** A row of {@code posting}: {@code quantity} units, always positive, leave one account and enter another. */
    public record Posting(long movementId, int line, Account from, Account to, long quantity) {}

    /** A row of {@code reservation} with its lines and allocations as they were when it was accepted. */
    public record NewReservation(
            Reservation reservation, byte[] contentHash, Command.@Nullable ShipTo shipTo, String actor) {}

    /** What a command added to an allocation. */
    public record AllocationChange(long reservationId, int line, String location, long shipped, long cancelled) {}

    /** What a command took off a backorder. */
    public record BackorderChange(long reservationId, int line, long dropped) {}

    /** Units that a location holds from now on for a line that waited for them. */
    public record Filled(long reservationId, int line, String location, long quantity) {}

    /** A row of {@code idempotency}. */
    public record Remembered(String key, byte[] contentHash, @Nullable Long movementId, @Nullable Long reservationId) {}

    final List<Movement> movements = new ArrayList<>();
    final List<Posting> postings = new ArrayList<>();
    final List<NewReservation> reservations = new ArrayList<>();
    final List<AllocationChange> allocationChanges = new ArrayList<>();
    final List<BackorderChange> backorderChanges = new ArrayList<>();
    final List<Filled> filled = new ArrayList<>();
    final List<Remembered> remembered = new ArrayList<>();

    public List<Movement> movements() {
        return movements;
    }

    public List<Posting> postings() {
        return postings;
    }

    public List<NewReservation> reservations() {
        return reservations;
    }

    public List<AllocationChange> allocationChanges() {
        return allocationChanges;
    }

    public List<BackorderChange> backorderChanges() {
        return backorderChanges;
    }

    public List<Filled> filled() {
        return filled;
    }

    public List<Remembered> remembered() {
        return remembered;
    }

    /** True when the batch changed nothing: only rejections and repeats. */
    public boolean isEmpty() {
        return movements.isEmpty() && reservations.isEmpty() && backorderChanges.isEmpty() && remembered.isEmpty();
    }

    /** Net change of each balance, in lock order; balances that end where they began are left out. */
    public SortedMap<Account, Long> balanceChanges() {
        SortedMap<Account, Long> changes = new TreeMap<>();
        for (Posting posting : postings) {
            changes.merge(posting.from(), -posting.quantity(), Long::sum);
            changes.merge(posting.to(), posting.quantity(), Long::sum);
        }
        changes.values().removeIf(change -> change == 0);
        return changes;
    }

    /** SKUs of which available stock changed, each with the last movement that changed it. */
    public SortedMap<String, Long> changedSkus() {
        SortedMap<String, Long> skus = new TreeMap<>();
        for (Posting posting : postings) {
            if (posting.from().state() == StockState.AVAILABLE || posting.to().state() == StockState.AVAILABLE) {
                skus.merge(posting.from().sku(), posting.movementId(), Math::max);
            }
        }
        return skus;
    }
}
