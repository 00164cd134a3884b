package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.stockhub.stock.availability.ChangedSkus;
import io.stockhub.stock.upkeep.Upkeep;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UpkeepIT {
    private static final Duration AT_ONCE = Duration.ofNanos(1_000);

    private StockFixture stock;
    private Upkeep upkeep;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        stock.sku("MILK");
        sql("update sku set tracking = 'lot' where sku = 'MILK'");
        upkeep = new Upkeep(stock.dataSource(), stock.master);
    }

    @AfterEach
    void verify() throws Exception {
        StockQueries.LedgerReport report = stock.queries.verify();
        assertThat(report.passes()).as("%s", report).isTrue();
        stock.close();
    }

    private void sql(String... statements) {
        try (Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private void milk(String location, String lot, LocalDate expiry, long quantity) {
        Answer answer = stock.master.execute(new Command.Move(
                MovementKind.RECEIPT,
                location,
                null,
                null,
                null,
                "tester",
                null,
                List.of(new Command.Line("MILK", quantity, Goods.ANY.withLot(lot, expiry)))));
        assertThat(answer).isInstanceOf(Answer.Moved.class);
    }

    private Map<StockState, Long> milkAt(String location) {
        return stock.queries.stock("MILK").orElseThrow().stream()
                .filter(at -> at.location().equals(location))
                .findFirst()
                .map(StockQueries.LocationStock::states)
                .orElse(Map.of());
    }

    private Reservation hold(String orderRef, Duration holdFor) {
        return stock.held(stock.master.execute(new Command.Reserve(
                "shop",
                orderRef,
                Command.Policy.ALL_OR_NOTHING,
                null,
                null,
                "tester",
                null,
                new Command.Terms(null, null, holdFor),
                List.of(new Command.Line("TEE", 2)))));
    }

    @Test
    void holdsThatRanOutComeBackAndOthersStay() {
        stock.receive("TEE", "NORTH", 10);
        Reservation over = hold("1", AT_ONCE);
        Reservation running = hold("2", Duration.ofDays(1));

        upkeep.step();

        assertThat(stock.queries.reservation(over.reservationId()).orElseThrow().status())
                .isEqualTo(Reservation.Status.EXPIRED);
        assertThat(stock.queries
                        .reservation(running.reservationId())
                        .orElseThrow()
                        .status())
                .isEqualTo(Reservation.Status.HELD);
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(8);
    }

    @Test
    void availableUnitsGoToTheOrderThatWaits() {
        Reservation waiting = availableThoughSomebodyWaits();

        upkeep.step();

        assertThat(stock.queries
                        .reservation(waiting.reservationId())
                        .orElseThrow()
                        .status())
                .isEqualTo(Reservation.Status.RESERVED);
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(1);
    }

    /** Goods that came to a location which was not ours when they came. */
    private Reservation availableThoughSomebodyWaits() {
        Reservation waiting = stock.held(
                stock.master.execute(stock.order("1", Command.Policy.BACKORDER, new Command.Line("TEE", 3))));
        sql("update location set managed_by = 'x' where location_id = 'NORTH'");
        Answer answer = stock.master.execute(new Command.Move(
                MovementKind.RECEIPT,
                "NORTH",
                null,
                null,
                null,
                "x",
                null,
                MoveDetails.reportedBy("x"),
                List.of(new Command.Line("TEE", 4))));
        assertThat(answer).isInstanceOf(Answer.Moved.class);
        sql("update location set managed_by = null where location_id = 'NORTH'");
        return waiting;
    }

    @Test
    void whatCannotBeFilledIsNotTriedEachStep() {
        availableThoughSomebodyWaits();
        List<Command> asked = new ArrayList<>();
        Upkeep vain =
                new Upkeep(stock.dataSource(), refusing(asked, new Answer.Moved(0, java.time.Instant.EPOCH, false)));

        vain.step();
        vain.step();
        assertThat(asked).containsExactly(new Command.FillBackorders("TEE", "upkeep"));

        sql("update location set managed_by = 'x' where location_id = 'NORTH'");
        stock.held(stock.master.execute(stock.order("2", Command.Policy.BACKORDER, new Command.Line("TEE", 1))));
        sql("update location set managed_by = null where location_id = 'NORTH'");
        vain.step();
        assertThat(asked).as("something changed").hasSize(2);
    }

    @Test
    void unitsOfALotAreBlockedOnTheDayAfterItsLast() throws Exception {
        milk("NORTH", "OLD", today().minusDays(1), 5);
        milk("SOUTH", "OLD", today().minusDays(1), 2);
        milk("NORTH", "GOOD", today(), 3);
        try (Connection connection = stock.dataSource().getConnection()) {
            stock.changedSkus.take(connection, 100);
        }

        upkeep.step();

        assertThat(milkAt("NORTH")).isEqualTo(Map.of(StockState.AVAILABLE, 3L, StockState.BLOCKED, 5L));
        assertThat(milkAt("SOUTH")).isEqualTo(Map.of(StockState.BLOCKED, 2L));
        try (Connection connection = stock.dataSource().getConnection()) {
            assertThat(stock.changedSkus.take(connection, 100))
                    .as("the channels are told")
                    .extracting(ChangedSkus.Changed::sku)
                    .containsExactly("MILK");
        }
        assertThat(stock.queries.postings("MILK", 0, 100).getLast().reason())
                .isEqualTo("lot OLD expired on " + today().minusDays(1));
    }

    @Test
    void unitsThatComeBackToAnExpiredLotAreBlockedToo() {
        milk("NORTH", "OLD", today().minusDays(1), 5);
        upkeep.step();
        for (int i = 0; i < 3; i++) {
            milk("NORTH", "OLD", today().minusDays(1), 5);
            upkeep.step();
        }

        assertThat(milkAt("NORTH")).isEqualTo(Map.of(StockState.BLOCKED, 20L));
    }

    @Test
    void moreExpiredLotsThanOneStepLooksAtAreDoneInSeveral() {
        sql(
                "insert into lot (sku, lot, expiry) select 'MILK', 'X' || n, date '2020-01-01' from generate_series(1, 450) n");
        milk("NORTH", "X1", null, 5);
        milk("NORTH", "X222", null, 5);
        milk("NORTH", "X450", null, 5);

        upkeep.step();
        upkeep.step();
        upkeep.step();
        assertThat(milkAt("NORTH")).isEqualTo(Map.of(StockState.BLOCKED, 15L));

        milk("NORTH", "X1", null, 1);
        upkeep.step();
        upkeep.step();
        upkeep.step();
        assertThat(milkAt("NORTH")).as("round and round").isEqualTo(Map.of(StockState.BLOCKED, 16L));
    }

    @Test
    void unitsWithAChannelThatRunsThePlaceAreItsOwnBusiness() {
        milk("NORTH", "OLD", today().minusDays(1), 5);
        sql("update location set managed_by = 'x' where location_id = 'NORTH'");

        upkeep.step();

        assertThat(milkAt("NORTH")).isEqualTo(Map.of(StockState.AVAILABLE, 5L));
    }

    @Test
    void twoHubsAtOnceDoItOnce() throws Exception {
        Upkeep other = new Upkeep(stock.dataSource(), stock.secondHub());
        for (int round = 1; round <= 10; round++) {
            stock.receive("TEE", "NORTH", 2);
            hold("h" + round, AT_ONCE);
            milk("NORTH", "OLD", today().minusDays(1), 5);
            CountDownLatch both = new CountDownLatch(2);
            try (ExecutorService hubs = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> steps = new ArrayList<>();
                for (Upkeep hub : List.of(upkeep, other)) {
                    steps.add(hubs.submit(() -> {
                        both.countDown();
                        both.await();
                        hub.step();
                        return null;
                    }));
                }
                for (Future<?> step : steps) {
                    step.get();
                }
            }
            assertThat(milkAt("NORTH")).isEqualTo(Map.of(StockState.BLOCKED, 5L * round));
            assertThat(stock.available("TEE", "NORTH")).isEqualTo(2L * round);
        }
    }

    @Test
    void aFailureIsLoggedOncePerCauseAndAgainWhenItComesBack() {
        Logger logger = (Logger) LoggerFactory.getLogger(Upkeep.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            milk("NORTH", "OLD", today().minusDays(1), 5);
            stock.receive("TEE", "NORTH", 10);
            hold("1", AT_ONCE);
            Answer refusal = new Answer.Refused(RefusalCode.READ_ONLY_LOCATION, "location", "it is not ours");
            Upkeep failing = new Upkeep(stock.dataSource(), refusing(new ArrayList<>(), refusal));

            failing.step();
            failing.step();
            failing.step();
            assertThat(log.list).as("one for the hold, one for the lot").hasSize(2);

            sql("update location set managed_by = 'x'");
            failing.step();
            sql("update location set managed_by = null");
            failing.step();
            assertThat(log.list).as("the lot failed, was fine, and fails again").hasSize(3);
        } finally {
            logger.detachAppender(log);
        }
    }

    private static StockMaster refusing(List<Command> asked, Answer answer) {
        return new StockMaster() {
            @Override
            public Answer execute(Command command) {
                asked.add(command);
                return answer;
            }

            @Override
            public CompletableFuture<Answer> submit(Command command) {
                return CompletableFuture.completedFuture(execute(command));
            }

            @Override
            public void close() {}
        };
    }
}
