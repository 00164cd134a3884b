package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.jdbc.JdbcStockMaster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Many callers on two hubs, all kinds of commands at once, and the line of one hub to the database breaks again and again;
 * what was answered and what is written must agree.
 */
class RandomCallersIT {
    private static final int COMMANDS = 10_000;
    private static final int CALLERS = 60;

    private static final AtomicInteger ONCE = new AtomicInteger();

    private record Asked(Command command, Answer answer) {}

    @Test
    void whatWasAnsweredIsWhatIsWrittenAndNothingIsSoldTwice() throws Exception {
        long seed = RandomHistoryIT.seed();
        Random random = new Random(seed);
        int broken = 0;
        try (StockFixture stock = new StockFixture();
                StockMaster one = new JdbcStockMaster(stock.dataSource(), RandomHistoryIT.POOLS, () -> {});
                Hub second = new Hub(stock)) {
            StockMaster two = second.master();
            RandomCommands.world(stock);
            RandomCommands commands = new RandomCommands(random, true);
            List<Asked> asked = new ArrayList<>();
            while (asked.size() < COMMANDS) {
                second.line().breakAt(1 + random.nextInt(60), random.nextBoolean());
                asked.addAll(round(commands, one, two));
                stock.rows("select movement_id from movement where movement_id > "
                                + (commands.movements.isEmpty() ? 0 : commands.movements.getLast())
                                + " order by movement_id")
                        .forEach(id -> commands.movements.add(Long.parseLong(id)));
                broken += second.line().broke() ? 1 : 0;
                second.line().breakAt(Integer.MAX_VALUE, false);
            }
            System.out.println(asked.size() + " commands, " + broken + " broken commits");
            assertThat(broken).isPositive();
            for (String sku : List.of("A", "B", "LOT", "SER", "KIT")) {
                one.execute(new Command.FillBackorders(sku, "sweep"));
            }
            effectsAreThoseOfTheAnswers(stock, asked, seed);
            booksAgree(stock, seed);
        }
    }

    /** A hub whose line breaks. */
    private record Hub(BreakingDataSource line, StockMaster master) implements AutoCloseable {
        private Hub(StockFixture stock) {
            this(new BreakingDataSource(stock.dataSource()));
        }

        private Hub(BreakingDataSource line) {
            this(line, new JdbcStockMaster(line, RandomHistoryIT.POOLS, () -> {}));
        }

        @Override
        public void close() {
            master.close();
        }
    }

    private static Answer ask(StockMaster hub, Command command) {
        while (true) {
            try {
                return hub.execute(command);
            } catch (StockUnavailableException e) {
                Thread.onSpinWait();
            }
        }
    }

