package io.stockhub.stock;

import static io.stockhub.stock.StockState.AVAILABLE;
import static io.stockhub.stock.StockState.CUSTOMER;
import static io.stockhub.stock.StockState.EXPECTED;
import static io.stockhub.stock.StockState.IN_TRANSIT;
import static io.stockhub.stock.StockState.PICKED;
import static io.stockhub.stock.StockState.PRODUCTION;
import static io.stockhub.stock.StockState.RESERVED;
import static io.stockhub.stock.StockState.SHRINKAGE;
import static io.stockhub.stock.StockState.SUPPLIER;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All commands on plain maps: says whether each has an effect or repeats one, and what the stock is then. */
final class ModelMoves extends ModelDocuments {
    private final Map<String, Long> kitParts;
    private final Map<String, Command> keys = new HashMap<>();
    final Map<Long, Order> byId = new TreeMap<>();
    final TreeMap<Long, Moved> byNumber = new TreeMap<>();

    ModelMoves(
            List<String> places,
            Map<String, Map<String, Long>> bundles,
            Map<String, Integer> lots,
            Set<String> lotSkus,
            Map<String, Long> kitParts) {
        super(places, bundles, lots, lotSkus);
        this.kitParts = kitParts;
    }

    boolean apply(Command command) {
        if (command.key() != null && keys.containsKey(command.key())) {
            return command.equals(keys.get(command.key()));
        }
        int first = movements.size();
        TreeMap<Key, Long> before = new TreeMap<>(units);
        TreeSet<Key> touchedBefore = new TreeSet<>(touched);
        boolean done = decide(command);
        if (!done) {
            units = before;
            touched.retainAll(touchedBefore);
            movements.subList(first, movements.size()).clear();
            return false;
        }
        if (command.key() != null) {
            keys.put(command.key(), command);
        }
        fill(first);
        return true;
    }

    private boolean decide(Command command) {
        return switch (command) {
            case Command.Reserve reserve -> reserve(reserve);
            case Command.Pick pick -> change(pick.reservationId(), pick.lines(), MovementKind.PICK);
            case Command.Ship ship -> change(ship.reservationId(), ship.lines(), MovementKind.SHIP);
            case Command.Cancel cancel -> change(cancel.reservationId(), cancel.lines(), MovementKind.RELEASE);
            case Command.Confirm confirm -> confirm(byId.get(confirm.reservationId()));
            case Command.Expire expire -> expire(byId.get(expire.reservationId()));
            case Command.FillBackorders fill -> true;
            case Command.CloseInbound close -> close(close);
            case Command.Reverse reverse -> reverse(byNumber.get(reverse.movementId()));
            case Command.Move move -> move(move);
            case Command.TakeBack takeBack -> throw new AssertionError("see TakeBackIT: " + takeBack);
        };
    }

    private boolean change(long id, List<Command.Line> lines, MovementKind kind) {
        Order order = byId.get(id);
        return order != null && change(order, lines, kind);
    }

    private boolean move(Command.Move move) {
        String reference = move.reference() == null ? "" : move.reference();
        Moved moved = new Moved(move.kind());
        String to = transfers.get(reference);
        boolean possible =
                switch (move.kind()) {
                    case EXPECT -> expect(move.location(), reference, move.lines());
                    case TRANSFER_SHIP ->
                        to == null && !move.location().equals(move.details().to());
                    case TRANSFER_RECEIVE, TRANSFER_LOSS -> move.location().equals(to);
                    case RETURN -> returned(move);
                    default -> true;
                };
        if (!possible || move.kind() == MovementKind.EXPECT) {
            return possible;
        }
        List<Found> found = new ArrayList<>();
        for (boolean in : new boolean[] {true, false}) {
            for (Command.Line line : move.lines()) {
                boolean up = move.kind() == MovementKind.ADJUSTMENT && line.quantity() > 0;
                if (in == up && !line(move, line, moved, found)) {
                    return false;
                }
            }
        }
        if (move.kind() == MovementKind.TRANSFER_SHIP) {
            transfers.put(reference, Objects.requireNonNull(move.details().to()));
        }
        if (move.details().last()) {
            lose(reference, move.location(), found);
        }
        Inbound inbound = inbounds.get(move.location() + "/" + reference);
        if (move.kind() == MovementKind.RECEIPT && inbound != null) {
            moved.against = inbound;
            inbound.open.addAll(found);
        } else {
            onTheRoad.addAll(found);
        }
        return true;
    }

