package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.QuantityResult.Outcome;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which numbers a channel may still be selling on, from the call to the moment when its orders are known. */
class ToldNumbersIT {
    private RoutesFixture hub = new RoutesFixture(TestChannel.plain().overwriting());

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private void hub(TestChannel shop) {
        hub.close();
        hub = new RoutesFixture(shop);
    }

    private void comparing() {
        hub(TestChannel.plain().comparing());
    }

    private void stockThenSend(long quantity) {
        hub.stock("MUG", quantity);
        hub.publish();
        hub.dispatcher.step();
    }

    private String told() {
        return Slices.told(hub, "MUG");
    }

    private String toldDuringTheCallTo(long quantity) {
        AtomicReference<String> during = new AtomicReference<>();
        hub.connectors.next(call -> {
            during.set(told());
            return hub.connectors.apply(call);
        });
        stockThenSend(quantity);
        return during.get();
    }

    @Test
    void aNumberCountsFromBeforeTheCallAndIsSureWhenItWasAccepted() {
        hub.sku("MUG");
        assertThat(toldDuringTheCallTo(10)).isEqualTo("10?");
        assertThat(told()).isEqualTo("10");
    }

    @Test
    void aChannelThatComparesSellsOnOneNumberOnceItAcceptedIt() {
        comparing();
        hub.sku("MUG");
        hub.connectors.shows.put("MUG", 77L);
        assertThat(toldDuringTheCallTo(10)).as("with what it was seen to show").isEqualTo("77 10?");
        assertThat(told()).isEqualTo("10");
        assertThat(toldDuringTheCallTo(4)).isEqualTo("10 4?");
        assertThat(told()).isEqualTo("4");
    }

    @Test
    void aChannelThatOverwritesMaySellOnBothUntilItsOrdersAreKnown() {
        hub.listed("MUG", 10);
        assertThat(toldDuringTheCallTo(4)).isEqualTo("10 4?");
        assertThat(told()).isEqualTo("10 4");
        Slices.aMinuteLater(hub);
        Slices.ordersAreRead(hub);
        assertThat(told()).isEqualTo("4");
    }

    @Test
    void ordersThatWereReadAndAreNotInTheLedgerYetLetNothingGo() {
        hub.listed("MUG", 10);
        stockThenSend(4);
        Slices.aMinuteLater(hub);
        Slices.sells(hub, "1001", "MUG", 1);
        hub.poller.step();
        hub.settling.step();
        assertThat(told()).isEqualTo("10 4");
        hub.work();
        hub.settling.step();
        assertThat(told()).isEqualTo("4");
    }

    @Test
    void anOrderThatIsWithAPersonHoldsNothingUp() {
        hub.listed("MUG", 10);
        stockThenSend(4);
        Slices.aMinuteLater(hub);
        hub.arrives("m1", CanonicalOrder.open("1001", "UNKNOWN*1"));
        Slices.ordersAreRead(hub);
        assertThat(hub.states()).containsExactly("dead");
        assertThat(told()).as("it may stay there for days").isEqualTo("4");
    }

    @Test
    void ordersThatArriveAfterTheReadingHoldNothingUp() {
        hub.listed("MUG", 10);
        stockThenSend(4);
        Slices.aMinuteLater(hub);
        hub.poller.step();
        hub.arrives("m1", CanonicalOrder.open("1001", "MUG*1"));
        hub.settling.step();
        assertThat(told()).isEqualTo("4");
    }

    @Test
    void aReadingFromBeforeTheNumberWasTakenLetsNothingGo() {
        hub.listed("MUG", 10);
        Slices.ordersAreRead(hub);
        stockThenSend(4);
        Slices.aMinuteLater(hub);
        hub.jdbc
                .sql("update listing set told = jsonb_set(told, '{-1,appliedBy}', to_jsonb(now() + interval '1 hour'))")
                .update();
        Slices.ordersAreRead(hub);
        assertThat(told()).isEqualTo("10 4");
    }

    @Test
    void aReadingOfTheSameSecondsLetsNothingGoSinceClocksDiffer() {
        hub.listed("MUG", 10);
        stockThenSend(4);
        Slices.ordersAreRead(hub);
        assertThat(told()).isEqualTo("10 4");
    }

    @Test
    void aReadingThatFailsLetsNothingGo() {
        hub.listed("MUG", 10);
        stockThenSend(4);
        Slices.aMinuteLater(hub);
        hub.connectors.nextPage(asked -> {
            throw ScriptedConnectors.failure(Kind.TRANSIENT, "channel.unavailable");
        });
        Slices.ordersAreRead(hub);
        assertThat(told()).isEqualTo("10 4");
    }

