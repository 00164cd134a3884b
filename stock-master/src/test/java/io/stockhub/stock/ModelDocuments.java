package io.stockhub.stock;

import static io.stockhub.stock.StockState.AVAILABLE;
import static io.stockhub.stock.StockState.EXPECTED;
import static io.stockhub.stock.StockState.IN_TRANSIT;
import static io.stockhub.stock.StockState.SHRINKAGE;
import static io.stockhub.stock.StockState.SUPPLIER;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What comes with a document, and what comes in or leaves at all. */
class ModelDocuments extends Model {
    ModelDocuments(
            List<String> places,
            Map<String, Map<String, Long>> bundles,
            Map<String, Integer> lots,
            Set<String> lotSkus) {
        super(places, bundles, lots);
        this.lotSkus = lotSkus;
    }

    private final Set<String> lotSkus;
    final Map<String, String> transfers = new TreeMap<>();
    final List<Found> onTheRoad = new ArrayList<>();

    static Key with(Key key, StockState state, @Nullable String place, String bin, @Nullable String holder) {
        return new Key(
                key.sku(),
                String.valueOf(place),
                state,
                key.lot(),
                key.serial(),
                bin,
                key.pool(),
                String.valueOf(holder));
    }

    static Predicate<Key> which(Command.Move move, Command.Line line) {
        Goods goods = line.goods();
        return key -> (goods.lot() == null || goods.lot().equals(key.lot()))
                && (goods.serials().isEmpty() || goods.serials().contains(key.serial()))
                && (move.kind() == MovementKind.TRANSFER_RECEIVE
                        || goods.bin() == null
                        || goods.bin().equals(key.bin()))
                && (goods.pool() == null || goods.pool().equals(key.pool()));
    }

    boolean out(
            String sku,
            String place,
            StockState state,
            long quantity,
            Predicate<Key> which,
            Moved moved,
            UnaryOperator<Key> to) {
        return quantity == take(sku, place, state, quantity, which, moved, to);
    }

    long take(
            String sku,
            String place,
            StockState state,
            long quantity,
            Predicate<Key> which,
            Moved moved,
            UnaryOperator<Key> to) {
        long open = quantity;
        for (Key key : best(sku, place, state, "", which)) {
            long some = Math.min(open, quantity(key));
            if (some > 0) {
                open -= some;
                post(moved, key, to.apply(key), some, null, 0);
            }
        }
        return quantity - open;
    }

