package io.stockhub.stock;

import static io.stockhub.stock.Command.Policy.ALL_OR_NOTHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConcurrencyIT {
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

    private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> future : callers.invokeAll(calls)) {
                results.add(future.get());
            }
        }
        return results;
    }

    private Callable<Answer> buy(StockMaster hub, int order) {
        return () -> hub.execute(stock.order("order-" + order, ALL_OR_NOTHING, new Command.Line("TEE", 1)));
    }

    @Test
    void twoHundredBuyersOfFiftyUnitsGetExactlyFifty() throws Exception {
        stock.receive("TEE", "NORTH", 20);
        stock.receive("TEE", "SOUTH", 30);

        List<Answer> answers = together(
                IntStream.range(0, 200).mapToObj(i -> buy(stock.master, i)).toList());

        assertThat(answers).filteredOn(Answer.Held.class::isInstance).hasSize(50);
        assertThat(answers)
                .filteredOn(Answer.InsufficientStock.class::isInstance)
                .hasSize(150);
        assertThat(stock.available("TEE", "NORTH") + stock.available("TEE", "SOUTH"))
                .isZero();
        assertThat(stock.queries.verify().passes()).isTrue();
    }

    @Test
    void twoHubsOnOneDatabaseDoNotSellAUnitTwice() throws Exception {
        stock.receive("TEE", "NORTH", 50);
        StockMaster second = stock.secondHub();

        List<Answer> answers = together(IntStream.range(0, 200)
                .mapToObj(i -> buy(i % 2 == 0 ? stock.master : second, i))
                .toList());

        assertThat(answers).filteredOn(Answer.Held.class::isInstance).hasSize(50);
        assertThat(stock.queries.verify().passes()).isTrue();
    }

    @Test
    void oneOrderAskedForByManyAtOnceOnTwoHubsIsOneReservation() throws Exception {
        stock.receive("TEE", "NORTH", 50);
        StockMaster second = stock.secondHub();

        List<Answer> answers = together(IntStream.range(0, 40)
                .mapToObj(i -> buy(i % 2 == 0 ? stock.master : second, 7))
                .toList());

        assertThat(answers).allMatch(Answer.Held.class::isInstance);
        assertThat(answers.stream()
                        .map(answer -> ((Answer.Held) answer).reservation().reservationId())
                        .distinct())
                .hasSize(1);
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(49);
    }

    @Test
    void oneKeyUsedByManyAtOnceMovesOnce() throws Exception {
        StockMaster second = stock.secondHub();
        Command.Move receipt = new Command.Move(
                MovementKind.RECEIPT, "NORTH", null, null, null, "t", "k", List.of(new Command.Line("TEE", 3)));

        together(IntStream.range(0, 40)
                .<Callable<Answer>>mapToObj(i -> () -> (i % 2 == 0 ? stock.master : second).execute(receipt))
                .toList());

        assertThat(stock.available("TEE", "NORTH")).isEqualTo(3);
    }

    @Test
    void ordersThatNameTheirSkusInOppositeOrderDoNotLockEachOtherOut() throws Exception {
        stock.receive("TEE", "NORTH", 1_000);
        stock.receive("MUG", "NORTH", 1_000);
        StockMaster second = stock.secondHub();

        List<Answer> answers = together(IntStream.range(0, 300)
                .<Callable<Answer>>mapToObj(i -> () -> {
                    Command.Line tee = new Command.Line("TEE", 1);
                    Command.Line mug = new Command.Line("MUG", 1);
                    return i % 2 == 0
                            ? stock.master.execute(stock.order("o" + i, ALL_OR_NOTHING, tee, mug))
                            : second.execute(stock.order("o" + i, ALL_OR_NOTHING, mug, tee));
                })
                .toList());

        assertThat(answers).allMatch(Answer.Held.class::isInstance);
    }

    @Test
    void aSkuThatBecomesABundleWhileAReceiptWaitsForItGetsNoStockOfItsOwn() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("update sku set title = 'Now a bundle' where sku = 'TEE'");
            statement.execute("insert into sku_component (sku, component, quantity) values ('TEE', 'MUG', 2)");
            Future<Answer> receipt = callers.submit(() -> stock.receive("TEE", "NORTH", 5));
            await().until(() ->
                    !stock.rows("select 1 from pg_locks where not granted").isEmpty());
            connection.commit();

            assertThat(receipt.get()).isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.code())
                    .isEqualTo(RefusalCode.BUNDLE_WITHOUT_STOCK));
        }
    }

    @Test
    void aRandomHistoryKeepsTheBooks() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        StockMaster second = stock.secondHub();
        List<Callable<Answer>> commands = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            commands.add(randomCommand(random, i, i % 2 == 0 ? stock.master : second));
        }

        together(commands);

        StockQueries.LedgerReport report = stock.queries.verify();
        assertThat(report.passes()).as("seed %d: %s", seed, report).isTrue();
    }

    private Callable<Answer> randomCommand(Random random, int number, StockMaster hub) {
        String sku = random.nextBoolean() ? "TEE" : "MUG";
        String location = random.nextBoolean() ? "NORTH" : "SOUTH";
        long quantity = 1 + random.nextInt(9);
        long reservation = 1 + random.nextInt(2_000);
        Command.Policy policy = Command.Policy.values()[random.nextInt(3)];
        Command.Line line = new Command.Line(sku, quantity);
        Command command =
                switch (random.nextInt(6)) {
                    case 0 ->
                        new Command.Move(
                                MovementKind.RECEIPT, location, null, null, null, "t", "k" + number / 3, List.of(line));
                    case 1 ->
                        new Command.Move(
                                MovementKind.ADJUSTMENT,
                                location,
                                null,
                                null,
                                null,
                                "t",
                                null,
                                List.of(new Command.Line(sku, -quantity)));
                    case 2 -> new Command.Ship(reservation, "t", null, List.of());
                    case 3 -> new Command.Cancel(reservation, "t", null, List.of(line));
                    default ->
                        new Command.Reserve(
                                "shop",
                                "o" + random.nextInt(900),
                                policy,
                                null,
                                null,
                                "t",
                                null,
                                List.of(line, new Command.Line("TEE", 1)));
                };
        return () -> hub.execute(command);
    }

    @Test
    void theDatabaseItselfRefusesToSellWhatIsNotThere() throws Exception {
        stock.receive("TEE", "NORTH", 1);

        try (Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> statement.execute(
                            "update account set quantity = quantity - 2 where sku = 'TEE' and state = 'available'"))
                    .hasMessageContaining("stock_not_negative");
        }
    }

    @Test
    void verifyFindsABalanceThatSomebodyChanged() throws Exception {
        stock.receive("TEE", "NORTH", 5);
        try (Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update account set quantity = 6 where sku = 'TEE' and state = 'available'");
        }

        StockQueries.LedgerReport report = stock.queries.verify();

        assertThat(report.balanceMismatch()).isEqualTo(1);
        assertThat(report.imbalanced()).isEqualTo(1);
        assertThat(report.passes()).isFalse();
    }
}
