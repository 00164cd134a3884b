package io.stockhub.stock.ledger;

import static io.stockhub.stock.ledger.Movements.refused;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.Goods;
import io.stockhub.stock.MoveRule;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.RefusalCode;
import io.stockhub.stock.Tracking;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a line names lots and serials as its SKU asks for, and such as fit what is known of them. */
final class TrackingCheck {
    private final Book book;
    private final Command.Move move;
    private final MoveRule rule;

    TrackingCheck(Book book, Command.Move move, MoveRule rule) {
        this.book = book;
        this.move = move;
        this.rule = rule;
    }

    @Nullable
    Answer refusal(String path, Command.Line line, Tracking tracking) {
        Goods goods = line.goods();
        if (move.kind() == MovementKind.EXPECT) {
            return null;
        }
        if (tracking != Tracking.LOT && goods.lot() != null) {
            return refused(RefusalCode.NOT_TRACKED, path + "lot", "\"" + line.sku() + "\" is not tracked by lot");
        }
        if (tracking != Tracking.SERIAL && !goods.serials().isEmpty()) {
            return refused(
                    RefusalCode.NOT_TRACKED, path + "serials", "\"" + line.sku() + "\" is not tracked by serial");
        }
        if (goods.expiry() != null && goods.lot() == null) {
            return refused(RefusalCode.LOT_MISSING, path + "lot", "missing (expiry is that of a lot)");
        }
        boolean chosenForThem = move.kind() == MovementKind.TRANSFER_SHIP
                || move.kind() == MovementKind.TRANSFER_RECEIVE
                || move.kind() == MovementKind.TRANSFER_LOSS;
        if (tracking == Tracking.LOT && goods.lot() == null && !chosenForThem) {
            return refused(RefusalCode.LOT_MISSING, path + "lot", "missing (\"" + line.sku() + "\" is tracked by lot)");
        }
        if (tracking == Tracking.SERIAL && goods.serials().isEmpty() && !chosenForThem) {
            return refused(
                    RefusalCode.SERIALS_MISSING,
                    path + "serials",
                    "missing (\"" + line.sku() + "\" is tracked by serial)");
        }
        if (tracking == Tracking.SERIAL && move.kind() == MovementKind.COUNT) {
            return refused(
                    RefusalCode.SERIALS_NOT_COUNTED,
                    path + "sku",
                    "\"" + line.sku() + "\" is tracked by serial (expected: an adjustment that names the serials)");
        }
        Answer expiry = expiry(path, line);
        return expiry != null ? expiry : serials(path, line);
    }

    private @Nullable Answer expiry(String path, Command.Line line) {
        Goods goods = line.goods();
        if (goods.lot() == null || goods.expiry() == null) {
            return null;
        }
        LocalDate known = book.expiry(line.sku(), goods.lot());
        if (known != null && !known.equals(goods.expiry())) {
            return refused(
                    RefusalCode.LOT_DIFFERS,
                    path + "expiry",
                    goods.expiry() + " (lot \"" + goods.lot() + "\" of " + line.sku() + " expires on " + known + ")");
        }
        return null;
    }

    /** A serial comes in only once, and only what is here goes out. */
    private @Nullable Answer serials(String path, Command.Line line) {
        List<String> serials = line.goods().serials();
        boolean comesIn = rule.incoming() && line.quantity() > 0;
        for (int i = 0; i < serials.size(); i++) {
            boolean inside = book.serialInside(line.sku(), serials.get(i));
            if (comesIn && (inside || twice(line.sku(), serials.get(i)))) {
                return refused(
                        RefusalCode.SERIAL_KNOWN,
                        path + "serials[" + i + "]",
                        "\"" + serials.get(i) + "\" of " + line.sku() + " is here already");
            }
        }
        return null;
    }

    private boolean twice(String sku, String serial) {
        return move.lines().stream()
                        .filter(line -> line.sku().equals(sku)
                                && line.quantity() > 0
                                && line.goods().serials().contains(serial))
                        .count()
                > 1;
    }
}
