package io.stockhub.stock;

import io.stockhub.stock.jdbc.JdbcStockMaster;
import io.stockhub.stock.ledger.Book;
import io.stockhub.stock.ledger.OrderRules;
import io.stockhub.stock.routing.Order;
import io.stockhub.stock.routing.OrderRouter;
import io.stockhub.stock.routing.RoutingRules;
import io.stockhub.stock.routing.Stock;
import io.stockhub.stock.routing.Take;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs the lines of a scenario; the verbs are explained in scenarios/README.md. */
final class Scenario {
    private static final Map<String, MovementKind> MOVES = Map.ofEntries(
            Map.entry("expect", MovementKind.EXPECT),
            Map.entry("receive", MovementKind.RECEIPT),
            Map.entry("putaway", MovementKind.PUTAWAY),
            Map.entry("send", MovementKind.TRANSFER_SHIP),
            Map.entry("arrive", MovementKind.TRANSFER_RECEIVE),
            Map.entry("lose", MovementKind.TRANSFER_LOSS),
            Map.entry("return", MovementKind.RETURN),
            Map.entry("decide", MovementKind.DISPOSITION),
            Map.entry("damage", MovementKind.DAMAGE),
            Map.entry("block", MovementKind.BLOCK),
            Map.entry("unblock", MovementKind.UNBLOCK),
            Map.entry("adjust", MovementKind.ADJUSTMENT),
            Map.entry("count", MovementKind.COUNT),
            Map.entry("assemble", MovementKind.ASSEMBLY),
            Map.entry("write-off", MovementKind.WRITE_OFF));

    private final StockFixture stock;
    private final StockMaster master;
    private final Map<String, Long> movements = new HashMap<>();
    private final Map<String, String> pools = new HashMap<>();
    private final Set<String> seen;

    /** @param seen gets the name of each kind of movement, answer and refusal that came up */
    Scenario(StockFixture stock, Set<String> seen) {
        this.stock = stock;
        this.seen = seen;
        this.master = new JdbcStockMaster(stock.dataSource(), (connection, book) -> rules(book), () -> {});
    }

    void close() throws Exception {
        stock.rows("select distinct kind from movement").forEach(kind -> seen.add("movement " + kind));
        master.close();
    }

    /** What the line gave, in the words of the column after the arrow; null when it is only set-up. */
    @Nullable
    String run(ScenarioLine line) {
        return switch (line.word(0)) {
            case "given" -> given(line);
            case "stock" -> states(line);
            case "see" ->
                said(stock.queries.reservation(line.word(1), line.word(2)).orElseThrow());
            case "cost" ->
                String.join(
                        " ", stock.rows("select trim_scale(average) from sku_cost where sku = '" + line.word(1) + "'"));
            case "discrepancies" -> discrepancies(line);
            case "later" -> later(line);
            default -> answer(line);
        };
    }

    private String answer(ScenarioLine line) {
        Answer answer;
        try {
            answer = master.execute(command(line));
        } catch (InvalidCommandException e) {
            return "invalid " + e.field();
        }
        seen.add("answer " + answer.getClass().getSimpleName());
        if (line.name() != null) {
            long id = answer instanceof Answer.Moved moved
                    ? moved.movementId()
                    : Long.parseLong(
                            stock.rows("select max(movement_id) from movement").getFirst());
            movements.put(line.name(), id);
        }
        return said(answer);
    }

    private Command command(ScenarioLine line) {
        String key = line.option("key");
        return switch (line.word(0)) {
            case "order" ->
                new Command.Reserve(
                        line.word(1),
                        line.word(2),
                        Command.Policy.valueOf(line.options().getOrDefault("policy", "ALL_OR_NOTHING")),
                        null,
                        null,
                        "tester",
                        key,
                        terms(line),
                        line.lines(3));
            case "confirm" -> new Command.Confirm(reservation(line), "tester", key);
            case "pick" -> new Command.Pick(reservation(line), "tester", key, line.lines(3));
            case "ship" -> new Command.Ship(reservation(line), "tester", key, line.lines(3));
            case "cancel" -> new Command.Cancel(reservation(line), "tester", key, line.lines(3));
            case "run-out" -> new Command.Expire(reservation(line), "tester");
            case "fill" -> new Command.FillBackorders(line.word(1), "tester");
            case "reverse" -> new Command.Reverse(movements.getOrDefault(line.word(1), 999_999L), null, "tester", key);
            case "close" -> new Command.CloseInbound(line.word(2), line.word(1), "tester", key, resolutions(line));
            default -> move(line, key);
        };
    }