    private boolean line(Command.Move move, Command.Line line, Moved moved, List<Found> found) {
        Goods goods = line.goods();
        String place = move.location();
        String sku = line.sku();
        StockState to = goods.to();
        return switch (move.kind()) {
            case RECEIPT -> receive(move, line, moved, found);
            case RETURN -> in(line, CUSTOMER, place, to == null ? StockState.INSPECTION : to, moved);
            case ADJUSTMENT ->
                line.quantity() > 0
                        ? in(line, SHRINKAGE, place, to == null ? AVAILABLE : to, moved)
                        : out(
                                sku,
                                place,
                                to == null ? AVAILABLE : to,
                                -line.quantity(),
                                which(move, line),
                                moved,
                                key -> key.in(SHRINKAGE));
            case COUNT -> count(move, line, moved);
            case ASSEMBLY -> assemble(line, place, moved);
            case PUTAWAY ->
                out(
                        sku,
                        place,
                        AVAILABLE,
                        line.quantity(),
                        which(move, line).and(key -> !putaway(goods, key).equals(key)),
                        moved,
                        key -> putaway(goods, key));
            case DISPOSITION ->
                out(
                        sku,
                        place,
                        from(goods, StockState.INSPECTION),
                        line.quantity(),
                        which(move, line).and(key -> from(goods, StockState.INSPECTION) != to),
                        moved,
                        key -> key.in(Objects.requireNonNull(to)));
            case DAMAGE ->
                out(
                        sku,
                        place,
                        from(goods, AVAILABLE),
                        line.quantity(),
                        which(move, line),
                        moved,
                        key -> key.in(StockState.DAMAGED));
            case WRITE_OFF ->
                out(
                        sku,
                        place,
                        from(goods, AVAILABLE),
                        line.quantity(),
                        which(move, line),
                        moved,
                        key -> key.in(StockState.DISPOSED));
            case BLOCK ->
                out(
                        sku,
                        place,
                        AVAILABLE,
                        line.quantity(),
                        which(move, line),
                        moved,
                        key -> with(
                                key,
                                StockState.BLOCKED,
                                place,
                                key.bin(),
                                move.details().holder()));
            case UNBLOCK ->
                out(
                        sku,
                        place,
                        StockState.BLOCKED,
                        line.quantity(),
                        which(move, line)
                                .and(key -> key.holder().equals(move.details().holder())),
                        moved,
                        key -> with(key, AVAILABLE, place, key.bin(), ""));
            case TRANSFER_SHIP ->
                out(
                        sku,
                        place,
                        AVAILABLE,
                        line.quantity(),
                        which(move, line),
                        moved,
                        key -> with(key, IN_TRANSIT, move.details().to(), "", move.reference()));
            case TRANSFER_RECEIVE -> arrive(move, line, moved, found);
            case TRANSFER_LOSS -> {
                boolean all = out(
                        sku,
                        place,
                        IN_TRANSIT,
                        line.quantity(),
                        which(move, line).and(key -> key.holder().equals(move.reference())),
                        moved,
                        key -> key.in(SHRINKAGE));
                found.add(new Found("missing", sku, line.quantity(), moved));
                yield all;
            }
            default -> throw new AssertionError(move.kind());
        };
    }

    private boolean in(Command.Line line, StockState from, String place, StockState to, Moved moved) {
        if (from == CUSTOMER && moved.kind == MovementKind.RETURN && back != null) {
            return inOfOrder(line, place, to, moved, back);
        }
        if (inside(line)) {
            return false;
        }
        for (Key key : arriving(line, place, to)) {
            post(
                    moved,
                    Key.plain(line.sku(), place, from),
                    key,
                    line.goods().serials().isEmpty() ? line.quantity() : 1,
                    null,
                    0);
        }
        return true;
    }

    /** The order that the return at hand is for. */
    private @Nullable Order back;

