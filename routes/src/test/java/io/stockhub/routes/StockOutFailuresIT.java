package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.QuantityResult;
import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.ScriptedConnectors.Told;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a channel does not take is tried again, or ends with a person; nothing else suffers from it. */
class StockOutFailuresIT {
    private static final String ATTEMPTS = "select attempts from listing where sku = 'MUG'";
    private static final String PAUSE =
            "select round(extract(epoch from next_attempt_at - now()) / 60) from listing where sku = 'MUG'";

    private final RoutesFixture hub = new RoutesFixture();

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private void stockThenSend(String sku, long quantity) {
        hub.stock(sku, quantity);
        hub.publish();
        hub.dispatcher.step();
    }

    private void listed(String... skus) {
        for (String sku : skus) {
            hub.listed(sku, 10);
        }
        for (String sku : skus) {
            hub.stock(sku, 5);
        }
        hub.publish();
    }

    private void laterAgain() {
        hub.later();
        hub.dispatcher.step();
    }

    @Test
    void aBatchThatIsRefusedAsAWholeIsHalvedUntilTheItemAtFaultIsAlone() {
        listed("A", "B", "C", "D", "E", "F");
        for (int i = 0; i < 20; i++) {
            hub.connectors.next(call -> {
                if (call.skus().contains("E")) {
                    throw ScriptedConnectors.failure(Kind.PERMANENT, "channel.refused");
                }
                return hub.connectors.apply(call);
            });
        }
        hub.dispatcher.step();
        DeadLetter letter = hub.onlyLetter();
        assertThat(letter.sku()).isEqualTo("E");
        assertThat(letter.code()).isEqualTo("channel.refused");
        assertThat(letter.flow()).isEqualTo("stock-out");
        for (String sku : List.of("A", "B", "C", "D", "F")) {
            assertThat(hub.listing(sku).confirmed()).as(sku).isEqualTo(5);
        }
        assertThat(hub.listing("E").confirmed()).isEqualTo(10);
    }

    @Test
    void aFaultOfOursInABatchStopsOnlyTheItemAtFault() {
        listed("A", "B", "C");
        for (int i = 0; i < 10; i++) {
            hub.connectors.next(call -> {
                if (call.skus().contains("B")) {
                    throw new StackOverflowError();
                }
                return hub.connectors.apply(call);
            });
        }
        hub.dispatcher.step();
        assertThat(hub.onlyLetter().sku()).isEqualTo("B");
        assertThat(hub.listing("A").confirmed()).isEqualTo(5);
        assertThat(hub.listing("C").confirmed()).isEqualTo(5);
        assertThat(hub.camel.getInflightRepository().size()).isZero();
    }

    @Test
    void anItemWithoutAnAnswerIsNotConfirmed() {
        listed("A", "B");
        hub.connectors.next(call -> List.of(ScriptedConnectors.result("A", Outcome.CONFIRMED, null)));
        hub.dispatcher.step();
        assertThat(hub.listing("A").confirmed()).isEqualTo(5);
        assertThat(hub.listing("B").confirmed()).isEqualTo(10);
        assertThat(hub.listing("B").dirtySince()).isNotNull();
        laterAgain();
        assertThat(hub.connectors.told.getLast().skus()).containsExactly("B");
        assertThat(hub.listing("B").confirmed()).isEqualTo(5);
    }

    @Test
    void anItemThatWaitsForItsNextAttemptIsLeftAlone() {
        listed("MUG");
        hub.connectors.nextAnswers(Outcome.RETRY, "channel.busy");
        hub.dispatcher.step();
        hub.dispatcher.step();
        assertThat(hub.connectors.told).hasSize(1);
        assertThat(hub.number(PAUSE)).isBetween(29L, 60L);
    }

    @Test
    void beingThrottledIsNoAttemptAndTheChannelsPauseIsKept() {
        listed("MUG");
        for (int i = 0; i < 5; i++) {
            hub.connectors.next(call -> List.of(
                    new QuantityResult("MUG", Outcome.THROTTLED, "channel.throttled", "slower", Duration.ofHours(10))));
            laterAgain();
            assertThat(hub.number(PAUSE)).isBetween(599L, 660L);
        }
        for (int i = 0; i < 5; i++) {
            hub.connectors.nextFails(
                    ScriptedConnectors.failure(Kind.THROTTLED, "channel.throttled", Duration.ofHours(10)));
            laterAgain();
            assertThat(hub.number(PAUSE)).isBetween(599L, 660L);
        }
        assertThat(hub.number(ATTEMPTS)).isZero();
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void whileTheChannelMayNotBeCalledNothingMoreIsTakenUp() {
        listed(IntStream.range(0, 25).mapToObj(i -> "SKU-" + i).toArray(String[]::new));
        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.THROTTLED, "channel.throttled", Duration.ofHours(10)));
        hub.dispatcher.step();
        assertThat(hub.connectors.told).hasSize(1);

        assertThat(hub.dispatcher.step()).as("it rests").isPositive();

