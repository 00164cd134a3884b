package io.stockhub.stock;

import static io.stockhub.stock.Command.Policy.ALL_OR_NOTHING;
import static io.stockhub.stock.StockFixture.code;
import static io.stockhub.stock.StockFixture.line;
import static io.stockhub.stock.StockFixture.move;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.jdbc.Batch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A second hub asks while the first has locked and not yet committed. */
class TwoHubsIT {
    private StockFixture stock;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        stock.sku("PHONE", Tracking.SERIAL);
    }

    @AfterEach
    void verify() throws Exception {
        assertThat(stock.queries.verify().passes())
                .as("%s", stock.queries.verify())
                .isTrue();
        stock.close();
    }

    /** The answers of the first hub and then of the second, which was kept waiting by the first one's locks. */
    private List<Answer> passingBy(Command first, Command second) throws Exception {
        try (Batch batch = Batch.locked(stock.dataSource(), first)) {
            CompletableFuture<Answer> later =
                    CompletableFuture.supplyAsync(() -> stock.master.execute(second), command -> Thread.ofVirtual()
                            .start(command));
            while (stock.rows("select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and datname = current_database()")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            Answer answer = batch.commit().getFirst();
            return List.of(answer, later.get());
        }
    }

    private static Command.Move damage(String key) {
        return new Command.Move(
                MovementKind.DAMAGE, "NORTH", null, null, null, "t", key, MoveDetails.NONE, List.of(line("TEE", 5)));
    }

    @Test
    void aKeyThatTheOtherHubUsedAMomentAgoGivesItsAnswerEvenIfTheStockIsGoneNow() throws Exception {
        stock.receive("TEE", "NORTH", 5);

        List<Answer> answers = passingBy(damage("k"), damage("k"));

        assertThat(answers.get(1))
                .isEqualTo(new Answer.Moved(
                        ((Answer.Moved) answers.get(0)).movementId(),
                        ((Answer.Moved) answers.get(0)).recordedAt(),
                        true));
    }

    @Test
    void anOrderThatTheOtherHubTookAMomentAgoIsHeldEvenIfTheStockIsGoneNow() throws Exception {
        stock.receive("TEE", "NORTH", 5);
        Command.Reserve order = stock.order("1", ALL_OR_NOTHING, line("TEE", 5));

        List<Answer> answers = passingBy(order, order);

        assertThat(stock.held(answers.get(1)).reservationId())
                .isEqualTo(stock.held(answers.get(0)).reservationId());
    }

    @Test
    void anOrderWithAKeyThatTheOtherHubTookAMomentAgoIsTheSameOrder() throws Exception {
        stock.receive("TEE", "NORTH", 5);
        Command.Reserve order =
                new Command.Reserve("shop", "1", ALL_OR_NOTHING, null, null, "t", "k", List.of(line("TEE", 5)));

        List<Answer> answers = passingBy(order, order);

        assertThat(stock.held(answers.get(1)).reservationId())
                .isEqualTo(stock.held(answers.get(0)).reservationId());
    }

    @Test
    void bothHubsMayReceiveANewSkuAtTheSameNewPlace() throws Exception {
        passingBy(
                move(MovementKind.RECEIPT, "NORTH", null, line("TEE", 1)),
                move(MovementKind.RECEIPT, "NORTH", null, line("TEE", 2)));

        assertThat(stock.available("TEE", "NORTH")).isEqualTo(3);
    }

    @Test
    void bothHubsMayAnnounceOneNewInbound() throws Exception {
        passingBy(
                move(MovementKind.EXPECT, "NORTH", "ASN", line("TEE", 10)),
                move(MovementKind.EXPECT, "NORTH", "ASN", line("TEE", 12)));

        assertThat(stock.units("TEE", StockState.EXPECTED)).isEqualTo(12);
        assertThat(stock.rows("select announced from inbound_line")).containsExactly("12");
    }

    @Test
    void aSerialIsReceivedByOneHubOnly() throws Exception {
        Command.Line unit = line("PHONE", 1, goods -> goods.withSerials(List.of("S1")));

        List<Answer> answers = passingBy(
                move(MovementKind.RECEIPT, "NORTH", null, unit), move(MovementKind.RECEIPT, "SOUTH", null, unit));

        assertThat(code(answers.get(1))).isEqualTo("serial-known");
    }

    @Test
    void aTransferLeavesOnceAndAMovementIsReversedOnce() throws Exception {
        stock.receive("TEE", "NORTH", 10);
        Command ship = move(MovementKind.TRANSFER_SHIP, "NORTH", "T1", MoveDetails.to("SOUTH", null), line("TEE", 2));

        List<Answer> answers = passingBy(ship, ship);
        assertThat(code(answers.get(1))).isEqualTo("transfer-exists");

        long left = ((Answer.Moved) answers.getFirst()).movementId();
        Command reverse = new Command.Reverse(left, null, "t", null);
        assertThat(code(passingBy(reverse, reverse).get(1))).isEqualTo("already-reversed");
    }

    @Test
    void aBackorderThatTheOtherHubTookWhileGoodsCameInIsFilledByTheSweep() throws Exception {
        Command.Reserve order = stock.order("1", Command.Policy.BACKORDER, line("TEE", 5));
        passingBy(order, move(MovementKind.RECEIPT, "NORTH", null, line("TEE", 5)));

        stock.master.execute(new Command.FillBackorders("TEE", "sweep"));

        assertThat(stock.order("1").status()).isEqualTo(Reservation.Status.RESERVED);
    }
}
