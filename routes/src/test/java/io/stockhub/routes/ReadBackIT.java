package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.routes.ChannelDesk.Drift;
import io.stockhub.routes.ChannelDesk.Drift.Cause;
import io.stockhub.routes.ChannelDesk.DriftFilter;
import io.stockhub.routes.ScriptedConnectors.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a channel accepted is read back: accepted is not shown, and what it shows it may have from somebody else. */
class ReadBackIT {
    private RoutesFixture hub = new RoutesFixture(TestChannel.plain().overwriting());

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private void restart(TestChannel shop) {
        hub.close();
        hub = new RoutesFixture(shop);
    }

    /** The channel accepts the number, and goes on showing the one before. */
    private void acceptsAndDoesNothing() {
        hub.connectors.nextAnswers(Outcome.CONFIRMED, null);
    }

    private void told(String sku, long quantity) {
        hub.stock(sku, quantity);
        hub.publish();
        hub.dispatcher.step();
    }

    /** All that waits is due: the reading, the time that a channel gets, and its orders were read up to now. */
    private void readBackLater() {
        hub.later();
        hub.jdbc
                .sql("update listing set read_back_at = now(), confirmed_at = confirmed_at - interval '1 day',"
                        + " verified_at = verified_at - interval '1 day'"
                        + " where read_back_at is not null and mismatch_since is null")
                .update();
        hub.jdbc
                .sql("update listing set read_back_at = now() where read_back_at is not null")
                .update();
        hub.poller.step();
        hub.settling.step();
        hub.readBack.step();
    }

    private List<Drift> drifts() {
        return hub.desk.drifts(new DriftFilter("shop", null, null), null, 10);
    }

    private Drift onlyDrift() {
        assertThat(drifts()).hasSize(1);
        return drifts().getFirst();
    }

    @Test
    void aNumberThatIsReadBackAsItShouldBeIsVerified() {
        hub.listed("MUG", 10);
        assertThat(hub.listing("MUG").proof().verified()).isNull();
        readBackLater();
        assertThat(hub.connectors.read).containsExactly(List.of("MUG"));
        assertThat(hub.listing("MUG").proof().verified()).isEqualTo(10);
        assertThat(drifts()).isEmpty();
        assertThat(hub.number("select count(*) from listing where read_back_at > now() + interval '23 hours'"))
                .as("and again tomorrow")
                .isEqualTo(1);
    }

    @Test
    void eachStateOfAListingKnowsItsMovementOfTheLedger() {
        hub.listed("MUG", 10);
        long first = hub.number("select max(movement_id) from movement");
        readBackLater();
        hub.stock("MUG", 8);
        hub.publish();
        long second = hub.number("select max(movement_id) from movement");
        ChannelDesk.Sequences waiting = hub.listing("MUG").proof().sequences();
        assertThat(waiting).isEqualTo(new ChannelDesk.Sequences(second, first, first, first, first));
        hub.dispatcher.step();
        ChannelDesk.Sequences accepted = hub.listing("MUG").proof().sequences();
        assertThat(accepted).isEqualTo(new ChannelDesk.Sequences(second, second, second, second, first));
    }

    @Test
    void aChannelThatShowsNumbersLaterHasNotAppliedWhatItAccepted() {
        restart(TestChannel.plain().overwriting().showingLater());
        hub.listed("MUG", 10);
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(10);
        assertThat(hub.listing("MUG").proof().applied()).isNull();
        hub.jdbc.sql("update listing set read_back_at = now()").update();
        hub.readBack.step();
        assertThat(hub.listing("MUG").proof().applied()).isEqualTo(10);
    }

    @Test
    void aChannelHasItsTimeToShowANumberBeforeThatIsDrift() {
        restart(TestChannel.plain().overwriting().showingLater());
        hub.listed("MUG", 10);
        acceptsAndDoesNothing();
        told("MUG", 4);
        hub.jdbc.sql("update listing set read_back_at = now()").update();
        hub.readBack.step();
        assertThat(hub.connectors.read).hasSize(1);
        assertThat(drifts()).isEmpty();
        hub.connectors.shows.put("MUG", 4L);
        hub.jdbc.sql("update listing set read_back_at = now()").update();
        hub.readBack.step();
        assertThat(hub.listing("MUG").proof().applied()).isEqualTo(4);
    }

