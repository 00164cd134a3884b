package io.stockhub.stock;

import io.stockhub.stock.MoveRule.Field;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The range checks of a movement: each kind takes its own fields and no others. */
final class MoveCheck {
    private static final BigDecimal COST_MAX = new BigDecimal("1000000000");
    private static final long BOOKED_MAX = Limits.LINES_MAX * Limits.QUANTITY_MAX;

    private final MovementKind kind;
    private final MoveRule rule;

    private MoveCheck(MovementKind kind) {
        this.kind = kind;
        this.rule = MoveRule.of(kind);
    }

    static void check(MovementKind kind, @Nullable String reference, MoveDetails details, List<Command.Line> lines) {
        MoveCheck check = new MoveCheck(kind);
        check.field(Field.REFERENCE, "reference", reference);
        check.details(details);
        for (int i = 0; i < lines.size(); i++) {
            check.line("lines[" + i + "].", lines.get(i));
        }
        if (kind == MovementKind.COUNT) {
            countedOnce(lines);
        }
    }

    private record Shelf(String sku, @Nullable String lot, @Nullable String bin, @Nullable String pool) {}

    /** The second count of a shelf would quietly undo the first. */
    private static void countedOnce(List<Command.Line> lines) {
        Set<Shelf> counted = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            Goods goods = lines.get(i).goods();
            if (!counted.add(new Shelf(lines.get(i).sku(), goods.lot(), goods.bin(), goods.pool()))) {
                throw new InvalidCommandException(
                        "lines[" + i + "].sku",
                        "\"" + lines.get(i).sku()
                                + "\" is counted twice (expected: one line a SKU, lot, bin and pool)");
            }
        }
    }

    private void details(MoveDetails details) {
        field(Field.TO_LOCATION, "to", details.to());
        field(Field.EXPECTED_AT, "expectedAt", details.expectedAt());
        field(Field.HOLDER, "holder", details.holder());
        field(Field.ORDER, "order", details.orderRef());
        field(Field.LAST, "last", details.last() ? Boolean.TRUE : null);
        Check.time("expectedAt", details.expectedAt());
        text("to", details.to());
        text("holder", details.holder());
        text("reportedBy", details.reportedBy());
        text("order.channel", details.orderChannel());
        Check.reference("order.orderRef", details.orderRef());
        if (Objects.isNull(details.orderChannel()) != Objects.isNull(details.orderRef())) {
            throw new InvalidCommandException("order", "half an order (expected: channel and orderRef)");
        }
    }

    private void line(String path, Command.Line line) {
        Goods goods = line.goods();
        Check.name(path + "sku", line.sku());
        quantity(path + "quantity", line.quantity());
        field(Field.LOT, path + "lot", goods.lot());
        field(Field.LOT, path + "expiry", goods.expiry());
        field(Field.SERIALS, path + "serials", goods.serials().isEmpty() ? null : goods.serials());
        field(Field.BIN, path + "bin", goods.bin());
        field(Field.TO_BIN, path + "toBin", goods.toBin());
        field(Field.POOL, path + "pool", goods.pool());
        field(Field.TO_POOL, path + "toPool", goods.toPool());
        field(Field.UNIT_COST, path + "unitCost", goods.unitCost());
        field(Field.BOOKED, path + "booked", goods.booked());
        state(Field.FROM, path + "from", goods.from(), rule.from());
        state(Field.TO, path + "to", goods.to(), rule.to());
        if (goods.expiry() != null
                && (goods.expiry().getYear() < 1900 || goods.expiry().getYear() > 9999)) {
            throw new InvalidCommandException(
                    path + "expiry", goods.expiry() + " (expected: in the years 1900 to 9999)");
        }
        if (goods.booked() != null && (goods.booked() < 0 || goods.booked() > BOOKED_MAX)) {
            throw new InvalidCommandException(path + "booked", goods.booked() + " (expected: 0 to " + BOOKED_MAX + ")");
        }
        text(path + "lot", goods.lot());
        text(path + "bin", goods.bin());
        text(path + "toBin", goods.toBin());
        text(path + "pool", goods.pool());
        if (goods.toPool() != null && !goods.toPool().isEmpty()) {
            text(path + "toPool", goods.toPool());
        }
        cost(path + "unitCost", goods.unitCost());
        booked(path + "booked", goods.booked());
        serials(path + "serials", line);
        if (kind == MovementKind.PUTAWAY && goods.toBin() == null && goods.toPool() == null) {
            throw new InvalidCommandException(path + "toBin", "missing (expected: toBin or toPool, where they go)");
        }
    }

    private void quantity(String path, long quantity) {
        if (kind == MovementKind.COUNT && quantity == 0) {
            return;
        }
        if (kind == MovementKind.EXPECT && quantity == 0) {
            return;
        }
        Check.quantity(path, quantity, kind == MovementKind.ADJUSTMENT);
    }

    private void field(Field field, String path, @Nullable Object value) {
        if (value == null && rule.needs().contains(field)) {
            throw new InvalidCommandException(path, "missing (a " + kind.code() + " needs it)");
        }
        if (value != null && !rule.allows().contains(field)) {
            throw new InvalidCommandException(path, "not taken by a " + kind.code());
        }
    }

    private void state(Field field, String path, @Nullable StockState state, List<StockState> allowed) {
        field(field, path, state);
        if (state != null && !allowed.contains(state)) {
            String expected =
                    String.join(", ", allowed.stream().map(StockState::code).toList());
            throw new InvalidCommandException(path, "\"" + state.code() + "\" (expected: " + expected + ")");
        }
    }

    private static void text(String path, @Nullable String value) {
        if (value != null) {
            Check.name(path, value);
        }
    }

    private static void cost(String path, @Nullable BigDecimal cost) {
        if (cost != null
                && (cost.signum() < 0
                        || cost.compareTo(COST_MAX) > 0
                        || cost.stripTrailingZeros().scale() > 6)) {
            throw new InvalidCommandException(
                    path, cost.toPlainString() + " (expected: 0 to " + COST_MAX + ", at most 6 decimals)");
        }
    }

    private static void booked(String path, @Nullable Long booked) {
        if (booked != null && (booked < 0 || booked > Limits.QUANTITY_MAX)) {
            throw new InvalidCommandException(path, booked + " (expected: 0 to " + Limits.QUANTITY_MAX + ")");
        }
    }

    private static void serials(String path, Command.Line line) {
        List<String> serials = line.goods().serials();
        if (serials.isEmpty()) {
            return;
        }
        if (serials.size() > Limits.SERIALS_MAX) {
            throw new InvalidCommandException(
                    path, serials.size() + " serials (expected: at most " + Limits.SERIALS_MAX + " a line)");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < serials.size(); i++) {
            Check.name(path + "[" + i + "]", serials.get(i));
            if (!seen.add(serials.get(i))) {
                throw new InvalidCommandException(path + "[" + i + "]", "\"" + serials.get(i) + "\" is there twice");
            }
        }
        if (serials.size() != Math.abs(line.quantity())) {
            throw new InvalidCommandException(
                    path, serials.size() + " serials for " + line.quantity() + " units (expected: one a unit)");
        }
    }
}
