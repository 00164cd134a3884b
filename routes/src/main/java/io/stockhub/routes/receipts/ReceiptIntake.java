package io.stockhub.routes.receipts;

import io.stockhub.connectors.Failure.Stage;
import io.stockhub.mapping.canonical.Receipt;
import io.stockhub.routes.failure.FlowFailure;
import io.stockhub.routes.inbox.Outcome;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.StockMaster;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A warehouse's receipt becomes one movement, or nothing at all. Its key is the partner and the receipt's own number, so
 * that the same receipt in another file takes effect once.
 */
public final class ReceiptIntake {
    private final StockMaster stockMaster;
    private final Catalogue catalogue;

    public ReceiptIntake(StockMaster stockMaster, Catalogue catalogue) {
        this.stockMaster = stockMaster;
        this.catalogue = catalogue;
    }

    /**
     * Takes one receipt.
     *
     * @param partner who sent it; its aliases are tried first
     * @throws FlowFailure permanent: an item, unit or location that we do not know, a receipt number used before with
     *     other content
     */
    public Outcome take(String partner, Receipt receipt) {
        Answer answer = stockMaster.execute(new Command.Move(
                MovementKind.RECEIPT,
                receipt.location(),
                receipt.receiptRef(),
                receipt.reference() == null ? null : "for " + receipt.reference(),
                receipt.occurredAt(),
                partner,
                "receipt:" + partner + ":" + receipt.receiptRef(),
                ourLines(partner, receipt)));
        return switch (answer) {
            case Answer.Moved moved -> moved.replayed() ? Outcome.ALREADY_APPLIED : Outcome.APPLIED;
            case Answer.UnknownLocation unknown ->
                throw failure(
                        receipt,
                        "stock.unknown_location",
                        "No location is called \"" + unknown.location() + "\": create it, then replay.",
                        null);
            case Answer.KeyConflict conflict ->
                throw failure(
                        receipt,
                        "stock.key_conflict",
                        "Receipt " + receipt.receiptRef() + " of " + partner + " was taken before with other content.",
                        null);
            default -> throw failure(receipt, "stock.refused", answer.toString(), null);
        };
    }

    /** What {@link #take} would meet before the ledger: unknown items and units. */
    public Outcome preview(String partner, Receipt receipt) {
        ourLines(partner, receipt);
        if (catalogue.locations().stream().noneMatch(location -> location.id().equals(receipt.location()))) {
            throw failure(
                    receipt,
                    "stock.unknown_location",
                    "No location is called \"" + receipt.location() + "\": create it, then replay.",
                    null);
        }
        return Outcome.APPLIED;
    }

    private List<Command.Line> ourLines(String partner, Receipt receipt) {
        List<Command.Line> lines = new ArrayList<>();
        for (Receipt.Line line : receipt.lines()) {
            if (!line.unit().equals("EA")) {
                throw failure(
                        receipt,
                        "stock.unknown_unit",
                        "Line " + line.lineRef() + " counts \"" + line.sku() + "\" in " + line.unit()
                                + " (expected: EA; there is no factor for another unit, and none is guessed).",
                        line.sku());
            }
            String sku = catalogue
                    .resolve(partner, line.sku())
                    .orElseThrow(() -> failure(
                            receipt,
                            "stock.unknown_sku",
                            "Line " + line.lineRef() + ": no SKU or alias of " + partner + " is called \"" + line.sku()
                                    + "\" and no other SKU, too: create it, add the alias, or settle"
                                    + " the conflict, then replay.",
                            line.sku()));
            lines.add(new Command.Line(sku, line.quantity()));
        }
        return lines;
    }

    private static FlowFailure failure(Receipt receipt, String code, String message, @Nullable String sku) {
        return FlowFailure.permanent(Stage.LEDGER, code, message, sku, receipt.receiptRef());
    }
}
