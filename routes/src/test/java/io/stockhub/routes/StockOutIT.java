package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.connectors.QuantityUpdate;
import io.stockhub.routes.ScriptedConnectors.Told;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.stockout.Dispatcher;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel shows what the stock allows: newest number, most urgent first, no more calls than needed. */
class StockOutIT {
    private RoutesFixture hub = new RoutesFixture();

    private void hub(TestChannel shop) {
        hub.close();
        hub = new RoutesFixture(shop);
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private List<Long> toldQuantities(String sku) {
        return hub.connectors.told.stream().map(told -> told.quantity(sku)).toList();
    }

    private void stockThenSend(String sku, long quantity) {
        hub.stock(sku, quantity);
        hub.publish();
        hub.dispatcher.step();
    }

    @Test
    void manyChangesAreOneUpdate() {
        hub.listed("MUG", 10);
        hub.stock("MUG", 9);
        hub.stock("MUG", 8);
        hub.publish();
        hub.stock("MUG", 7);
        hub.publish();
        hub.dispatcher.step();
        assertThat(toldQuantities("MUG")).containsExactly(7L);
        assertThat(hub.dispatcher.step().isZero()).as("more to do").isFalse();
        assertThat(toldQuantities("MUG")).hasSize(1);
    }

    @Test
    void aNumberThatIsShownAlreadyIsNotSentAgain() {
        hub.listed("MUG", 10);
        hub.stock("MUG", 9);
        hub.stock("MUG", 10);
        hub.publish();
        hub.dispatcher.step();
        assertThat(hub.connectors.told).isEmpty();
    }

    @Test
    void aNumberThatChangesWhileAnOlderOneIsInFlightEndsConfirmedAtTheNewest() {
        hub.listed("MUG", 10);
        hub.connectors.next(call -> {
            hub.stock("MUG", 3);
            hub.publish();
            return hub.connectors.apply(call);
        });
        stockThenSend("MUG", 7);
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(7);
        assertThat(hub.listing("MUG").dirtySince()).isNotNull();
        hub.dispatcher.step();
        assertThat(toldQuantities("MUG")).containsExactly(7L, 3L);
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(3);
        assertThat(hub.listing("MUG").dirtySince()).isNull();
    }

    @Test
    void oneListingIsNeverInTwoCallsAtOnce() {
        hub.listed("MUG", 10);
        hub.connectors.next(call -> {
            hub.stock("MUG", 3);
            hub.publish();
            hub.elsewhere.step();
            assertThat(hub.elsewhere.sendNow("MUG")).isFalse();
            return hub.connectors.apply(call);
        });
        stockThenSend("MUG", 7);
        assertThat(toldQuantities("MUG")).containsExactly(7L);
    }

    @Test
    void whatIsSoldOutIsToldFirstThenWhatFellThenTheRest() {
        hub(TestChannel.plain().inBatchesOf(1));
        for (String sku : List.of("CAP", "MUG", "PEN")) {
            hub.listed(sku, 10);
        }
        hub.stock("CAP", 20);
        hub.publish();
        hub.stock("MUG", 4);
        hub.publish();
        hub.stock("PEN", 0);
        hub.publish();
        while (hub.dispatcher.step().isZero()) {}
        assertThat(hub.connectors.told)
                .extracting(Told::skus)
                .containsExactly(List.of("PEN"), List.of("MUG"), List.of("CAP"));
    }

    @Test
    void ofWhatRisesAFastSellerIsToldFirst() {
        hub(TestChannel.plain().inBatchesOf(1));
        for (String sku : List.of("CUP", "MUG", "TEE")) {
            hub.listed(sku, 5);
        }
        for (int i = 0; i < 3; i++) {
            hub.arrives("sale-" + i, CanonicalOrder.open("100" + i, "MUG*1"));
        }
        hub.work();
        hub.publish();
        while (hub.dispatcher.step().isZero()) {}
        hub.connectors.told.clear();
        for (String sku : List.of("CUP", "TEE", "MUG")) {
            hub.stock(sku, 9);
            hub.publish();
        }

        hub.dispatcher.step();

        assertThat(hub.connectors.told.getFirst().skus()).containsExactly("MUG");
    }

    @Test
    void whatHasWaitedLongerThanTheRulesAllowGoesAheadOfAFasterSeller() {
        hub(TestChannel.plain().inBatchesOf(1));
        hub.rules.apply("maxDelay: {all: 1h, skus: {CUP: 5s}}", "paul", null, null);
        hub.listed("CUP", 5);
        hub.listed("MUG", 5);
        hub.arrives("sale", CanonicalOrder.open("1000", "MUG*1"));
        hub.work();
        hub.publish();
        while (hub.dispatcher.step().isZero()) {}
        hub.connectors.told.clear();
        hub.stock("CUP", 90);
        hub.stock("MUG", 90);
        hub.publish();
        hub.jdbc
                .sql("update listing set dirty_since = dirty_since - interval '10 seconds'")
                .update();

        hub.dispatcher.step();

        assertThat(hub.connectors.told.getFirst().skus()).containsExactly("CUP");
    }

    @Test
    void aCallThatHangsKeepsItsOwnRoomAndNoOther() throws Exception {
        hub(TestChannel.plain().inBatchesOf(1).with(2));
        hub.listed("CUP", 5);
        hub.listed("MUG", 5);
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        hub.connectors.next(call -> {
            hanging.countDown();
            await(goOn);
            return hub.connectors.apply(call);
        });
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            Dispatcher dispatcher = hub.dispatcher(calls);
            hub.stock("CUP", 1);
            hub.publish();
            dispatcher.step();
            await(hanging);
            for (long quantity = 4; quantity > 1; quantity--) {
                hub.stock("MUG", quantity);
                hub.publish();
                while (hub.listing("MUG").dirtySince() != null) {
                    dispatcher.step();
                }
            }
            assertThat(hub.connectors.shows).containsEntry("MUG", 2L).containsEntry("CUP", 5L);
            goOn.countDown();
        }
        assertThat(hub.connectors.shows).containsEntry("CUP", 1L);
        assertThat(hub.listing("CUP").confirmed()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void batchesAreAsLargeAsTheManifestAllows() {
        hub(TestChannel.plain().inBatchesOf(2));
        for (String sku : List.of("A", "B", "C", "D", "E")) {
            hub.sku(sku);
        }
        hub.publish();
        while (hub.dispatcher.step().isZero()) {}
        assertThat(hub.connectors.told).extracting(told -> told.items().size()).containsExactly(2, 2, 1);
    }

    @Test
    void goingToAndFroBetweenTwoNumbersIsANewUpdateEachTime() {
        hub.sku("MUG");
        stockThenSend("MUG", 3);
        stockThenSend("MUG", 2);
        stockThenSend("MUG", 3);
        stockThenSend("MUG", 2);
        stockThenSend("MUG", 3);
        assertThat(toldQuantities("MUG")).containsExactly(3L, 2L, 3L, 2L, 3L);
        assertThat(hub.connectors.told).extracting(Told::key).doesNotHaveDuplicates();
    }

    @Test
    void aBatchThatIsRepeatedAfterAnUnknownOutcomeHasTheSameKey() {
        for (String sku : List.of("A", "B", "C")) {
            hub.listed(sku, 10);
        }
        for (String sku : List.of("C", "A", "B")) {
            hub.stock(sku, 5);
            hub.publish();
        }
        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.UNKNOWN_OUTCOME, "channel.timeout"));
        hub.dispatcher.step();
        hub.later();
        hub.dispatcher.step();
        assertThat(hub.connectors.told).hasSize(2);
        assertThat(hub.connectors.told.getLast()).isEqualTo(hub.connectors.told.getFirst());
    }