    @Test
    void whatWasAcceptedAndNeverAppliedIsSentAgain() {
        hub.listed("MUG", 10);
        acceptsAndDoesNothing();
        told("MUG", 4);
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(4);
        readBackLater();
        assertThat(onlyDrift().cause()).isEqualTo(Cause.UNEXPLAINED);
        assertThat(hub.connectors.told).as("not at first sight").hasSize(1);
        readBackLater();
        assertThat(onlyDrift().cause()).isEqualTo(Cause.LOST_UPDATE);
        assertThat(onlyDrift().overwritten()).isTrue();
        hub.dispatcher.step();
        assertThat(hub.connectors.shows).containsEntry("MUG", 4L);
        assertThat(hub.connectors.told)
                .extracting(Told::key)
                .as("it is another update")
                .doesNotHaveDuplicates();
        readBackLater();
        assertThat(hub.listing("MUG").proof().verified()).isEqualTo(4);
        assertThat(drifts()).hasSize(1);
    }

    @Test
    void whatSomebodyChangedAtTheChannelIsPutRight() {
        hub.listed("MUG", 10);
        readBackLater();
        hub.connectors.shows.put("MUG", 99L);
        readBackLater();
        readBackLater();
        assertThat(onlyDrift().cause()).isEqualTo(Cause.EDITED);
        assertThat(onlyDrift().shown()).isEqualTo(99);
        hub.dispatcher.step();
        assertThat(hub.connectors.shows).containsEntry("MUG", 10L);
    }

    @Test
    void aSaleThatTheHubHearsOfLaterExplainsWhatWasSeen() {
        hub.listed("MUG", 10);
        hub.connectors.shows.put("MUG", 7L);
        readBackLater();
        assertThat(onlyDrift().closedAt()).isNull();
        hub.arrives("m-1", CanonicalOrder.open("1001", "MUG*3"));
        hub.work();
        hub.publish();
        hub.dispatcher.step();
        readBackLater();
        hub.readBack.step();
        assertThat(onlyDrift().cause()).isEqualTo(Cause.SALE_IN_FLIGHT);
        assertThat(onlyDrift().overwritten()).isFalse();
        assertThat(hub.connectors.shows).containsEntry("MUG", 7L);
    }

    @Test
    void nothingIsJudgedBeforeTheOrdersOfTheChannelWereRead() {
        hub.listed("MUG", 10);
        hub.connectors.shows.put("MUG", 7L);
        for (int i = 0; i < 3; i++) {
            hub.later();
            hub.jdbc.sql("update listing set read_back_at = now()").update();
            hub.readBack.step();
        }
        assertThat(onlyDrift().closedAt()).isNull();
    }

    @Test
    void aListingThatChangedWhileTheChannelWasAskedIsNotJudged() {
        hub.listed("MUG", 10);
        readBackLater();
        hub.connectors.shows.put("MUG", 7L);
        hub.connectors.beforeNextRead(() -> {
            hub.arrives("m-1", CanonicalOrder.open("1001", "MUG*3"));
            hub.work();
        });
        readBackLater();
        assertThat(drifts()).isEmpty();
        hub.connectors.beforeNextRead(() -> {
            hub.stock("MUG", 2);
            hub.publish();
        });
        hub.connectors.shows.put("MUG", 99L);
        readBackLater();
        assertThat(drifts()).isEmpty();
    }

    @Test
    void whatWasSeenBeforeANumberThatIsTheSameAgainProvesNothingOfIt() {
        hub.listed("MUG", 10);
        hub.connectors.beforeNextRead(() -> {
            told("MUG", 12);
            told("MUG", 10);
        });
        readBackLater();
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(10);
        assertThat(hub.listing("MUG").proof().verified()).isNull();
        readBackLater();
        assertThat(hub.listing("MUG").proof().verified()).isEqualTo(10);
    }

    @Test
    void whileTheChannelHasSomethingToBeToldItIsNotRead() {
        hub.listed("MUG", 10);
        hub.listed("CAP", 10);
        hub.stock("CAP", 3);
        hub.publish();
        hub.jdbc.sql("update listing set read_back_at = now()").update();
        hub.readBack.step();
        assertThat(hub.connectors.read).isEmpty();
        hub.jdbc
                .sql("update listing set read_back_at = now() - interval '2 minutes'")
                .update();
        hub.readBack.step();
        assertThat(hub.connectors.read).as("but not for ever").containsExactly(List.of("MUG"));
    }

