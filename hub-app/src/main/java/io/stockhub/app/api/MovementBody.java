package io.stockhub.app.api;

import io.stockhub.stock.Command;
import io.stockhub.stock.Goods;
import io.stockhub.stock.MoveDetails;
import io.stockhub.stock.MoveRule;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.StockState;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of a movement. Which fields a kind takes is the stock master's to say, see {@link MoveRule}. */
final class MovementBody {
    static final Set<String> HEAD = Set.of(
            "kind",
            "location",
            "reference",
            "reason",
            "occurredAt",
            "to",
            "expectedAt",
            "holder",
            "reportedBy",
            "order",
            "last",
            "lines");
    static final Set<String> LINE = Set.of(
            "sku",
            "quantity",
            "unit",
            "lot",
            "expiry",
            "serials",
            "serial",
            "bin",
            "toBin",
            "pool",
            "toPool",
            "from",
            "to",
            "unitCost",
            "booked");
    static final Set<String> REVERSAL = Set.of("kind", "movement", "reason");
    private static final Set<String> ORDER = Set.of("channel", "orderRef");

    private MovementBody() {}

    /** The kind that the body names: one that stands alone, or a reversal. */
    static MovementKind kind(Fields body) {
        String code = body.text("kind");
        List<MovementKind> kinds = Arrays.stream(MovementKind.values())
                .filter(kind -> !kind.derived() || kind == MovementKind.REVERSAL)
                .toList();
        return kinds.stream()
                .filter(kind -> kind.code().equals(code))
                .findFirst()
                .orElseThrow(() -> body.invalid(
                        "kind",
                        "\"" + code + "\" (expected: "
                                + String.join(
                                        ", ",
                                        kinds.stream().map(MovementKind::code).toList())
                                + "; the rest follows from reservations)"));
    }

    static Command.Reverse reverse(Fields body, String actor, @Nullable String key) {
        body.allow(REVERSAL, Set.of());
        String text = body.optionalText("movement");
        long movement = text == null ? -1 : Ids.parse(text);
        if (movement < 0) {
            throw body.invalid(
                    "movement",
                    text == null ? "missing" : "\"" + text + "\" (expected: the id of a movement, a string of digits)");
        }
        return new Command.Reverse(movement, body.optionalText("reason"), actor, key);
    }

    static Command.Move move(Fields body, MovementKind kind, BaseUnits units, String actor, @Nullable String key) {
        body.allow(HEAD, Set.of());
        MoveRule rule = MoveRule.of(kind);
        return new Command.Move(
                kind,
                body.text("location"),
                body.optionalText("reference"),
                body.optionalText("reason"),
                CommandBody.time(body, "occurredAt"),
                actor,
                key,
                details(body),
                CommandBody.lines(body, units, LINE, line -> goods(line, kind, rule)));
    }

    private static MoveDetails details(Fields body) {
        Fields order = body.optionalObject("order");
        if (order != null) {
            order.allow(ORDER, Set.of());
        }
        return new MoveDetails(
                body.optionalText("to"),
                CommandBody.time(body, "expectedAt"),
                body.optionalText("holder"),
                body.optionalText("reportedBy"),
                order == null ? null : order.text("channel"),
                order == null ? null : order.text("orderRef"),
                body.flag("last"));
    }

    private static Goods goods(Fields line, MovementKind kind, MoveRule rule) {
        return new Goods(
                line.optionalText("lot"),
                Values.optionalDate(line, "expiry"),
                serials(line),
                line.optionalText("bin"),
                line.optionalText("toBin"),
                line.optionalText("pool"),
                line.optionalText("toPool"),
                state(line, "from", kind, rule.allows().contains(MoveRule.Field.FROM), rule.from()),
                state(line, "to", kind, rule.allows().contains(MoveRule.Field.TO), rule.to()),
                Values.optionalDecimal(line, "unitCost"),
                Values.optionalInteger(line, "booked"));
    }

    private static List<String> serials(Fields line) {
        List<String> serials = Values.texts(line, "serials");
        String serial = line.optionalText("serial");
        if (serial == null) {
            return serials;
        }
        if (line.raw("serials") != null) {
            throw line.invalid("serial", "given beside serials (expected: one of the two)");
        }
        return List.of(serial);
    }

    private static @Nullable StockState state(
            Fields line, String name, MovementKind kind, boolean taken, List<StockState> states) {
        String code = line.optionalText(name);
        if (code == null) {
            return null;
        }
        if (!taken) {
            throw line.invalid(name, "not taken by a " + kind.code());
        }
        return states.stream()
                .filter(state -> state.code().equals(code))
                .findFirst()
                .orElseThrow(() -> line.invalid(
                        name,
                        "\"" + code + "\" (expected: "
                                + String.join(
                                        ", ",
                                        states.stream().map(StockState::code).toList())
                                + ")"));
    }
}
