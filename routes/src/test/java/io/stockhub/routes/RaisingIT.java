package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Failure.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a channel counts its own sales and overwrites, a raise on old knowledge would put back what was just sold. */
class RaisingIT {
    private RoutesFixture hub = new RoutesFixture(TestChannel.plain().overwriting());

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private void hub(TestChannel shop) {
        hub.close();
        hub = new RoutesFixture(shop);
    }

    private void stockThenSend(long quantity) {
        hub.stock("MUG", quantity);
        hub.publish();
        hub.dispatcher.step();
    }

    private List<Long> told() {
        return hub.connectors.told.stream().map(told -> told.quantity("MUG")).toList();
    }

    @Test
    void aRaiseWaitsUntilItsOrdersWereReadSinceTheStockChanged() {
        hub.listed("MUG", 10);
        stockThenSend(12);
        assertThat(told()).isEmpty();
        Slices.ordersAreRead(hub);
        hub.dispatcher.step();
        assertThat(told()).containsExactly(12L);
    }

    @Test
    void ordersThatWereReadBeforeTheChangeAreOldKnowledge() {
        hub.listed("MUG", 10);
        Slices.ordersAreRead(hub);
        stockThenSend(12);
        assertThat(told()).isEmpty();
    }

    @Test
    void ordersThatWereReadAndNotTakenInAreNoKnowledge() {
        hub.listed("MUG", 10);
        hub.stock("MUG", 12);
        hub.publish();
        Slices.sells(hub, "1001", "MUG", 1);
        hub.poller.step();
        hub.settling.step();
        hub.dispatcher.step();
        assertThat(told()).isEmpty();
    }

    @Test
    void aSaleThatTheReadingFindsIsNotPutBack() {
        hub.listed("MUG", 10);
        Slices.sells(hub, "1001", "MUG", 3);
        stockThenSend(12);
        assertThat(hub.connectors.shows).containsEntry("MUG", 7L);
        Slices.ordersAreRead(hub);
        hub.publish();
        hub.dispatcher.step();
        Slices.ordersAreRead(hub);
        hub.dispatcher.step();
        assertThat(told()).containsExactly(9L);
        assertThat(hub.connectors.shows).containsEntry("MUG", 9L);
    }

    @Test
    void aReadingThatFailedIsNone() {
        hub.listed("MUG", 10);
        stockThenSend(12);
        hub.connectors.nextPage(asked -> {
            throw ScriptedConnectors.failure(Kind.TRANSIENT, "channel.unavailable");
        });
        Slices.ordersAreRead(hub);
        hub.dispatcher.step();
        assertThat(told()).isEmpty();
    }

    @Test
    void loweringNeverWaits() {
        hub.listed("MUG", 10);
        stockThenSend(8);
        stockThenSend(0);
        assertThat(told()).containsExactly(8L, 0L);
    }

    @Test
    void whatTheChannelSoldIsPutBackWhenAsMuchCameInMeanwhile() {
        hub.listed("MUG", 10);
        Slices.sells(hub, "1001", "MUG", 3);
        Slices.ordersAreRead(hub);
        stockThenSend(10);
        assertThat(told()).as("it shows seven, ten is a raise").isEmpty();
        Slices.ordersAreRead(hub);
        hub.dispatcher.step();
        assertThat(told()).containsExactly(10L);
    }

    @Test
    void aChannelThatIsToldLessThanThereIsIsFilledUpAgainWhenItHasSoldSome() {
        hub(TestChannel.plain().comparing());
        hub.rules.apply("channels: {shop: {cap: 5}}", "paul", null, null);
        hub.listed("MUG", 100);
        Slices.sells(hub, "1001", "MUG", 5);
        Slices.ordersAreRead(hub);
        hub.publish();
        hub.dispatcher.step();
        assertThat(hub.connectors.shows).containsEntry("MUG", 5L);
    }

    @Test
    void itIsFilledUpAgainAlsoWhenTheNumbersWereWorkedOutBeforeItsSaleWasNoted() {
        hub(TestChannel.plain().comparing());
        hub.rules.apply("channels: {shop: {cap: 5}}", "paul", null, null);
        hub.listed("MUG", 100);
        Slices.sells(hub, "1001", "MUG", 5);
        hub.dataSource.beforeOnce("greatest(expected - ", hub::publish);
        Slices.ordersAreRead(hub);
        assertThat(hub.dataSource.allMet()).isTrue();
        hub.publish();
        hub.dispatcher.step();
        assertThat(hub.connectors.shows).containsEntry("MUG", 5L);
    }

    @Test
    void theOthersDoNotWaitForARaiseThatDoes() {
        hub.listed("MUG", 10);
        hub.listed("CAP", 10);
        hub.stock("MUG", 12);
        hub.stock("CAP", 5);
        hub.publish();
        hub.dispatcher.step();
        assertThat(hub.connectors.told).singleElement().satisfies(call -> assertThat(call.skus())
                .containsExactly("CAP"));
    }

    @Test
    void aChannelThatComparesIsRaisedAtOnceSinceItSaysWhatItSold() {
        hub(TestChannel.plain().comparing());
        hub.listed("MUG", 10);
        stockThenSend(12);
        assertThat(told()).containsExactly(12L);
    }

    @Test
    void aChannelThatDoesNotCountItsSalesIsRaisedAtOnce() {
        hub(TestChannel.plain());
        hub.listed("MUG", 10);
        stockThenSend(12);
        assertThat(told()).containsExactly(12L);
    }

    @Test
    void aChannelThatSendsUsItsOrdersIsRaisedAtOnce() {
        hub(TestChannel.plain().overwriting().pushing());
        hub.listed("MUG", 10);
        stockThenSend(12);
        assertThat(told()).containsExactly(12L);
    }
}