    private static Command.Move move(ScenarioLine line, @Nullable String key) {
        MovementKind kind = MOVES.get(line.word(0));
        if (kind == null) {
            throw new AssertionError("line " + line.number() + ": no such verb: " + line.word(0));
        }
        MoveDetails details = new MoveDetails(
                line.option("dest"),
                null,
                line.option("holder"),
                line.option("by"),
                line.option("order") == null ? null : line.require("order").split("/")[0],
                line.option("order") == null ? null : line.require("order").split("/")[1],
                line.options().containsKey("last"));
        String reference = line.word(1).equals("-") ? null : line.word(1);
        Instant at = line.option("at") == null ? null : Instant.now().plus(Duration.parse(line.require("at")));
        return new Command.Move(kind, line.word(2), reference, null, at, "tester", key, details, line.lines(3));
    }

    private static Command.Terms terms(ScenarioLine line) {
        return new Command.Terms(
                line.option("customer"),
                line.option("priority") == null ? null : (Integer) Integer.parseInt(line.require("priority")),
                line.option("hold") == null ? null : Duration.parse(line.require("hold")));
    }

    private static List<Command.Resolution> resolutions(ScenarioLine line) {
        List<Command.Resolution> resolutions = new ArrayList<>();
        for (int i = 3; i < line.words().size(); i += 3) {
            resolutions.add(
                    new Command.Resolution(line.word(i + 1), DiscrepancyKind.of(line.word(i)), line.word(i + 2), null));
        }
        return resolutions;
    }

    private long reservation(ScenarioLine line) {
        return stock.queries
                .reservation(line.word(1), line.word(2))
                .map(Reservation::reservationId)
                .orElse(999_999L);
    }

    private String said(Answer answer) {
        return switch (answer) {
            case Answer.Moved moved ->
                moved.replayed() ? "ok again" : moved.movementId() == 0 ? "ok nothing to move" : "ok";
            case Answer.Held held -> said(held.reservation()) + (held.replayed() ? " again" : "");
            case Answer.InsufficientStock few ->
                "short "
                        + few.shortages().stream()
                                .map(each -> each.sku() + " " + each.available() + " of " + each.requested())
                                .collect(Collectors.joining(", "));
            case Answer.UnknownSku unknown -> "unknown sku " + unknown.sku();
            case Answer.UnknownLocation unknown -> "unknown location " + unknown.location();
            case Answer.UnknownReservation unknown -> "unknown reservation";
            case Answer.UnknownMovement unknown -> "unknown movement";
            case Answer.NotHeld few -> "not held " + few.sku() + " " + few.held() + " of " + few.requested();
            case Answer.KeyConflict conflict -> "conflict";
            case Answer.Refused refused -> {
                seen.add("refusal " + StockFixture.code(refused));
                yield "refused " + StockFixture.code(refused);
            }
        };
    }

    /** Status, then what each place holds, then what is picked, shipped, waiting and returned. */
    private static String said(Reservation reservation) {
        Map<String, Long> held = new TreeMap<>();
        long[] sums = new long[4];
        boolean many = reservation.lines().stream()
                        .flatMap(line -> line.parts().keySet().stream())
                        .distinct()
                        .count()
                > 1;
        for (Reservation.Line line : reservation.lines()) {
            for (Reservation.Allocation allocation : line.allocations()) {
                if (allocation.held() > 0) {
                    held.merge(
                            (many ? allocation.sku() + "@" : "") + allocation.location(), allocation.held(), Long::sum);
                }
            }
            sums[0] += line.picked();
            sums[1] += line.shipped();
            sums[2] += line.backordered();
            sums[3] += line.returned();
        }
        StringBuilder said = new StringBuilder(reservation.status().code());
        held.forEach(
                (place, units) -> said.append(' ').append(place).append(':').append(units));
        String[] names = {"picked", "shipped", "waiting", "returned"};
        for (int i = 0; i < names.length; i++) {
            if (sums[i] > 0) {
                said.append(' ').append(names[i]).append('=').append(sums[i]);
            }
        }
        return said.toString();
    }