    @Test
    void pushingAgainByHandIsANewUpdateEachTime() {
        hub.listed("MUG", 10);
        for (int i = 0; i < 2; i++) {
            assertThat(hub.desk.sync("shop")).contains(1L);
            hub.dispatcher.step();
        }
        assertThat(toldQuantities("MUG")).containsExactly(10L, 10L);
        assertThat(hub.connectors.told).extracting(Told::key).doesNotHaveDuplicates();
    }

    @Test
    void theChannelIsToldItsOwnNameOfASku() {
        hub.sku("MUG", "mug-at-shop");
        hub.stock("MUG", 5);
        hub.publish();
        hub.dispatcher.step();
        assertThat(hub.connectors.told.getFirst().skus()).containsExactly("mug-at-shop");
    }

    @Test
    void aSkuOfSeveralNamesIsToldUnderEachOfThem() {
        hub.sku("MUG", "mug-red", "mug-rot");
        stockThenSend("MUG", 5);
        assertThat(hub.connectors.told.stream()
                        .flatMap(call -> call.items().stream())
                        .map(item -> item.sku() + " " + item.quantity()))
                .containsExactlyInAnyOrder("mug-red 5", "mug-rot 5");
        hub.sku("MUG", "mug-red");
        hub.publish();
        hub.connectors.told.clear();
        hub.dispatcher.step();
        assertThat(hub.connectors.told.getFirst().items())
                .extracting(item -> item.sku() + " " + item.quantity())
                .containsExactly("mug-rot 0");
    }

