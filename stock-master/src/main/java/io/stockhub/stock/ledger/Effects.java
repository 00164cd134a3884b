package io.stockhub.stock.ledger;

import io.stockhub.stock.Command;
import io.stockhub.stock.DiscrepancyKind;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            Instant occurredAt,
            @Nullable Long reverses) {}

    /** The line of an order that a posting is for. */
    public record OrderLine(long reservationId, int line) {}

    /** A row of {@code posting}: {@code quantity} units, always positive, leave one account and enter another. */
    public record Posting(
            long movementId,
            int line,
            Account from,
            Account to,
            long quantity,
            @Nullable BigDecimal unitCost,
            @Nullable OrderLine orderLine) {}

    /** A row of {@code reservation} with its lines as they were when it was accepted; what it got is in the changes. */
    public record NewReservation(
            Reservation reservation, byte[] contentHash, Command.@Nullable ShipTo shipTo, String actor) {}

    /** A reservation that became an order, or ran out. */
    public record HoldEnd(long reservationId, boolean expired) {}

    /** What a command changed in an allocation, by its reserved account; a new allocation starts at zero. */
    public record AllocationChange(
            OrderLine line, Account reserved, long quantity, long picked, long shipped, long cancelled) {}

    /** What a command added to the backorder of a line and to what came back of it. */
    public record LineChange(OrderLine line, long backordered, long returned) {}

    /** A lot that was not known, or whose expiry was not. */
    public record Lot(String sku, String lot, @Nullable LocalDate expiry) {}

    /** A transfer that left. */
    public record NewTransfer(
            String transferId, String from, String to, @Nullable Instant expectedAt, long movementId) {}

    /** What an announcement now says of an inbound; {@code announced} is the whole number, not the change. */
    public record Announcement(
            String location,
            String reference,
            boolean isNew,
            long since,
            @Nullable Instant expectedAt,
            Map<String, Long> announced) {}

    /** A difference between a document and what happened. */
    public record Discrepancy(
            String document,
            String location,
            String reference,
            String sku,
            DiscrepancyKind kind,
            long quantity,
            @Nullable Long movementId) {}

    /** What was over of an inbound's SKU, until a corrected announcement said anew how much is. */
    public record Superseded(String location, String reference, String sku) {}

    /** An inbound from which nothing more is expected, with what becomes of its discrepancies. */
    public record Closing(String location, String reference, String actor, List<Command.Resolution> resolutions) {}

    /** A row of {@code idempotency}. */
    public record Remembered(String key, byte[] contentHash, @Nullable Long movementId, @Nullable Long reservationId) {}

    final List<Movement> movements = new ArrayList<>();
    final List<Posting> postings = new ArrayList<>();
    final List<NewReservation> reservations = new ArrayList<>();
    final List<HoldEnd> holdEnds = new ArrayList<>();
    final List<AllocationChange> allocationChanges = new ArrayList<>();
    final List<LineChange> lineChanges = new ArrayList<>();
    final List<Lot> lots = new ArrayList<>();
    final List<NewTransfer> transfers = new ArrayList<>();
    final List<Announcement> announcements = new ArrayList<>();
    final List<Superseded> superseded = new ArrayList<>();
    final List<Discrepancy> discrepancies = new ArrayList<>();
    final List<Closing> closings = new ArrayList<>();
    final List<Long> reversed = new ArrayList<>();
    final Map<String, BigDecimal> costs = new LinkedHashMap<>();
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

    public List<HoldEnd> holdEnds() {
        return holdEnds;
    }

    public List<AllocationChange> allocationChanges() {
        return allocationChanges;
    }

    public List<LineChange> lineChanges() {
        return lineChanges;
    }

    public List<Lot> lots() {
        return lots;
    }

    public List<NewTransfer> transfers() {
        return transfers;
    }

    public List<Announcement> announcements() {
        return announcements;
    }

    /** To be written before {@link #discrepancies}. */
    public List<Superseded> superseded() {
        return superseded;
    }

    public List<Discrepancy> discrepancies() {
        return discrepancies;
    }

    public List<Closing> closings() {
        return closings;
    }

    /** Movements whose discrepancies a reversal settled. */
    public List<Long> reversed() {
        return reversed;
    }

    /** The moving average of each SKU whose average changed. */
    public Map<String, BigDecimal> costs() {
        return costs;
    }

    public List<Remembered> remembered() {
        return remembered;
    }

    /** True when the batch changed nothing: only rejections and repeats. */
    public boolean isEmpty() {
        return movements.isEmpty()
                && reservations.isEmpty()
                && lineChanges.isEmpty()
                && holdEnds.isEmpty()
                && announcements.isEmpty()
                && closings.isEmpty()
                && remembered.isEmpty();
    }

    /** Net change of each account, sorted; accounts that end where they began are there with zero. */
    public SortedMap<Account, Long> accountChanges() {
        SortedMap<Account, Long> changes = new TreeMap<>();
        for (Posting posting : postings) {
            changes.merge(posting.from(), -posting.quantity(), Long::sum);
            changes.merge(posting.to(), posting.quantity(), Long::sum);
        }
        allocationChanges.forEach(change -> changes.putIfAbsent(change.reserved(), 0L));
        return changes;
    }

    /** Serials that came inside the walls (+1) or left (-1). */
    public Map<Serial, Integer> serialChanges() {
        Map<Serial, Integer> changes = new TreeMap<>();
        for (Posting posting : postings) {
            String from = posting.from().detail().serial();
            String to = posting.to().detail().serial();
            if (!from.equals(to)) {
                Serial serial = new Serial(posting.from().sku(), from.isEmpty() ? to : from);
                changes.merge(serial, from.isEmpty() ? 1 : -1, Integer::sum);
            }
        }
        changes.values().removeIf(change -> change == 0);
        return changes;
    }

    /** One unit. */
    public record Serial(String sku, String serial) implements Comparable<Serial> {
        @Override
        public int compareTo(Serial other) {
            int bySku = sku.compareTo(other.sku);
            return bySku != 0 ? bySku : serial.compareTo(other.serial);
        }
    }

    /** SKUs of which available, coming or promised stock changed, each with the last movement that changed it. */
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
