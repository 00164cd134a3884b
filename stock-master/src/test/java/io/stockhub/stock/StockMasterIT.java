package io.stockhub.stock;

import static io.stockhub.stock.Command.Policy.ALL_OR_NOTHING;
import static io.stockhub.stock.Command.Policy.BACKORDER;
import static io.stockhub.stock.Command.Policy.PARTIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.stock.availability.ChangedSkus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StockMasterIT {
    private StockFixture stock;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        stock.sku("MUG");
    }

    @AfterEach
    void verify() throws Exception {
        StockQueries.LedgerReport report = stock.queries.verify();
        assertThat(report.passes()).as("%s", report).isTrue();
        stock.close();
    }

    private static Command.Line line(String sku, long quantity) {
        return new Command.Line(sku, quantity);
    }

    @Test
    void aReceiptMakesStockAvailable() {
        stock.receive("TEE", "NORTH", 10);

        assertThat(stock.queries.stock("TEE"))
                .hasValue(List.of(new StockQueries.LocationStock("NORTH", Map.of(StockState.AVAILABLE, 10L))));
    }

    @Test
    void theSameKeyAndContentMovesOnceAndAnswersAgain() {
        Answer first = stock.receive("TEE", "NORTH", 10, "erp:1");
        Answer again = stock.receive("TEE", "NORTH", 10, "erp:1");

        assertThat(again).isInstanceOfSatisfying(Answer.Moved.class, moved -> {
            assertThat(moved.replayed()).isTrue();
            assertThat(moved.movementId()).isEqualTo(((Answer.Moved) first).movementId());
            assertThat(moved.recordedAt()).isEqualTo(((Answer.Moved) first).recordedAt());
        });
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(10);
    }

    @Test
    void theSameKeyWithOtherContentIsAConflictAndMovesNothing() {
        stock.receive("TEE", "NORTH", 10, "erp:1");

        assertThat(stock.receive("TEE", "NORTH", 11, "erp:1")).isEqualTo(new Answer.KeyConflict("erp:1"));
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(10);
    }

    @Test
    void aRejectionIsDecidedAnewUnderItsKey() {
        Command.Reserve order = new Command.Reserve(
                "shop", "1", ALL_OR_NOTHING, null, null, "tester", "key-1", List.of(line("TEE", 1)));
        assertThat(stock.master.execute(order)).isInstanceOf(Answer.InsufficientStock.class);

        stock.receive("TEE", "NORTH", 1);

        assertThat(stock.master.execute(order)).isInstanceOf(Answer.Held.class);
    }

    @Test
    void unknownNamesAreRefusedAndNamed() {
        assertThat(stock.receive("GHOST", "NORTH", 1)).isEqualTo(new Answer.UnknownSku(0, "GHOST"));
        assertThat(stock.receive("TEE", "NOWHERE", 1)).isEqualTo(new Answer.UnknownLocation("NOWHERE"));
    }

    @Test
    void anAdjustmentMayTakeAwayWhatIsThereAndNoMore() {
        stock.receive("TEE", "NORTH", 5);

        assertThat(stock.adjust("TEE", "NORTH", -5)).isInstanceOf(Answer.Moved.class);
        assertThat(stock.adjust("TEE", "NORTH", -1))
                .isEqualTo(new Answer.InsufficientStock(List.of(new Answer.Shortage(0, "TEE", 1, 0))));
    }

    @Test
    void linesOfOneSkuAreSummedBeforeTheyAreChecked() {
        stock.receive("TEE", "NORTH", 3);

        Answer answer = stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("TEE", 2), line("TEE", 2)));

        assertThat(answer).isEqualTo(new Answer.InsufficientStock(List.of(new Answer.Shortage(0, "TEE", 4, 3))));
    }

    @Test
    void allShortLinesAreNamedAtOnce() {
        stock.receive("TEE", "NORTH", 1);

        Answer answer = stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("TEE", 2), line("MUG", 3)));

        assertThat(answer)
                .isEqualTo(new Answer.InsufficientStock(
                        List.of(new Answer.Shortage(0, "TEE", 2, 1), new Answer.Shortage(1, "MUG", 3, 0))));
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(1);
    }

    @Test
    void theFirstLocationThatCanShipTheWholeOrderShipsIt() {
        stock.receive("TEE", "NORTH", 1);
        stock.receive("TEE", "SOUTH", 5);

        Reservation reservation = stock.held(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("TEE", 2))));

        assertThat(reservation.lines().getFirst().allocations())
                .containsExactly(new Reservation.Allocation("TEE", "SOUTH", Detail.NONE, 2, 0, 0, 0));
    }

    @Test
    void anOrderThatNoLocationCanShipAloneIsSplitByPriority() {
        stock.receive("TEE", "NORTH", 1);
        stock.receive("TEE", "SOUTH", 5);

        Reservation reservation = stock.held(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("TEE", 6))));

        assertThat(reservation.lines().getFirst().allocations())
                .containsExactly(
                        new Reservation.Allocation("TEE", "NORTH", Detail.NONE, 1, 0, 0, 0),
                        new Reservation.Allocation("TEE", "SOUTH", Detail.NONE, 5, 0, 0, 0));
    }

    @Test
    void aPartialOrderTakesWhatThereIsAndDropsTheRest() {
        stock.receive("TEE", "NORTH", 2);

        Reservation reservation = stock.held(stock.master.execute(stock.order("1", PARTIAL, line("TEE", 5))));

        assertThat(reservation.status()).isEqualTo(Reservation.Status.PARTIAL);
        assertThat(reservation.lines().getFirst().allocated()).isEqualTo(2);
        assertThat(reservation.lines().getFirst().backordered()).isZero();
    }

    @Test
    void aBackorderKeepsTheDemandForWhichThereIsNoStock() {
        stock.receive("TEE", "NORTH", 2);

        Reservation reservation = stock.held(stock.master.execute(stock.order("1", BACKORDER, line("TEE", 5))));

        assertThat(reservation.status()).isEqualTo(Reservation.Status.BACKORDERED);
        assertThat(reservation.lines().getFirst().backordered()).isEqualTo(3);
        assertThat(stock.queries.reservation("shop", "1")).hasValue(reservation);
    }

    @Test
    void goodsThatArriveGoToTheOrdersThatWaitOldestFirst() {
        Reservation first = stock.held(stock.master.execute(stock.order("1", BACKORDER, line("TEE", 3))));
        Reservation second =
                stock.held(stock.master.execute(stock.order("2", BACKORDER, line("TEE", 3), line("MUG", 1))));

        stock.receive("TEE", "SOUTH", 4);

        assertThat(stock.available("TEE", "SOUTH"))
                .as("nothing is left to sell")
                .isZero();
        Reservation filled = stock.queries.reservation(first.reservationId()).orElseThrow();
        assertThat(filled.status()).isEqualTo(Reservation.Status.RESERVED);
        assertThat(filled.lines().getFirst().allocations())
                .containsExactly(new Reservation.Allocation("TEE", "SOUTH", Detail.NONE, 3, 0, 0, 0));
        Reservation waiting = stock.queries.reservation(second.reservationId()).orElseThrow();
        assertThat(waiting.status()).isEqualTo(Reservation.Status.BACKORDERED);
        assertThat(waiting.lines().getFirst().backordered()).isEqualTo(2);

        stock.receive("TEE", "SOUTH", 5);
        stock.receive("MUG", "NORTH", 1);

        assertThat(stock.queries
                        .reservation(second.reservationId())
                        .orElseThrow()
                        .status())
                .isEqualTo(Reservation.Status.RESERVED);
        assertThat(stock.available("TEE", "SOUTH")).isEqualTo(3);
    }

    @Test
    void whatACancelledOrderGivesBackGoesToTheOrderThatWaits() {
        stock.receive("TEE", "NORTH", 2);
        Reservation holder = stock.held(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("TEE", 2))));
        Reservation waiting = stock.held(stock.master.execute(stock.order("2", BACKORDER, line("TEE", 1))));

        stock.master.execute(new Command.Cancel(holder.reservationId(), "tester", null, List.of()));

        assertThat(stock.queries
                        .reservation(waiting.reservationId())
                        .orElseThrow()
                        .status())
                .isEqualTo(Reservation.Status.RESERVED);
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(1);
    }

    @Test
    void anOrderThatIsCancelledWhileItWaitsIsNotFilled() {
        Reservation waiting = stock.held(stock.master.execute(stock.order("1", BACKORDER, line("TEE", 1))));
        stock.master.execute(new Command.Cancel(waiting.reservationId(), "tester", null, List.of()));

        stock.receive("TEE", "NORTH", 1);

        assertThat(stock.available("TEE", "NORTH")).isEqualTo(1);
    }

    @Test
    void anOrderIsOneReservationHoweverOftenItIsAskedFor() {
        stock.receive("TEE", "NORTH", 5);
        Reservation first = stock.held(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("TEE", 2))));

        Answer again = stock.master.execute(stock.order("1", BACKORDER, line("TEE", 1), line("TEE", 1)));
        Answer edited = stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("TEE", 3)));

        assertThat(again).isEqualTo(new Answer.Held(first, true));
        assertThat(edited).isInstanceOf(Answer.KeyConflict.class);
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(3);
    }

    @Test
    void shippingInPartsEndsInShippedAndTheGoodsAreGone() {
        stock.receive("TEE", "NORTH", 5);
        Reservation order = stock.held(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("TEE", 3))));

        Reservation part = stock.held(stock.master.execute(
                new Command.Ship(order.reservationId(), "tester", "ship-1", List.of(line("TEE", 1)))));
        Answer repeated = stock.master.execute(
                new Command.Ship(order.reservationId(), "tester", "ship-1", List.of(line("TEE", 1))));
        Reservation rest =
                stock.held(stock.master.execute(new Command.Ship(order.reservationId(), "tester", null, List.of())));

        assertThat(part.status()).isEqualTo(Reservation.Status.PARTLY_SHIPPED);
        assertThat(repeated).isEqualTo(new Answer.Held(part, true));
        assertThat(rest.status()).isEqualTo(Reservation.Status.SHIPPED);
        assertThat(stock.queries.stock("TEE"))
                .hasValue(List.of(new StockQueries.LocationStock("NORTH", Map.of(StockState.AVAILABLE, 2L))));
    }

    @Test
    void shippingMoreThanIsHeldIsRefused() {
        stock.receive("TEE", "NORTH", 5);
        Reservation order = stock.held(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("TEE", 3))));

        Answer answer = stock.master.execute(
                new Command.Ship(order.reservationId(), "tester", null, List.of(line("TEE", 2), line("TEE", 2))));

        assertThat(answer).isEqualTo(new Answer.NotHeld(0, "TEE", 4, 3));
    }

    @Test
    void cancellingGivesBackOnceAndAShippedOrderCannotBeCancelled() {
        stock.receive("TEE", "NORTH", 5);
        Reservation cancelled = stock.held(stock.master.execute(stock.order("1", BACKORDER, line("TEE", 7))));
        Command.Cancel cancel = new Command.Cancel(cancelled.reservationId(), "tester", null, List.of());

        assertThat(stock.held(stock.master.execute(cancel)).status()).isEqualTo(Reservation.Status.CANCELLED);
        assertThat(stock.master.execute(cancel))
                .isInstanceOfSatisfying(
                        Answer.Held.class, held -> assertThat(held.replayed()).isTrue());
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(5);

        Reservation shipped = stock.held(stock.master.execute(stock.order("2", ALL_OR_NOTHING, line("TEE", 1))));
        stock.master.execute(new Command.Ship(shipped.reservationId(), "tester", null, List.of()));
        assertThat(stock.master.execute(new Command.Cancel(shipped.reservationId(), "tester", null, List.of())))
                .isInstanceOf(Answer.NotHeld.class);
    }

    @Test
    void aCommandOutOfRangeNamesFieldValueAndExpectation() {
        assertThatThrownBy(() -> stock.receive("TEE", "NORTH", -3))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessage("lines[0].quantity: -3 (expected: >= 1)");
        assertThatThrownBy(() -> stock.receive("TEE", "NORTH", Limits.QUANTITY_MAX + 1))
                .hasMessage("lines[0].quantity: 1000000001 (expected: at most 1000000000)");
    }

    @Test
    void aBalanceThatWouldOverflowIsRefusedAloneAndHarmsNobody() {
        for (int i = 0; i < 3; i++) {
            stock.receive("TEE", "NORTH", Limits.QUANTITY_MAX);
        }
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(3 * Limits.QUANTITY_MAX);
    }

    @Test
    void theNewsNameEachChangedSkuOnceWhateverTheNumberOfChanges() throws Exception {
        try (var connection = stock.dataSource().getConnection()) {
            stock.changedSkus.take(connection, 100);
        }
        stock.receive("TEE", "NORTH", 1);
        stock.receive("TEE", "SOUTH", 1);
        stock.receive("MUG", "NORTH", 1);

        try (var connection = stock.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            assertThat(stock.changedSkus.take(connection, 100))
                    .extracting(ChangedSkus.Changed::sku)
                    .containsExactly("MUG", "TEE");
            connection.rollback();
        }
        try (var connection = stock.dataSource().getConnection()) {
            assertThat(stock.changedSkus.take(connection, 100))
                    .as("not lost by the rollback")
                    .hasSize(2);
            assertThat(stock.changedSkus.take(connection, 100)).isEmpty();
        }
    }
}
