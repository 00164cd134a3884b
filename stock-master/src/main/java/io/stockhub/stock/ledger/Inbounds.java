package io.stockhub.stock.ledger;

import static io.stockhub.stock.ledger.Movements.refused;
import static io.stockhub.stock.ledger.Movements.text;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.Detail;
import io.stockhub.stock.DiscrepancyKind;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.RefusalCode;
import io.stockhub.stock.StockState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Announced goods: what a purchase order or a shipping notice says will come, and its end. */
final class Inbounds {
    private final Book book;
    private final Effects effects;

    Inbounds(Book book, Effects effects) {
        this.book = book;
        this.effects = effects;
    }

    /**
     * Each line says how much the document announces in all, so that the same announcement again changes nothing and a
     * correction is just another announcement. What came already counts against it: more than is announced is over.
     */
    Answer expect(Command.Move move, Entry entry) {
        String reference = text(move.reference());
        Book.Inbound known = book.inbound(move.location(), reference);
        if (known != null && known.closed()) {
            return refused(
                    RefusalCode.INBOUND_CLOSED,
                    "reference",
                    "\"" + reference + "\" is closed (expected: another reference)");
        }
        Map<String, Long> announced = new LinkedHashMap<>();
        move.lines().forEach(line -> announced.merge(line.sku(), line.quantity(), Long::sum));
        Map<String, Long> came = new LinkedHashMap<>();
        announced.keySet().forEach(sku -> came.put(sku, came(move.location(), reference, sku)));
        long since = known == null ? book.nextNumber() : known.since();
        effects.announcements.add(new Effects.Announcement(
                move.location(), reference, known == null, since, move.details().expectedAt(), announced));
        Map<String, Long> all = new HashMap<>(known == null ? Map.of() : known.announced());
        all.putAll(announced);
        book.addInbound(move.location(), reference, new Book.Inbound(false, since, all));
        came.forEach((sku, units) -> settle(entry, move.location(), reference, sku, units));
        return new Answer.Moved(entry.movementId(), book.recordedAt(), false);
    }

    /**
     * Units of a SKU that came of an open inbound. At any time what is expected is what was announced and did not come,
     * and what is over is what came and was not announced.
     */
    long came(String location, String reference, String sku) {
        Book.Inbound inbound = book.inbound(location, reference);
        long announced = inbound == null ? 0 : inbound.announced().getOrDefault(sku, 0L);
        return announced - book.quantity(expected(sku, location, reference)) + over(location, reference, sku);
    }

    private long over(String location, String reference, String sku) {
        return book.discrepancies(location, reference).getOrDefault(DiscrepancyKind.OVER.named(sku), 0L);
    }

    /** Makes what is expected and what is over agree with what is announced and what came. */
    void settle(Entry entry, String location, String reference, String sku, long came) {
        Book.Inbound inbound = book.inbound(location, reference);
        long announced = inbound == null ? 0 : inbound.announced().getOrDefault(sku, 0L);
        Account supplier = new Account(sku, location, StockState.SUPPLIER);
        Account expected = expected(sku, location, reference);
        long change = Math.max(0, announced - came) - book.quantity(expected);
        if (change > 0) {
            entry.post(supplier, expected, change);
        } else if (change < 0) {
            entry.post(expected, supplier, -change);
        }
        long over = Math.max(0, came - announced);
        long overBefore = over(location, reference, sku);
        if (over != overBefore) {
            over(location, reference, sku, overBefore, over, entry.movementId());
        }
    }

    /** After an announcement was reversed, its document announces what came and what is still expected. */
    void announceWhatIs(Entry entry, String location, String reference, String sku, long came) {
        Book.Inbound inbound = book.inbound(location, reference);
        if (inbound != null) {
            long announced = came + book.quantity(expected(sku, location, reference));
            effects.announcements.add(new Effects.Announcement(
                    location, reference, false, inbound.since(), null, Map.of(sku, announced)));
            Map<String, Long> all = new HashMap<>(inbound.announced());
            all.put(sku, announced);
            book.addInbound(location, reference, new Book.Inbound(inbound.closed(), inbound.since(), all));
            settle(entry, location, reference, sku, came);
        }
    }

