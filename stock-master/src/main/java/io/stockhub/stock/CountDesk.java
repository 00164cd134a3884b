package io.stockhub.stock;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cycle counts. Whoever counts says what is there; the books of that moment are noted beside it, so that what moves
 * between counting and posting does not look like a variance. A count becomes one movement of kind {@code count}.
 *
 * <p>Bad input throws an {@link InvalidCommandException} that names the field.
 */
public interface CountDesk {

    /** What is counted: a SKU in a bin, of a lot; null is any bin, any lot. */
    record Spot(String sku, @Nullable String bin, @Nullable String lot) {
        public Spot {
            sku = Objects.requireNonNullElse(sku, "");
        }

        /** Some unit could lie in both. */
        public boolean meets(Spot other) {
            return sku.equals(other.sku)
                    && (bin == null || other.bin == null || bin.equals(other.bin))
                    && (lot == null || other.lot == null || lot.equals(other.lot));
        }
    }

    /**
     * Opens a count. One of {@code lines}, {@code bins} and {@code abc} says what is counted; a line of a SKU tracked by
     * lot that names no lot becomes one for each lot in the books.
     *
     * @param blind whoever counts is not shown what the books say
     * @param tolerance variance in base units that needs no second count, either way
     * @param bins everything in them
     * @param abc every SKU of the class that lies at the location
     * @param key the same key and request is the same count; null when the caller gave none
     */
    record Opening(
            String location,
            boolean blind,
            long tolerance,
            List<Spot> lines,
            List<String> bins,
            @Nullable String abc,
            String actor,
            @Nullable String key) {
        public Opening {
            Check.name("location", location);
            Check.reference("key", key);
            lines = List.copyOf(lines);
            bins = List.copyOf(bins);
            if (tolerance < 0 || tolerance > Limits.QUANTITY_MAX) {
                throw new InvalidCommandException(
                        "tolerance", tolerance + " (expected: 0 to " + Limits.QUANTITY_MAX + ")");
            }
            int given = (lines.isEmpty() ? 0 : 1) + (bins.isEmpty() ? 0 : 1) + (abc == null ? 0 : 1);
            if (given != 1) {
                throw new InvalidCommandException(
                        "lines", given + " of lines, bins and abc are given (expected: exactly one)");
            }
            if (Math.max(lines.size(), bins.size()) > Limits.LINES_MAX) {
                throw new InvalidCommandException(
                        lines.isEmpty() ? "bins" : "lines", "(expected: at most " + Limits.LINES_MAX + ")");
            }
            for (int i = 0; i < lines.size(); i++) {
                spot("lines[" + i + "].", lines.get(i));
            }
            for (int i = 0; i < bins.size(); i++) {
                Check.name("bins[" + i + "]", bins.get(i));
            }
            if (abc != null) {
                Check.name("abc", abc);
            }
        }
    }

    /** What somebody counted at a spot, in {@code unit}; null is the base unit. */
    record Tally(Spot spot, long quantity, @Nullable String unit) {}

    /** What callers counted in one go. */
    record Tallies(List<Tally> lines, String actor) {
        public Tallies {
            lines = List.copyOf(lines);
            if (lines.isEmpty() || lines.size() > Limits.LINES_MAX) {
                throw new InvalidCommandException(
                        "lines", lines.size() + " (expected: 1 to " + Limits.LINES_MAX + " lines)");
            }
            for (int i = 0; i < lines.size(); i++) {
                String path = "lines[" + i + "].";
                Tally tally = lines.get(i);
                spot(path, tally.spot());
                if (tally.quantity() != 0) {
                    Check.quantity(path + "quantity", tally.quantity(), false);
                }
                if (tally.unit() != null) {
                    Check.name(path + "unit", tally.unit());
                }
            }
        }
    }

    private static void spot(String path, Spot spot) {
        Check.name(path + "sku", spot.sku());
        if (spot.bin() != null) {
            Check.name(path + "bin", spot.bin());
        }
        if (spot.lot() != null) {
            Check.name(path + "lot", spot.lot());
        }
    }

    /** How far a line is. */
    enum Progress {
        /** Nobody counted it. */
        UNCOUNTED,
        /** Counted, and too far from the books, or from the count before: another caller counts it. */
        RECOUNT,
        /** Within the tolerance, or two callers agree. */
        SETTLED
    }

    /** One act of counting; {@code booked} is what the books said at that moment. In base units. */
    record Entry(long counted, long booked, String by, Instant at) {
        public long variance() {
            return counted - booked;
        }
    }

    /** One line; {@code planned}: it was to be counted from the start, and not found by who counted. */
    record Line(int line, Spot spot, boolean planned, Progress progress, List<Entry> entries) {
        /** What counts when it is settled. */
        public Optional<Entry> last() {
            return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
        }
    }

    /** A count in a list. */
    record Head(
            long countId,
            String location,
            boolean blind,
            long tolerance,
            CountState state,
            String openedBy,
            Instant openedAt,
            @Nullable String postedBy,
            @Nullable Instant endedAt,
            @Nullable Long movementId) {}

    /** A count whole. */
    record Count(Head head, List<Line> lines) {
        /** Lines without variance by all lines, 0 to 1; empty as long as a line is not settled, or when there is none. */
        public Optional<BigDecimal> accuracy() {
            if (lines.isEmpty() || lines.stream().anyMatch(line -> line.progress() != Progress.SETTLED)) {
                return Optional.empty();
            }
            long exact = lines.stream()
                    .filter(line -> line.last().map(Entry::variance).orElse(0L) == 0)
                    .count();
            return Optional.of(
                    BigDecimal.valueOf(exact).divide(BigDecimal.valueOf(lines.size()), 4, RoundingMode.HALF_EVEN));
        }
    }

    /** An order that holds units of a SKU; {@code picked} of what it holds. */
    record Holder(long reservationId, String channel, String orderRef, String sku, long held, long picked) {}

    /** What a count answers. */
    sealed interface Result {
        /** The count after it; {@code replayed}: it was so before. */
        record Done(Count count, boolean replayed) implements Result {}

        /** Opened; {@code notCounted} are SKUs tracked by serial, which are corrected by adjustments that name serials. */
        record Opened(Count count, List<String> notCounted, boolean replayed) implements Result {}

        record UnknownCount(long countId) implements Result {}

        /** The count is not in a state for it. */
        record WrongState(CountState state) implements Result {}

        /** Nothing was noted: the caller was the last to count these lines, and another has to. */
        record CountedByYou(List<Line> lines) implements Result {}

        /** Nothing moved: these lines are not settled. */
        record NotSettled(List<Line> uncounted, List<Line> recount) implements Result {}

        /** Nothing moved, and the count is open again: orders hold units that are missing. */
        record HeldByOrders(List<Answer.Shortage> shortages, List<Holder> orders) implements Result {}

        /** Nothing was done, for a reason that the ledger would give. */
        record Rejected(Answer answer) implements Result {}
    }

    Result open(Opening opening);

    Result enter(long countId, Tallies tallies);

    /**
     * Puts the count in the ledger, once, however often it is asked for.
     *
     * @throws StockUnavailableException when the outcome is unknown; asking again is safe
     */
    Result post(long countId, String actor);

    Result cancel(long countId, String actor);

    Optional<Count> count(long countId);

    /** Counts after number {@code after}, oldest first; null leaves a condition out. */
    List<Head> counts(@Nullable Boolean open, @Nullable String location, long after, int limit);
}
