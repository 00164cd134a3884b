package io.stockhub.stock;

import static io.stockhub.stock.Command.Policy.ALL_OR_NOTHING;
import static io.stockhub.stock.Command.Policy.BACKORDER;
import static io.stockhub.stock.StockFixture.code;
import static io.stockhub.stock.StockFixture.line;
import static io.stockhub.stock.StockFixture.move;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.jdbc.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that are decided together on one book: each must see what those before it did, and nothing else. */
class BatchIT {
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

    private List<Answer> together(Command... commands) throws Exception {
        return Batch.together(stock.dataSource(), commands);
    }

    private Command.Reserve order(String ref, Command.Policy policy, Command.Line... lines) {
        return stock.order(ref, policy, lines);
    }

    @Test
    void anAccountThatIsFilledAndEmptiedInOneBatchStaysAtZeroAndMayBeFilledAgain() throws Exception {
        for (int i = 0; i < 2; i++) {
            List<Answer> answers = together(
                    move(MovementKind.RECEIPT, "NORTH", null, line("TEE", 5, goods -> goods.withBin("A"))),
                    move(MovementKind.PUTAWAY, "NORTH", null, line("TEE", 5, goods -> goods.withToBin("B"))),
                    move(MovementKind.BLOCK, "NORTH", null, MoveDetails.holder("ACME"), line("TEE", 5)),
                    move(MovementKind.UNBLOCK, "NORTH", null, MoveDetails.holder("ACME"), line("TEE", 5)),
                    move(MovementKind.WRITE_OFF, "NORTH", null, line("TEE", 5)));
            assertThat(answers).allMatch(Answer.Moved.class::isInstance);
        }
        assertThat(stock.units("TEE", StockState.AVAILABLE)).isZero();
        assertThat(stock.units("TEE", StockState.BLOCKED)).isZero();
    }

    @Test
    void aReceiptFillsABackorderMadeInTheSameBatchBeforeALaterOrderIsDecided() throws Exception {
        List<Answer> answers = together(
                order("1", BACKORDER, line("TEE", 3)),
                move(MovementKind.RECEIPT, "SOUTH", null, line("TEE", 4)),
                order("2", ALL_OR_NOTHING, line("TEE", 2)));

        assertThat(answers.get(2)).isInstanceOf(Answer.InsufficientStock.class);
        assertThat(stock.order("1").status()).isEqualTo(Reservation.Status.RESERVED);
    }

    @Test
    void aTransferThatLeavesAndArrivesInOneBatchCarriesItsUnits() throws Exception {
        stock.receive("TEE", "NORTH", 5);

        List<Answer> answers = together(
                move(MovementKind.TRANSFER_SHIP, "NORTH", "T1", MoveDetails.to("SOUTH", null), line("TEE", 5)),
                move(MovementKind.TRANSFER_SHIP, "NORTH", "T1", MoveDetails.to("SOUTH", null), line("TEE", 1)),
                move(MovementKind.TRANSFER_RECEIVE, "SOUTH", "T1", MoveDetails.lastReceipt(), line("TEE", 3)));

        assertThat(code(answers.get(1))).isEqualTo("transfer-exists");
        assertThat(stock.available("TEE", "SOUTH")).isEqualTo(3);
        assertThat(stock.units("TEE", StockState.IN_TRANSIT)).isZero();
        assertThat(stock.rows("select kind || ' ' || quantity from discrepancy"))
                .containsExactly("missing 2");
    }

    @Test
    void twoAnnouncementsAReceiptAndTheCloseOfOneInboundFitIntoOneBatch() throws Exception {
        Instant second = Instant.parse("2026-03-02T00:00:00Z");
        List<Answer> answers = together(
                move(MovementKind.EXPECT, "NORTH", "ASN", line("TEE", 10)),
                move(MovementKind.EXPECT, "NORTH", "ASN", line("TEE", 8), line("MUG", 2)),
                move(
                        MovementKind.EXPECT,
                        "NORTH",
                        "ASN",
                        MoveDetails.expectedAt(Instant.parse("2026-03-01T00:00:00Z")),
                        line("TEE", 8)),
                move(MovementKind.EXPECT, "NORTH", "ASN", MoveDetails.expectedAt(second), line("TEE", 8)),
                move(MovementKind.RECEIPT, "NORTH", "ASN", line("TEE", 8), line("MUG", 3)),
                new Command.CloseInbound("NORTH", "ASN", "t", null, List.of()),
                new Command.CloseInbound(
                        "NORTH",
                        "ASN",
                        "t",
                        null,
                        List.of(new Command.Resolution("MUG", DiscrepancyKind.OVER, "accepted", null))),
                move(MovementKind.RECEIPT, "NORTH", "ASN", line("TEE", 1)));

        assertThat(code(answers.get(5))).isEqualTo("unreconciled");
        assertThat(answers.get(6)).isInstanceOf(Answer.Moved.class);
        assertThat(code(answers.get(7))).isEqualTo("inbound-closed");
        assertThat(stock.rows("select expected_at = '2026-03-02T00:00:00Z' from inbound"))
                .containsExactly("t");
        assertThat(stock.rows("select count(*) from discrepancy where resolution is null"))
                .containsExactly("0");
    }