    List<Key> arriving(Command.Line line, String place, StockState to) {
        Goods goods = line.goods();
        List<String> serials = goods.serials().isEmpty() ? List.of("") : goods.serials();
        return serials.stream()
                .map(serial -> new Key(
                        line.sku(), place, to, text(goods.lot()), serial, text(goods.bin()), text(goods.pool()), ""))
                .toList();
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    boolean inside(Command.Line line) {
        return units.keySet().stream()
                .anyMatch(key ->
                        key.sku().equals(line.sku()) && line.goods().serials().contains(key.serial()));
    }

    boolean receive(Command.Move move, Command.Line line, Moved moved, List<Found> found) {
        Inbound inbound = inbounds.get(move.location() + "/" + move.reference());
        if (inbound != null && inbound.closed || inside(line)) {
            return false;
        }
        StockState to = line.goods().to() == null ? AVAILABLE : line.goods().to();
        long over = 0;
        for (Key key : arriving(line, move.location(), to)) {
            long quantity = line.goods().serials().isEmpty() ? line.quantity() : 1;
            Key announced = announced(line.sku(), move.location(), String.valueOf(move.reference()));
            long expected = Math.min(quantity, quantity(announced));
            if (expected > 0) {
                post(moved, announced, key, expected, null, 0);
            }
            if (quantity > expected) {
                post(moved, Key.plain(line.sku(), move.location(), SUPPLIER), key, quantity - expected, null, 0);
                over += quantity - expected;
            }
        }
        if (inbound != null && over > 0) {
            found.add(new Found("over", line.sku(), over, moved));
        }
        if (inbound != null && to == StockState.DAMAGED) {
            found.add(new Found("damaged", line.sku(), line.quantity(), moved));
        }
        return true;
    }

    boolean arrive(Command.Move move, Command.Line line, Moved moved, List<Found> found) {
        Goods goods = line.goods();
        StockState to = goods.to() == null ? AVAILABLE : goods.to();
        long came = take(
                line.sku(),
                move.location(),
                IN_TRANSIT,
                line.quantity(),
                which(move, line).and(key -> key.holder().equals(move.reference())),
                moved,
                key -> with(key, to, move.location(), text(goods.bin()), ""));
        long over = line.quantity() - came;
        if (over > 0
                && (came == 0 || !goods.serials().isEmpty() || lotSkus.contains(line.sku()) && goods.lot() == null)) {
            return false;
        }
        if (over > 0) {
            post(
                    moved,
                    Key.plain(line.sku(), move.location(), SHRINKAGE),
                    arriving(line, move.location(), to).getFirst(),
                    over,
                    null,
                    0);
            found.add(new Found("over", line.sku(), over, moved));
        }
        if (to == StockState.DAMAGED) {
            found.add(new Found("damaged", line.sku(), line.quantity(), moved));
        }
        return true;
    }

    void lose(String transfer, String place, List<Found> found) {
        Moved lost = new Moved(MovementKind.TRANSFER_LOSS);
        Map<String, Long> sums = new TreeMap<>();
        for (Key key : List.copyOf(units.keySet())) {
            if (key.state() == IN_TRANSIT
                    && key.holder().equals(transfer)
                    && key.place().equals(place)) {
                sums.merge(key.sku(), quantity(key), Long::sum);
                post(lost, key, key.in(SHRINKAGE), quantity(key), null, 0);
            }
        }
        sums.forEach((sku, quantity) -> found.add(new Found("missing", sku, quantity, lost)));
    }

    boolean close(Command.CloseInbound close) {
        Inbound inbound = inbounds.get(close.location() + "/" + close.reference());
        if (inbound == null || inbound.closed) {
            return false;
        }
        Set<String> open = new TreeSet<>();
        inbound.open.forEach(found -> open.add(found.kind() + " " + found.sku()));
        Map<String, Long> missing = missing(close.location(), close.reference());
        missing.keySet().forEach(sku -> open.add("short " + sku));
        List<String> said = close.resolutions().stream()
                .map(each -> each.kind().code() + " " + each.sku())
                .toList();
        if (!open.equals(new TreeSet<>(said)) || said.size() != open.size()) {
            return false;
        }
        Moved moved = new Moved(MovementKind.EXPECT);
        missing.forEach((sku, quantity) -> post(
                moved,
                announced(sku, close.location(), close.reference()),
                Key.plain(sku, close.location(), SUPPLIER),
                quantity,
                null,
                0));
        inbound.open.clear();
        inbound.closed = true;
        return true;
    }

    Map<String, Long> missing(String place, String reference) {
        Map<String, Long> missing = new TreeMap<>();
        units.forEach((key, quantity) -> {
            if (key.state() == EXPECTED
                    && key.place().equals(place)
                    && key.holder().equals(reference)) {
                missing.put(key.sku(), quantity);
            }
        });
        return missing;
    }

    Key announced(String sku, String place, String reference) {
        return new Key(sku, place, EXPECTED, "", "", "", "", reference);
    }

    boolean expect(String place, String reference, List<Command.Line> lines) {
        Inbound inbound = inbounds.computeIfAbsent(place + "/" + reference, any -> new Inbound());
        if (inbound.closed) {
            return false;
        }
        Map<String, Long> said = new TreeMap<>();
        lines.forEach(line -> said.merge(line.sku(), line.quantity(), Long::sum));
        Moved moved = new Moved(MovementKind.EXPECT);
        inbound.announced.putAll(said);
        said.keySet().forEach(sku -> settle(moved, inbound, place, reference, sku));
        return true;
    }

    /** What came and was not taken back, told by the receipts alone. */
    long came(Inbound inbound, String sku) {
        return movements.stream()
                .filter(moved -> moved.against == inbound && !moved.reversed)
                .flatMap(moved -> moved.postings.stream())
                .filter(posting -> posting.to().sku().equals(sku))
                .mapToLong(Posting::quantity)
                .sum();
    }

    /** Expected is what was announced and did not come, over is what came and was not announced. */
    void settle(Moved moved, Inbound inbound, String place, String reference, String sku) {
        Key key = announced(sku, place, reference);
        Key outside = Key.plain(sku, place, SUPPLIER);
        long came = came(inbound, sku);
        long said = inbound.announced.getOrDefault(sku, 0L);
        long change = Math.max(0, said - came) - quantity(key);
        if (change != 0) {
            post(moved, change > 0 ? outside : key, change > 0 ? key : outside, Math.abs(change), null, 0);
        }
        long over = inbound.open.stream()
                .filter(found -> found.kind().equals("over") && found.sku().equals(sku))
                .mapToLong(Found::quantity)
                .sum();
        if (over != Math.max(0, came - said)) {
            inbound.open.removeIf(
                    found -> found.kind().equals("over") && found.sku().equals(sku));
            if (came > said) {
                inbound.open.add(new Found("over", sku, came - said, moved.postings.isEmpty() ? null : moved));
            }
        }
    }

    static Key putaway(Goods goods, Key key) {
        return new Key(
                key.sku(),
                key.place(),
                key.state(),
                key.lot(),
                key.serial(),
                goods.toBin() == null ? key.bin() : goods.toBin(),
                goods.toPool() == null ? key.pool() : goods.toPool(),
                key.holder());
    }

    static StockState from(Goods goods, StockState otherwise) {
        return goods.from() == null ? otherwise : goods.from();
    }
}
