package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.connectors.QuantityUpdate;
import io.stockhub.stock.Answer;
import io.stockhub.stock.availability.RulesDesk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A SKU in escrow: nothing is told without a plan, and what a channel may be selling nobody else gets. */
class DividedIT {
    private RoutesFixture hub = new RoutesFixture(TestChannel.plain().overwriting());

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private void hub(TestChannel shop) {
        hub.close();
        hub = new RoutesFixture(shop);
    }

    private void rules(String document) {
        assertThat(hub.rules.apply(document, "paul", null, null)).isInstanceOf(RulesDesk.Outcome.Applied.class);
    }

    private void inEscrow() {
        rules("selling: {policy: escrow}");
        hub.sku("MUG");
        hub.connectors.shows.put("MUG", 77L);
    }

    /** Told, confirmed and with all its orders read. */
    private void divided(long quantity) {
        inEscrow();
        hub.stock("MUG", quantity);
        rest();
        assertThat(told()).isEqualTo(String.valueOf(quantity));
        hub.connectors.told.clear();
    }

    /** Until there is nothing to tell any more. */
    private void rest() {
        for (int i = 0; i < 6; i++) {
            send();
            Slices.aMinuteLater(hub);
            Slices.ordersAreRead(hub);
        }
    }

    private void send() {
        hub.publish();
        hub.dispatcher.step();
    }

    private String told() {
        return Slices.told(hub, "MUG");
    }

    private List<Long> sent() {
        return hub.connectors.told.stream().map(told -> told.quantity("MUG")).toList();
    }

    private long leased() {
        return hub.number("select leased from sku where sku = 'MUG'");
    }

    private Answer till(String orderRef, long quantity) {
        return Slices.till(hub, orderRef, "MUG", quantity);
    }

    @Test
    void aChannelThatWasNeverToldAnythingBeginsAtNothing() {
        inEscrow();
        hub.stock("MUG", 10);
        send();
        assertThat(sent()).containsExactly(0L);
        assertThat(leased()).isZero();
        rest();
        assertThat(sent()).containsExactly(0L, 10L);
        assertThat(leased()).isEqualTo(10);
    }

    @Test
    void aChannelThatComparesBeginsAtNothingToo() {
        hub(TestChannel.plain().comparing());
        inEscrow();
        hub.stock("MUG", 10);
        rest();
        assertThat(hub.connectors.told)
                .flatExtracting(call -> call.items())
                .containsExactly(
                        new QuantityUpdate("MUG", "item-MUG", 0, 77L), new QuantityUpdate("MUG", "item-MUG", 10, 0L));
        assertThat(told()).isEqualTo("10");
    }

    @Test
    void whatTheChannelMaySellIsSetAsideBeforeItIsTold() {
        inEscrow();
        hub.stock("MUG", 10);
        send();
        hub.publish();
        assertThat(leased()).isEqualTo(10);
        assertThat(till("1", 1)).isInstanceOf(Answer.InsufficientStock.class);
        assertThat(sent()).containsExactly(0L);
    }

    @Test
    void aSaleOfTheChannelIsTakenOffWhatIsSetAside() {
        divided(10);
        Slices.sells(hub, "1001", "MUG", 4);
        rest();
        assertThat(leased()).isEqualTo(6);
        assertThat(hub.available("MUG")).isEqualTo(6);
        assertThat(sent()).as("it shows six already").isEmpty();
    }

    @Test
    void aLoweringAtAChannelThatOverwritesIsZeroUntilItsOrdersAreKnown() {
        divided(10);
        hub.stock("MUG", 4);
        send();
        assertThat(told()).isEqualTo("10 0");
        for (int i = 0; i < 3; i++) {
            send();
        }
        assertThat(sent()).as("told once").containsExactly(0L);
        Slices.sells(hub, "1001", "MUG", 1);
        rest();
        assertThat(told()).isEqualTo("3");
        assertThat(leased()).isEqualTo(3);
    }

    @Test
    void aLoweringAtAChannelThatComparesIsTheNumberItself() {
        hub(TestChannel.plain().comparing());
        divided(10);
        hub.stock("MUG", 4);
        send();
        assertThat(sent()).containsExactly(4L);
        assertThat(told()).isEqualTo("4");
    }

