package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.stock.Command;
import io.stockhub.stock.Reservation.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An order becomes one reservation, in whatever order and however often the channel tells of it. */
class OrdersIT {
    private static final CanonicalOrder ORDER = CanonicalOrder.open("1001", "MUG*4");

    private RoutesFixture hub;

    @BeforeEach
    void startHub() {
        hub = new RoutesFixture();
        hub.sku("MUG");
        hub.stock("MUG", 10);
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private void arrive(CanonicalOrder... orders) {
        for (CanonicalOrder order : orders) {
            hub.arrives("m-" + hub.number("select count(*) from inbox"), order);
        }
        hub.work();
    }

    @Test
    void anOrderIsOneReservationHoweverOftenItArrives() {
        arrive(ORDER, ORDER, ORDER);
        assertThat(hub.states()).containsExactly("done APPLIED", "done ALREADY_APPLIED", "done ALREADY_APPLIED");
        assertThat(hub.available("MUG")).isEqualTo(6);
        assertThat(hub.reservation("1001").status()).isEqualTo(Status.RESERVED);
    }

    @Test
    void anOrderOfASkuThatNobodyKnowsIsADeadLetterThatNamesIt() {
        arrive(CanonicalOrder.open("1001", "MUG*1", "GHOST*1"));
        DeadLetter letter = hub.onlyLetter();
        assertThat(letter.code()).isEqualTo("stock.unknown_sku");
        assertThat(letter.kind()).isEqualTo("permanent");
        assertThat(letter.sku()).isEqualTo("GHOST");
        assertThat(letter.orderRef()).isEqualTo("1001");
        assertThat(letter.message()).contains("GHOST");
        assertThat(hub.available("MUG")).as("all or nothing").isEqualTo(10);
    }

    @Test
    void ordersOfOneUnknownSkuAreOneCause() {
        arrive(CanonicalOrder.open("1001", "GHOST*1"), CanonicalOrder.open("1002", "GHOST*2"));
        arrive(CanonicalOrder.open("1003", "SPOOK*1"));
        assertThat(hub.deadLetters.byCause(DeadLetters.Filter.OPEN))
                .extracting(DeadLetters.CauseGroup::count)
                .containsExactly(2L, 1L);
    }

    @Test
    void theChannelsOwnNameOfASkuComesBeforeOurs() {
        hub.sku("MUG", "mug-at-shop");
        hub.sku("CAP", "MUG");
        hub.stock("CAP", 10);
        arrive(ORDER);
        assertThat(hub.available("CAP")).isEqualTo(6);
        assertThat(hub.available("MUG")).isEqualTo(10);
    }

    @Test
    void aNameThatCouldMeanTwoSkusMeansNoneAndIsListed() {
        hub.sku("CAP");
        hub.stock("CAP", 10);
        hub.jdbc
                .sql("insert into sku_alias (system, alias, sku) values ('shop', 'MUG', 'CAP')")
                .update();
        arrive(ORDER);
        assertThat(hub.openLetters().getFirst().code()).isEqualTo("stock.unknown_sku");
        assertThat(hub.available("CAP")).isEqualTo(10);
        assertThat(hub.available("MUG")).isEqualTo(10);
        assertThat(hub.stock.catalogue().conflicts(true, 0, 10))
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.alias()).isEqualTo("MUG"));
    }

    @Test
    void aCancelledOrderGivesItsStockBackOnce() {
        arrive(ORDER, ORDER.cancelled(), ORDER.cancelled());
        assertThat(hub.states()).containsExactly("done APPLIED", "done APPLIED", "done ALREADY_APPLIED");
        assertThat(hub.available("MUG")).isEqualTo(10);
    }

    @Test
    void anOrderThatComesAfterItsCancellationIsNotTaken() {
        arrive(ORDER.cancelled(), ORDER);
        assertThat(hub.states()).containsExactly("done NOTHING_TO_CANCEL", "done SUPERSEDED");
        assertThat(hub.available("MUG")).isEqualTo(10);
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void anOldVersionThatComesAfterTheCancellationTakesNothingAgain() {
        arrive(ORDER, ORDER.cancelled(), ORDER);
        assertThat(hub.available("MUG")).isEqualTo(10);
        assertThat(hub.reservation("1001").status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void anOrderThatIsCancelledWhileItWasDeadIsNotTakenByAReplay() {
        arrive(
                CanonicalOrder.open("1001", "GHOST*1"),
                CanonicalOrder.open("1001", "GHOST*1").cancelled());
        hub.sku("GHOST");
        long replay =
                hub.replays.start(new Replays.Request(List.of(hub.onlyLetter().id()), null, false, null, null, "me"));
        while (hub.replays.step().isZero()) {}
        assertThat(hub.replays.progress(replay).orElseThrow().items().getFirst().outcome())
                .isEqualTo("superseded");
        assertThat(hub.stock.queries().reservation("shop", "1001")).isEmpty();
    }

    @Test
    void theCancellationOfOneOrderConcernsNoOther() {
        arrive(ORDER.cancelled(), CanonicalOrder.open("1002", "MUG*1"));
        assertThat(hub.states()).containsExactly("done NOTHING_TO_CANCEL", "done APPLIED");
    }

    @Test
    void anOrderThatWasEditedWaitsForAPersonAndKeepsWhatItHolds() {
        arrive(ORDER, CanonicalOrder.open("1001", "MUG*5"));
        assertThat(hub.onlyLetter().code()).isEqualTo("stock.order_changed");
        assertThat(hub.available("MUG")).isEqualTo(6);
    }

    @Test
    void anOversoldOrderIsABackorderAndNeverDropped() {
        arrive(CanonicalOrder.open("1001", "MUG*12"));
        assertThat(hub.states()).containsExactly("done APPLIED");
        assertThat(hub.reservation("1001").status()).isEqualTo(Status.BACKORDERED);
        assertThat(hub.reservation("1001").lines().getFirst().backordered()).isEqualTo(2);
        assertThat(hub.available("MUG")).isZero();
        assertThat(hub.desk.health().getFirst().backorders()).isEqualTo(1);
    }

    @Test
    void anOrderThatIsNotOursTakesNothing() {
        arrive(ORDER.ignored());
        assertThat(hub.states()).containsExactly("done IGNORED");
        assertThat(hub.available("MUG")).isEqualTo(10);
    }

    @Test
    void anOrderThatIsPaidLaterIsTakenThen() {
        arrive(ORDER.ignored(), ORDER);
        assertThat(hub.states()).containsExactly("done IGNORED", "done APPLIED");
    }

    @Test
    void aCancellationAfterTheGoodsLeftWaitsForAPerson() {
        arrive(ORDER);
        hub.stock
                .master()
                .execute(new Command.Ship(hub.reservation("1001").reservationId(), "tester", null, List.of()));
        arrive(ORDER.cancelled());
        assertThat(hub.onlyLetter().code()).isEqualTo("stock.already_shipped");
    }

    @Test
    void aDocumentThatIsWrongNamesItsField() {
        hub.inbox.add(
                RoutesFixture.message("m-1", "1001", ORDER.json().replace("\"quantity\":4", "\"quantity\":\"4\"")));
        hub.inbox.add(RoutesFixture.message(
                "m-2", "1002", CanonicalOrder.open("1002", "MUG*0").json()));
        hub.work();
        assertThat(hub.openLetters())
                .extracting(DeadLetter::code, DeadLetter::kind)
                .containsOnly(org.assertj.core.groups.Tuple.tuple("validate.field", "poison"));
        assertThat(hub.openLetters()).extracting(DeadLetter::message).allMatch(text -> text.contains("quantity"));
    }
}