    /** What was over before is over by another number now. */
    private void over(String location, String reference, String sku, long before, long over, long movementId) {
        if (before > 0) {
            effects.discrepancies.removeIf(found -> found.document().equals("inbound")
                    && found.location().equals(location)
                    && found.reference().equals(reference)
                    && found.sku().equals(sku)
                    && found.kind() == DiscrepancyKind.OVER);
            effects.superseded.add(new Effects.Superseded(location, reference, sku));
            book.dropDiscrepancy(location, reference, DiscrepancyKind.OVER.named(sku));
        }
        if (over > 0) {
            Long movement = movementId == 0 ? null : (Long) movementId;
            effects.discrepancies.add(
                    new Effects.Discrepancy("inbound", location, reference, sku, DiscrepancyKind.OVER, over, movement));
            book.addDiscrepancy(location, reference, DiscrepancyKind.OVER.named(sku), over, movement);
        }
    }

    /** Closes when every discrepancy is named; the error lists those that are not. */
    Answer close(Command.CloseInbound close) {
        if (book.place(close.location()) == null) {
            return new Answer.UnknownLocation(close.location());
        }
        Book.Inbound inbound = book.inbound(close.location(), close.reference());
        if (inbound == null) {
            return refused(
                    RefusalCode.UNKNOWN_INBOUND,
                    "reference",
                    "\"" + close.reference() + "\" at " + close.location()
                            + " (expected: an inbound that was announced)");
        }
        if (inbound.closed()) {
            return refused(RefusalCode.INBOUND_CLOSED, "reference", "\"" + close.reference() + "\" is closed already");
        }
        Map<String, Long> open = new TreeMap<>(book.discrepancies(close.location(), close.reference()));
        Map<String, Long> shortBySku = new TreeMap<>();
        for (String sku : inbound.announced().keySet()) {
            long missing = book.quantity(expected(sku, close.location(), close.reference()));
            if (missing > 0) {
                shortBySku.put(sku, missing);
                open.put(DiscrepancyKind.SHORT.named(sku), missing);
            }
        }
        for (int i = 0; i < close.resolutions().size(); i++) {
            Command.Resolution resolution = close.resolutions().get(i);
            if (open.remove(resolution.kind().named(resolution.sku())) == null) {
                return refused(
                        RefusalCode.NO_DISCREPANCY,
                        "resolutions[" + i + "]",
                        resolution.kind().named(resolution.sku())
                                + " (there is no such discrepancy, or it is named twice)");
            }
        }
        if (!open.isEmpty()) {
            StringBuilder rest = new StringBuilder();
            open.forEach((name, quantity) -> rest.append(rest.isEmpty() ? "" : ", ")
                    .append(quantity)
                    .append(' ')
                    .append(name));
            return refused(
                    RefusalCode.UNRECONCILED,
                    "resolutions",
                    "missing for: " + rest + " (expected: a resolution of each)");
        }
        return closed(close, shortBySku, inbound);
    }

    private Answer closed(Command.CloseInbound close, Map<String, Long> shortBySku, Book.Inbound inbound) {
        Entry entry = new Entry(
                book, effects, MovementKind.EXPECT, close.reference(), "inbound closed", close.actor(), null, null);
        shortBySku.forEach((sku, quantity) -> {
            entry.post(
                    expected(sku, close.location(), close.reference()),
                    new Account(sku, close.location(), StockState.SUPPLIER),
                    quantity);
            effects.discrepancies.add(new Effects.Discrepancy(
                    "inbound",
                    close.location(),
                    close.reference(),
                    sku,
                    DiscrepancyKind.SHORT,
                    quantity,
                    entry.movementId()));
        });
        effects.closings.add(
                new Effects.Closing(close.location(), close.reference(), close.actor(), close.resolutions()));
        book.addInbound(
                close.location(), close.reference(), new Book.Inbound(true, inbound.since(), inbound.announced()));
        return new Answer.Moved(entry.movementId(), book.recordedAt(), false);
    }

    static Account expected(String sku, String location, String reference) {
        return new Account(sku, location, StockState.EXPECTED, Detail.NONE.withHolder(reference));
    }
}