    @Test
    void whoSendsUsItsOrdersHasSentThemAfterAWhile() {
        hub(TestChannel.plain().overwriting().pushing());
        hub.listed("MUG", 10);
        stockThenSend(4);
        for (int i = 0; i < 3; i++) {
            hub.settling.step();
        }
        assertThat(told()).isEqualTo("10 4");
        for (int minute = 0; minute <= TestChannel.SETTLE.toMinutes(); minute++) {
            Slices.aMinuteLater(hub);
        }
        hub.settling.step();
        hub.settling.step();
        assertThat(told()).isEqualTo("4");
    }

    @Test
    void whatWasTakenLastIsKeptTogetherWithWhatIsOnItsWay() {
        hub.listed("MUG", 10);
        stockThenSend(4);
        Slices.aMinuteLater(hub);
        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.UNKNOWN_OUTCOME, "channel.timeout"));
        stockThenSend(3);
        assertThat(told()).isEqualTo("10 4 3?");
        Slices.ordersAreRead(hub);
        assertThat(told()).isEqualTo("4 3?");
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, channel.throttled",
        "SETTINGS, auth.invalid",
        "PERMANENT, channel.refused",
        "TRANSIENT, channel.breaker_open"
    })
    void aCallThatWasTurnedAwayLeavesNoTrace(Kind kind, String code) {
        hub.listed("MUG", 10);
        hub.connectors.nextFails(ScriptedConnectors.failure(kind, code));
        stockThenSend(4);
        assertThat(told()).isEqualTo("10");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"THROTTLED", "REJECTED"})
    void anItemThatWasTurnedAwayLeavesNoTrace(Outcome outcome) {
        hub.listed("MUG", 10);
        hub.connectors.nextAnswers(outcome, "channel.no");
        stockThenSend(4);
        assertThat(told()).isEqualTo("10");
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_OUTCOME, channel.timeout",
        "TRANSIENT, channel.unavailable",
        "POISON, channel.unreadable",
    })
    void aCallThatMayHaveArrivedLeavesItsNumber(Kind kind, String code) {
        hub.listed("MUG", 10);
        hub.connectors.nextFails(ScriptedConnectors.failure(kind, code));
        stockThenSend(4);
        assertThat(told()).isEqualTo("10 4?");
    }

    @Test
    void whatTheAnswerDoesNotMentionMayHaveArrived() {
        hub.listed("MUG", 10);
        hub.connectors.next(call -> java.util.List.of());
        stockThenSend(4);
        assertThat(told()).isEqualTo("10 4?");
    }

    @Test
    void whatIsSentAgainIsOneMoreWhereTheChannelOverwrites() {
        hub.listed("MUG", 10);
        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.UNKNOWN_OUTCOME, "channel.timeout"));
        stockThenSend(4);
        hub.later();
        hub.dispatcher.step();
        assertThat(told()).isEqualTo("10 4? 4");
    }

    @Test
    void zeroThatIsSentAgainIsNothingMore() {
        hub.listed("MUG", 10);
        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.UNKNOWN_OUTCOME, "channel.timeout"));
        stockThenSend(0);
        hub.later();
        hub.dispatcher.step();
        assertThat(told()).isEqualTo("10 0");
    }

    @Test
    void whatIsSentAgainIsTheSameNumberWhereTheChannelCompares() {
        comparing();
        hub.listed("MUG", 10);
        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.UNKNOWN_OUTCOME, "channel.timeout"));
        stockThenSend(4);
        assertThat(told()).isEqualTo("10 4?");
        AtomicReference<String> during = new AtomicReference<>();
        hub.connectors.next(call -> {
            during.set(told());
            return hub.connectors.apply(call);
        });
        hub.later();
        hub.dispatcher.step();
        assertThat(during).hasValue("10 4?");
        assertThat(told()).isEqualTo("4");
    }

    @Test
    void anotherNumberAfterALostOneKeepsTheLostOneWhereNobodyKnowsWhatWasCompared() {
        comparing();
        hub.listed("MUG", 10);
        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.UNKNOWN_OUTCOME, "channel.timeout"));
        stockThenSend(4);
        hub.later();
        stockThenSend(6);
        assertThat(told()).isEqualTo("10 4? 6");
    }

    @Test
    void ofASharedSkuTheListDoesNotGrowForEver() {
        hub.listed("MUG", 40);
        for (int i = 1; i <= 15; i++) {
            stockThenSend(40 - i);
        }
        assertThat(told().split(" ")).hasSizeLessThanOrEqualTo(11).endsWith("26", "25");
    }
}