    private boolean returned(Command.Move move) {
        back = null;
        if (move.details().orderRef() == null) {
            return true;
        }
        back = orders.get(move.details().orderChannel() + "/" + move.details().orderRef());
        if (back == null) {
            return false;
        }
        Map<String, Long> sums = new HashMap<>();
        move.lines().forEach(line -> sums.merge(line.sku(), line.quantity(), Long::sum));
        for (Map.Entry<String, Long> each : sums.entrySet()) {
            if (back.lines.stream()
                    .noneMatch(line -> line.sku.equals(each.getKey())
                            && line.units(part -> part.shipped) - line.returned >= each.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean inOfOrder(Command.Line line, String place, StockState to, Moved moved, Order order) {
        for (int i = 0; i < order.lines.size(); i++) {
            Line ordered = order.lines.get(i);
            if (ordered.sku.equals(line.sku())) {
                int number = i;
                ordered.parts.forEach((sku, each) -> post(
                        moved,
                        Key.plain(sku, place, CUSTOMER),
                        arriving(new Command.Line(sku, 1, line.goods()), place, to)
                                .getFirst(),
                        line.quantity() * each,
                        order,
                        number));
                ordered.returned += line.quantity();
            }
        }
        return true;
    }

    private boolean count(Command.Move move, Command.Line line, Moved moved) {
        long booked = 0;
        for (StockState state : List.of(AVAILABLE, RESERVED, PICKED)) {
            booked += there(line.sku(), move.location(), state)
                    .filter(which(move, line))
                    .mapToLong(this::quantity)
                    .sum();
        }
        long change = line.quantity() - booked;
        return change == 0
                || (change > 0
                        ? in(
                                new Command.Line(line.sku(), change, line.goods()),
                                SHRINKAGE,
                                move.location(),
                                AVAILABLE,
                                moved)
                        : out(
                                line.sku(),
                                move.location(),
                                AVAILABLE,
                                -change,
                                which(move, line),
                                moved,
                                key -> key.in(SHRINKAGE)));
    }

    private boolean assemble(Command.Line line, String place, Moved moved) {
        boolean all = true;
        for (Map.Entry<String, Long> part : kitParts.entrySet()) {
            all &= out(
                    part.getKey(),
                    place,
                    AVAILABLE,
                    part.getValue() * line.quantity(),
                    key -> lots.getOrDefault(key.lot(), 1) >= 0,
                    moved,
                    key -> key.in(PRODUCTION));
        }
        return all && in(line, PRODUCTION, place, AVAILABLE, moved);
    }

    private boolean reverse(@Nullable Moved past) {
        if (past == null || past.reversed || past.kind == MovementKind.REVERSAL) {
            return false;
        }
        Moved moved = new Moved(MovementKind.REVERSAL);
        List<Posting> undone = new ArrayList<>();
        boolean possible = true;
        for (Posting posting : past.postings.reversed()) {
            Key to = posting.from();
            Inbound inbound = inbounds.get(to.place() + "/" + (to.state() == EXPECTED ? to : posting.to()).holder());
            boolean closed = inbound != null && inbound.closed;
            possible &= !(closed && past.kind == MovementKind.EXPECT);
            possible &= !(posting.to().state().outside()
                    && !to.serial().isEmpty()
                    && units.keySet().stream()
                            .anyMatch(key ->
                                    key.sku().equals(to.sku()) && key.serial().equals(to.serial())));
            post(
                    moved,
                    posting.to(),
                    closed && to.state() == EXPECTED ? Key.plain(to.sku(), to.place(), SUPPLIER) : to,
                    posting.quantity(),
                    posting.order(),
                    posting.line());
            undone.add(posting);
            ModelOrders.undo(posting, 1);
        }
        possible &= units.entrySet().stream()
                .noneMatch(each -> each.getValue() < 0 && !each.getKey().state().outside());
        possible &= undone.stream().allMatch(ModelOrders::sound);
        if (!possible) {
            undone.forEach(posting -> ModelOrders.undo(posting, -1));
            return false;
        }
        past.reversed = true;
        inbounds.values().forEach(inbound -> inbound.open.removeIf(found -> found.by() == past));
        onTheRoad.removeIf(found -> found.by() == past);
        past.postings.forEach(posting -> {
            boolean announcement = past.kind == MovementKind.EXPECT;
            Key key = posting.to();
            String reference = announcement ? key.holder() + posting.from().holder() : "";
            Inbound inbound = announcement ? inbounds.get(key.place() + "/" + reference) : past.against;
            if (inbound != null && !inbound.closed) {
                if (announcement) {
                    Key expected = announced(key.sku(), key.place(), reference);
                    inbound.announced.put(key.sku(), came(inbound, key.sku()) + quantity(expected));
                }
                inbounds.forEach((name, each) -> {
                    if (each == inbound) {
                        settle(
                                moved,
                                inbound,
                                key.place(),
                                name.substring(key.place().length() + 1),
                                key.sku());
                    }
                });
            }
        });
        return true;
    }
}