        assertThat(hub.connectors.told).hasSize(1);
        assertThat(hub.number("select count(*) from listing where next_attempt_at > now()"))
                .as("taken up in vain")
                .isEqualTo(hub.connectors.told.getFirst().items().size());
        laterAgain();
        assertThat(hub.connectors.told).as("and goes on then").hasSizeGreaterThan(1);
    }

    @Test
    void anItemThatFailsAgainAndAgainEndsInTheDeadLetters() {
        listed("MUG");
        for (int i = 0; i < 3; i++) {
            hub.connectors.nextAnswers(Outcome.RETRY, "channel.item_busy");
            laterAgain();
        }
        DeadLetter letter = hub.onlyLetter();
        assertThat(letter.code()).isEqualTo("channel.item_busy");
        assertThat(letter.attempts()).isEqualTo(3);
        DeadLetters.Detail detail = hub.deadLetters.get(letter.id()).orElseThrow();
        assertThat(detail.history()).hasSize(3);
        assertThat(new String(detail.payload(), StandardCharsets.UTF_8)).contains("\"quantity\":5");
        laterAgain();
        assertThat(hub.connectors.told).as("it rests").hasSize(3);
    }

    @Test
    void whatTheWholeChannelSuffersNeverGivesAnUpdateUp() {
        listed("MUG");
        for (int i = 0; i < 10; i++) {
            hub.connectors.nextFails(ScriptedConnectors.failure(Kind.TRANSIENT, "channel.unavailable"));
            laterAgain();
        }
        assertThat(hub.openLetters()).isEmpty();
        assertThat(hub.listing("MUG").lastError()).isEqualTo("said the channel");
        laterAgain();
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(5);
    }

    @Test
    void anItemIsNotGivenUpForWhatTheWholeChannelSufferedBefore() {
        listed("MUG");
        for (int i = 0; i < 5; i++) {
            hub.connectors.nextFails(ScriptedConnectors.failure(Kind.TRANSIENT, "channel.unavailable"));
            laterAgain();
        }
        hub.connectors.nextAnswers(Outcome.RETRY, "channel.item_busy");
        laterAgain();
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void aLongOutageDoesNotFillTheHistoryOfAListing() {
        listed("MUG");
        for (int i = 0; i < 20; i++) {
            hub.connectors.nextFails(ScriptedConnectors.failure(Kind.TRANSIENT, "channel.unavailable"));
            laterAgain();
        }
        assertThat(hub.number("select jsonb_array_length(history) from listing"))
                .isLessThan(5);
        assertThat(hub.number(PAUSE)).as("and the pause has grown").isGreaterThan(5_000);
    }

    @Test
    void refusedSettingsPauseTheChannelAndMakeNoDeadLetters() {
        listed("A", "B");
        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.SETTINGS, "auth.invalid"));
        hub.dispatcher.step();
        assertThat(hub.desk.health().getFirst().state()).isEqualTo("paused");
        hub.later();
        assertThat(hub.dispatcher.step()).isPositive();
        assertThat(hub.connectors.told).hasSize(1);
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void aPersonEndsThePauseAndEverythingGoesOut() {
        listed("A", "B");
        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.SETTINGS, "auth.invalid"));
        hub.dispatcher.step();
        assertThat(hub.desk.sync("shop")).contains(2L);
        hub.dispatcher.step();
        assertThat(hub.listing("A").confirmed()).isEqualTo(5);
        assertThat(hub.desk.health().getFirst().state()).isEqualTo("ok");
    }

    @Test
    void aLateConfirmationCannotHideWhatWasRefusedMeanwhile() {
        listed("MUG");
        hub.connectors.next(call -> {
            hub.later();
            hub.connectors.nextAnswers(Outcome.REJECTED, "channel.refused");
            hub.elsewhere.step();
            return List.of(ScriptedConnectors.result("MUG", Outcome.CONFIRMED, null));
        });
        hub.dispatcher.step();
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(10);
        assertThat(hub.onlyLetter().code()).isEqualTo("channel.refused");
    }

    @Test
    void aLateRefusalCannotUndoANewerConfirmation() {
        listed("MUG");
        hub.connectors.next(call -> {
            hub.later();
            hub.elsewhere.step();
            return List.of(ScriptedConnectors.result("MUG", Outcome.REJECTED, "channel.refused"));
        });
        hub.dispatcher.step();
        assertThat(hub.listing("MUG").confirmed()).isEqualTo(5);
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void refusedAgainIsTheSameDeadLetterWithOneMoreAttempt() {
        listed("MUG");
        hub.connectors.nextAnswers(Outcome.REJECTED, "channel.refused");
        hub.dispatcher.step();
        long first = hub.onlyLetter().id();
        hub.connectors.nextAnswers(Outcome.REJECTED, "channel.refused");
        stockThenSend("MUG", 4);
        assertThat(hub.onlyLetter().id()).isEqualTo(first);
        assertThat(hub.onlyLetter().attempts()).isEqualTo(2);
        assertThat(hub.deadLetters.get(first).orElseThrow().history()).hasSize(2);
    }

    @Test
    void aChannelsWordsThatTheDatabaseCannotKeepStillEndInTheDeadLetters() {
        listed("MUG");
        hub.connectors.next(
                call -> List.of(new QuantityResult("MUG", Outcome.REJECTED, "channel.refused", "a\u0000b", null)));
        hub.dispatcher.step();
        assertThat(hub.openLetters()).hasSize(1);
    }

    @Test
    void onlyTheItemsThatWereConfirmedAreNotSentAgain() {
        listed("A", "B", "C");
        hub.connectors.next(call -> List.of(
                ScriptedConnectors.result("A", Outcome.CONFIRMED, null),
                ScriptedConnectors.result("B", Outcome.REJECTED, "channel.refused"),
                ScriptedConnectors.result("C", Outcome.RETRY, "channel.busy")));
        hub.dispatcher.step();
        laterAgain();
        assertThat(hub.connectors.told).extracting(Told::skus).last().isEqualTo(List.of("C"));
        assertThat(hub.onlyLetter().sku()).isEqualTo("B");
    }
}