    @Test
    void aNumberThatIsNeverShownEndsWithAPerson() {
        hub.listed("MUG", 10);
        readBackLater();
        told("MUG", 4);
        hub.connectors.shows.put("MUG", 0L);
        for (int i = 0; i < 4; i++) {
            readBackLater();
            readBackLater();
            acceptsAndDoesNothing();
            hub.poller.step();
            hub.settling.step();
            hub.dispatcher.step();
        }
        readBackLater();
        readBackLater();
        assertThat(hub.onlyLetter().code()).isEqualTo("channel.never_shown");
        assertThat(drifts()).filteredOn(Drift::overwritten).hasSize(4);
        int calls = hub.connectors.told.size();
        readBackLater();
        hub.dispatcher.step();
        assertThat(hub.connectors.told).hasSize(calls);

        told("MUG", 3);
        assertThat(hub.openLetters()).isEmpty();
        readBackLater();
        assertThat(hub.listing("MUG").proof().verified()).isEqualTo(3);
    }

    @Test
    void whatASaleHidesEachTimeIsNoNumberThatIsNeverShown() {
        hub.listed("MUG", 100);
        for (long quantity = 90; quantity > 40; quantity -= 10) {
            told("MUG", quantity);
            hub.connectors.shows.put("MUG", quantity - 1);
            readBackLater();
            readBackLater();
            hub.poller.step();
            hub.settling.step();
            hub.dispatcher.step();
        }
        assertThat(drifts()).filteredOn(Drift::overwritten).hasSize(5);
        assertThat(hub.openLetters()).isEmpty();
    }

    /** In escrow, told, and with nothing left to wait for. */
    private void divided(TestChannel shop, long quantity) {
        restart(shop);
        hub.rules.apply("selling: {policy: escrow}", "paul", null, null);
        hub.sku("MUG");
        hub.connectors.shows.put("MUG", 0L);
        hub.stock("MUG", quantity);
        plan();
        plan();
        assertThat(Slices.told(hub, "MUG")).isEqualTo(String.valueOf(quantity));
        hub.connectors.told.clear();
    }

    private void plan() {
        hub.publish();
        hub.dispatcher.step();
        Slices.aMinuteLater(hub);
        Slices.ordersAreRead(hub);
    }

    private long leased() {
        return hub.number("select leased from sku where sku = 'MUG'");
    }

    @Test
    void inEscrowWhatTheChannelMaySellIsVerified() {
        divided(TestChannel.plain().overwriting(), 10);
        Slices.sells(hub, "1001", "MUG", 4);
        Slices.ordersAreRead(hub);
        readBackLater();
        assertThat(hub.listing("MUG").proof().verifiedAt()).isNotNull();
        assertThat(drifts()).isEmpty();
    }

    @Test
    void inEscrowMoreThanItWasToldIsBelievedAndLowered() {
        divided(TestChannel.plain().overwriting(), 10);
        hub.connectors.shows.put("MUG", 50L);
        readBackLater();
        assertThat(Slices.told(hub, "MUG")).as("not at first sight").isEqualTo("10");
        readBackLater();
        assertThat(Slices.told(hub, "MUG")).isEqualTo("50");
        assertThat(onlyDrift().cause()).isEqualTo(Cause.EDITED);
        assertThat(onlyDrift().closedAt()).isNotNull();
        assertThat(onlyDrift().overwritten()).isFalse();
        for (int i = 0; i < 3; i++) {
            plan();
        }
        assertThat(hub.connectors.shows).containsEntry("MUG", 10L);
        assertThat(leased()).isEqualTo(10);
    }

    @Test
    void inEscrowUnitsThatAChannelDoesNotShowAreGivenAwayAgain() {
        divided(TestChannel.plain().comparing(), 10);
        hub.connectors.shows.put("MUG", 3L);
        readBackLater();
        readBackLater();
        assertThat(Slices.told(hub, "MUG")).isEqualTo("3");
        plan();
        assertThat(hub.connectors.shows).containsEntry("MUG", 10L);
        assertThat(leased()).isEqualTo(10);
    }

    @Test
    void inEscrowNothingIsBelievedBeforeTheOrdersOfTheChannelWereRead() {
        divided(TestChannel.plain().overwriting(), 10);
        hub.connectors.shows.put("MUG", 8L);
        for (int i = 0; i < 3; i++) {
            hub.later();
            hub.jdbc.sql("update listing set read_back_at = now()").update();
            hub.jdbc
                    .sql(
                            "update watermark set applied_until = (select mismatch_since from listing) + interval '4 seconds'")
                    .update();
            hub.readBack.step();
        }
        assertThat(Slices.told(hub, "MUG")).isEqualTo("10");
        assertThat(onlyDrift().closedAt()).isNull();
    }

