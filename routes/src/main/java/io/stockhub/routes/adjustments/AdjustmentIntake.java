package io.stockhub.routes.adjustments;

import io.stockhub.connectors.Failure.Stage;
import io.stockhub.mapping.canonical.Adjustment;
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
 * A reported adjustment becomes one movement, or nothing at all. Its key is the sender and its own number, so that the same
 * adjustment in another message takes effect once.
 */
public final class AdjustmentIntake {
    private final StockMaster stockMaster;
    private final Catalogue catalogue;

    public AdjustmentIntake(StockMaster stockMaster, Catalogue catalogue) {
        this.stockMaster = stockMaster;
        this.catalogue = catalogue;
    }

    /**
     * Takes one adjustment.
     *
     * @param source who sent it; its aliases are tried first
     * @throws FlowFailure permanent: an item or location that we do not know, fewer units than it takes away, a number used
     *     before with other content
     */
    public Outcome take(String source, Adjustment adjustment) {
        Answer answer = stockMaster.execute(new Command.Move(
                MovementKind.ADJUSTMENT,
                adjustment.location(),
                adjustment.adjustmentRef(),
                adjustment.reason(),
                adjustment.occurredAt(),
                source,
                key(source, adjustment),
                ourLines(source, adjustment)));
        return switch (answer) {
            case Answer.Moved moved -> moved.replayed() ? Outcome.ALREADY_APPLIED : Outcome.APPLIED;
            case Answer.UnknownLocation unknown -> throw unknownLocation(adjustment);
            case Answer.KeyConflict conflict ->
                throw failure(
                        adjustment,
                        "stock.key_conflict",
                        "Adjustment " + adjustment.adjustmentRef() + " of " + source
                                + " was taken before with other content.",
                        null);
            case Answer.InsufficientStock insufficient ->
                throw failure(
                        adjustment,
                        "stock.insufficient",
                        "It takes away more than there is at " + adjustment.location()
                                + ": count the shelf, then replay or discard.",
                        null);
            case Answer.Refused refused ->
                throw failure(adjustment, "stock." + refused.code().code().replace('-', '_'), refused.message(), null);
            default -> throw failure(adjustment, "stock.refused", answer.toString(), null);
        };
    }

    /** Under which the ledger remembers it. */
    public static String key(String source, Adjustment adjustment) {
        return "adjustment:" + source + ":" + adjustment.adjustmentRef();
    }

    /** What {@link #take} would meet before the ledger: unknown items and locations. */
    public Outcome preview(String source, Adjustment adjustment) {
        ourLines(source, adjustment);
        if (catalogue.locations().stream().noneMatch(location -> location.id().equals(adjustment.location()))) {
            throw unknownLocation(adjustment);
        }
        return Outcome.APPLIED;
    }

    private List<Command.Line> ourLines(String source, Adjustment adjustment) {
        List<Command.Line> lines = new ArrayList<>();
        for (Adjustment.Line line : adjustment.lines()) {
            String sku = catalogue
                    .resolve(source, line.sku())
                    .orElseThrow(() -> failure(
                            adjustment,
                            "stock.unknown_sku",
                            "Line " + line.lineRef() + ": no SKU or alias of " + source + " is called \"" + line.sku()
                                    + "\": create it or add the alias, then replay.",
                            line.sku()));
            lines.add(new Command.Line(sku, line.quantity()));
        }
        return lines;
    }

    private static FlowFailure unknownLocation(Adjustment adjustment) {
        return failure(
                adjustment,
                "stock.unknown_location",
                "No location is called \"" + adjustment.location() + "\": create it, then replay.",
                null);
    }

    private static FlowFailure failure(Adjustment adjustment, String code, String message, @Nullable String sku) {
        return FlowFailure.permanent(Stage.LEDGER, code, message, sku, adjustment.adjustmentRef());
    }
}
