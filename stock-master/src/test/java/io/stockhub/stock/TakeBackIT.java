package io.stockhub.stock;

import static io.stockhub.stock.Command.Policy.ALL_OR_NOTHING;
import static io.stockhub.stock.StockFixture.code;
import static io.stockhub.stock.StockFixture.line;
import static io.stockhub.stock.StockFixture.move;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Undoing what of a movement is still there. */
class TakeBackIT {
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
    void whatWasSoldOfAReceiptStaysAndTheRestIsTakenBack() {
        long receipt = stock.moved(move(MovementKind.RECEIPT, "NORTH", "R1", line("TEE", 10)));
        stock.held(stock.master.execute(stock.order("1001", ALL_OR_NOTHING, line("TEE", 3))));

        stock.moved(takeBack(receipt, null));

        assertThat(stock.units("TEE", StockState.AVAILABLE)).isZero();
        assertThat(stock.units("TEE", StockState.RESERVED)).isEqualTo(3);
    }

    @Test
    void oneSkuThatIsGoneDoesNotKeepTheOthers() {
        stock.moved(move(MovementKind.RECEIPT, "NORTH", "R0", line("MUG", 5)));
        long receipt = stock.moved(move(MovementKind.RECEIPT, "NORTH", "R1", line("TEE", 10), line("MUG", 5)));
        stock.moved(move(MovementKind.WRITE_OFF, "NORTH", null, line("TEE", 10)));

        stock.moved(takeBack(receipt, null));

        assertThat(stock.units("MUG", StockState.AVAILABLE)).isEqualTo(5);
        assertThat(stock.units("TEE", StockState.AVAILABLE)).isZero();
    }

    @Test
    void itHappensOnceAndCountsAsTheReversal() {
        long receipt = stock.moved(move(MovementKind.RECEIPT, "NORTH", "R1", line("TEE", 10)));
        stock.held(stock.master.execute(stock.order("1001", ALL_OR_NOTHING, line("TEE", 3))));
        long undone = stock.moved(takeBack(receipt, "once"));
        stock.moved(move(MovementKind.RECEIPT, "NORTH", "R2", line("TEE", 10)));

        assertThat(stock.master.execute(takeBack(receipt, "once")))
                .isInstanceOfSatisfying(Answer.Moved.class, again -> {
                    assertThat(again.replayed()).isTrue();
                    assertThat(again.movementId()).isEqualTo(undone);
                });
        assertThat(code(stock.master.execute(takeBack(receipt, null)))).isEqualTo("already-reversed");
        assertThat(code(stock.reverse(receipt))).isEqualTo("already-reversed");
        assertThat(stock.units("TEE", StockState.AVAILABLE)).isEqualTo(10);
    }

    @Test
    void ofWhatIsGoneAltogetherNothingIsWrittenAndItCanBeTakenBackWhenItIsThereAgain() {
        long receipt = stock.moved(move(MovementKind.RECEIPT, "NORTH", "R1", line("TEE", 2)));
        Reservation order = stock.held(stock.master.execute(stock.order("1001", ALL_OR_NOTHING, line("TEE", 2))));

        assertThat(stock.master.execute(takeBack(receipt, "k"))).isInstanceOf(Answer.InsufficientStock.class);
        stock.master.execute(new Command.Cancel(order.reservationId(), "t", null, List.of()));

        assertThat(stock.master.execute(takeBack(receipt, "k"))).isInstanceOf(Answer.Moved.class);
        assertThat(stock.units("TEE", StockState.AVAILABLE)).isZero();
    }

    @Test
    void whatIsTakenBackOfAnAnnouncedReceiptIsExpectedAgain() {
        stock.moved(move(MovementKind.EXPECT, "NORTH", "ASN", line("TEE", 10)));
        long receipt = stock.moved(move(MovementKind.RECEIPT, "NORTH", "ASN", line("TEE", 10)));
        stock.held(stock.master.execute(stock.order("1001", ALL_OR_NOTHING, line("TEE", 3))));

        stock.moved(takeBack(receipt, null));

        assertThat(stock.units("TEE", StockState.EXPECTED)).isEqualTo(7);
    }

    @Test
    void theUnitsThatAMovementMovedOnItselfAreCountedOnce() {
        long adjusted = stock.moved(
                move(MovementKind.ADJUSTMENT, "NORTH", "A", line("TEE", 8), line("TEE", -3), line("MUG", 4)));
        stock.moved(move(MovementKind.WRITE_OFF, "NORTH", null, line("TEE", 4)));

        stock.moved(takeBack(adjusted, null));

        assertThat(stock.units("TEE", StockState.AVAILABLE)).isZero();
        assertThat(stock.units("MUG", StockState.AVAILABLE)).isZero();
    }

    @Test
    void twoLinesOfOneSkuShareWhatIsLeft() {
        long receipt = stock.moved(move(MovementKind.RECEIPT, "NORTH", "R1", line("TEE", 6), line("TEE", 4)));
        stock.moved(move(MovementKind.WRITE_OFF, "NORTH", null, line("TEE", 4)));

        stock.moved(takeBack(receipt, null));

        assertThat(stock.units("TEE", StockState.AVAILABLE)).isZero();
    }

    @Test
    void ordersAndKitsAreUndoneWholeOrNotAtAll() {
        stock.kit("SET", "TEE", 1, "MUG", 2);
        stock.moved(move(MovementKind.RECEIPT, "NORTH", null, line("TEE", 2), line("MUG", 4)));
        long made = stock.moved(move(MovementKind.ASSEMBLY, "NORTH", null, line("SET", 2)));
        Reservation order = stock.held(stock.master.execute(stock.order("1001", ALL_OR_NOTHING, line("SET", 1))));

        assertThat(stock.master.execute(takeBack(made, null))).isInstanceOf(Answer.InsufficientStock.class);
        assertThat(stock.master.execute(takeBack(order.movementId(), null))).isInstanceOf(Answer.Moved.class);
        assertThat(stock.master.execute(takeBack(made, null))).isInstanceOf(Answer.Moved.class);
    }

    @Test
    void whateverWasMovedInBetweenTheBooksAddUp() {
        long seed = Long.getLong("stockhub.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Long> movements = new ArrayList<>();
        MovementKind[] kinds = {
            MovementKind.RECEIPT,
            MovementKind.ADJUSTMENT,
            MovementKind.DAMAGE,
            MovementKind.RETURN,
            MovementKind.WRITE_OFF
        };
        for (int i = 0; i < 300; i++) {
            Command command = random.nextInt(4) == 0 && !movements.isEmpty()
                    ? takeBack(movements.get(random.nextInt(movements.size())), null)
                    : move(
                            kinds[random.nextInt(kinds.length)],
                            random.nextBoolean() ? "NORTH" : "SOUTH",
                            null,
                            line("TEE", 1 + random.nextInt(9)),
                            line("MUG", 1 + random.nextInt(9)));
            if (stock.master.execute(command) instanceof Answer.Moved moved && command instanceof Command.Move) {
                movements.add(moved.movementId());
            }
        }
        assertThat(stock.queries.verify().passes()).as("seed %d", seed).isTrue();
        assertThat(stock.rows("select count(*) from movement where kind = 'reversal'"))
                .as("seed %d", seed)
                .isNotEqualTo(List.of("0"));
    }

    private static Command takeBack(long movementId, @Nullable String key) {
        return new Command.TakeBack(movementId, "wrong file", "tester", key);
    }
}