    /** As many commands at once as there are callers; half of those with a key are asked for at both hubs. */
    private static List<Asked> round(RandomCommands commands, StockMaster one, StockMaster two) throws Exception {
        List<Asked> asked = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Asked>> futures = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                Command next = commands.next();
                boolean repeated = next.key() != null;
                Command command = repeated ? next : RandomCommands.withKey(next, "once-" + ONCE.incrementAndGet());
                StockMaster hub = i % 2 == 0 ? one : two;
                futures.add(callers.submit(() -> new Asked(command, ask(hub, command))));
                if (repeated) {
                    StockMaster other = i % 2 == 0 ? two : one;
                    futures.add(callers.submit(() -> new Asked(command, ask(other, command))));
                }
            }
            for (Future<Asked> future : futures) {
                Asked each = future.get();
                asked.add(each);
                if (each.answer() instanceof Answer.Held held && each.command() instanceof Command.Reserve) {
                    commands.reservations.add(held.reservation().reservationId());
                }
            }
        }
        return asked;
    }

    private static void effectsAreThoseOfTheAnswers(StockFixture stock, List<Asked> asked, long seed) {
        Map<String, Set<Long>> byKey = new HashMap<>();
        Map<String, Set<Long>> byOrder = new HashMap<>();
        Set<Long> told = new HashSet<>();
        Set<Long> all = new HashSet<>();
        for (Asked each : asked) {
            String key = each.command().key();
            if (each.answer() instanceof Answer.Moved moved) {
                if (key != null) {
                    byKey.computeIfAbsent(key, any -> new TreeSet<>()).add(moved.movementId());
                }
                if (moved.movementId() != 0) {
                    all.add(moved.movementId());
                }
                if (!moved.replayed() && moved.movementId() != 0) {
                    assertThat(told.add(moved.movementId()))
                            .as("seed %d: %s", seed, moved)
                            .isTrue();
                }
            }
            if (each.answer() instanceof Answer.Held held && each.command() instanceof Command.Reserve order) {
                byOrder.computeIfAbsent(order.channel() + "/" + order.orderRef(), any -> new TreeSet<>())
                        .add(held.reservation().reservationId());
            }
        }
        assertThat(byKey.values()).as("seed %d: each key has one effect", seed).allMatch(ids -> ids.size() == 1);
        assertThat(byOrder.values()).as("seed %d: each order is one", seed).allMatch(ids -> ids.size() == 1);
        assertThat(stock.rows("select channel || '/' || order_ref from reservation order by 1"))
                .as("seed %d: no order that nobody was told of, none lost", seed)
                .isEqualTo(byOrder.keySet().stream().sorted().toList());
        Set<Long> written = stock
                .rows("select movement_id from movement where kind not in"
                        + " ('reservation', 'release', 'pick', 'ship') and coalesce(reason, '') <>"
                        + " 'not there at the last receipt'")
                .stream()
                .map(Long::valueOf)
                .collect(Collectors.toSet());
        assertThat(all).as("seed %d: every movement was answered", seed).isEqualTo(written);
    }

    private static void booksAgree(StockFixture stock, long seed) {
        StockQueries.LedgerReport report = stock.queries.verify();
        assertThat(report.passes()).as("seed %d: %s", seed, report).isTrue();
        none(
                stock,
                seed,
                "a serial is inside and nobody knows, or the other way round",
                """
                select coalesce(a.serial, i.serial) from
                  (select sku, serial from account where serial <> '' and quantity > 0) a
                  full join serial_inside i using (sku, serial) where a.serial is null or i.serial is null""");
        none(
                stock,
                seed,
                "a serial is in two places",
                "select serial from account where serial <> '' and quantity > 0 group by sku, serial having count(*) > 1");
        none(
                stock,
                seed,
                "units with a serial number have none, units with a lot have none",
                """
                select account_id from account where quantity > 0 and state not in ('expected', 'supplier', 'customer',
                  'shrinkage', 'production', 'disposed') and (sku = 'SER' and serial = '' or sku = 'LOT' and lot = '')""");
        none(
                stock,
                seed,
                "announced is not what is expected and what came, less what is over",
                """
                select l.reference from inbound_line l join inbound i using (location, reference)
                where i.closed_at is null and announced <>
                  (select coalesce(sum(quantity), 0) from account a
                   where a.sku = l.sku and a.location = l.location and a.state = 'expected' and a.holder = l.reference)
                  + (select coalesce(sum(p.quantity), 0) from movement m join posting p using (movement_id)
                     join account t on t.account_id = p.to_account
                     where m.kind = 'receipt' and m.reference = l.reference and m.movement_id > i.since
                       and t.location = l.location and p.sku = l.sku
                       and not exists (select from movement r where r.reverses = m.movement_id))
                  - (select coalesce(sum(d.quantity), 0) from discrepancy d
                     where d.document = 'inbound' and d.kind = 'over' and d.resolution is null and d.sku = l.sku
                       and d.location = l.location and d.reference = l.reference)""");
        none(
                stock,
                seed,
                "a line holds more, or waits for more, than was asked for",
                """
                select l.reservation_id from reservation_line l where l.backordered < 0 or l.returned < 0
                  or l.backordered > l.quantity""");
        none(
                stock,
                seed,
                "an older order waits for what a later one got or what is there",
                """
                select r.order_ref from reservation r join reservation_line l using (reservation_id)
                where l.backordered > 0 and l.sku in ('A', 'B', 'KIT') and exists (
                  select from account a where a.sku = l.sku and a.state = 'available' and a.quantity > 0
                    and (a.pool = '' or a.pool = 'WEB' and r.channel = 'web'))""");
        none(
                stock,
                seed,
                "a movement was reversed twice",
                "select reverses from movement where reverses is not null group by reverses having count(*) > 1");
        none(
                stock,
                seed,
                "numbers of one SKU do not grow with time",
                """
                select movement_id from (select movement_id, recorded_at,
                  lag(recorded_at) over (partition by p.sku order by movement_id) as before
                  from posting p join movement using (movement_id)) m where recorded_at < before""");
    }

    private static void none(StockFixture stock, long seed, String wrong, String sql) {
        assertThat(stock.rows(sql)).as("seed %d: %s", seed, wrong).isEmpty();
    }
}
