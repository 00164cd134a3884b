package io.stockhub.stock.ledger;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.Detail;
import io.stockhub.stock.DiscrepancyKind;
import io.stockhub.stock.Goods;
import io.stockhub.stock.MoveRule;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.RefusalCode;
import io.stockhub.stock.StockState;
import io.stockhub.stock.Tracking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides movements without an order. One instance a command. */
final class Movements {
    private final Book book;
    private final Effects effects;
    private final Command.Move move;
    private final MoveRule rule;
    private final Picking picking;
    private final Entry entry;
    private final List<Effects.Discrepancy> discrepancies = new ArrayList<>();
    private final Map<Integer, Long> missing = new LinkedHashMap<>();

    Movements(Book book, Effects effects, Command.Move move) {
        this.book = book;
        this.effects = effects;
        this.move = move;
        this.rule = MoveRule.of(move.kind());
        this.picking = new Picking(book);
        this.entry = new Entry(
                book, effects, move.kind(), move.reference(), move.reason(), move.actor(), move.occurredAt(), null);
    }

    Answer decide() {
        Answer refusal = new MoveRefusals(book, effects, move, rule).refusal();
        if (refusal != null) {
            return refusal;
        }
        if (move.kind() == MovementKind.EXPECT) {
            return new Inbounds(book, effects).expect(move, entry);
        }
        // What comes in is there for what goes out: +3 and -5 of one SKU may stand in any order.
        for (boolean in : new boolean[] {true, false}) {
            for (int i = 0; i < move.lines().size(); i++) {
                if (in == comesIn(move.lines().get(i))) {
                    refusal = line(i, move.lines().get(i));
                    if (refusal != null) {
                        return abandon(refusal);
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            entry.abandon();
            return new Answer.InsufficientStock(shortages());
        }
        if (move.details().last()) {
            new Transfers(book, effects).lose(move, discrepancies);
        }
        settle();
        return new Answer.Moved(entry.movementId(), book.recordedAt(), false);
    }

    private Answer abandon(Answer refusal) {
        entry.abandon();
        return refusal;
    }

    private boolean comesIn(Command.Line line) {
        return rule.incoming() && line.quantity() > 0 && move.kind() != MovementKind.ASSEMBLY;
    }

    private @Nullable Answer line(int number, Command.Line line) {
        return switch (move.kind()) {
            case RECEIPT -> receive(line);
            case RETURN -> new Returns(book, effects).giveBack(number, line, move, rule, entry);
            case ASSEMBLY -> assemble(number, line);
            case ADJUSTMENT -> adjust(number, line, line.quantity());
            case COUNT -> adjust(number, line, line.quantity() - counted(line));
            case TRANSFER_RECEIVE -> arrive(number, line);
            default -> takeOut(number, line);
        };
    }

    /** Against an inbound, what was announced is relieved first; the rest nobody announced. */
    private @Nullable Answer receive(Command.Line line) {
        StockState target = target(line);
        Book.Inbound inbound = book.inbound(move.location(), move.reference());
        if (inbound != null && inbound.closed()) {
            return refused(
                    RefusalCode.INBOUND_CLOSED,
                    "reference",
                    "\"" + move.reference() + "\" is closed (expected: an open inbound, or another reference)");
        }
        Account outside = new Account(line.sku(), move.location(), StockState.SUPPLIER);
        Account announced = new Account(
                line.sku(),
                move.location(),
                StockState.EXPECTED,
                Detail.NONE.withHolder(move.reference() == null ? "" : move.reference()));
        long over = 0;
        for (Incoming units : incoming(line)) {
            Account to = new Account(line.sku(), move.location(), target, units.detail());
            long expected = inbound == null ? 0 : Math.min(units.quantity(), book.quantity(announced));
            if (expected > 0) {
                entry.post(announced, to, expected, line.goods().unitCost(), null);
            }
            if (units.quantity() > expected) {
                entry.post(
                        outside, to, units.quantity() - expected, line.goods().unitCost(), null);
                over += inbound == null ? 0 : units.quantity() - expected;
            }
        }
        note(inbound != null && over > 0, "inbound", line.sku(), DiscrepancyKind.OVER, over);
        note(
                inbound != null && target == StockState.DAMAGED,
                "inbound",
                line.sku(),
                DiscrepancyKind.DAMAGED,
                line.quantity());
        return null;
    }

    private void note(boolean really, String document, String sku, DiscrepancyKind kind, long quantity) {
        if (really && move.reference() != null) {
            discrepancies.add(new Effects.Discrepancy(
                    document, move.location(), move.reference(), sku, kind, quantity, entry.movementId()));
        }
    }

    record Incoming(Detail detail, long quantity) {}

    /** What a line brings in: one account, or one a serial. */
    static List<Incoming> incoming(Command.Line line) {
        Goods goods = line.goods();
        Detail detail = new Detail(text(goods.lot()), "", text(goods.bin()), text(goods.pool()), "");
        if (goods.serials().isEmpty()) {
            return List.of(new Incoming(detail, line.quantity()));
        }
        List<Incoming> units = new ArrayList<>();
        goods.serials()
                .forEach(serial ->
                        units.add(new Incoming(new Detail(detail.lot(), serial, detail.bin(), detail.pool(), ""), 1)));
        return units;
    }

    private @Nullable Answer assemble(int number, Command.Line line) {
        Book.SkuInfo info = book.sku(line.sku());
        if (info == null || info.parts().isEmpty()) {
            return refused(
                    RefusalCode.NO_KIT,
                    "lines[" + number + "].sku",
                    "\"" + line.sku() + "\" has no components (expected: a kit with \"assembled\": true)");
        }
        info.parts().forEach((part, perUnit) -> {
            long short0 = line.quantity() * perUnit
                    - takeOut(
                            part,
                            StockState.AVAILABLE,
                            detail -> !book.expired(part, detail.lot()),
                            line.quantity() * perUnit,
                            taken -> new Account(part, move.location(), StockState.PRODUCTION));
            if (short0 > 0) {
                missing.merge(number, (short0 + perUnit - 1) / perUnit, Math::max);
            }
        });
        for (Incoming units : incoming(line)) {
            entry.post(
                    new Account(line.sku(), move.location(), StockState.PRODUCTION),
                    new Account(line.sku(), move.location(), StockState.AVAILABLE, units.detail()),
                    units.quantity());
        }
        return null;
    }

    private @Nullable Answer adjust(int number, Command.Line line, long change) {
        Account outside = new Account(line.sku(), move.location(), StockState.SHRINKAGE);
        if (change > 0) {
            for (Incoming units : incoming(new Command.Line(line.sku(), change, line.goods()))) {
                entry.post(
                        outside,
                        new Account(line.sku(), move.location(), target(line), units.detail()),
                        units.quantity(),
                        line.goods().unitCost(),
                        null);
            }
        } else if (change < 0) {
            short0(number, -change - takeOut(line.sku(), target(line), which(line), -change, taken -> outside));
        }
        return null;
    }

    /** What the books say is on the shelf: also what orders hold lies there to be counted. */
    private long counted(Command.Line line) {
        if (line.goods().booked() != null) {
            return line.goods().booked();
        }
        long sum = 0;
        for (StockState state : List.of(StockState.AVAILABLE, StockState.RESERVED, StockState.PICKED)) {
            for (Map.Entry<Detail, Long> units :
                    book.units(line.sku(), move.location(), state).entrySet()) {
                sum += which(line).test(units.getKey()) ? units.getValue() : 0;
            }
        }
        return sum;
    }

    /** What arrives of a transfer; more than left is a discrepancy and enters from shrinkage. */
    private @Nullable Answer arrive(int number, Command.Line line) {
        Goods goods = line.goods();
        Predicate<Detail> mine = detail -> detail.holder().equals(move.reference())
                && (goods.lot() == null || goods.lot().equals(detail.lot()))
                && (goods.serials().isEmpty() || goods.serials().contains(detail.serial()));
        long arrived = takeOut(
                line.sku(),
                StockState.IN_TRANSIT,
                mine,
                line.quantity(),
                taken -> new Account(
                        line.sku(),
                        move.location(),
                        target(line),
                        taken.withHolder("")
                                .withBin(text(goods.bin()))
                                .withPool(goods.pool() == null ? taken.pool() : goods.pool())));
        long over = line.quantity() - arrived;
        // Of a transfer that has arrived nothing more arrives: that is the same receipt a second time.
        if (over > 0 && (arrived == 0 || !goods.serials().isEmpty() || isTracked(line) && goods.lot() == null)) {
            return refused(
                    RefusalCode.NOT_IN_TRANSIT,
                    "lines[" + number + "].quantity",
                    line.quantity() + " (expected: at most " + arrived + ", which is what the transfer carries of it)");
        }
        if (over > 0) {
            Incoming units = incoming(new Command.Line(line.sku(), over, goods)).getFirst();
            entry.post(
                    new Account(line.sku(), move.location(), StockState.SHRINKAGE),
                    new Account(line.sku(), move.location(), target(line), units.detail()),
                    over);
            note(true, "transfer", line.sku(), DiscrepancyKind.OVER, over);
        }
        note(target(line) == StockState.DAMAGED, "transfer", line.sku(), DiscrepancyKind.DAMAGED, line.quantity());
        return null;
    }

    private boolean isTracked(Command.Line line) {
        Book.SkuInfo info = book.sku(line.sku());
        return info != null && info.tracking() != Tracking.NONE;
    }

    private @Nullable Answer takeOut(int number, Command.Line line) {
        StockState from = line.goods().from() == null
                ? rule.from().getFirst()
                : line.goods().from();
        StockState target = move.kind() == MovementKind.PUTAWAY ? from : target(line);
        Predicate<Detail> which = which(line);
        if (move.kind() == MovementKind.PUTAWAY || target == from) {
            which = which.and(detail -> !after(detail, line, target).equals(detail));
        }
        String where =
                move.kind() == MovementKind.TRANSFER_SHIP ? text(move.details().to()) : move.location();
        long taken = takeOut(
                line.sku(),
                from,
                which,
                line.quantity(),
                detail -> new Account(
                        line.sku(), where, target, target.outside() ? Detail.NONE : after(detail, line, target)));
        short0(number, line.quantity() - taken);
        if (move.kind() == MovementKind.TRANSFER_LOSS) {
            note(taken > 0, "transfer", line.sku(), DiscrepancyKind.MISSING, taken);
        }
        return null;
    }

    private Detail after(Detail before, Command.Line line, StockState target) {
        Goods goods = line.goods();
        Detail after = before;
        if (goods.toBin() != null) {
            after = after.withBin(goods.toBin());
        }
        if (goods.toPool() != null) {
            after = after.withPool(goods.toPool());
        }
        return switch (move.kind()) {
            case BLOCK -> after.withHolder(text(move.details().holder()));
            case UNBLOCK -> after.withHolder("");
            case TRANSFER_SHIP -> after.withBin("").withHolder(text(move.reference()));
            default -> after;
        };
    }

    /** The units that a line means, by what it names of them. */
    private Predicate<Detail> which(Command.Line line) {
        Goods goods = line.goods();
        boolean inTransit = move.kind() == MovementKind.TRANSFER_LOSS;
        String holder = inTransit ? move.reference() : move.details().holder();
        boolean holderMatters =
                inTransit || move.kind() == MovementKind.UNBLOCK || move.kind() == MovementKind.WRITE_OFF;
        return detail -> (goods.lot() == null || goods.lot().equals(detail.lot()))
                && (goods.serials().isEmpty() || goods.serials().contains(detail.serial()))
                && (goods.bin() == null || goods.bin().equals(detail.bin()))
                && (goods.pool() == null || goods.pool().equals(detail.pool()))
                && (!holderMatters || holder == null || holder.equals(detail.holder()));
    }

    private interface Target {
        Account of(Detail taken);
    }

    private long takeOut(String sku, StockState from, Predicate<Detail> which, long quantity, Target target) {
        long taken = 0;
        for (Picking.Taken units : picking.take(sku, move.location(), from, "", which, quantity)) {
            entry.post(units.account(), target.of(units.account().detail()), units.quantity());
            taken += units.quantity();
        }
        return taken;
    }

    private void short0(int number, long quantity) {
        if (quantity > 0) {
            missing.merge(number, quantity, Long::sum);
        }
    }

    /** By SKU, so that two lines that each fit and together do not are one shortage of their sum. */
    private List<Answer.Shortage> shortages() {
        Map<String, Answer.Shortage> bySku = new LinkedHashMap<>();
        missing.keySet().forEach(number -> {
            String sku = move.lines().get(number).sku();
            long requested = 0;
            long lacking = 0;
            int first = Integer.MAX_VALUE;
            for (int i = 0; i < move.lines().size(); i++) {
                if (move.lines().get(i).sku().equals(sku)) {
                    requested += requested(move.lines().get(i));
                    lacking += missing.getOrDefault(i, 0L);
                    first = Math.min(first, i);
                }
            }
            bySku.putIfAbsent(sku, new Answer.Shortage(first, sku, requested, requested - lacking));
        });
        return List.copyOf(bySku.values());
    }

    private long requested(Command.Line line) {
        return switch (move.kind()) {
            case ADJUSTMENT -> -line.quantity();
            case COUNT -> counted(line) - line.quantity();
            default -> line.quantity();
        };
    }

    private StockState target(Command.Line line) {
        return line.goods().to() == null ? rule.to().getFirst() : line.goods().to();
    }

    /** What a movement that was accepted means beside its postings. */
    private void settle() {
        effects.discrepancies.addAll(discrepancies);
        discrepancies.stream()
                .filter(found -> found.document().equals("inbound"))
                .forEach(found -> book.addDiscrepancy(
                        found.location(),
                        found.reference(),
                        found.kind().named(found.sku()),
                        found.quantity(),
                        found.movementId()));
        Costs costs = new Costs(book, effects);
        for (Command.Line line : move.lines()) {
            Goods goods = line.goods();
            if (goods.lot() != null && !(book.knowsLot(line.sku(), goods.lot()) && goods.expiry() == null)) {
                effects.lots.add(new Effects.Lot(line.sku(), goods.lot(), goods.expiry()));
                book.addLot(line.sku(), goods.lot(), goods.expiry());
            }
        }
        costs.received(move.lines());
        if (move.kind() == MovementKind.TRANSFER_SHIP && move.reference() != null) {
            String to = text(move.details().to());
            effects.transfers.add(new Effects.NewTransfer(
                    move.reference(), move.location(), to, move.details().expectedAt(), entry.movementId()));
            book.addTransfer(move.reference(), new Book.Transfer(move.location(), to));
        }
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    static Answer.Refused refused(RefusalCode code, String field, String message) {
        return new Answer.Refused(code, field, message);
    }
}
