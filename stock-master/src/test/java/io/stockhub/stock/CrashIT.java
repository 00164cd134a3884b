package io.stockhub.stock;

import static io.stockhub.stock.StockFixture.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.postgres.EmbeddedPostgres;
import io.stockhub.stock.jdbc.JdbcStockMaster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line breaks, or the database dies, at every moment of a commit; the caller asks again with the same key. */
class CrashIT {
    @TempDir
    Path folder;

    private static Command.Move move(
            MovementKind kind, String place, String reference, MoveDetails details, String key, Command.Line... lines) {
        return new Command.Move(kind, place, reference, null, null, "t", key, details, List.of(lines));
    }

    /** One command a kind, on stock that lets it happen again and again. */
    private static Map<String, Command> commands(StockFixture stock, String key) {
        long id = stock.held(stock.master.execute(
                        stock.order("for-" + key, Command.Policy.ALL_OR_NOTHING, line("TEE", 2), line("MUG", 1))))
                .reservationId();
        long receipt =
                stock.moved(move(MovementKind.RECEIPT, "NORTH", "PO", MoveDetails.NONE, "r" + key, line("TEE", 1)));
        stock.moved(move(MovementKind.EXPECT, "NORTH", "IN" + key, MoveDetails.NONE, "e" + key, line("TEE", 1)));
        Map<String, Command> commands = new LinkedHashMap<>();
        commands.put(
                "receipt",
                move(
                        MovementKind.RECEIPT,
                        "NORTH",
                        "PO",
                        MoveDetails.NONE,
                        key,
                        line("TEE", 3, goods -> goods.withUnitCost(java.math.BigDecimal.ONE))));
        commands.put(
                "order",
                new Command.Reserve(
                        "shop",
                        key,
                        Command.Policy.BACKORDER,
                        null,
                        null,
                        "t",
                        key,
                        List.of(line("TEE", 1), line("NEW", 1))));
        commands.put("pick", new Command.Pick(id, "t", key, List.of(line("TEE", 1))));
        commands.put("ship", new Command.Ship(id, "t", key, List.of(line("TEE", 1))));
        commands.put("cancel", new Command.Cancel(id, "t", key, List.of(line("MUG", 1))));
        commands.put("confirm", new Command.Confirm(id, "t", key));
        commands.put("reverse", new Command.Reverse(receipt, null, "t", key));
        commands.put(
                "transfer",
                move(
                        MovementKind.TRANSFER_SHIP,
                        "NORTH",
                        "T" + key,
                        MoveDetails.to("SOUTH", null),
                        key,
                        line("TEE", 2)));
        commands.put("expect", move(MovementKind.EXPECT, "NORTH", "A" + key, MoveDetails.NONE, key, line("MUG", 4)));
        commands.put(
                "close",
                new Command.CloseInbound(
                        "NORTH",
                        "IN" + key,
                        "t",
                        key,
                        List.of(new Command.Resolution("TEE", DiscrepancyKind.SHORT, "claimed", null))));
        return commands;
    }

    @Test
    void aLineThatBreaksAtAnyCallOfACommitLeavesTheEffectOnceWhenTheCallerAsksAgain() throws Exception {
        try (StockFixture stock = new StockFixture()) {
            List.of("TEE", "MUG", "NEW").forEach(stock::sku);
            stock.receive("TEE", "NORTH", 100_000);
            stock.receive("MUG", "NORTH", 100_000);
            BreakingDataSource breaking = new BreakingDataSource(stock.dataSource());
            AtomicInteger number = new AtomicInteger();
            int broken = 0;
            try (StockMaster hub = new JdbcStockMaster(breaking, () -> {})) {
                for (String kind : commands(stock, "first").keySet()) {
                    boolean more = true;
                    for (int at = 1; more; at++) {
                        for (boolean doneFirst : new boolean[] {false, true}) {
                            String key = "k" + number.incrementAndGet();
                            Command command = commands(stock, key).getOrDefault(kind, new Command.Confirm(0, "t", key));
                            more = askedAgain(stock, hub, breaking, command, at, doneFirst);
                            broken += more ? 1 : 0;
                        }
                    }
                }
            }
            System.out.println(broken + " broken commits");
            assertThat(broken).isGreaterThan(100);
            assertThat(stock.queries.verify().passes())
                    .as("%s", stock.queries.verify())
                    .isTrue();
            assertThat(stock.rows("select count(*) - count(distinct key) from idempotency"))
                    .containsExactly("0");
        }
    }

    /** False when the command needs fewer calls than that. */
    private static boolean askedAgain(
            StockFixture stock,
            StockMaster hub,
            BreakingDataSource breaking,
            Command command,
            int at,
            boolean doneFirst) {
        long before = movements(stock);
        breaking.breakAt(at, doneFirst);
        List<String> said = new ArrayList<>(1);
        Answer first = ask(hub, command, said);
        boolean broke = breaking.broke();
        breaking.breakAt(Integer.MAX_VALUE, false);
        if (first == null && movements(stock) > before) {
            assertThat(said.getFirst()).as("it is done, and nobody knows").contains("the outcome is unknown");
        }
        assertThat(first == null).as("%s at call %d", command, at).isEqualTo(broke);
        Answer again = ask(hub, command);
        boolean moves = !(command instanceof Command.Confirm);
        assertThat(again)
                .as("%s at call %d", command, at)
                .matches(answer -> answer instanceof Answer.Moved || answer instanceof Answer.Held);
        assertThat(movements(stock) - before).as("%s at call %d", command, at).isEqualTo(moves ? 1 : 0);
        return broke;
    }

    private static @Nullable Answer ask(StockMaster hub, Command command) {
        return ask(hub, command, new ArrayList<>(1));
    }

    private static @Nullable Answer ask(StockMaster hub, Command command, List<String> said) {
        try {
            return hub.execute(command);
        } catch (StockUnavailableException e) {
            said.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static long movements(StockFixture stock) {
        return Long.parseLong(stock.rows("select count(*) from movement").getFirst());
    }

    @Test
    void aDatabaseThatIsKilledInTheMiddleOfAStreamHasEveryAnsweredEffectAndNoneTwice() throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgres.Settings.in(folder.resolve("pg")));
        postgres.keepRunning();
        try (StockFixture stock = new StockFixture(postgres);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            stock.sku("TEE");
            int orders = 600;
            AtomicInteger answered = new AtomicInteger();
            ConcurrentLinkedQueue<String> kept = new ConcurrentLinkedQueue<>();
            List<Runnable> calls = new ArrayList<>();
            for (int i = 0; i < orders; i++) {
                Command receipt = move(MovementKind.RECEIPT, "NORTH", "PO", MoveDetails.NONE, "k" + i, line("TEE", 1));
                String key = "k" + i;
                calls.add(() -> {
                    while (ask(stock.master, receipt) == null) {
                        Thread.onSpinWait();
                    }
                    kept.add(key);
                    if (answered.incrementAndGet() == orders / 3) {
                        ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
                    }
                });
            }
            for (int i = 0; i < calls.size(); i += 50) {
                List<java.util.concurrent.Future<?>> some = new ArrayList<>();
                calls.subList(i, i + 50).forEach(call -> some.add(callers.submit(call)));
                for (java.util.concurrent.Future<?> each : some) {
                    each.get();
                }
            }
            assertThat(kept).hasSize(orders);
            assertThat(stock.available("TEE", "NORTH")).isEqualTo(orders);
            assertThat(movements(stock)).isEqualTo(orders);
            assertThat(stock.queries.verify().passes()).isTrue();
        } finally {
            postgres.close();
        }
    }
}