    @Test
    void aReceiptThatIsReversedLeavesNothingToReconcileForACloseInTheSameBatch() throws Exception {
        stock.moved(move(MovementKind.EXPECT, "NORTH", "ASN", line("TEE", 5)));
        long wrong = stock.moved(
                move(MovementKind.RECEIPT, "NORTH", "ASN", line("TEE", 2, goods -> goods.withTo(StockState.DAMAGED))));
        stock.moved(move(MovementKind.RECEIPT, "NORTH", "ASN", line("TEE", 3)));

        List<Answer> answers = together(
                new Command.Reverse(wrong, null, "t", null),
                move(MovementKind.RECEIPT, "NORTH", "ASN", line("TEE", 2)),
                new Command.CloseInbound("NORTH", "ASN", "t", null, List.of()));

        assertThat(answers).allMatch(Answer.Moved.class::isInstance);
    }

    @Test
    void aMovementIsReversedOnceInOneBatch() throws Exception {
        long receipt = stock.moved(move(MovementKind.RECEIPT, "NORTH", null, line("TEE", 5)));

        List<Answer> answers =
                together(new Command.Reverse(receipt, null, "t", null), new Command.Reverse(receipt, null, "t", null));

        assertThat(code(answers.get(1))).isEqualTo("already-reversed");
    }

    @Test
    void aSerialMayComeGoAndComeAgainInOneBatchButNotTwice() throws Exception {
        stock.sku("PHONE", Tracking.SERIAL);
        Command.Line in = line("PHONE", 1, goods -> goods.withSerials(List.of("S1")));

        List<Answer> answers = together(
                move(MovementKind.RECEIPT, "NORTH", null, in),
                move(MovementKind.RECEIPT, "SOUTH", null, in),
                move(MovementKind.WRITE_OFF, "NORTH", null, in),
                move(MovementKind.RECEIPT, "SOUTH", null, in));

        assertThat(code(answers.get(1))).isEqualTo("serial-known");
        assertThat(stock.rows("select location from account where serial = 'S1' and quantity = 1"))
                .containsExactly("SOUTH");
        assertThat(stock.rows("select serial from serial_inside")).containsExactly("S1");
    }

    @Test
    void anAllocationThatIsMadeByAReceiptAndGivenBackInOneBatchIsWrittenOnce() throws Exception {
        Reservation waiting = stock.held(stock.master.execute(order("1", BACKORDER, line("TEE", 3))));

        together(
                move(MovementKind.RECEIPT, "NORTH", null, line("TEE", 2)),
                new Command.Pick(waiting.reservationId(), "t", null, List.of(line("TEE", 1))),
                new Command.Cancel(waiting.reservationId(), "t", null, List.of()),
                move(MovementKind.RECEIPT, "NORTH", null, line("TEE", 2)));

        assertThat(stock.order("1").status()).isEqualTo(Reservation.Status.CANCELLED);
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(4);
    }

    @Test
    void oneKeyInOneBatchMovesOnce() throws Exception {
        Command.Move receipt =
                new Command.Move(MovementKind.RECEIPT, "NORTH", null, null, null, "t", "k", List.of(line("TEE", 3)));
        Command.Move other =
                new Command.Move(MovementKind.RECEIPT, "NORTH", null, null, null, "t", "k", List.of(line("TEE", 4)));

        List<Answer> answers = together(receipt, receipt, other);

        assertThat(answers.get(1)).isInstanceOfSatisfying(Answer.Moved.class, again -> assertThat(again.replayed())
                .isTrue());
        assertThat(answers.get(2)).isEqualTo(new Answer.KeyConflict("k"));
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(3);
    }

    @Test
    void aHoldThatRanOutIsNotConfirmedByTheCommandBehindItsEnd() throws Exception {
        stock.receive("TEE", "NORTH", 2);
        Reservation hold = stock.held(stock.master.execute(new Command.Reserve(
                "shop",
                "cart",
                ALL_OR_NOTHING,
                null,
                null,
                "t",
                null,
                new Command.Terms(null, null, Duration.ofMinutes(5)),
                List.of(line("TEE", 2)))));
        stock.sql("update reservation set hold_until = now() - interval '1 second'");

        List<Answer> answers = together(
                new Command.Expire(hold.reservationId(), "t"),
                order("1", ALL_OR_NOTHING, line("TEE", 2)),
                new Command.Confirm(hold.reservationId(), "t", null));

        assertThat(stock.held(answers.get(1)).status()).isEqualTo(Reservation.Status.RESERVED);
        assertThat(code(answers.get(2))).isEqualTo("hold-expired");
    }

    @Test
    void aReturnThatIsRefusedAtItsSecondLineLeavesItsFirstAsItWas() {
        stock.receive("TEE", "NORTH", 5);
        stock.receive("MUG", "NORTH", 5);
        Reservation order =
                stock.held(stock.master.execute(order("1", ALL_OR_NOTHING, line("TEE", 2), line("MUG", 1))));
        stock.master.execute(new Command.Ship(order.reservationId(), "t", null, List.of()));
        MoveDetails ofOrder = MoveDetails.ofOrder("shop", "1");

        Answer refused = stock.master.execute(
                move(MovementKind.RETURN, "NORTH", "RMA", ofOrder, line("TEE", 2), line("MUG", 2)));

        assertThat(refused).isEqualTo(new Answer.NotHeld(1, "MUG", 2, 1));
        assertThat(stock.order("1").lines().getFirst().returned()).isZero();
        assertThat(stock.master.execute(
                        move(MovementKind.RETURN, "NORTH", "RMA", ofOrder, line("TEE", 2), line("MUG", 1))))
                .isInstanceOf(Answer.Moved.class);
    }
}
