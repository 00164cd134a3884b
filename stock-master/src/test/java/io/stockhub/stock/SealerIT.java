package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.stock.StockQueries.LedgerReport;
import io.stockhub.stock.StockQueries.VerifyMode;
import io.stockhub.stock.jdbc.Sealer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SealerIT {
    private StockFixture stock;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        stock.sku("MUG");
    }

    @AfterEach
    void close() throws Exception {
        stock.close();
    }

    private long seals() {
        return stock.number("select count(*) from seal");
    }

    /** A writer that took its transaction's number and then one of the ledger's, as the stock master does, and is not done. */
    private Connection slowWriter() throws SQLException {
        Connection connection = stock.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_current_xact_id()");
            statement.execute("insert into movement (movement_id, kind, reference, actor, occurred_at, recorded_at)"
                    + " values (nextval('ledger_sequence'), 'receipt', 'SLOW', 'tester', now(), now())");
        }
        return connection;
    }

    @Test
    void nothingAboveANumberThatIsStillOpenIsSealedSoThatNoGapFillsLater() throws SQLException {
        Sealer sealer = new Sealer(stock.dataSource());
        try (Connection slow = slowWriter()) {
            stock.receive("TEE", "NORTH", 1);
            for (int round = 0; round < 5; round++) {
                sealer.step();
            }
            assertThat(seals()).as("the receipt waits for the older number").isZero();
            assertThat(stock.queries.verify().unsealed()).isEqualTo(1);
            assertThat(stock.queries.verify().passes())
                    .as("what is too young is no finding")
                    .isTrue();
            slow.commit();
        }
        stock.sealAll();

        assertThat(stock.number("select movement_id from seal where position = 1"))
                .isEqualTo(stock.number("select movement_id from movement where reference = 'SLOW'"));
        assertThat(seals()).isEqualTo(2);
    }

    @Test
    void theEndOfTheOlderOfTwoWritersDoesNotVouchForTheYounger() throws SQLException {
        Sealer sealer = new Sealer(stock.dataSource());
        Connection older = slowWriter();
        Connection younger = slowWriter();
        try (older;
                younger) {
            sealer.step();
            older.commit();
            for (int round = 0; round < 5; round++) {
                sealer.step();
            }
            assertThat(seals()).as("the younger's number is still open").isZero();
            younger.commit();
        }
        stock.sealAll();
        assertThat(seals()).isEqualTo(2);
        assertThat(stock.queries.verify().count(LedgerCheck.INSERTED)).isZero();
    }

    /** Connections that do something else, and take their time, before they commit. */
    private DataSource beforeCommit(Runnable what) {
        return proxy(DataSource.class, (method, arguments) -> {
            Connection real = stock.dataSource().getConnection();
            return proxy(Connection.class, (call, parameters) -> {
                if (call.getName().equals("commit")) {
                    what.run();
                }
                return call.invoke(real, parameters);
            });
        });
    }

    private interface Call {
        Object answer(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return call.answer(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Test
    void aHubThatHangsWhileItHoldsTheHeadIsCutOffAndAnotherGoesOn() {
        stock.receive("TEE", "NORTH", 1);
        Sealer hanging = new Sealer(beforeCommit(stock::sealAll), 10, Duration.ofMillis(300));

        assertThatThrownBy(hanging::step).isInstanceOf(StockUnavailableException.class);

        assertThat(seals()).isEqualTo(1);
    }

    @Test
    void whatWasWrittenDuringALongStopIsSealedInBoundedGroups() {
        for (int i = 0; i < 25; i++) {
            stock.receive("TEE", "NORTH", 1);
        }
        Sealer sealer = new Sealer(stock.dataSource(), 10, Duration.ofSeconds(10));
        long before = 0;
        while (seals() < 25) {
            Duration pause = sealer.step();
            long now = seals();
            assertThat(now - before).isLessThanOrEqualTo(10);
            assertThat(now == 10 || now == 20).as("asks to go on at once").isEqualTo(pause.isZero() && now > 0);
            before = now;
        }
        assertThat(stock.queries.verify().passes()).isTrue();
    }

    @Test
    void anIdleLedgerCostsNoTransactionNumbers() {
        stock.receive("TEE", "NORTH", 1);
        stock.sealAll();
        Sealer sealer = new Sealer(stock.dataSource());
        long version = stock.number("select xmin::text::bigint from seal_head");

        for (int round = 0; round < 5; round++) {
            assertThat(sealer.step()).isPositive();
        }

        assertThat(stock.number("select xmin::text::bigint from seal_head")).isEqualTo(version);
    }

    @Test
    void aNoteFromBeforeARestoreIntoAnotherClusterDoesNotHoldTheChainUp() throws SQLException {
        stock.receive("TEE", "NORTH", 1);
        Sealer sealer = new Sealer(stock.dataSource());
        sealer.step();
        try (Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update seal_head set noted_by = '4000000000000'");
        }
        stock.sealAll();
        assertThat(seals()).isEqualTo(1);
    }

    @Test
    void twoHubsThatWriteAndSealAtOnceLeaveAChainThatHolds() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        StockMaster second = stock.secondHub();
        AtomicBoolean writing = new AtomicBoolean(true);
        List<Callable<Answer>> commands = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            commands.add(command(random, i, i % 2 == 0 ? stock.master : second));
        }
        try (ExecutorService hubs = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> sealers = new ArrayList<>();
            for (int hub = 0; hub < 2; hub++) {
                sealers.add(hubs.submit(() -> seal(writing)));
            }
            Future<?> watcher = hubs.submit(() -> watch(writing, seed));
            for (Future<Answer> answer : hubs.invokeAll(commands)) {
                answer.get();
            }
            writing.set(false);
            for (Future<?> sealer : sealers) {
                sealer.get();
            }
            watcher.get();
        }
        stock.sealAll();

        LedgerReport report = stock.queries.verify();
        assertThat(report.passes()).as("seed %d: %s", seed, report).isTrue();
        assertThat(report.unsealed()).isZero();
        assertThat(report.until().position()).isEqualTo(report.movements());
        assertThat(
                        stock.number(
                                "select count(*) from (select movement_id,"
                                        + " lag(movement_id) over (order by position) as before from seal) s where before >= movement_id"))
                .isZero();
        LedgerReport incremental = stock.queries.verify(VerifyMode.INCREMENTAL);
        assertThat(incremental.passes()).as("seed %d: %s", seed, incremental).isTrue();
        assertThat(incremental.movements()).isEqualTo(report.movements());
        assertThat(incremental.postings()).isEqualTo(report.postings());
    }

    private void seal(AtomicBoolean writing) {
        Sealer sealer = new Sealer(stock.dataSource(), 50, Duration.ofSeconds(10));
        while (writing.get()) {
            sealer.step();
        }
    }

    /** At no moment does a check find anything; above all no movement below the end of the chain that is not in it. */
    private void watch(AtomicBoolean writing, long seed) {
        for (int i = 0; writing.get(); i++) {
            LedgerReport report = stock.queries.verify(i % 2 == 0 ? VerifyMode.FULL : VerifyMode.INCREMENTAL);
            assertThat(report.passes()).as("seed %d: %s", seed, report).isTrue();
        }
    }

    private Callable<Answer> command(Random random, int number, StockMaster hub) {
        String sku = random.nextBoolean() ? "TEE" : "MUG";
        Command.Line line = new Command.Line(sku, 1 + random.nextInt(5));
        Command command =
                switch (random.nextInt(4)) {
                    case 0 ->
                        new Command.Move(MovementKind.RECEIPT, "NORTH", "PO", null, null, "t", null, List.of(line));
                    case 1 -> new Command.Ship(1 + random.nextInt(40_000), "t", null, List.of());
                    default ->
                        new Command.Reserve(
                                "shop",
                                "o" + number,
                                Command.Policy.BACKORDER,
                                null,
                                null,
                                "t",
                                null,
                                List.of(line, new Command.Line("TEE", 1)));
                };
        return () -> hub.execute(command);
    }
}