    @Test
    void inEscrowWhatChangesBetweenTwoReadingsIsNotBelieved() {
        divided(TestChannel.plain().overwriting(), 10);
        for (long shown = 9; shown > 6; shown--) {
            hub.connectors.shows.put("MUG", shown);
            readBackLater();
        }
        assertThat(Slices.told(hub, "MUG")).isEqualTo("10");
        assertThat(onlyDrift().shown()).isEqualTo(7);
        readBackLater();
        assertThat(Slices.told(hub, "MUG")).isEqualTo("7");
    }

    @Test
    void inEscrowNothingIsJudgedWhileOlderNumbersCount() {
        divided(TestChannel.plain().overwriting(), 10);
        hub.stock("MUG", 4);
        hub.publish();
        hub.dispatcher.step();
        assertThat(Slices.told(hub, "MUG")).isEqualTo("10 0");
        hub.connectors.shows.put("MUG", 6L);
        for (int i = 0; i < 3; i++) {
            hub.later();
            hub.jdbc.sql("update listing set read_back_at = now()").update();
            hub.readBack.step();
        }
        assertThat(drifts()).isEmpty();
        assertThat(Slices.told(hub, "MUG")).isEqualTo("10 0");
    }

    @Test
    void anItemThatIsGoneIsToldAgainSoThatTheChannelSaysWhatItMisses() {
        hub.listed("MUG", 10);
        hub.connectors.shows.remove("MUG");
        readBackLater();
        readBackLater();
        assertThat(onlyDrift().cause()).isEqualTo(Cause.NOT_LISTED);
        assertThat(onlyDrift().shown()).isNull();
        hub.dispatcher.step();
        assertThat(hub.connectors.told).hasSize(1);
    }

    @Test
    void aReadingThatFailsSaysNothingAndIsTriedAgain() {
        hub.listed("MUG", 10);
        hub.connectors.beforeNextRead(() -> {
            throw ScriptedConnectors.failure(Kind.TRANSIENT, "channel.unavailable");
        });
        readBackLater();
        assertThat(hub.listing("MUG").proof().verified()).isNull();
        assertThat(drifts()).isEmpty();
        readBackLater();
        assertThat(hub.listing("MUG").proof().verified()).isEqualTo(10);
    }

    @Test
    void aCompareConflictIsDriftUntilAnOrderExplainsIt() {
        restart(TestChannel.plain().comparing());
        hub.listed("MUG", 10);
        hub.connectors.shows.put("MUG", 9L);
        told("MUG", 12);
        assertThat(onlyDrift().foundBy()).isEqualTo("compare");
        assertThat(onlyDrift().expected()).isEqualTo(10);
        assertThat(onlyDrift().shown()).isEqualTo(9);
        hub.arrives("m-1", CanonicalOrder.open("1001", "MUG*1"));
        hub.work();
        hub.publish();
        hub.jdbc.sql("update listing set next_attempt_at = now()").update();
        hub.dispatcher.step();
        hub.readBack.step();
        assertThat(onlyDrift().cause()).isEqualTo(Cause.SALE_IN_FLIGHT);
    }

    @Test
    void aCompareConflictThatNothingExplainsWasAnEdit() {
        restart(TestChannel.plain().comparing());
        hub.listed("MUG", 10);
        hub.connectors.shows.put("MUG", 99L);
        told("MUG", 4);
        hub.later();
        hub.poller.step();
        hub.settling.step();
        hub.dispatcher.step();
        assertThat(onlyDrift().cause()).isEqualTo(Cause.EDITED);
        assertThat(onlyDrift().overwritten()).isTrue();
    }

    @Test
    void aWholeChannelIsReadBackOnDemand() {
        hub.listed("MUG", 10);
        hub.listed("CAP", 3);
        assertThat(hub.desk.readBack("nowhere")).isEmpty();
        assertThat(hub.desk.readBack("shop")).contains(2L);
        hub.readBack.step();
        assertThat(hub.connectors.read).hasSize(1);
        assertThat(hub.connectors.read.getFirst()).containsExactlyInAnyOrder("CAP", "MUG");
        assertThat(Duration.between(hub.listing("MUG").proof().verifiedAt(), Instant.now()))
                .isLessThan(Duration.ofHours(1));
    }
}
