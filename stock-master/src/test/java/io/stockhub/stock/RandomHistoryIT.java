package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.jdbc.Batch;
import io.stockhub.stock.jdbc.OrderRulesSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand random commands beside a model of plain maps: after every batch, what the database holds is what the model
 * holds, to the unit and the account. A failure prints its seed; {@code -Dstockhub.seed=N} plays it again.
 */
class RandomHistoryIT {
    private static final int COMMANDS = 10_000;
    private StockFixture stock;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        RandomCommands.world(stock);
    }

    @AfterEach
    void close() throws Exception {
        stock.close();
    }

    static long seed() {
        long seed = Long.getLong("stockhub.seed", System.nanoTime());
        System.out.println("seed " + seed);
        return seed;
    }

    static final OrderRulesSource POOLS = TestRules.pools(Model::own);

    /** {@code -Dstockhub.histories=100} plays for an hour. */
    @Test
    void theLedgerHoldsWhatTheModelHolds() throws Exception {
        history(seed());
        for (int more = Integer.getInteger("stockhub.histories", 1); more > 1; more--) {
            close();
            start();
            history(seed());
        }
    }

    private void history(long seed) throws Exception {
        Random random = new Random(seed);
        RandomCommands commands = new RandomCommands(random, false);
        ModelMoves model = new ModelMoves(
                RandomCommands.PLACES,
                RandomCommands.BUNDLES,
                RandomCommands.LOTS,
                Set.of("LOT"),
                Map.of("A", 2L, "LOT", 1L));
        int done = 0;
        int effects = 0;
        while (done < COMMANDS) {
            List<Command> batch = new ArrayList<>();
            for (int i = random.nextInt(60); i >= 0; i--) {
                batch.add(commands.next());
            }
            if (random.nextInt(10) == 0) {
                stock.sql(
                        "update reservation set hold_until = now() - interval '1 minute' where hold_until is not null");
                model.due = true;
            }
            model.startBatch();
            int first = model.movements.size();
            List<Answer> answers = Batch.together(stock.dataSource(), POOLS, batch.toArray(Command[]::new));
            for (int i = 0; i < batch.size(); i++) {
                boolean expected = model.apply(batch.get(i));
                Answer answer = answers.get(i);
                boolean accepted = answer instanceof Answer.Moved || answer instanceof Answer.Held;
                assertThat(accepted)
                        .as("seed %d, command %d: %s\nanswered %s", seed, done + i, batch.get(i), answer)
                        .isEqualTo(expected);
                if (answer instanceof Answer.Held held && batch.get(i) instanceof Command.Reserve order) {
                    model.byId.put(
                            held.reservation().reservationId(),
                            model.orders.get(order.channel() + "/" + order.orderRef()));
                    commands.reservations.add(held.reservation().reservationId());
                }
                effects += accepted ? 1 : 0;
            }
            model.endBatch();
            numberMovements(model, first, commands, seed);
            if (model.due) {
                stock.sql("update reservation set hold_until = now() + interval '1 hour' where hold_until is not null");
                model.due = false;
            }
            done += batch.size();
            assertThat(books()).as("seed %d after %d commands", seed, done).isEqualTo(books(model));
        }
        Map<MovementKind, Long> kinds = model.movements.stream()
                .collect(Collectors.groupingBy(each -> each.kind, TreeMap::new, Collectors.counting()));
        System.out.println(done + " commands, " + effects + " with effect: " + kinds);
        assertThat(kinds.keySet()).as("seed %d", seed).containsExactlyInAnyOrder(MovementKind.values());
        assertThat(stock.queries.verify().passes())
                .as("seed %d: %s", seed, stock.queries.verify())
                .isTrue();
    }

    private void numberMovements(ModelMoves model, int first, RandomCommands commands, long seed) {
        long last = model.byNumber.isEmpty() ? 0 : model.byNumber.lastKey();
        List<String> rows = stock.rows("select movement_id || ' ' || kind from movement where movement_id > " + last
                + " order by movement_id");
        List<ModelTypes.Moved> moved = model.movements.subList(first, model.movements.size());
        assertThat(rows.stream().map(row -> row.split(" ")[1]).toList())
                .as("seed %d", seed)
                .isEqualTo(moved.stream().map(each -> each.kind.code()).toList());
        for (int i = 0; i < rows.size(); i++) {
            long id = Long.parseLong(rows.get(i).split(" ")[0]);
            model.byNumber.put(id, moved.get(i));
            commands.movements.add(id);
        }
    }

    private Set<String> books() {
        Set<String> books = new TreeSet<>(stock.rows(
                "select concat_ws('|', sku, location, state, lot, serial, bin, pool, holder, quantity) from account"
                        + " where quantity <> 0"));
        books.addAll(
                stock.rows("select concat_ws('|', 'held', channel, order_ref, line, c.sku, c.location, c.lot, c.serial,"
                        + " c.bin, c.pool, a.quantity, a.picked, a.shipped, a.cancelled) from allocation a"
                        + " join reservation using (reservation_id) join account c using (account_id)"));
        books.addAll(
                stock.rows(
                        "select concat_ws('|', 'line', channel, order_ref, line, quantity, backordered, returned,"
                                + " hold_until is not null, expired) from reservation_line join reservation using (reservation_id)"));
        books.addAll(stock.rows(
                "select concat_ws('|', 'announced', i.location, i.reference, sku, announced, closed_at is not null)"
                        + " from inbound i join inbound_line l using (location, reference) where announced > 0"));
        books.addAll(stock.rows("select concat_ws('|', 'open', kind, sku, sum(quantity)) from discrepancy"
                + " where resolution is null group by kind, sku"));
        return books;
    }

    private static Set<String> books(ModelMoves model) {
        Set<String> books = new TreeSet<>();
        model.units.forEach((key, quantity) -> books.add(String.join(
                "|",
                key.sku(),
                key.place(),
                key.state().code(),
                key.lot(),
                key.serial(),
                key.bin(),
                key.pool(),
                key.holder(),
                String.valueOf(quantity))));
        for (ModelTypes.Order order : model.orders.values()) {
            for (int i = 0; i < order.lines.size(); i++) {
                ModelTypes.Line line = order.lines.get(i);
                String head = order.channel + "|" + order.ref + "|" + i;
                books.add(String.format(
                        "line|%s|%d|%d|%d|%s|%s",
                        head,
                        line.quantity,
                        line.waiting,
                        line.returned,
                        order.hold ? "t" : "f",
                        order.expired ? "t" : "f"));
                for (ModelTypes.Part part : line.held) {
                    ModelTypes.Key key = part.reserved;
                    books.add(String.format(
                            "held|%s|%s|%s|%s|%s|%s|%s|%d|%d|%d|%d",
                            head,
                            key.sku(),
                            key.place(),
                            key.lot(),
                            key.serial(),
                            key.bin(),
                            key.pool(),
                            part.quantity,
                            part.picked,
                            part.shipped,
                            part.cancelled));
                }
            }
        }
        Map<String, Long> open = new TreeMap<>();
        model.inbounds.forEach((name, inbound) -> {
            inbound.announced.forEach((sku, quantity) -> {
                if (quantity > 0) {
                    books.add("announced|" + name.replace('/', '|') + "|" + sku + "|" + quantity + "|"
                            + (inbound.closed ? "t" : "f"));
                }
            });
            inbound.open.forEach(found -> open.merge(found.kind() + "|" + found.sku(), found.quantity(), Long::sum));
        });
        model.onTheRoad.forEach(found -> open.merge(found.kind() + "|" + found.sku(), found.quantity(), Long::sum));
        open.forEach((name, quantity) -> books.add("open|" + name + "|" + quantity));
        return books;
    }
}