    @Test
    void aSkuThatGetsAnotherNameIsToldUnderItAndSellsNothingUnderTheOld() {
        hub.sku("MUG", "old-name");
        stockThenSend("MUG", 5);
        int before = hub.connectors.told.size();
        hub.sku("MUG", "new-name");
        hub.publish();
        hub.dispatcher.step();
        assertThat(hub.connectors.told.subList(before, hub.connectors.told.size()).stream()
                        .flatMap(call -> call.items().stream())
                        .map(item -> item.sku() + " " + item.quantity()))
                .containsExactlyInAnyOrder("old-name 0", "new-name 5");
        assertThat(hub.desk.listings("MUG")).as("what people see").hasSize(1);
    }

    @Test
    void aChannelOfAliasesListsNothingElse() {
        hub(TestChannel.plain().listing(Channel.Lists.ALIASED));
        hub.sku("CAP");
        hub.sku("MUG", "mug-at-shop");
        hub.publish();
        assertThat(hub.desk.listings("CAP")).isEmpty();
        assertThat(hub.desk.listings("MUG")).hasSize(1);
    }

    @Test
    void theBufferIsKeptBackAndNothingIsEverBelowZero() {
        hub(TestChannel.plain().keeping(4));
        hub.sku("MUG");
        stockThenSend("MUG", 10);
        stockThenSend("MUG", 3);
        assertThat(toldQuantities("MUG")).containsExactly(6L, 0L);
    }

    @Test
    void rulesThatChangedWhileTheHubWasDownAreWorkedOutAnew() {
        hub.listed("MUG", 10);
        hub.publisher.settingsMayHaveChanged(hub.states);
        hub.publish();
        try (RoutesFixture restarted = new RoutesFixture(TestChannel.plain().keeping(3), hub.dataSource)) {
            restarted.publisher.settingsMayHaveChanged(restarted.states);
            restarted.publish();
            restarted.dispatcher.step();
            assertThat(restarted.connectors.told.getFirst().quantity("MUG")).isEqualTo(7);
        }
    }

    @Test
    void rulesThatDidNotChangeAreNotWorkedOutAgain() {
        hub.listed("MUG", 10);
        hub.publisher.settingsMayHaveChanged(hub.states);
        hub.publish();
        hub.publisher.settingsMayHaveChanged(hub.states);
        assertThat(hub.publisher.step().isZero()).as("anything to work out").isFalse();
    }

    @Test
    void newsAreNotLostWhenTheNumbersCannotBeWritten() {
        hub.listed("MUG", 10);
        hub.stock("MUG", 4);
        hub.dataSource.breakOnce("insert into listing");
        try {
            hub.publisher.step();
        } catch (RuntimeException e) {
            assertThat(hub.dataSource.allMet()).isTrue();
        }
        hub.publish();
        hub.dispatcher.step();
        assertThat(toldQuantities("MUG")).containsExactly(4L);
    }

    @Test
    void aCrashAfterTheChannelAcceptedSendsTheSameUpdateAgain() {
        hub.listed("MUG", 10);
        hub.dataSource.breakOnce("update listing l set confirmed");
        stockThenSend("MUG", 4);
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(10);
        hub.later();
        hub.dispatcher.step();
        assertThat(hub.connectors.told.getLast()).isEqualTo(hub.connectors.told.getFirst());
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(4);
    }

    @Test
    void aChannelThatDoesNotCompareIsNotAskedToAndNotRead() {
        hub.listed("MUG", 10);
        stockThenSend("MUG", 4);
        assertThat(hub.connectors.told.getFirst().items())
                .extracting(QuantityUpdate::expected)
                .containsOnlyNulls();
        assertThat(hub.connectors.read).isEmpty();
    }

    @Test
    void aConfirmationResolvesTheDeadLetterOfItsListing() {
        hub.listed("MUG", 10);
        hub.connectors.nextAnswers(Outcome.REJECTED, "channel.refused");
        stockThenSend("MUG", 4);
        assertThat(hub.onlyLetter().sku()).isEqualTo("MUG");
        stockThenSend("MUG", 3);
        assertThat(hub.openLetters()).isEmpty();
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(3);
    }
}
