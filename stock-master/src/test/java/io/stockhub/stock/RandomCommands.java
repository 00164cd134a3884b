package io.stockhub.stock;

import static io.stockhub.stock.StockState.AVAILABLE;
import static io.stockhub.stock.StockState.DAMAGED;
import static io.stockhub.stock.StockState.DISPOSED;
import static io.stockhub.stock.StockState.INSPECTION;
import static io.stockhub.stock.StockState.REFURBISH;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Commands of every kind in a small world, so that they meet. The same seed gives the same commands. */
final class RandomCommands {
    static final List<String> PLACES = List.of("NORTH", "SOUTH");
    static final Map<String, Map<String, Long>> BUNDLES =
            Map.of("SET", Map.of("A", 2L, "B", 1L), "NEST", Map.of("A", 3L, "B", 1L));
    static final Map<String, Integer> LOTS = Map.of("LOLD", -5, "LSOON", 30, "LLATE", 60);
    private static final String[] PLAIN = {"A", "B", "A", "B", "KIT", "LOT", "SER"};
    private static final String[] ORDERED = {"A", "B", "SET", "NEST", "KIT", "LOT"};

    private final Random random;
    private final boolean serialsInOrders;
    private final List<Command> withKeys = new ArrayList<>();
    /** What may be named: filled by whoever gets the answers. */
    final List<Long> reservations = new CopyOnWriteArrayList<>();

    final List<Long> movements = new CopyOnWriteArrayList<>();
    private int keys;

    RandomCommands(Random random, boolean serialsInOrders) {
        this.random = random;
        this.serialsInOrders = serialsInOrders;
    }

    static void world(StockFixture stock) {
        for (String sku : List.of("A", "B")) {
            stock.sku(sku);
        }
        stock.sku("LOT", Tracking.LOT);
        stock.sku("SER", Tracking.SERIAL);
        stock.kit("KIT", "A", 2, "LOT", 1);
        stock.bundle("SET", "A", 2, "B", 1);
        stock.bundle("NEST", "SET", 1, "A", 1);
        for (String place : PLACES) {
            stock.sql("insert into bin (location, bin, pick_order) values (?, 'P1', 10), (?, 'P2', 20)", place, place);
        }
    }

    Command next() {
        if (!withKeys.isEmpty() && random.nextInt(12) == 0) {
            Command again = withKeys.get(random.nextInt(withKeys.size()));
            return random.nextInt(3) > 0 ? again : sameKey(again.key());
        }
        Command command = random.nextInt(100) < 45 ? ofOrder() : move();
        if (command instanceof Command.Move move && random.nextInt(4) == 0) {
            command = keyed(move, "key-" + keys++);
            withKeys.add(command);
        }
        return command;
    }

    private Command sameKey(@Nullable String key) {
        return move() instanceof Command.Move move
                ? keyed(move, key)
                : new Command.Ship(999_999_999, "t", key, List.of());
    }

    private static Command.Move keyed(Command.Move move, @Nullable String key) {
        return new Command.Move(
                move.kind(),
                move.location(),
                move.reference(),
                null,
                null,
                move.actor(),
                key,
                move.details(),
                move.lines());
    }

    /** The same command with a key, for callers that may have to ask again. */
    static Command withKey(Command command, String key) {
        return switch (command) {
            case Command.Move move -> keyed(move, key);
            case Command.Reserve ask ->
                new Command.Reserve(
                        ask.channel(), ask.orderRef(), ask.policy(), null, null, "t", key, ask.terms(), ask.lines());
            case Command.Confirm confirm -> new Command.Confirm(confirm.reservationId(), "t", key);
            case Command.Pick pick -> new Command.Pick(pick.reservationId(), "t", key, pick.lines());
            case Command.Ship ship -> new Command.Ship(ship.reservationId(), "t", key, ship.lines());
            case Command.Cancel cancel -> new Command.Cancel(cancel.reservationId(), "t", key, cancel.lines());
            case Command.Reverse reverse -> new Command.Reverse(reverse.movementId(), null, "t", key);
            case Command.TakeBack takeBack -> new Command.TakeBack(takeBack.movementId(), null, "t", key);
            case Command.CloseInbound close ->
                new Command.CloseInbound(close.location(), close.reference(), "t", key, close.resolutions());
            case Command.Expire expire -> expire;
            case Command.FillBackorders fill -> fill;
        };
    }