    @Test
    void aCallWithUnknownOutcomeIsNotMadeAgainByItself() {
        divided(10);
        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.UNKNOWN_OUTCOME, "channel.timeout"));
        hub.stock("MUG", 25);
        send();
        assertThat(sent()).containsExactly(15L);
        assertThat(told()).isEqualTo("10 15?");
        hub.later();
        hub.dispatcher.step();
        assertThat(sent()).as("it could be sold twice").hasSize(1);
        send();
        assertThat(sent()).as("what the next plan says").containsExactly(15L, 0L);
        rest();
        assertThat(told()).isEqualTo("25");
    }

    @Test
    void aCallThatNobodyWroteDownIsNotMadeAgainByItself() {
        divided(10);
        hub.stock("MUG", 25);
        hub.publish();
        Slices.killedWhileSending(hub);
        assertThat(sent()).containsExactly(15L);
        hub.dispatcher.step();
        assertThat(sent()).as("it could be sold twice").hasSize(1);
        hub.later();
        send();
        assertThat(sent()).as("what the next plan says").containsExactly(15L, 0L);
        rest();
        assertThat(told()).isEqualTo("25");
    }

    @Test
    void whatBecameOfANumberIsReadWhereTheChannelComparesAndItIsNotSentAgain() {
        hub(TestChannel.plain().comparing());
        divided(10);
        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.UNKNOWN_OUTCOME, "channel.timeout"));
        hub.stock("MUG", 25);
        send();
        assertThat(told()).isEqualTo("10 25?");
        hub.later();
        send();
        assertThat(sent()).as("it shows what it showed").containsExactly(25L);
        assertThat(told()).isEqualTo("10 25? 10");
        assertThat(leased()).isEqualTo(25);
        rest();
        assertThat(sent()).containsExactly(25L, 25L);
        assertThat(told()).isEqualTo("25");
    }

    @Test
    void aUnitThatWasSoldAfterALostAnswerIsNotGivenBack() {
        hub(TestChannel.plain().comparing());
        divided(10);
        hub.connectors.next(call -> {
            hub.connectors.apply(call);
            throw ScriptedConnectors.failure(Kind.UNKNOWN_OUTCOME, "channel.timeout");
        });
        hub.stock("MUG", 11);
        send();
        assertThat(hub.connectors.shows).containsEntry("MUG", 11L);
        // It shows again what our number named: sent once more, that would be accepted.
        Slices.sells(hub, "1001", "MUG", 1);
        hub.later();
        send();
        assertThat(hub.connectors.shows).containsEntry("MUG", 10L);
        assertThat(leased()).isEqualTo(11);
        rest();
        assertThat(hub.connectors.shows).containsEntry("MUG", 10L);
        assertThat(told()).isEqualTo("10");
        assertThat(leased()).isEqualTo(10);
    }

    @Test
    void whatAKilledHubSentIsReadWhereTheChannelCompares() {
        hub(TestChannel.plain().comparing());
        divided(10);
        hub.stock("MUG", 25);
        hub.publish();
        Slices.killedWhileSending(hub);
        send();
        assertThat(told()).isEqualTo("10 25? 25");
        rest();
        assertThat(sent()).containsExactly(25L);
        assertThat(told()).isEqualTo("25");
    }

    @Test
    void aChannelThatSoldDownToTheNumberThatWeWantedHasNotBeenLoweredToIt() {
        hub(TestChannel.plain().comparing());
        divided(10);
        Slices.sold(hub, "1001", "MUG", 2, Duration.ofSeconds(90));
        hub.stock("MUG", 8);
        send();
        assertThat(sent()).containsExactly(8L);
        assertThat(told()).isEqualTo("10 8");
        send();
        assertThat(leased()).as("two of ten are sold, as we shall hear").isEqualTo(10);
        assertThat(till("1", 1)).isInstanceOf(Answer.InsufficientStock.class);
        for (int i = 0; i < 3; i++) {
            rest();
            hub.later();
        }
        assertThat(hub.available("MUG")).isEqualTo(6);
        assertThat(hub.connectors.shows).containsEntry("MUG", 6L);
        assertThat(leased()).isEqualTo(6);
    }

    @Test
    void aSaleThatWeHaveNotHeardOfStopsTheLoweringAndEndsAtTheRightNumber() {
        hub(TestChannel.plain().comparing());
        divided(10);
        Slices.sells(hub, "1001", "MUG", 3);
        hub.stock("MUG", 5);
        send();
        assertThat(hub.connectors.shows).containsEntry("MUG", 7L);
        hub.later();
        Slices.ordersAreRead(hub);
        rest();
        assertThat(hub.available("MUG")).isEqualTo(2);
        assertThat(hub.connectors.shows).containsEntry("MUG", 2L);
        assertThat(leased()).isEqualTo(2);
    }

    @Test
    void whatIsTurnedAwayTheSecondTimeMayHaveArrivedTheFirst() {
        hub(TestChannel.plain().comparing());
        divided(10);
        hub.connectors.next(call -> {
            hub.connectors.apply(call);
            throw ScriptedConnectors.failure(Kind.UNKNOWN_OUTCOME, "channel.timeout");
        });
        hub.stock("MUG", 25);
        send();
        for (Kind kind : List.of(Kind.TRANSIENT, Kind.THROTTLED)) {
            hub.connectors.beforeNextRead(() -> {
                throw ScriptedConnectors.failure(kind, "channel.breaker_open");
            });
            hub.later();
            send();
        }
        assertThat(told()).isEqualTo("10 25?");
        assertThat(leased()).as("it shows twenty-five").isEqualTo(25);
    }

    @Test
    void whatNoOrderExplainsIsBelievedAndLoweredFromThere() {
        hub(TestChannel.plain().comparing());
        divided(10);
        hub.connectors.shows.put("MUG", 99L);
        hub.stock("MUG", 4);
        send();
        assertThat(hub.connectors.shows).as("not yet").containsEntry("MUG", 99L);
        for (int i = 0; i < 4; i++) {
            hub.later();
            rest();
        }
        assertThat(hub.connectors.shows).containsEntry("MUG", 4L);
        assertThat(told()).isEqualTo("4");
        assertThat(leased()).isEqualTo(4);
    }

    @Test
    void aStoppedListingIsNotPlannedAgain() {
        divided(10);
        hub.connectors.nextAnswers(Outcome.REJECTED, "channel.refused");
        hub.stock("MUG", 25);
        send();
        assertThat(hub.onlyLetter().sku()).isEqualTo("MUG");
        hub.stock("MUG", 40);
        rest();
        assertThat(sent()).containsExactly(15L);
        assertThat(told()).isEqualTo("10");
        assertThat(leased()).as("what it shows it sells").isEqualTo(10);
        assertThat(till("1", 30)).isInstanceOf(Answer.Held.class);
        assertThat(till("2", 1)).isInstanceOf(Answer.InsufficientStock.class);
    }

    @Test
    void pushingAllNumbersAgainByHandSendsNoneOfADividedSku() {
        divided(10);
        assertThat(hub.desk.sync("shop")).contains(0L);
        hub.dispatcher.step();
        assertThat(sent()).isEmpty();
    }

    @Test
    void sendingANumberNowSendsNoneThatWasNotPlanned() {
        divided(10);
        assertThat(hub.dispatcher.sendNow("MUG")).isFalse();
        assertThat(sent()).isEmpty();
    }

    @Test
    void whatWasRefusedIsPlannedAnewWhenItIsReplayedSinceOthersMayHaveItsUnits() {
        inEscrow();
        hub.stock("MUG", 10);
        send();
        hub.connectors.nextAnswers(Outcome.REJECTED, "channel.refused");
        send();
        hub.publish();
        assertThat(told()).isEqualTo("0");
        assertThat(till("1", 8)).isInstanceOf(Answer.Held.class);
        hub.publish();
        hub.connectors.told.clear();

        assertThat(hub.dispatcher.sendNow("MUG"))
                .as("ten, of which two are left")
                .isFalse();
        assertThat(sent()).isEmpty();
        hub.publish();
        assertThat(hub.dispatcher.sendNow("MUG")).isTrue();
        assertThat(sent()).containsExactly(2L);
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void aNumberThatWasPlannedAndHasNotLeftIsTakenBackWhenItsUnitsAreGone() {
        inEscrow();
        hub.stock("MUG", 10);
        send();
        hub.publish();
        hub.stock("MUG", 0);
        send();
        assertThat(sent()).containsExactly(0L);
        assertThat(leased()).isZero();
        assertThat(hub.desk.told("MUG", hub.watermarks.now()).getFirst().wanted())
                .as("what was wanted then, asked later")
                .isZero();
    }

    @Test
    void switchingBackToSharedGivesFreeWhatWasSetAside() {
        divided(10);
        assertThat(leased()).isEqualTo(10);
        rules("{}");
        hub.publish();
        assertThat(leased()).isZero();
        assertThat(hub.number("select count(*) from listing where divided")).isZero();
        assertThat(till("1", 10)).isInstanceOf(Answer.Held.class);
        send();
        assertThat(sent()).containsExactly(0L);
    }

    @Test
    void autoDividesWhatIsScarceAndSharesWhatIsNot() {
        rules("selling: {policy: auto}");
        hub.sku("MUG");
        hub.stock("MUG", 500);
        rest();
        assertThat(hub.connectors.shows).containsEntry("MUG", 500L);
        assertThat(hub.number("select count(*) from listing where divided")).isZero();
        hub.stock("MUG", 1);
        rest();
        assertThat(hub.number("select count(*) from listing where divided")).isEqualTo(1);
        assertThat(leased()).isEqualTo(1);
        assertThat(told()).isEqualTo("1");
    }

    @Test
    void aBundleIsNeverDividedSinceItsUnitsAreThoseOfOthers() {
        rules("selling: {policy: escrow}");
        hub.sku("MUG");
        hub.sku("SET");
        hub.jdbc
                .sql("insert into sku_component (sku, component, quantity) values ('SET', 'MUG', 2)")
                .update();
        hub.stock("MUG", 10);
        hub.publish();
        assertThat(hub.text("select string_agg(sku || ' ' || divided, ', ' order by sku) from listing"))
                .isEqualTo("MUG true, SET false");
    }

    @Test
    void theTimeInWhichAChannelHadNothingToSellDoesNotCountAgainstIt() {
        divided(4);
        Slices.sells(hub, "1001", "MUG", 4);
        rest();
        hub.jdbc.sql("update listing set demand_at = now() - interval '1 hour'").update();
        hub.stock("MUG", 2);
        rest();
        assertThat(hub.connectors.shows).containsEntry("MUG", 2L);
        assertThat(hub.number(
                        "select count(*) from listing where demand >= 4 and demand_at > now() - interval '1 minute'"))
                .isEqualTo(1);
    }

    @Test
    void unitsThatNobodyBuysWhereTheyAreAreDividedAnewWithoutAnyNews() {
        inEscrow();
        hub.stock("MUG", 10);
        rest();
        hub.jdbc
                .sql(
                        "insert into listing (channel, sku, channel_sku, wanted, divided, demand) values ('gone', 'MUG', 'MUG', 0, true, 9)")
                .update();
        hub.replanning.step();
        assertThat(hub.number("select count(*) from changed_sku")).isEqualTo(1);
        hub.publish();
        hub.jdbc.sql("update listing set demand = 1 where channel = 'gone'").update();
        hub.replanning.step();
        assertThat(hub.number("select count(*) from changed_sku"))
                .as("it never sold more than others")
                .isZero();
    }

    @Test
    void whatIsToldOfABundleCountsInTheExposureOfItsComponentSinceItTakesTheSameUnits() {
        divided(10);
        hub.sku("PAIR");
        hub.sku("CRATE");
        hub.connectors.shows.put("PAIR", 0L);
        hub.connectors.shows.put("CRATE", 0L);
        hub.jdbc
                .sql("insert into sku_component (sku, component, quantity)"
                        + " values ('PAIR', 'MUG', 2), ('CRATE', 'PAIR', 2)")
                .update();
        hub.stock("MUG", 10);
        rest();

        ChannelDesk.Exposure exposure = hub.desk.exposure(List.of("MUG")).getFirst();

        assertThat(exposure.slices())
                .containsExactly(
                        new ChannelDesk.OpenSlice("shop", "MUG", 10),
                        new ChannelDesk.OpenSlice("shop", "CRATE", 8),
                        new ChannelDesk.OpenSlice("shop", "PAIR", 10));
        assertThat(exposure.open()).isEqualTo(28);
        assertThat(exposure.worst()).isEqualTo(18);
    }

    @Test
    void aSharedSkuWithinABoundOfExposureIsToldAtMostThatMuchMoreThanThereIs() {
        rules("selling: {exposure: 3}");
        hub.sku("MUG");
        hub.stock("MUG", 10);
        rest();
        assertThat(told()).isEqualTo("10");
        assertThat(leased()).as("nothing is set aside where units are shared").isZero();
        hub.connectors.told.clear();
        hub.stock("MUG", 4);
        send();
        assertThat(sent()).as("ten of before and this one, of four and three").containsExactly(0L);
    }

    @Test
    void anItemWhoseNameWasTakenAwayIsToldZeroAlsoWhenItSoldAllThatItWasTold() {
        divided(3);
        Slices.sells(hub, "1001", "MUG", 3);
        rest();
        hub.connectors.told.clear();

        hub.sku("MUG", "mug-by-another-name");
        rest();

        assertThat(hub.connectors.told.stream()
                        .flatMap(call -> call.items().stream())
                        .filter(item -> item.sku().equals("MUG"))
                        .map(item -> item.quantity()))
                .contains(0L);
        assertThat(hub.number("select wanted from listing where channel_sku = 'MUG'"))
                .isZero();
    }

    @Test
    void whatLeavesForAChannelInEscrowIsOnDiskBeforeAndOtherNumbersNeedNotBe() {
        divided(10);
        hub.stock("MUG", 25);
        hub.publish();
        assertThat(claimedWithCommits()).isEqualTo("on");
        hub.rules.apply("selling: {policy: shared}", "paul", null, null);
        hub.stock("MUG", 3);
        hub.publish();
        hub.later();
        assertThat(claimedWithCommits()).isEqualTo("off");
    }

    /** How a claim is committed by somebody who does not wait for the disk. */
    private String claimedWithCommits() {
        return hub.transaction.execute(status -> {
            hub.jdbc.sql("set local synchronous_commit = off").update();
            assertThat(hub.dispatcher.step()).isZero();
            return hub.text("show synchronous_commit");
        });
    }
}
