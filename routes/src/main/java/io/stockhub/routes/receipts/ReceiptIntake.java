package io.stockhub.routes.receipts;

import io.stockhub.connectors.Failure.Stage;
import io.stockhub.mapping.canonical.Receipt;
import io.stockhub.routes.failure.FlowFailure;
import io.stockhub.routes.inbox.Outcome;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Command;
import io.stockhub.stock.Goods;
import io.stockhub.stock.InvalidCommandException;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.Tracking;
import io.stockhub.stock.Units;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A warehouse's receipt becomes one movement, or nothing at all. Its key is the partner and the receipt's own number, so
 * that the same receipt in another file takes effect once.
 */
public final class ReceiptIntake {
    private final StockMaster stockMaster;
    private final StockQueries queries;
    private final Catalogue catalogue;

    public ReceiptIntake(StockMaster stockMaster, StockQueries queries, Catalogue catalogue) {
        this.stockMaster = stockMaster;
        this.queries = queries;
        this.catalogue = catalogue;
    }

    /**
     * Takes one receipt. Received against a purchase order that was announced, it relieves what is expected of it.
     *
     * @param partner who sent it; its aliases are tried first
     * @throws FlowFailure permanent: an item, unit or location that we do not know, a receipt number used before with
     *     other content
     */
    public Outcome take(String partner, Receipt receipt) {
        List<Command.Line> lines = ourLines(partner, receipt);
        boolean announced = receipt.reference() != null && queries.isAnnounced(receipt.location(), receipt.reference());
        Answer answer = stockMaster.execute(movement(partner, receipt, announced, lines));
        if (answer instanceof Answer.KeyConflict && receipt.reference() != null) {
            // It came before, and its purchase order was announced or closed since: the same receipt all the same.
            answer = stockMaster.execute(movement(partner, receipt, !announced, lines));
        }
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
            case Answer.Refused refused ->
                throw failure(receipt, "stock." + refused.code().code().replace('-', '_'), refused.message(), null);
            default -> throw failure(receipt, "stock.refused", answer.toString(), null);
        };
    }

    /** The movement is named after the document that it is against, the announced order or the receipt itself. */
    private static Command.Move movement(String partner, Receipt receipt, boolean announced, List<Command.Line> lines) {
        String order = receipt.reference();
        return new Command.Move(
                MovementKind.RECEIPT,
                receipt.location(),
                announced ? order : receipt.receiptRef(),
                announced ? "receipt " + receipt.receiptRef() : order == null ? null : "for " + order,
                receipt.occurredAt(),
                partner,
                key(partner, receipt.receiptRef()),
                lines);
    }

    /** The key in the ledger of a partner's receipt. */
    public static String key(String partner, String receiptRef) {
        return "receipt:" + partner + ":" + receiptRef;
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
        List<String> skus = new ArrayList<>();
        for (Receipt.Line line : receipt.lines()) {
            skus.add(catalogue
                    .resolve(partner, line.sku())
                    .orElseThrow(() -> failure(
                            receipt,
                            "stock.unknown_sku",
                            "Line " + line.lineRef() + ": no SKU or alias of " + partner + " is called \"" + line.sku()
                                    + "\": create it or add the alias, then replay.",
                            line.sku())));
        }
        Map<String, Units> units = catalogue.units(skus);
        List<Command.Line> lines = new ArrayList<>();
        for (int i = 0; i < skus.size(); i++) {
            Receipt.Line line = receipt.lines().get(i);
            Units of = units.get(skus.get(i));
            lines.add(new Command.Line(skus.get(i), inBaseUnits(receipt, line, of), goods(skus.get(i), line)));
        }
        return lines;
    }

    /** Exactly, or not at all: a factor is never guessed. */
    private static long inBaseUnits(Receipt receipt, Receipt.Line line, Units units) {
        try {
            return units.toBase(BigDecimal.valueOf(line.quantity()), line.unit());
        } catch (InvalidCommandException e) {
            throw failure(
                    receipt,
                    "stock.unknown_unit",
                    "Line " + line.lineRef() + " counts \"" + line.sku() + "\" in " + line.unit() + ": "
                            + e.getMessage() + ". Give the SKU that unit, or have it sent in another, then replay.",
                    line.sku());
        }
    }

    /** The lot matters where the SKU is tracked by lot; elsewhere the warehouse's word about it stays in the message. */
    private Goods goods(String sku, Receipt.Line line) {
        if (line.lot() == null) {
            return Goods.ANY;
        }
        boolean tracked = catalogue
                .sku(sku)
                .map(known -> known.tracking() == Tracking.LOT)
                .orElse(false);
        return tracked ? Goods.ANY.withLot(line.lot(), null) : Goods.ANY;
    }

    private static FlowFailure failure(Receipt receipt, String code, String message, @Nullable String sku) {
        return FlowFailure.permanent(Stage.LEDGER, code, message, sku, receipt.receiptRef());
    }
}