    private Command ofOrder() {
        long id = reservations.isEmpty() || random.nextInt(30) == 0 ? 999_999_999 : recent(reservations);
        return switch (random.nextInt(16)) {
            case 0, 1 -> new Command.Pick(id, "t", null, some());
            case 2, 3 -> new Command.Ship(id, "t", null, some());
            case 4, 5 -> new Command.Cancel(id, "t", null, some());
            case 6 -> new Command.Confirm(id, "t", null);
            case 7 -> new Command.Expire(id, "t");
            case 8 -> new Command.FillBackorders(PLAIN[random.nextInt(PLAIN.length)], "t");
            case 9, 10 ->
                new Command.Reverse(
                        movements.isEmpty() || random.nextInt(30) == 0 ? 999_999_999 : recent(movements),
                        null,
                        "t",
                        null);
            default -> order();
        };
    }

    private long recent(List<Long> ids) {
        int size = ids.size();
        return ids.get(random.nextInt(3) == 0 ? random.nextInt(size) : Math.max(0, size - 1 - random.nextInt(12)));
    }

    private List<Command.Line> some() {
        if (random.nextBoolean()) {
            return List.of();
        }
        return List.of(new Command.Line(ORDERED[random.nextInt(ORDERED.length)], 1 + random.nextInt(3)));
    }

