package io.stockhub.stock.ledger;

import static io.stockhub.stock.ledger.Movements.refused;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.Limits;
import io.stockhub.stock.MoveRule;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.RefusalCode;
import org.jspecify.annotations.Nullable;

/** What a movement is refused for before any of its lines is booked. */
final class MoveRefusals {
    private final Book book;
    private final Effects effects;
    private final Command.Move move;
    private final MoveRule rule;

    MoveRefusals(Book book, Effects effects, Command.Move move, MoveRule rule) {
        this.book = book;
        this.effects = effects;
        this.move = move;
        this.rule = rule;
    }

    @Nullable
    Answer refusal() {
        Book.Place place = book.place(move.location());
        if (place == null) {
            return new Answer.UnknownLocation(move.location());
        }
        if (place.managedBy() != null
                && !place.managedBy().equals(move.details().reportedBy())) {
            return refused(
                    RefusalCode.READ_ONLY_LOCATION,
                    "location",
                    "\"" + move.location() + "\" is run by " + place.managedBy() + " (expected: a location of ours;"
                            + " only its own reports change it)");
        }
        if (move.occurredAt() != null
                && move.occurredAt().isAfter(book.recordedAt().plus(Limits.AHEAD_MAX))) {
            return refused(
                    RefusalCode.IN_THE_FUTURE, "occurredAt", move.occurredAt() + " (expected: not in the future)");
        }
        for (int i = 0; i < move.lines().size(); i++) {
            Answer wrong = refusal("lines[" + i + "].", i, move.lines().get(i));
            if (wrong != null) {
                return wrong;
            }
        }
        if (move.kind() == MovementKind.RETURN) {
            return new Returns(book, effects).refusal(move);
        }
        return move.kind() == MovementKind.TRANSFER_SHIP
                        || move.kind() == MovementKind.TRANSFER_RECEIVE
                        || move.kind() == MovementKind.TRANSFER_LOSS
                ? new Transfers(book, effects).refusal(move)
                : null;
    }

    private @Nullable Answer refusal(String path, int number, Command.Line line) {
        Book.SkuInfo info = book.sku(line.sku());
        if (info == null) {
            return new Answer.UnknownSku(number, line.sku());
        }
        if (info.bundle()
                && !(move.kind() == MovementKind.RETURN && move.details().orderRef() != null)) {
            return refused(
                    RefusalCode.BUNDLE_WITHOUT_STOCK,
                    path + "sku",
                    "\"" + line.sku() + "\" is a bundle and has no stock of its own (expected: its components)");
        }
        Answer tracking = new TrackingCheck(book, move, rule).refusal(path, line, info.tracking());
        if (tracking != null) {
            return tracking;
        }
        Answer bin = unknownBin(path + "bin", line.goods().bin());
        return bin != null ? bin : unknownBin(path + "toBin", line.goods().toBin());
    }

    private @Nullable Answer unknownBin(String field, @Nullable String bin) {
        Book.Place place = book.place(move.location());
        return bin != null && place != null && place.bins() && book.pickOrder(move.location(), bin) == null
                ? refused(RefusalCode.UNKNOWN_BIN, field, "\"" + bin + "\" is no bin of " + move.location())
                : null;
    }
}
