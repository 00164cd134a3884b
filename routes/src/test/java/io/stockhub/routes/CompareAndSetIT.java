package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.connectors.QuantityUpdate;
import io.stockhub.routes.ScriptedConnectors.Told;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a channel compares before it sets, a sale that we have not heard of is never put back. */
class CompareAndSetIT {
    private RoutesFixture hub = new RoutesFixture(TestChannel.plain().comparing());

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private void stockThenSend(String sku, long quantity) {
        hub.stock(sku, quantity);
        hub.publish();
        hub.dispatcher.step();
    }

    private void laterAgain() {
        hub.later();
        hub.dispatcher.step();
    }

    private QuantityUpdate lastTold() {
        return hub.connectors.told.getLast().items().getFirst();
    }

    private void ordered(String orderRef, String line) {
        hub.arrives("m-" + orderRef, CanonicalOrder.open(orderRef, line));
        hub.work();
        hub.publish();
    }

    @Test
    void theChannelIsReadFirstWhenNothingIsKnownOfIt() {
        hub.sku("MUG");
        hub.connectors.shows.put("MUG", 77L);
        stockThenSend("MUG", 5);
        assertThat(hub.connectors.read).containsExactly(List.of("MUG"));
        assertThat(lastTold()).isEqualTo(new QuantityUpdate("MUG", "item-MUG", 5, 77L));
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(5);
    }

    @Test
    void theNumberThatWasConfirmedLastIsExpectedNext() {
        hub.listed("MUG", 10);
        stockThenSend("MUG", 4);
        assertThat(hub.connectors.read).isEmpty();
        assertThat(lastTold().expected()).isEqualTo(10);
        stockThenSend("MUG", 6);
        assertThat(lastTold().expected()).isEqualTo(4);
    }

    @Test
    void whatTheChannelSoldItselfLowersTheNumberThatIsExpectedThere() {
        hub.listed("MUG", 10);
        hub.connectors.shows.put("MUG", 7L);
        ordered("1001", "MUG*3");
        stockThenSend("MUG", 5);
        assertThat(lastTold().expected()).isEqualTo(7);
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(5);
    }

    @Test
    void aSaleBeforeTheFirstReadingDoesNotMakeTheChannelOneThatShowsNothing() {
        hub.sku("MUG");
        hub.connectors.shows.put("MUG", 2L);
        hub.stock("MUG", 5);
        hub.publish();
        ordered("1001", "MUG*2");
        hub.dispatcher.step();
        assertThat(lastTold()).isEqualTo(new QuantityUpdate("MUG", "item-MUG", 3, 2L));
    }

    @Test
    void anOrderThatArrivesTwiceLowersTheExpectedNumberOnce() {
        hub.listed("MUG", 10);
        ordered("1001", "MUG*3");
        hub.arrives("again", CanonicalOrder.open("1001", "MUG*3"));
        hub.work();
        assertThat(hub.number("select expected from listing")).isEqualTo(7);
    }

