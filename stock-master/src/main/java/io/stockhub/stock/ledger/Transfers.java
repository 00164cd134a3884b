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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From one location of ours to another: what left is in transit until it arrives or is given up. */
final class Transfers {
    private final Book book;
    private final Effects effects;

    Transfers(Book book, Effects effects) {
        this.book = book;
        this.effects = effects;
    }

    @Nullable
    Answer refusal(Command.Move move) {
        Book.Transfer known = book.transfer(text(move.reference()));
        if (move.kind() == MovementKind.TRANSFER_SHIP) {
            String to = text(move.details().to());
            if (book.place(to) == null) {
                return refused(RefusalCode.UNKNOWN_LOCATION, "to", "\"" + to + "\" (expected: a location that exists)");
            }
            if (to.equals(move.location())) {
                return refused(
                        RefusalCode.SAME_LOCATION,
                        "to",
                        "\"" + to + "\" is where it leaves (expected: another location)");
            }
            return known == null
                    ? null
                    : refused(
                            RefusalCode.TRANSFER_EXISTS,
                            "reference",
                            "transfer \"" + move.reference() + "\" left " + known.from() + " already (expected: a new"
                                    + " identifier; the same request is repeated with the same Idempotency-Key)");
        }
        if (known == null) {
            return refused(
                    RefusalCode.UNKNOWN_TRANSFER,
                    "reference",
                    "\"" + move.reference() + "\" (expected: the identifier of a transfer that left)");
        }
        return known.to().equals(move.location())
                ? null
                : refused(
                        RefusalCode.WRONG_LOCATION,
                        "location",
                        "\"" + move.location() + "\" (expected: " + known.to() + ", where transfer \""
                                + move.reference() + "\" goes)");
    }

    /** After the last receipt: what is still in transit is missing. */
    void lose(Command.Move move, List<Effects.Discrepancy> discrepancies) {
        String transfer = text(move.reference());
        Entry loss = new Entry(
                book,
                effects,
                MovementKind.TRANSFER_LOSS,
                transfer,
                "not there at the last receipt",
                move.actor(),
                move.occurredAt(),
                null);
        Map<String, Long> lost = new TreeMap<>();
        for (String sku : book.skus()) {
            Map<Detail, Long> carried = new TreeMap<>(book.units(sku, move.location(), StockState.IN_TRANSIT));
            carried.forEach((detail, quantity) -> {
                if (detail.holder().equals(transfer)) {
                    Account from = new Account(sku, move.location(), StockState.IN_TRANSIT, detail);
                    loss.post(from, from.in(StockState.SHRINKAGE), quantity);
                    lost.merge(sku, quantity, Long::sum);
                }
            });
        }
        lost.forEach((sku, quantity) -> discrepancies.add(new Effects.Discrepancy(
                "transfer", move.location(), transfer, sku, DiscrepancyKind.MISSING, quantity, loss.movementId())));
    }
}
