package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.stock.CountDesk.Count;
import io.stockhub.stock.CountDesk.Opening;
import io.stockhub.stock.CountDesk.Result;
import io.stockhub.stock.CountDesk.Spot;
import io.stockhub.stock.CountDesk.Tallies;
import io.stockhub.stock.CountDesk.Tally;
import io.stockhub.stock.count.JdbcCounts;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CountDeskIT {
    private static final Spot TEE = new Spot("TEE", null, null);
    private static final Spot MUG = new Spot("MUG", null, null);

    private StockFixture stock;
    private CountDesk desk;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        stock.sku("MUG");
        desk = new JdbcCounts(stock.dataSource(), stock.master);
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

    private Count open(long tolerance, Spot... spots) {
        return opened(desk.open(new Opening("NORTH", true, tolerance, List.of(spots), List.of(), null, "paul", null)));
    }

    private static Count opened(Result result) {
        assertThat(result).isInstanceOf(Result.Opened.class);
        return ((Result.Opened) result).count();
    }

    private static Count done(Result result) {
        assertThat(result).isInstanceOf(Result.Done.class);
        return ((Result.Done) result).count();
    }

    private Result enter(Count count, String who, Spot spot, long quantity) {
        return desk.enter(count.head().countId(), new Tallies(List.of(new Tally(spot, quantity, null)), who));
    }

    private void receiveIn(String sku, long quantity, Goods goods) {
        Answer answer = stock.master.execute(new Command.Move(
                MovementKind.RECEIPT,
                "NORTH",
                null,
                null,
                null,
                "tester",
                null,
                List.of(new Command.Line(sku, quantity, goods))));
        assertThat(answer).isInstanceOf(Answer.Moved.class);
    }

    @Test
    void aCountWithoutVarianceIsPostedAndMovesNothing() {
        stock.receive("TEE", "NORTH", 10);
        Count count = open(0, TEE);
        enter(count, "wanda", TEE, 10);

        Count posted = done(desk.post(count.head().countId(), "wanda"));

        assertThat(posted.head().state()).isEqualTo(CountState.POSTED);
        assertThat(posted.head().movementId()).isNull();
        assertThat(posted.accuracy())
                .hasValueSatisfying(figure -> assertThat(figure).isEqualByComparingTo(BigDecimal.ONE));
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(10);
    }

    @Test
    void aVarianceIsPostedOnceWithTheCountNamedHoweverOftenItIsAskedFor() {
        stock.receive("TEE", "NORTH", 10);
        Count count = open(5, TEE);
        enter(count, "wanda", TEE, 7);

        Count posted = done(desk.post(count.head().countId(), "wanda"));
        Result again = desk.post(count.head().countId(), "otto");

        assertThat(again).isInstanceOfSatisfying(Result.Done.class, done -> assertThat(done.replayed())
                .isTrue());
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(7);
        assertThat(stock.queries.postings("TEE", 0, 10).getLast()).satisfies(posting -> {
            assertThat(posting.kind()).isEqualTo(MovementKind.COUNT);
            assertThat(posting.reference()).isEqualTo(Long.toString(count.head().countId()));
            assertThat(posting.movementId()).isEqualTo(posted.head().movementId());
            assertThat(posting.actor()).isEqualTo("wanda");
        });
    }

    @Test
    void manyWhoPostAtOnceMoveItOnce() throws Exception {
        stock.receive("TEE", "NORTH", 10);
        Count count = open(5, TEE);
        enter(count, "wanda", TEE, 7);

        List<Future<Result>> results = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                String who = "w" + i;
                results.add(people.submit(() -> desk.post(count.head().countId(), who)));
            }
        }

        for (Future<Result> result : results) {
            assertThat(done(result.get()).head().state()).isEqualTo(CountState.POSTED);
        }
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(7);
    }

    @Test
    void manyWhoCountOneLineAtOnceAreHeardOneAfterAnother() throws Exception {
        Count count = open(0, TEE);

        List<Future<Result>> results = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                String who = "w" + i;
                results.add(people.submit(() -> enter(count, who, TEE, 3)));
            }
        }

        for (Future<Result> result : results) {
            done(result.get());
        }
        assertThat(desk.count(count.head().countId())
                        .orElseThrow()
                        .lines()
                        .getFirst()
                        .entries())
                .extracting(CountDesk.Entry::by)
                .containsExactlyInAnyOrder("w0", "w1", "w2", "w3", "w4", "w5");
    }

    @Test
    void aHubThatDiedBetweenTheLedgerAndItsNoteGoesOnWhereItWas() {
        stock.receive("TEE", "NORTH", 10);
        Count count = open(5, TEE);
        enter(count, "wanda", TEE, 7);
        done(desk.post(count.head().countId(), "wanda"));
        sql("update stock_count set state = 'posting', movement_id = null, ended_at = null");

        Count posted = done(desk.post(count.head().countId(), "otto"));

        assertThat(posted.head().state()).isEqualTo(CountState.POSTED);
        assertThat(posted.head().movementId()).isNotNull();
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(7);
    }

    @Test
    void whatMovesBetweenCountingAndPostingIsNoVariance() {
        stock.receive("TEE", "NORTH", 10);
        Count count = open(5, TEE);
        enter(count, "wanda", TEE, 9);
        stock.receive("TEE", "NORTH", 100);
        stock.adjust("TEE", "NORTH", -4);

        done(desk.post(count.head().countId(), "wanda"));

        assertThat(stock.available("TEE", "NORTH")).as("one was missing").isEqualTo(105);
    }

    @Test
    void whatOrdersHoldAndWhatIsPickedLiesThereToBeCounted() {
        stock.receive("TEE", "NORTH", 10);
        Reservation order = stock.held(
                stock.master.execute(stock.order("1", Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 6))));
        stock.master.execute(
                new Command.Pick(order.reservationId(), "tester", null, List.of(new Command.Line("TEE", 2))));
        Count count = open(0, TEE);

        Count counted = done(enter(count, "wanda", TEE, 10));

        assertThat(counted.lines().getFirst().progress()).isEqualTo(CountDesk.Progress.SETTLED);
        assertThat(counted.lines().getFirst().entries().getFirst().booked()).isEqualTo(10);
    }

    @Test
    void aVarianceBeyondTheToleranceIsCountedByAnotherBeforeItIsPosted() {
        stock.receive("TEE", "NORTH", 10);
        Count count = open(1, TEE, MUG);
        enter(count, "wanda", TEE, 7);

        assertThat(desk.post(count.head().countId(), "wanda")).isInstanceOfSatisfying(Result.NotSettled.class, not -> {
            assertThat(not.recount()).extracting(line -> line.spot().sku()).containsExactly("TEE");
            assertThat(not.uncounted()).extracting(line -> line.spot().sku()).containsExactly("MUG");
        });
        assertThat(enter(count, "wanda", TEE, 10)).isInstanceOf(Result.CountedByYou.class);
        assertThat(enter(count, "wanda", TEE, 7))
                .as("the same said again is no second count")
                .isInstanceOfSatisfying(
                        Result.Done.class, done -> assertThat(done.replayed()).isTrue());
        enter(count, "otto", TEE, 8);
        assertThat(desk.post(count.head().countId(), "otto")).isInstanceOf(Result.NotSettled.class);
        enter(count, "vera", TEE, 8);
        enter(count, "vera", MUG, 0);

        done(desk.post(count.head().countId(), "vera"));

        assertThat(stock.available("TEE", "NORTH")).isEqualTo(8);
    }

    @Test
    void nothingIsNotedWhenOneLineHasToBeCountedByAnother() {
        stock.receive("TEE", "NORTH", 10);
        Count count = open(0, TEE, MUG);
        enter(count, "wanda", TEE, 7);

        Result result = desk.enter(
                count.head().countId(),
                new Tallies(List.of(new Tally(MUG, 0, null), new Tally(TEE, 8, null)), "wanda"));

        assertThat(result).isInstanceOf(Result.CountedByYou.class);
        assertThat(desk.count(count.head().countId())
                        .orElseThrow()
                        .lines()
                        .get(1)
                        .entries())
                .isEmpty();
    }

    @Test
    void aSkuThatIsNotThereIsCountedAtZero() {
        stock.receive("TEE", "NORTH", 3);
        Count count = open(3, TEE);
        enter(count, "wanda", TEE, 0);

        done(desk.post(count.head().countId(), "wanda"));

        assertThat(stock.available("TEE", "NORTH")).isZero();
    }

    @Test
    void whatNobodyExpectedInABinIsALineOfItsOwn() {
        sql("insert into bin (location, bin) values ('NORTH', 'A1'), ('NORTH', 'A2')");
        receiveIn("TEE", 5, Goods.ANY.withBin("A1"));
        Count count =
                opened(desk.open(new Opening("NORTH", true, 10, List.of(), List.of("A1", "A2"), null, "paul", null)));
        assertThat(count.lines()).extracting(CountDesk.Line::spot).containsExactly(new Spot("TEE", "A1", null));

        enter(count, "wanda", new Spot("TEE", "A1", null), 5);
        enter(count, "wanda", new Spot("MUG", "A2", null), 4);
        Count posted = done(desk.post(count.head().countId(), "wanda"));

        assertThat(posted.lines()).extracting(CountDesk.Line::planned).containsExactly(true, false);
        assertThat(posted.accuracy())
                .hasValueSatisfying(figure -> assertThat(figure).isEqualByComparingTo("0.5"));
        assertThat(stock.available("MUG", "NORTH")).isEqualTo(4);
        assertThatThrownBy(() ->
                        opened(desk.open(new Opening("NORTH", true, 0, List.of(), List.of("Z9"), null, "paul", null))))
                .hasMessage("bins[0]: \"Z9\" is no bin of NORTH");
    }

    @Test
    void aBinIsCountedWithoutTheOtherBins() {
        receiveIn("TEE", 5, Goods.ANY.withBin("A1"));
        receiveIn("TEE", 7, Goods.ANY.withBin("A2"));
        Spot spot = new Spot("TEE", "A1", null);
        Count count = open(9, spot);
        enter(count, "wanda", spot, 4);

        done(desk.post(count.head().countId(), "wanda"));

        assertThat(stock.available("TEE", "NORTH")).isEqualTo(11);
    }

    @Test
    void noUnitIsCountedInTwoLines() {
        assertThatThrownBy(() -> open(0, TEE, new Spot("TEE", "A1", null)))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessageStartingWith("lines[1]: the same units as lines[0]");
        Count count = open(0, new Spot("TEE", "A1", null));
        assertThatThrownBy(() -> enter(count, "wanda", TEE, 4))
                .hasMessageStartingWith("lines[0]: some of its units belong to line 0 of the count, TEE in bin A1");
    }

    @Test
    void aLineOfASkuTrackedByLotIsOneForEachLot() {
        sql("update sku set tracking = 'lot' where sku = 'TEE'");
        receiveIn("TEE", 5, Goods.ANY.withLot("L1", null));
        receiveIn("TEE", 7, Goods.ANY.withLot("L2", null));
        Count count = open(9, TEE);

        assertThat(count.lines())
                .extracting(CountDesk.Line::spot)
                .containsExactly(new Spot("TEE", null, "L1"), new Spot("TEE", null, "L2"));
        assertThatThrownBy(() -> enter(count, "wanda", TEE, 4)).hasMessageStartingWith("lines[0].lot: missing");
        enter(count, "wanda", new Spot("TEE", null, "L1"), 5);
        enter(count, "wanda", new Spot("TEE", null, "L2"), 6);
        enter(count, "wanda", new Spot("TEE", null, "L3"), 2);
        done(desk.post(count.head().countId(), "wanda"));

        assertThat(stock.available("TEE", "NORTH")).isEqualTo(13);
    }

    @Test
    void whatCannotBeCountedIsRefusedWhenItIsNamed() {
        sql(
                "update sku set tracking = 'serial' where sku = 'MUG'",
                "update location set managed_by = 'x' where location_id = 'SOUTH'");

        assertThatThrownBy(() -> open(0, MUG)).hasMessageStartingWith("lines[0].sku: \"MUG\" is tracked by serial");
        assertThatThrownBy(() -> open(0, new Spot("TEE", null, "L1"))).hasMessageStartingWith("lines[0].lot:");
        assertThat(rejected(List.of(new Spot("GHOST", null, null)), "NORTH"))
                .isEqualTo(new Result.Rejected(new Answer.UnknownSku(0, "GHOST")));
        assertThat(rejected(List.of(TEE), "NOWHERE"))
                .isEqualTo(new Result.Rejected(new Answer.UnknownLocation("NOWHERE")));
        assertThat(rejected(List.of(TEE), "SOUTH")).isInstanceOf(Result.Rejected.class);
    }

    private Result rejected(List<Spot> spots, String location) {
        return desk.open(new Opening(location, true, 0, spots, List.of(), null, "paul", null));
    }

    @Test
    void aClassIsCountedBinByBinAndSerialsAreLeftOut() {
        sql("alter table sku add column if not exists abc_class text");
        stock.sku("CAM");
        receiveIn("TEE", 5, Goods.ANY.withBin("A1"));
        receiveIn("TEE", 5, Goods.ANY.withBin("A2"));
        receiveIn("MUG", 5, Goods.ANY.withBin("A1"));
        stock.receive("MUG", "NORTH", 1);
        sql("update sku set abc_class = 'A'", "update sku set tracking = 'serial' where sku = 'CAM'");
        receiveIn("CAM", 1, Goods.ANY.withSerials(List.of("S1")));

        Result result = desk.open(new Opening("NORTH", true, 0, List.of(), List.of(), "A", "paul", null));

        assertThat(opened(result).lines())
                .extracting(CountDesk.Line::spot)
                .containsExactlyInAnyOrder(new Spot("TEE", "A1", null), new Spot("TEE", "A2", null), MUG);
        assertThat(((Result.Opened) result).notCounted()).containsExactly("CAM");
        assertThatThrownBy(() -> desk.open(new Opening("NORTH", true, 0, List.of(), List.of(), "Z", "paul", null)))
                .hasMessageStartingWith("abc: \"Z\"");
    }

    @Test
    void anotherUnitIsConvertedExactlyAndAnUnknownOneRefused() {
        sql(
                "create table if not exists sku_unit (sku text, unit text, factor bigint)",
                "insert into sku_unit (sku, unit, factor) values ('TEE', 'CA', 12)");
        Count count = open(1000, TEE);

        Count counted = done(enterIn(count, "CA", 3));

        assertThat(counted.lines().getFirst().entries().getFirst().counted()).isEqualTo(36);
        assertThatThrownBy(() -> enterIn(open(0, TEE), "PAL", 3))
                .hasMessage("lines[0].unit: \"PAL\" (expected: a unit of TEE)");
        assertThatThrownBy(() -> enterIn(open(0, TEE), "CA", Limits.QUANTITY_MAX))
                .hasMessageStartingWith("lines[0].quantity: 1000000000 CA");
    }

    private Result enterIn(Count count, String unit, long quantity) {
        return desk.enter(count.head().countId(), new Tallies(List.of(new Tally(TEE, quantity, unit)), "wanda"));
    }

    @Test
    void unitsThatOrdersHoldAreNotTakenFromThemAndTheOrdersAreNamed() {
        stock.receive("TEE", "NORTH", 10);
        Reservation first = stock.held(
                stock.master.execute(stock.order("1", Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 6))));
        Reservation second = stock.held(
                stock.master.execute(stock.order("2", Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 3))));
        Count count = open(10, TEE);
        enter(count, "wanda", TEE, 7);

        Result refused = desk.post(count.head().countId(), "wanda");

        assertThat(refused)
                .isEqualTo(new Result.HeldByOrders(
                        List.of(new Answer.Shortage(0, "TEE", 3, 1)),
                        List.of(
                                new CountDesk.Holder(second.reservationId(), "shop", "2", "TEE", 3, 0),
                                new CountDesk.Holder(first.reservationId(), "shop", "1", "TEE", 6, 0))));
        assertThat(desk.count(count.head().countId()).orElseThrow().head().state())
                .isEqualTo(CountState.OPEN);

        stock.master.execute(new Command.Cancel(second.reservationId(), "tester", null, List.of()));
        done(desk.post(count.head().countId(), "wanda"));

        assertThat(stock.available("TEE", "NORTH")).isEqualTo(1);
    }

    @Test
    void aCancelledCountIsOver() {
        Count count = open(0, TEE);
        long id = count.head().countId();

        assertThat(done(desk.cancel(id, "paul")).head().state()).isEqualTo(CountState.CANCELLED);
        assertThat(done(desk.cancel(id, "paul")).head().state()).isEqualTo(CountState.CANCELLED);
        assertThat(enter(count, "wanda", TEE, 1)).isEqualTo(new Result.WrongState(CountState.CANCELLED));
        assertThat(desk.post(id, "wanda")).isEqualTo(new Result.WrongState(CountState.CANCELLED));
        assertThat(desk.cancel(999, "paul")).isEqualTo(new Result.UnknownCount(999));
    }

    @Test
    void theSameRequestWithTheSameKeyIsOneCount() {
        Opening opening = new Opening("NORTH", true, 0, List.of(TEE), List.of(), null, "paul", "key-1");

        Count first = opened(desk.open(opening));
        Result again = desk.open(opening);
        Result other = desk.open(new Opening("NORTH", true, 1, List.of(TEE), List.of(), null, "paul", "key-1"));

        assertThat(again).isEqualTo(new Result.Opened(first, List.of(), true));
        assertThat(other).isEqualTo(new Result.Rejected(new Answer.KeyConflict("key-1")));
    }

    @Test
    void countsAreListedByStateAndLocation() {
        Count first = open(0, TEE);
        Count second = open(0, MUG);
        desk.cancel(first.head().countId(), "paul");

        assertThat(ids(true, null)).containsExactly(second.head().countId());
        assertThat(ids(false, null)).containsExactly(first.head().countId());
        assertThat(ids(null, "NORTH")).hasSize(2);
        assertThat(ids(null, "SOUTH")).isEmpty();
    }

    private List<Long> ids(@Nullable Boolean open, @Nullable String location) {
        return desk.counts(open, location, 0, 10).stream()
                .map(CountDesk.Head::countId)
                .toList();
    }
}