    @Test
    void aSaleThatWeHaveNotHeardOfIsWaitedForAndNeverPutBack() {
        hub.listed("MUG", 10);
        hub.connectors.shows.put("MUG", 9L);
        stockThenSend("MUG", 12);
        hub.dispatcher.step();
        assertThat(hub.connectors.told).as("one try, then it waits").hasSize(1);
        assertThat(hub.connectors.shows).containsEntry("MUG", 9L);

        ordered("1001", "MUG*1");
        hub.jdbc.sql("update listing set next_attempt_at = now()").update();
        hub.dispatcher.step();
        assertThat(lastTold()).isEqualTo(new QuantityUpdate("MUG", "item-MUG", 11, 9L));
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(11);
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void whatNoOrderExplainsIsBelievedAfterAWhile() {
        hub.listed("MUG", 10);
        hub.connectors.shows.put("MUG", 99L);
        stockThenSend("MUG", 4);
        hub.jdbc.sql("update listing set next_attempt_at = now()").update();
        hub.dispatcher.step();
        assertThat(hub.connectors.shows).as("not yet").containsEntry("MUG", 99L);
        laterAgain();
        assertThat(hub.connectors.shows).as("its orders were not read").containsEntry("MUG", 99L);
        hub.poller.step();
        hub.settling.step();
        laterAgain();
        laterAgain();
        assertThat(lastTold().expected()).isEqualTo(99);
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(4);
        assertThat(hub.connectors.shows).containsEntry("MUG", 4L);
    }

    @Test
    void anOrderThatExplainsOneSaleStartsTheWaitForTheNextAnew() {
        hub.listed("MUG", 10);
        hub.connectors.shows.put("MUG", 9L);
        stockThenSend("MUG", 12);
        hub.later();
        ordered("1001", "MUG*1");
        hub.connectors.shows.put("MUG", 8L);
        hub.dispatcher.step();
        hub.jdbc.sql("update listing set next_attempt_at = now()").update();
        hub.dispatcher.step();
        assertThat(hub.connectors.shows).as("the second sale is not put back").containsEntry("MUG", 8L);
    }

    @Test
    void anUpdateThatWasAppliedThoughItsAnswerGotLostIsRecognised() {
        hub.listed("MUG", 10);
        hub.connectors.next(call -> {
            hub.connectors.apply(call);
            throw ScriptedConnectors.failure(Kind.UNKNOWN_OUTCOME, "channel.timeout");
        });
        stockThenSend("MUG", 4);
        laterAgain();
        assertThat(hub.connectors.told)
                .extracting(Told::key)
                .containsOnly(hub.connectors.told.getFirst().key());
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(4);
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void whoeverIsRefusedTogetherWithAnotherIsSentAgainAtOnceAndThatIsNoAttempt() {
        hub.listed("CAP", 10);
        hub.listed("MUG", 10);
        hub.connectors.shows.put("MUG", 9L);
        hub.connectors.next(call -> List.of(
                ScriptedConnectors.result("CAP", Outcome.NOT_TRIED, "shop.batch_refused"),
                ScriptedConnectors.result("MUG", Outcome.CHANGED_MEANWHILE, "shop.stale")));
        hub.stock("CAP", 4);
        stockThenSend("MUG", 4);
        assertThat(hub.connectors.told).hasSize(2);
        assertThat(hub.connectors.told.getFirst().skus()).containsExactlyInAnyOrder("CAP", "MUG");
        assertThat(hub.connectors.told.getLast().skus()).containsExactly("CAP");
        assertThat(hub.listing("CAP").confirmed()).isEqualTo(4);
        assertThat(hub.number("select attempts from listing where sku = 'CAP'")).isZero();
    }

    @Test
    void aCallInWhichNobodyIsAtFaultIsNotRepeatedForEver() {
        hub.listed("MUG", 10);
        hub.connectors.nextAnswers(Outcome.NOT_TRIED, "shop.batch_refused");
        stockThenSend("MUG", 4);
        assertThat(hub.connectors.told).hasSize(1);
        assertThat(hub.number("select attempts from listing")).isEqualTo(1);
    }

    @Test
    void whatAnOrderThatWaitsInTheInboxMayExplainIsNotTakenForAnEdit() {
        hub.close();
        hub = new RoutesFixture(TestChannel.plain().comparing().pushing());
        hub.listed("MUG", 10);
        hub.arrives("m-1001", CanonicalOrder.open("1001", "MUG*1"));
        hub.connectors.shows.put("MUG", 9L);
        stockThenSend("MUG", 12);
        hub.settling.step();
        laterAgain();
        hub.settling.step();
        laterAgain();
        assertThat(hub.connectors.shows)
                .as("the order is not in the ledger yet")
                .containsEntry("MUG", 9L);
        hub.work();
        hub.publish();
        hub.later();
        hub.dispatcher.step();
        assertThat(hub.connectors.shows).containsEntry("MUG", 11L);
        assertThat(hub.desk.drifts(new ChannelDesk.DriftFilter(null, null, null), null, 9))
                .noneMatch(ChannelDesk.Drift::overwritten);
    }

    @Test
    void anItemThatTheChannelDoesNotListEndsInTheDeadLettersAndTheOthersGoOut() {
        hub.sku("GHOST");
        hub.sku("MUG");
        hub.connectors.shows.put("MUG", 1L);
        hub.stock("GHOST", 5);
        stockThenSend("MUG", 5);
        assertThat(hub.onlyLetter().sku()).isEqualTo("GHOST");
        assertThat(hub.onlyLetter().code()).isEqualTo("channel.unknown_item");
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(5);
    }

    @Test
    void anItemThatIsNotListedIsNotCountedAgainWhenTheRestOfItsBatchIsTriedAgain() {
        hub.sku("GHOST");
        hub.sku("MUG");
        hub.connectors.shows.put("MUG", 1L);
        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.TRANSIENT, "channel.unavailable"));
        hub.stock("GHOST", 5);
        stockThenSend("MUG", 5);
        assertThat(hub.number("select attempts from listing where sku = 'GHOST'"))
                .isEqualTo(1);
        assertThat(hub.number("select attempts from listing where sku = 'MUG'")).isEqualTo(1);
    }

    @Test
    void aReadingThatFailsAfterwardsDoesNotTouchWhatWasConfirmed() {
        hub.listed("CAP", 10);
        hub.listed("MUG", 10);
        hub.connectors.shows.put("MUG", 9L);
        hub.connectors.beforeNextRead(() -> {
            throw ScriptedConnectors.failure(Kind.PERMANENT, "channel.refused");
        });
        hub.stock("CAP", 4);
        stockThenSend("MUG", 4);
        assertThat(hub.connectors.told)
                .as("CAP was accepted and is not sent again")
                .hasSize(1);
        assertThat(hub.listing("CAP").confirmed()).isEqualTo(4);
        assertThat(hub.number("select attempts from listing where sku = 'CAP'")).isZero();
    }

    @Test
    void aSkuThatGetsAnotherNameIsReadUnderItBeforeItIsTold() {
        hub.sku("MUG", "old-name");
        hub.connectors.shows.put("old-name", 1L);
        hub.connectors.shows.put("new-name", 2L);
        stockThenSend("MUG", 5);
        hub.sku("MUG", "new-name");
        hub.publish();
        hub.dispatcher.step();
        assertThat(hub.connectors.told.getLast().items())
                .contains(new QuantityUpdate("new-name", "item-new-name", 5, 2L));
    }

    @Test
    void aNumberThatTheChannelShowsAlreadyIsConfirmedWithoutBeingSentAgain() {
        hub.listed("MUG", 10);
        hub.connectors.shows.put("MUG", 4L);
        hub.connectors.nextAnswers(Outcome.CHANGED_MEANWHILE, "channel.changed");
        stockThenSend("MUG", 4);
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(4);
        assertThat(hub.connectors.told).hasSize(1);
    }
}
