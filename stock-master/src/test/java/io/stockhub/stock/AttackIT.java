package io.stockhub.stock;

import static io.stockhub.stock.Command.Policy.ALL_OR_NOTHING;
import static io.stockhub.stock.Command.Policy.BACKORDER;
import static io.stockhub.stock.StockFixture.code;
import static io.stockhub.stock.StockFixture.line;
import static io.stockhub.stock.StockFixture.move;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.stock.jdbc.Batch;
import io.stockhub.stock.jdbc.JdbcStockMaster;
import io.stockhub.stock.ledger.OrderRules;
import io.stockhub.stock.routing.Order;
import io.stockhub.stock.routing.Plan;
import io.stockhub.stock.routing.Stock;
import io.stockhub.stock.routing.Take;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody would try who wants the books to be wrong, or the hub to stop. */
class AttackIT {
    private StockFixture stock;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        stock.sku("MUG");
    }

    @AfterEach
    void verify() throws Exception {
        assertThat(stock.queries.verify().passes())
                .as("%s", stock.queries.verify())
                .isTrue();
        stock.close();
    }

    @Test
    void moreSerialUnitsThanATransferCarriesDoNotArriveWithoutTheirSerials() {
        stock.sku("PHONE", Tracking.SERIAL);
        stock.moved(
                move(MovementKind.RECEIPT, "NORTH", null, line("PHONE", 1, goods -> goods.withSerials(List.of("S1")))));
        stock.moved(move(MovementKind.TRANSFER_SHIP, "NORTH", "T1", MoveDetails.to("SOUTH", null), line("PHONE", 1)));

        assertThat(code(stock.master.execute(move(MovementKind.TRANSFER_RECEIVE, "SOUTH", "T1", line("PHONE", 3)))))
                .isEqualTo("not-in-transit");
    }

    @Test
    void aReturnedBundleGoesToTheOrderThatWaitsForItsComponent() {
        stock.bundle("SET", "TEE", 2, "MUG", 1);
        stock.receive("TEE", "NORTH", 2);
        stock.receive("MUG", "NORTH", 1);
        Reservation sold = stock.held(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("SET", 1))));
        stock.master.execute(new Command.Ship(sold.reservationId(), "t", null, List.of()));
        stock.master.execute(stock.order("2", BACKORDER, line("TEE", 2)));

        stock.moved(move(
                MovementKind.RETURN,
                "SOUTH",
                "RMA",
                MoveDetails.ofOrder("shop", "1"),
                line("SET", 1, goods -> goods.withTo(StockState.AVAILABLE))));

        assertThat(stock.order("2").status()).isEqualTo(Reservation.Status.RESERVED);
    }

    @Test
    void aBundleIsReturnedAsItWasWhenItWasSold() {
        stock.sku("CAP");
        stock.bundle("SET", "TEE", 2, "MUG", 1);
        stock.receive("TEE", "NORTH", 2);
        stock.receive("MUG", "NORTH", 1);
        Reservation sold = stock.held(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("SET", 1))));
        stock.sql("delete from sku_component");
        stock.sql("insert into sku_component values ('SET', 'CAP', 7)");

        stock.master.execute(new Command.Ship(sold.reservationId(), "t", null, List.of()));
        stock.moved(move(MovementKind.RETURN, "NORTH", "RMA", MoveDetails.ofOrder("shop", "1"), line("SET", 1)));

        assertThat(stock.units("TEE", StockState.INSPECTION)).isEqualTo(2);
        assertThat(stock.units("MUG", StockState.INSPECTION)).isEqualTo(1);
    }

    @Test
    void aReturnedBundleWhoseComponentsHaveLotsOrSerialsIsRefusedSinceNobodySaysWhichCameBack() {
        stock.sku("YOG", Tracking.LOT);
        stock.bundle("SET", "YOG", 1, "MUG", 1);
        stock.moved(move(MovementKind.RECEIPT, "NORTH", null, line("YOG", 1, goods -> goods.withLot("L", null))));
        stock.receive("MUG", "NORTH", 1);
        Reservation sold = stock.held(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("SET", 1))));
        stock.master.execute(new Command.Ship(sold.reservationId(), "t", null, List.of()));

        assertThat(code(stock.master.execute(
                        move(MovementKind.RETURN, "NORTH", "RMA", MoveDetails.ofOrder("shop", "1"), line("SET", 1)))))
                .isEqualTo("lot-missing");
    }

    @Test
    void expiredComponentsDoNotBecomeAKit() {
        stock.sku("YOG", Tracking.LOT);
        stock.kit("BOX", "YOG", 1);
        stock.moved(move(
                MovementKind.RECEIPT,
                "NORTH",
                null,
                line("YOG", 3, goods -> goods.withLot("OLD", LocalDate.parse("2020-01-01")))));

        assertThat(stock.master.execute(move(MovementKind.ASSEMBLY, "NORTH", null, line("BOX", 1))))
                .isInstanceOf(Answer.InsufficientStock.class);
    }

    @Test
    void twoCommandsThatOnlyLookAlikeAreAConflictUnderOneKey() throws Exception {
        stock.sku("lot");
        stock.sku("YOG", Tracking.LOT);
        Command.Move ofALot = new Command.Move(
                MovementKind.RECEIPT,
                "NORTH",
                null,
                null,
                null,
                "t",
                "k",
                List.of(line("YOG", 1, goods -> goods.withLot("5", null))));
        Command.Move ofTwoSkus = new Command.Move(
                MovementKind.RECEIPT, "NORTH", null, null, null, "t", "k", List.of(line("YOG", 1), line("lot", 5)));

        assertThat(Batch.together(stock.dataSource(), ofALot, ofTwoSkus).get(1)).isEqualTo(new Answer.KeyConflict("k"));
    }

    @Test
    void timesThatNoCalendarKnowsAreRefusedBeforeTheyReachTheDatabase() {
        for (Instant wrong : List.of(Instant.MIN, Instant.MAX, Instant.parse("-4000-01-01T00:00:00Z"))) {
            assertThatThrownBy(() -> new Command.Move(
                            MovementKind.RECEIPT, "NORTH", null, null, wrong, "t", null, List.of(line("TEE", 1))))
                    .isInstanceOf(InvalidCommandException.class)
                    .hasMessageStartingWith("occurredAt");
            assertThatThrownBy(() -> new Command.Reserve(
                            "shop", "1", ALL_OR_NOTHING, null, wrong, "t", null, List.of(line("TEE", 1))))
                    .isInstanceOf(InvalidCommandException.class)
                    .hasMessageStartingWith("occurredAt");
            assertThatThrownBy(() ->
                            move(MovementKind.EXPECT, "NORTH", "A", MoveDetails.expectedAt(wrong), line("TEE", 1)))
                    .isInstanceOf(InvalidCommandException.class)
                    .hasMessageStartingWith("expectedAt");
        }
        assertThatThrownBy(() -> move(
                        MovementKind.RECEIPT,
                        "NORTH",
                        null,
                        line("TEE", 1, goods -> goods.withLot("L", LocalDate.MAX))))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessageStartingWith("lines[0].expiry");
        assertThatThrownBy(() -> move(
                        MovementKind.COUNT, "NORTH", null, line("TEE", 1, goods -> goods.withBooked(Long.MIN_VALUE))))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessageStartingWith("lines[0].booked");
    }

    @Test
    void textThatTheDatabaseCannotHoldIsRefusedBeforeItReachesIt() {
        for (String wrong : List.of("\ud800", "a\udc00b", "a\u0000b")) {
            assertThatThrownBy(() -> stock.order(wrong, ALL_OR_NOTHING, line("TEE", 1)))
                    .isInstanceOf(InvalidCommandException.class)
                    .hasMessageStartingWith("orderRef");
            assertThatThrownBy(() -> new Command.Reserve(
                            "shop",
                            "1",
                            ALL_OR_NOTHING,
                            new Command.ShipTo("ID", wrong, "1"),
                            null,
                            "t",
                            null,
                            List.of(line("TEE", 1))))
                    .isInstanceOf(InvalidCommandException.class)
                    .hasMessageStartingWith("shipTo.region");
        }
        assertThat(stock.held(stock.master.execute(stock.order("\ud83d\ude00", BACKORDER, line("TEE", 1))))
                        .orderRef())
                .isEqualTo("\ud83d\ude00");
    }

    /** Rules with a bug: they cannot route one order. */
    private static final OrderRules BROKEN = new OrderRules() {
        @Override
        public String pool(String channel) {
            return "";
        }

        @Override
        public int priority(String channel, @Nullable String customer) {
            return 5;
        }

        @Override
        public List<String> locations(String channel, Command.@Nullable ShipTo shipTo) {
            return List.of("NORTH", "SOUTH");
        }

        @Override
        public Plan route(Order order, Stock stock, Instant now) {
            if ("13".equals(order.customer())) {
                throw new IllegalStateException("a bug in the rules");
            }
            return "14".equals(order.customer())
                    ? new Plan(List.of(new Take("TEE", "SOUTH", 1)), Map.of(), List.of(), 0)
                    : Plan.NOTHING;
        }
    };

    @Test
    void oneCommandThatBreaksTheDeciderFailsAloneAndTheOthersOfItsBatchGoThrough() throws Exception {
        stock.receive("TEE", "NORTH", 100);
        try (StockMaster hub = new JdbcStockMaster(stock.dataSource(), (connection, book) -> BROKEN, () -> {});
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> orders = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Command.Terms customer = new Command.Terms(String.valueOf(i), null, null);
                Command order = new Command.Reserve(
                        "shop",
                        String.valueOf(i),
                        ALL_OR_NOTHING,
                        null,
                        null,
                        "t",
                        null,
                        customer,
                        List.of(line("TEE", 1)));
                orders.add(() -> hub.execute(order));
            }
            int failed = 0;
            for (Future<Answer> answer : callers.invokeAll(orders)) {
                failed += answer.state() == Future.State.FAILED ? 1 : 0;
            }
            assertThat(failed).isEqualTo(2);
        }
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(62);
    }

    @Test
    void theLargestQuantitiesAddUp() {
        stock.bundle("SET", "TEE", 1_000_000_000L);
        for (int i = 0; i < 3; i++) {
            stock.receive("TEE", "NORTH", 1_000_000_000);
        }

        assertThat(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("SET", 1_000_000_000))))
                .isEqualTo(new Answer.InsufficientStock(List.of(new Answer.Shortage(0, "SET", 1_000_000_000, 3))));
        assertThat(stock.held(stock.master.execute(stock.order("2", BACKORDER, line("SET", 1_000_000_000))))
                        .lines()
                        .getFirst()
                        .held())
                .isEqualTo(3);
    }
}