    /** What is where, by state; with {@code lot=}, {@code bin=}, {@code pool=}, {@code serials=} only such units. */
    private String states(ScenarioLine line) {
        StringBuilder sql = new StringBuilder(
                "select state || '=' || sum(quantity) from account where quantity > 0 and state not in"
                        + " ('supplier', 'customer', 'shrinkage', 'production', 'disposed')");
        sql.append(" and sku = '").append(line.word(1)).append("'");
        if (line.words().size() > 2) {
            sql.append(" and location = '").append(line.word(2)).append("'");
        }
        line.options().forEach((name, value) -> sql.append(" and ")
                .append(name.equals("serials") ? "serial" : name)
                .append(" = '")
                .append(value)
                .append("'"));
        String states = String.join(" ", stock.rows(sql + " group by state order by state"));
        return states.isEmpty() ? "nothing" : states;
    }

    private String discrepancies(ScenarioLine line) {
        String found = String.join(
                ", ",
                stock.rows("select kind || ' ' || sku || ' ' || quantity || coalesce(' ' || resolution, '')"
                        + " from discrepancy where reference = '" + line.word(1) + "' order by discrepancy_id"));
        return found.isEmpty() ? "none" : found;
    }

    /** Instead of waiting, all that has an end comes so much nearer to it. */
    private @Nullable String later(ScenarioLine line) {
        String interval = line.word(1) + " " + line.word(2);
        stock.sql("update reservation set hold_until = hold_until - ?::interval", interval);
        stock.sql("update lot set expiry = (expiry - ?::interval)::date", interval);
        return null;
    }

    private @Nullable String given(ScenarioLine line) {
        switch (line.word(1)) {
            case "sku" -> {
                for (String sku : line.words().subList(2, line.words().size())) {
                    stock.sku(sku, Tracking.of(line.options().getOrDefault("tracked", "none")));
                }
            }
            case "bundle", "kit" -> {
                List<Object> parts = new ArrayList<>();
                line.lines(3).forEach(part -> parts.addAll(List.of(part.sku(), part.quantity())));
                stock.sql("delete from sku_component where sku = ?", line.word(2));
                if (line.word(1).equals("kit")) {
                    stock.kit(line.word(2), parts.toArray());
                    stock.sql(
                            "update sku set tracking = ? where sku = ?",
                            line.options().getOrDefault("tracked", "none"),
                            line.word(2));
                } else {
                    stock.bundle(line.word(2), parts.toArray());
                }
            }
            case "location" -> {
                int priority = Integer.parseInt(line.options().getOrDefault("priority", "100"));
                String runBy = line.option("run-by");
                stock.catalogue.put(new Catalogue.Location(
                        line.word(2),
                        line.word(2),
                        runBy == null ? "warehouse" : "marketplace",
                        null,
                        null,
                        null,
                        priority,
                        runBy,
                        null,
                        null,
                        null));
            }
            case "bin" ->
                stock.sql(
                        "insert into bin (location, bin, pick_order) values (?, ?, ?)",
                        line.word(2),
                        line.word(3),
                        Integer.parseInt(line.options().getOrDefault("pick", "100")));
            case "pool" -> pools.put(line.word(2), line.word(3));
            case "old-order" ->
                stock.sql(
                        "update posting set reservation_id = null, reservation_line = null where movement_id = ?",
                        movements.getOrDefault(line.word(2), 0L));
            default -> throw new AssertionError("line " + line.number() + ": no such thing: " + line.word(1));
        }
        return null;
    }

    private OrderRules rules(Book book) {
        OrderRouter router = OrderRouter.of(RoutingRules.NONE, book.warehouses());
        return new OrderRules() {
            @Override
            public String pool(String channel) {
                return pools.getOrDefault(channel, "");
            }

            @Override
            public int priority(String channel, @Nullable String customer) {
                return "vip".equals(customer) ? 1 : 5;
            }

            @Override
            public List<String> locations(String channel, Command.@Nullable ShipTo shipTo) {
                return router.locations(channel, shipTo);
            }

            @Override
            public List<Take> route(Order order, Stock there, Instant now) {
                return order.demand().isEmpty()
                        ? List.of()
                        : router.route(order, there, location -> 0, now).takes();
            }
        };
    }

    /** Everything that has to come up in some scenario: kinds of movements, of answers and of refusals. */
    static Set<String> all(Set<String> refusals) {
        Set<String> all = new TreeSet<>();
        for (MovementKind kind : MovementKind.values()) {
            all.add("movement " + kind.code());
        }
        for (Class<?> answer : Answer.class.getPermittedSubclasses()) {
            all.add("answer " + answer.getSimpleName());
        }
        refusals.forEach(code -> all.add("refusal " + code));
        return all;
    }
}
