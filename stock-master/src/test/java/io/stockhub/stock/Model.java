package io.stockhub.stock;

import static io.stockhub.stock.StockState.AVAILABLE;
import static io.stockhub.stock.StockState.CUSTOMER;
import static io.stockhub.stock.StockState.PICKED;
import static io.stockhub.stock.StockState.RESERVED;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Orders and the stock that they hold, as plain maps: what the ledger must come to, said again without looking at how it does so. */
class Model extends ModelTypes {
    static final Map<String, Integer> BINS = Map.of("P1", 10, "P2", 20);
    final List<String> places;
    final Map<String, Map<String, Long>> bundles;
    final Map<String, Integer> lots;
    TreeMap<Key, Long> units = new TreeMap<>();
    final Map<Key, Integer> numbers = new HashMap<>();
    final TreeSet<Key> touched = new TreeSet<>();
    final Map<String, Order> orders = new TreeMap<>();
    final List<Moved> movements = new ArrayList<>();
    final Map<String, Inbound> inbounds = new TreeMap<>();
    boolean due;

    /** @param lots days until each lot expires, negative when it has */
    Model(List<String> places, Map<String, Map<String, Long>> bundles, Map<String, Integer> lots) {
        this.places = places;
        this.bundles = bundles;
        this.lots = lots;
    }

    long quantity(Key key) {
        return units.getOrDefault(key, 0L);
    }

    void post(Moved moved, Key from, Key to, long quantity, @Nullable Order order, int line) {
        if (moved.postings.isEmpty()) {
            movements.add(moved);
        }
        moved.postings.add(new Posting(from, to, quantity, order, line));
        add(from, -quantity);
        add(to, quantity);
    }

    void add(Key key, long change) {
        touched.add(key);
        units.merge(key, change, Long::sum);
        units.remove(key, 0L);
    }

    Map<String, Long> parts(String sku) {
        return bundles.getOrDefault(sku, Map.of(sku, 1L));
    }

    Stream<Key> there(String sku, String place, StockState state) {
        return units.keySet().stream()
                .filter(key -> key.sku().equals(sku) && key.place().equals(place) && key.state() == state);
    }