    private Command order() {
        List<Command.Line> lines = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            String sku = serialsInOrders && random.nextInt(6) == 0 ? "SER" : ORDERED[random.nextInt(ORDERED.length)];
            lines.add(new Command.Line(sku, 1 + random.nextInt(6)));
        }
        return new Command.Reserve(
                random.nextInt(3) == 0 ? "web" : "shop",
                "o" + random.nextInt(1_500),
                Command.Policy.values()[random.nextInt(3)],
                null,
                null,
                "t",
                null,
                new Command.Terms(
                        null,
                        random.nextInt(4) == 0 ? (Integer) (1 + random.nextInt(9)) : null,
                        random.nextInt(6) == 0 ? Duration.ofHours(1) : null),
                lines);
    }

    private String place() {
        return PLACES.get(random.nextInt(2));
    }

    private static Command.Move of(
            MovementKind kind,
            String place,
            @Nullable String reference,
            MoveDetails details,
            List<Command.Line> lines) {
        return new Command.Move(kind, place, reference, null, null, "t", null, details, lines);
    }

    private Command move() {
        String place = place();
        String other = place.equals("NORTH") ? "SOUTH" : "NORTH";
        String transfer = "T" + random.nextInt(60);
        String inbound = "ASN" + random.nextInt(40);
        MoveDetails holder = MoveDetails.holder(random.nextBoolean() ? "ACME" : "CUSTOMS");
        return switch (random.nextInt(24)) {
            case 0, 1, 2, 3, 4 ->
                of(
                        MovementKind.RECEIPT,
                        place,
                        random.nextInt(3) == 0 ? inbound : null,
                        MoveDetails.NONE,
                        lines(12, true, random.nextInt(8) == 0 ? DAMAGED : null));
            case 5, 6 ->
                of(
                        MovementKind.EXPECT,
                        place,
                        inbound,
                        MoveDetails.NONE,
                        List.of(new Command.Line(PLAIN[random.nextInt(PLAIN.length)], random.nextInt(10))));
            case 7 -> new Command.CloseInbound(place, inbound, "t", null, resolutions());
            case 8 -> {
                Command.Line line = line(6, false, null);
                Goods to = random.nextInt(3) > 0
                        ? line.goods().withToBin("P" + (1 + random.nextInt(2)))
                        : line.goods().withToPool(random.nextBoolean() ? "WEB" : "");
                yield of(
                        MovementKind.PUTAWAY,
                        place,
                        null,
                        MoveDetails.NONE,
                        List.of(new Command.Line(line.sku(), line.quantity(), to)));
            }
            case 9, 10 ->
                of(MovementKind.TRANSFER_SHIP, place, transfer, MoveDetails.to(other, null), lines(6, false, null));
            case 11, 12 ->
                of(
                        MovementKind.TRANSFER_RECEIVE,
                        place,
                        transfer,
                        random.nextInt(3) == 0 ? MoveDetails.lastReceipt() : MoveDetails.NONE,
                        List.of(line(6, false, random.nextInt(6) == 0 ? DAMAGED : null)));
            case 13 -> of(MovementKind.TRANSFER_LOSS, place, transfer, MoveDetails.NONE, List.of(line(2, false, null)));
            case 14, 15 -> returned(place);
            case 16 ->
                of(
                        MovementKind.DISPOSITION,
                        place,
                        null,
                        MoveDetails.NONE,
                        List.of(from(
                                line(
                                        3,
                                        false,
                                        List.of(AVAILABLE, REFURBISH, DISPOSED, DAMAGED)
                                                .get(random.nextInt(4))),
                                List.of(INSPECTION, DAMAGED, REFURBISH).get(random.nextInt(3)))));
            case 17 -> of(MovementKind.DAMAGE, place, null, MoveDetails.NONE, List.of(line(3, false, null)));
            case 18 -> of(MovementKind.BLOCK, place, null, holder, List.of(line(4, false, null)));
            case 19 -> of(MovementKind.UNBLOCK, place, null, holder, List.of(line(4, false, null)));
            case 20 -> {
                List<Command.Line> lines = new ArrayList<>();
                lines.addAll(lines(4, true, null));
                Command.Line less = line(6, false, null);
                lines.add(new Command.Line(less.sku(), -less.quantity(), less.goods()));
                yield of(MovementKind.ADJUSTMENT, place, null, MoveDetails.NONE, lines);
            }
            case 21 -> {
                Command.Line line = line(20, true, null);
                yield of(
                        MovementKind.COUNT,
                        place,
                        "C",
                        MoveDetails.NONE,
                        List.of(
                                line.sku().equals("SER")
                                        ? new Command.Line("A", random.nextInt(20))
                                        : new Command.Line(line.sku(), line.quantity() - 1, line.goods())));
            }
            case 22 ->
                of(
                        MovementKind.ASSEMBLY,
                        place,
                        null,
                        MoveDetails.NONE,
                        List.of(new Command.Line("KIT", 1 + random.nextInt(3))));
            default ->
                of(
                        MovementKind.WRITE_OFF,
                        place,
                        null,
                        MoveDetails.NONE,
                        List.of(from(line(3, false, null), random.nextBoolean() ? AVAILABLE : DAMAGED)));
        };
    }

    private Command returned(String place) {
        boolean ofOrder = random.nextInt(4) > 0;
        String[] skus = {"A", "B", "SET", "NEST"};
        List<Command.Line> lines = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            Goods goods = random.nextInt(3) == 0 ? Goods.ANY.withTo(AVAILABLE) : Goods.ANY;
            lines.add(new Command.Line(skus[random.nextInt(ofOrder ? 4 : 2)], 1 + random.nextInt(2), goods));
        }
        return of(
                MovementKind.RETURN,
                place,
                "RMA",
                ofOrder ? MoveDetails.ofOrder("shop", "o" + random.nextInt(1_500)) : MoveDetails.NONE,
                lines);
    }

    /** What nobody can know without the books is sometimes right: most inbounds differ in little. */
    private List<Command.Resolution> resolutions() {
        List<Command.Resolution> resolutions = new ArrayList<>();
        for (String sku : List.of("A", "B")) {
            if (random.nextInt(3) == 0) {
                resolutions.add(new Command.Resolution(
                        sku,
                        List.of(DiscrepancyKind.SHORT, DiscrepancyKind.OVER).get(random.nextInt(2)),
                        "accepted",
                        null));
            }
        }
        return resolutions;
    }

    private static Command.Line from(Command.Line line, StockState from) {
        return new Command.Line(line.sku(), line.quantity(), line.goods().withFrom(from));
    }

    private List<Command.Line> lines(int most, boolean comesIn, @Nullable StockState to) {
        List<Command.Line> lines = new ArrayList<>();
        lines.add(line(most, comesIn, to));
        if (random.nextInt(3) == 0) {
            Command.Line second = line(most, comesIn, to);
            if (!second.sku().equals("SER")) {
                lines.add(second);
            }
        }
        return lines;
    }

    private Command.Line line(int most, boolean comesIn, @Nullable StockState to) {
        String sku = PLAIN[random.nextInt(PLAIN.length)];
        Goods goods = to == null ? Goods.ANY : Goods.ANY.withTo(to);
        long quantity = 1 + random.nextInt(most);
        if (sku.equals("LOT")) {
            String lot = List.of("LOLD", "LSOON", "LLATE").get(random.nextInt(3));
            goods = goods.withLot(
                    lot, comesIn ? LocalDate.now(ZoneOffset.UTC).plusDays(LOTS.getOrDefault(lot, 0)) : null);
        } else if (sku.equals("SER")) {
            int first = random.nextInt(40);
            goods = goods.withSerials(List.of("S" + first, "S" + (first + 1)));
            quantity = 2;
        } else if (comesIn && random.nextInt(3) == 0) {
            goods = goods.withBin("P" + (1 + random.nextInt(2)));
        }
        if (comesIn && random.nextInt(8) == 0) {
            goods = goods.withPool("WEB");
        }
        return new Command.Line(sku, quantity, goods);
    }
}
