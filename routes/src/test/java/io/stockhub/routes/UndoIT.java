package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.stockhub.routes.Undos.Item;
import io.stockhub.routes.Undos.Outcome;
import io.stockhub.routes.undo.UndoService;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What came in together is undone together, as far as it is still there, and nothing else is touched. */
class UndoIT {
    private RoutesFixture hub;
    private UndoService undos;

    @BeforeEach
    void startHub() {
        hub = new RoutesFixture();
        hub.sku("MUG");
        hub.sku("TEE");
        undos = service();
    }

    @AfterEach
    void stopHub() {
        assertThat(hub.stock.queries().verify().passes()).isTrue();
        hub.close();
    }

    private UndoService service() {
        return new UndoService(hub.jdbc, hub.transaction, hub.stock.master(), hub.mappings, () -> {});
    }

    /** An interchange with one receipt for each of {@code receipts}, which are SKU and quantity. */
    private Undos.Run received(String control, String... receipts) {
        String[] sets = new String[receipts.length / 2];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = Depot.receipt(
                    "%04d".formatted(i + 1), "GRN-" + control + "-" + i, receipts[2 * i], receipts[2 * i + 1]);
        }
        Depot.intake(hub).receive(Depot.interchange(control, "P", sets), "test");
        hub.work();
        long id = hub.jdbc
                .sql("select max(interchange_id) from edi_interchange")
                .query(Long.class)
                .single();
        return new Undos.Interchange(id);
    }

    private Undos.Progress undo(Undos.Run run) {
        long id = undos.start(run, "wrong file", "olga");
        while (undos.step().isZero()) {}
        Undos.Progress progress = undos.progress(id).orElseThrow();
        assertThat(progress.job().state()).isEqualTo("done");
        return progress;
    }

    private Reservation order(String ref, String sku, long quantity) {
        Answer answer = hub.stock
                .master()
                .execute(new Command.Reserve(
                        "shop",
                        ref,
                        Command.Policy.BACKORDER,
                        null,
                        null,
                        "shop",
                        null,
                        List.of(new Command.Line(sku, quantity))));
        return ((Answer.Held) answer).reservation();
    }

    private void ship(Reservation order) {
        hub.stock.master().execute(new Command.Ship(order.reservationId(), "wanda", null, List.of()));
    }

    private static Stream<Outcome> outcomes(List<Item> items) {
        return items.stream().map(Item::outcome);
    }

    @Test
    void anInterchangeGoesAndWhatOthersBroughtStays() {
        Undos.Run right = received("000000451", "MUG", "5");
        Undos.Run wrong = received("000000452", "MUG", "12", "TEE", "7");

        Undos.Progress progress = undo(wrong);

        assertThat(outcomes(progress.items())).containsOnly(Outcome.UNDONE).hasSize(2);
        assertThat(hub.available("MUG")).isEqualTo(5);
        assertThat(hub.available("TEE")).isZero();
        assertThat(outcomes(undos.plan(right).items())).containsExactly(Outcome.UNDONE);
    }

    @Test
    void channelsAreToldTheNumbersThatFollow() {
        hub.listed("CUP", 3);
        Undos.Run wrong = received("000000452", "CUP", "40");
        hub.publish();
        hub.dispatcher.step();
        assertThat(hub.connectors.shows).containsEntry("CUP", 43L);

        undo(wrong);
        hub.publish();
        hub.dispatcher.step();

        assertThat(hub.connectors.shows).containsEntry("CUP", 3L);
    }

    @Test
    void whatWasSoldStaysAndIsListedFirst() {
        Undos.Run wrong = received("000000452", "MUG", "12", "TEE", "7");
        order("1001", "MUG", 4);

        Undos.Progress progress = undo(wrong);

        assertThat(progress.items().getFirst().outcome()).isEqualTo(Outcome.IN_PART);
        assertThat(progress.items().getFirst().message()).isEqualTo("4 of 12 MUG was sold or moved on since.");
        assertThat(progress.job().counts()).isEqualTo(Map.of("in-part", 1L, "undone", 1L));
        assertThat(hub.available("MUG")).isZero();
        assertThat(hub.reservation("1001").status()).isEqualTo(Reservation.Status.RESERVED);
    }

    @Test
    void thePlanWritesNothingAndIsWhatHappensThen() {
        Undos.Run wrong = received("000000452", "MUG", "12", "TEE", "7", "MUG", "3", "TEE", "2");
        order("1001", "MUG", 13);
        order("1002", "TEE", 1);

        List<Item> planned = undos.plan(wrong).items();
        assertThat(hub.available("TEE")).isEqualTo(8);
        List<Item> done = undo(wrong).items();

        assertThat(done).containsExactlyInAnyOrderElementsOf(planned);
        assertThat(outcomes(planned))
                .containsExactlyInAnyOrder(Outcome.UNDONE, Outcome.IN_PART, Outcome.IN_PART, Outcome.KEPT);
    }

    @Test
    void ordersThatWereTakenInASpanAreCancelledAndThoseThatWereShippedAreListed() {
        hub.stock("MUG", 10);
        Reservation earlier = order("1000", "MUG", 1);
        Instant since = now();
        order("1001", "MUG", 2);
        Reservation gone = order("1002", "MUG", 3);
        order("1003", "MUG", 99);
        ship(gone);
        Instant until = now();
        order("1004", "MUG", 1);

        List<Item> items = undo(new Undos.Span("shop", since, until)).items();

        assertThat(items)
                .extracting(Item::what, Item::outcome)
                .containsExactly(
                        tuple("shop 1002", Outcome.KEPT),
                        tuple("shop 1003", Outcome.UNDONE),
                        tuple("shop 1001", Outcome.UNDONE));
        assertThat(items.getFirst().message()).isEqualTo("3 MUG shipped: expect a return.");
        assertThat(hub.reservation("1000").status()).isEqualTo(earlier.status());
        assertThat(hub.reservation("1004").status()).isEqualTo(Reservation.Status.RESERVED);
    }

    @Test
    void whatAKeyDidInASpanIsUndoneNewestFirst() {
        Instant since = now();
        move("bob", MovementKind.RECEIPT, 10);
        move("bob", MovementKind.DAMAGE, 4);
        move("wanda", MovementKind.RECEIPT, 1);

        List<Item> items = undo(new Undos.Span("bob", since, now())).items();

        assertThat(items).extracting(Item::kind).containsExactly("damage", "receipt");
        assertThat(outcomes(items)).containsOnly(Outcome.UNDONE);
        assertThat(hub.available("MUG")).isEqualTo(1);
    }

    @Test
    void whatAnInboundExpectsAnewIsNotTakenForWhatWentBack() {
        move("bob", MovementKind.EXPECT, "PO-2207", 4);
        Undos.Run wrong = received("000000452", "MUG", "12");
        move("bob", MovementKind.EXPECT, "PO-2207", 9);

        assertThat(outcomes(undo(wrong).items())).containsExactly(Outcome.UNDONE);

        assertThat(hub.jdbc
                        .sql("select quantity from account where state = 'expected'")
                        .query(Long.class)
                        .single())
                .isEqualTo(9);
    }

    @Test
    void aReplayIsUndoneByItsNumber() {
        Undos.Run first = received("000000452", "CAP", "12");
        assertThat(undos.plan(first).items()).isEmpty();
        hub.sku("CAP");
        long letter = hub.onlyLetter().id();
        Undos.Run replay = replayed(letter);
        Undos.Run again = replayed(letter);
        assertThat(hub.available("CAP")).isEqualTo(12);

        assertThat(undos.plan(again).items()).as("it brought nothing in").isEmpty();
        undo(replay);

        assertThat(hub.available("CAP")).isZero();
    }

    private Undos.Run replayed(long letter) {
        long replay = hub.replays.start(new Replays.Request(List.of(letter), null, false, null, null, "olga"));
        while (hub.replays.step().isZero()) {}
        return new Undos.Replay(replay);
    }

    @Test
    void undoneTwiceItHappensOnce() {
        Undos.Run wrong = received("000000452", "MUG", "12");
        undo(wrong);
        hub.stock("MUG", 12);

        assertThat(outcomes(undo(wrong).items())).containsExactly(Outcome.ALREADY);

        assertThat(hub.available("MUG")).isEqualTo(12);
    }

    @Test
    void aHubThatWasKilledAfterTheLedgerAndBeforeItsNoteGoesOnWithoutUndoingTwice() {
        Undos.Run wrong = received("000000452", "MUG", "12", "TEE", "7");
        long id = undos.start(wrong, "wrong file", "olga");
        Item newest = undos.progress(id).orElseThrow().items().getFirst();
        hub.stock
                .master()
                .execute(new Command.TakeBack(
                        newest.number(), "wrong file", "olga", "undo:" + id + ":" + newest.number()));
        hub.jdbc
                .sql("update undo set claimed_until = now() + interval '1 minute'")
                .update();
        assertThat(undos.step()).as("another hub has it in hand").isPositive();
        hub.jdbc
                .sql("update undo set claimed_until = now() - interval '1 second'")
                .update();

        while (undos.step().isZero()) {}

        assertThat(undos.progress(id).orElseThrow().job().counts()).isEqualTo(Map.of("undone", 2L));
        assertThat(hub.jdbc
                        .sql("select count(*) from movement where kind = 'reversal'")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void manyHubsAtOnceUndoItOnce() throws Exception {
        Undos.Run wrong = received("000000452", "MUG", "12", "TEE", "7", "MUG", "1");
        long id = undos.start(wrong, "wrong file", "olga");
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> hubs = Stream.generate(() -> Thread.startVirtualThread(() -> {
                    try {
                        begin.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    while (service().step().isZero()) {}
                }))
                .limit(4)
                .toList();
        begin.countDown();
        for (Thread one : hubs) {
            one.join();
        }
        assertThat(undos.progress(id).orElseThrow().job().counts()).isEqualTo(Map.of("undone", 3L));
        assertThat(hub.available("MUG")).isZero();
    }

    @Test
    void aRunThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> undos.plan(new Undos.Interchange(99)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("run: \"edi:99\"");
        assertThatThrownBy(() -> undos.start(new Undos.Replay(99), "r", "olga"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("run: \"replay:99\"");
        assertThatThrownBy(() -> undos.plan(new Undos.Span("nobody", now().minusSeconds(9), now())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("source: \"nobody\" did nothing");
        assertThat(undos.list(10)).isEmpty();
    }

    @Test
    void theRunsThatCouldBeUndoneAreListed() {
        received("000000452", "MUG", "12", "TEE", "7");

        assertThat(undos.recent(10)).singleElement().satisfies(run -> {
            assertThat(run.run()).startsWith("edi:");
            assertThat(run.what()).isEqualTo("interchange 000000452");
            assertThat(run.documents()).isEqualTo(2);
        });
    }

    private void move(String actor, MovementKind kind, long quantity) {
        move(actor, kind, null, quantity);
    }

    private void move(String actor, MovementKind kind, @Nullable String reference, long quantity) {
        hub.stock
                .master()
                .execute(new Command.Move(
                        kind, "NORTH", reference, null, null, actor, null, List.of(new Command.Line("MUG", quantity))));
    }

    /** By the database's clock, and so that what comes next is later. */
    private Instant now() {
        return hub.jdbc
                .sql("select clock_timestamp()")
                .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single()
                .plus(Duration.ofNanos(1_000));
    }
}