    /** Own pool, then shared, then others'; what expires first; the bin that is picked first. */
    List<Key> best(String sku, String place, StockState state, String own, Predicate<Key> which) {
        return there(sku, place, state)
                .filter(which)
                .sorted(Comparator.<Key>comparingInt(
                                key -> key.pool().equals(own) ? 0 : key.pool().isEmpty() ? 1 : 2)
                        .thenComparingInt(key -> lots.getOrDefault(key.lot(), Integer.MAX_VALUE))
                        .thenComparingInt(key -> BINS.getOrDefault(key.bin(), 100))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    static String own(String channel) {
        return channel.equals("web") ? "WEB" : "";
    }

    private Predicate<Key> sellable(String channel) {
        return key -> (key.pool().isEmpty() || key.pool().equals(own(channel))) && lots.getOrDefault(key.lot(), 1) >= 0;
    }

    private long sellable(String sku, String place, String channel) {
        return there(sku, place, AVAILABLE)
                .filter(sellable(channel))
                .mapToLong(this::quantity)
                .sum();
    }

    // ---- orders ----

    boolean reserve(Command.Reserve ask) {
        Map<String, Long> demand = new java.util.LinkedHashMap<>();
        ask.lines().forEach(line -> demand.merge(line.sku(), line.quantity(), Long::sum));
        Order known = orders.get(ask.channel() + "/" + ask.orderRef());
        if (known != null) {
            return known.demand.equals(demand);
        }
        Map<String, Long> left = new HashMap<>();
        Map<String, Long> granted = new HashMap<>();
        for (Map.Entry<String, Long> line : demand.entrySet()) {
            long most = line.getValue();
            for (Map.Entry<String, Long> part : parts(line.getKey()).entrySet()) {
                long there = left.computeIfAbsent(part.getKey(), sku -> places.stream()
                        .mapToLong(place -> sellable(sku, place, ask.channel()))
                        .sum());
                most = Math.min(most, there / part.getValue());
            }
            long some = most;
            parts(line.getKey()).forEach((part, each) -> left.merge(part, -some * each, Long::sum));
            granted.put(line.getKey(), some);
        }
        boolean all = granted.equals(demand);
        boolean none = granted.values().stream().allMatch(each -> each == 0);
        if (ask.policy() == Command.Policy.ALL_OR_NOTHING && !all || ask.policy() == Command.Policy.PARTIAL && none) {
            return false;
        }
        Integer asked = ask.terms().priority();
        Order order = new Order(ask.channel(), ask.orderRef(), asked == null ? 5 : asked, demand);
        order.hold = ask.terms().holdFor() != null;
        Map<String, Long> need = new TreeMap<>();
        demand.forEach((sku, quantity) -> {
            Line line = new Line(sku, quantity, new TreeMap<>(parts(sku)));
            long some = Objects.requireNonNull(granted.get(sku));
            line.waiting = ask.policy() == Command.Policy.BACKORDER ? quantity - some : 0;
            order.lines.add(line);
            line.parts.forEach((part, each) -> need.merge(part, some * each, Long::sum));
        });
        need.values().removeIf(each -> each == 0);
        String whole = whole(need, ask.channel());
        Moved moved = new Moved(MovementKind.RESERVATION);
        for (int i = 0; i < order.lines.size(); i++) {
            give(order, i, Objects.requireNonNull(granted.get(order.lines.get(i).sku)), whole, moved);
        }
        orders.put(order.channel + "/" + order.ref, order);
        ages.add(order);
        return true;
    }

    /** The first place that has everything. */
    private @Nullable String whole(Map<String, Long> need, String channel) {
        return places.stream()
                .filter(place -> need.entrySet().stream()
                        .allMatch(part -> sellable(part.getKey(), place, channel) >= part.getValue()))
                .findFirst()
                .orElse(null);
    }

    private void give(Order order, int number, long some, @Nullable String whole, Moved moved) {
        Line line = order.lines.get(number);
        line.parts.forEach((sku, each) -> {
            long open = some * each;
            for (String place : whole == null ? places : List.of(whole)) {
                for (Key key : best(sku, place, AVAILABLE, own(order.channel), sellable(order.channel))) {
                    long taken = Math.min(open, quantity(key));
                    if (taken > 0) {
                        open -= taken;
                        part(line, key.in(RESERVED)).quantity += taken;
                        post(moved, key, key.in(RESERVED), taken, order, number);
                    }
                }
            }
        });
    }

    private static Part part(Line line, Key reserved) {
        return line.held.stream()
                .filter(part -> part.reserved.equals(reserved))
                .findFirst()
                .orElseGet(() -> {
                    line.held.add(new Part(reserved));
                    return line.held.getLast();
                });
    }

    /** Picks, ships or gives back; an empty list is everything. */
    boolean change(Order order, List<Command.Line> asked, MovementKind kind) {
        Map<String, Long> open = new HashMap<>();
        for (Line line : order.lines) {
            open.put(
                    line.sku,
                    switch (kind) {
                        case PICK -> line.units(Part::held) - line.units(part -> part.picked);
                        case SHIP -> line.units(Part::held);
                        default -> line.units(Part::held) + line.waiting;
                    });
        }
        boolean nothing = open.values().stream().allMatch(each -> each == 0);
        if (asked.isEmpty() && nothing) {
            long shipped = sum(order, part -> part.shipped);
            boolean over = sum(order, Part::held)
                            + order.lines.stream()
                                    .mapToLong(line -> line.waiting)
                                    .sum()
                    == 0;
            boolean done =
                    switch (kind) {
                        case PICK -> sum(order, part -> part.picked) > 0;
                        case SHIP -> over && shipped > 0;
                        default -> over && shipped == 0;
                    };
            return done;
        }
        if (kind != MovementKind.RELEASE && order.hold) {
            return false;
        }
        Map<String, Long> wanted = new HashMap<>();
        asked.forEach(line -> wanted.merge(line.sku(), line.quantity(), Long::sum));
        if (asked.isEmpty()) {
            wanted.putAll(open);
        }
        if (wanted.entrySet().stream().anyMatch(each -> each.getValue() > open.getOrDefault(each.getKey(), 0L))) {
            return false;
        }
        Moved moved = new Moved(kind);
        for (int i = 0; i < order.lines.size(); i++) {
            Line line = order.lines.get(i);
            long many = wanted.getOrDefault(line.sku, 0L);
            if (kind == MovementKind.RELEASE) {
                long dropped = Math.min(many, line.waiting);
                line.waiting -= dropped;
                many -= dropped;
            }
            for (Map.Entry<String, Long> each : line.parts.entrySet()) {
                long left = many * each.getValue();
                left = change(order, i, each.getKey(), left, kind == MovementKind.SHIP, kind, moved);
                if (kind != MovementKind.PICK) {
                    change(order, i, each.getKey(), left, kind != MovementKind.SHIP, kind, moved);
                }
            }
        }
        return true;
    }

    static long sum(Order order, java.util.function.ToLongFunction<Part> field) {
        return order.lines.stream().mapToLong(line -> line.units(field)).sum();
    }

    private long change(
            Order order, int number, String sku, long left, boolean picked, MovementKind kind, Moved moved) {
        long open = left;
        for (Part part : List.copyOf(order.lines.get(number).held)) {
            long some = Math.min(open, picked ? part.picked : part.held() - part.picked);
            if (part.reserved.sku().equals(sku) && some > 0) {
                open -= some;
                part.picked += kind == MovementKind.PICK ? some : picked ? -some : 0;
                part.shipped += kind == MovementKind.SHIP ? some : 0;
                part.cancelled += kind == MovementKind.RELEASE ? some : 0;
                StockState to = kind == MovementKind.PICK ? PICKED : kind == MovementKind.SHIP ? CUSTOMER : AVAILABLE;
                post(
                        moved,
                        picked ? part.reserved.in(PICKED) : part.reserved,
                        part.reserved.in(to),
                        some,
                        order,
                        number);
            }
        }
        return open;
    }

    /** Whoever waits for what has just become available, in the order of priority and age. */
    void fill(int firstMovement) {
        TreeSet<String> came = new TreeSet<>();
        for (Moved moved : movements.subList(firstMovement, movements.size())) {
            moved.postings.stream()
                    .filter(posting -> posting.to().state() == AVAILABLE)
                    .forEach(posting -> came.add(posting.to().sku()));
        }
        fill(came);
    }

    void fill(TreeSet<String> came) {
        ages.stream()
                .filter(order -> order.lines.stream()
                        .anyMatch(line ->
                                line.waiting > 0 && line.parts.keySet().stream().anyMatch(came::contains)))
                .sorted(Comparator.comparingInt(order -> order.priority))
                .toList()
                .forEach(order -> {
                    Moved moved = new Moved(MovementKind.RESERVATION);
                    for (int i = 0; i < order.lines.size(); i++) {
                        Line line = order.lines.get(i);
                        long most = line.waiting;
                        for (Map.Entry<String, Long> part : line.parts.entrySet()) {
                            long there = places.stream()
                                    .mapToLong(place -> sellable(part.getKey(), place, order.channel))
                                    .sum();
                            most = Math.min(most, there / part.getValue());
                        }
                        line.waiting -= most;
                        Map<String, Long> need = new TreeMap<>();
                        for (Map.Entry<String, Long> part : line.parts.entrySet()) {
                            need.put(part.getKey(), part.getValue() * most);
                        }
                        give(order, i, most, whole(need, order.channel), moved);
                    }
                });
    }

    /** Orders by age. */
    final List<Order> ages = new ArrayList<>();

    /** The ledger reads what an order holds by place, then by the age of the account. */
    void startBatch() {
        orders.values()
                .forEach(order -> order.lines.forEach(line ->
                        line.held.sort(Comparator.<Part>comparingInt(part -> places.indexOf(part.reserved.place()))
                                .thenComparingInt(part -> numbers.getOrDefault(part.reserved, 0)))));
    }

    void endBatch() {
        List<Key> made =
                touched.stream().filter(key -> !numbers.containsKey(key)).toList();
        made.forEach(key -> numbers.put(key, numbers.size()));
        // With plain units that can be promised comes the account in which they will be.
        made.stream()
                .filter(key -> key.equals(Key.plain(key.sku(), key.place(), AVAILABLE)))
                .forEach(key -> numbers.putIfAbsent(key.in(StockState.RESERVED), numbers.size()));
        touched.clear();
    }

    boolean confirm(@Nullable Order order) {
        if (order == null || order.expired || order.hold && due) {
            return false;
        }
        order.hold = false;
        return true;
    }

    boolean expire(@Nullable Order order) {
        if (order == null) {
            return false;
        }
        if (order.hold && due) {
            order.expired = sum(order, Part::held)
                            + order.lines.stream()
                                    .mapToLong(line -> line.waiting)
                                    .sum()
                    > 0;
            if (order.expired) {
                change(order, List.of(), MovementKind.RELEASE);
            }
            order.hold = false;
        }
        return true;
    }
}
