package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.routes.DeadLetters.Filter;
import io.stockhub.routes.Replays.Item;
import io.stockhub.routes.Replays.Progress;
import io.stockhub.routes.Replays.Request;
import io.stockhub.routes.replay.ReplayService;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is replayed, how often and however it breaks off, takes effect once, and each item says what became of it. */
class ReplaysIT {
    private static final String COUNTS =
            """
            select concat((select string_agg(state || attempts || history::text, ',' order by inbox_id) from inbox), ' ',
              (select string_agg(state || attempts, ',' order by dead_letter_id) from dead_letter), ' ',
              (select count(*) from movement), ' ', (select count(*) from listing where claim > 0))""";

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

    /** An order of an unknown SKU, which is then created with stock: a replay will take it. */
    private long fixedOrder(String orderRef) {
        hub.arrives("m-" + orderRef, CanonicalOrder.open(orderRef, "CAP*2"));
        hub.work();
        return hub.openLetters().getFirst().id();
    }

    private void createCap() {
        hub.sku("CAP");
        hub.stock("CAP", 10);
    }

    private static Request ids(Long... ids) {
        return new Request(List.of(ids), null, false, null, "fixed", "me");
    }

    private static Request filter(Filter filter) {
        return new Request(List.of(), filter, false, null, "fixed", "me");
    }

    private static Request dry(Long... ids) {
        return new Request(List.of(ids), null, true, null, null, "me");
    }

    private static Request edited(CanonicalOrder order, boolean dryRun, Long... ids) {
        return new Request(List.of(ids), null, dryRun, order.bytes(), null, "me");
    }

    private Progress run(Request request) {
        long replay = hub.replays.start(request);
        while (hub.replays.step().isZero()) {}
        return hub.replays.progress(replay).orElseThrow();
    }

    private String outcome(Request request) {
        return run(request).items().getFirst().outcome();
    }

    @Test
    void aMessageThatCanBeTakenNowIsTaken() {
        long letter = fixedOrder("1001");
        createCap();
        Progress progress = run(ids(letter));
        assertThat(progress.job().state()).isEqualTo("done");
        assertThat(progress.items()).containsExactly(new Item(letter, "applied", null));
        assertThat(hub.available("CAP")).isEqualTo(8);
        assertThat(hub.openLetters()).isEmpty();
        assertThat(hub.states()).containsExactly("done APPLIED");
    }

    @Test
    void aMessageThatFailsAgainIsTheSameDeadLetterWithOneMoreAttempt() {
        long letter = fixedOrder("1001");
        Progress progress = run(ids(letter));
        assertThat(progress.items().getFirst().outcome()).isEqualTo("failed");
        assertThat(progress.items().getFirst().message()).contains("CAP");
        assertThat(hub.onlyLetter().id()).isEqualTo(letter);
        assertThat(hub.onlyLetter().attempts()).isEqualTo(2);
        assertThat(hub.deadLetters.get(letter).orElseThrow().history()).hasSize(2);
    }

    @Test
    void replayedTwiceOneAfterTheOtherItHasOneEffect() {
        long letter = fixedOrder("1001");
        createCap();
        assertThat(outcome(ids(letter))).isEqualTo("applied");
        assertThat(outcome(ids(letter))).isEqualTo("already-applied");
        assertThat(hub.available("CAP")).isEqualTo(8);
    }

    @Test
    void replayedTwiceAtTheSameTimeItHasOneEffectAndBothSaySo() {
        long letter = fixedOrder("1001");
        createCap();
        long first = hub.replays.start(ids(letter));
        long second = hub.replays.start(ids(letter));
        int before = hub.mappings.inputs.size();
        hub.mappings.before("1001", () -> hub.replays().step());
        while (hub.replays.step().isZero()) {}
        assertThat(hub.mappings.inputs).hasSize(before + 1);
        assertThat(hub.available("CAP")).isEqualTo(8);
        assertThat(hub.replays.progress(first).orElseThrow().items().getFirst().outcome())
                .isEqualTo("applied");
        assertThat(hub.replays.progress(second).orElseThrow().items().getFirst().outcome())
                .isEqualTo("already-applied");
    }

    @Test
    void aReplayThatMeetsAnotherDoesNotCallAppliedWhatThenFails() {
        long letter = fixedOrder("1001");
        long replay = hub.replays.start(ids(letter));
        hub.mappings.before("1001", () -> hub.replays().step());
        while (hub.replays.step().isZero()) {}
        assertThat(hub.replays.progress(replay).orElseThrow().items().getFirst().outcome())
                .isEqualTo("failed");
    }

    @Test
    void aMessageThatWaitsForItsNextAttemptIsNotCalledApplied() {
        long letter = fixedOrder("1001");
        hub.mappings.fail("1001", TransientFailures.busy());
        assertThat(outcome(ids(letter))).isEqualTo("failed");
        assertThat(hub.states()).containsExactly("retrying");
        assertThat(outcome(ids(letter))).isEqualTo("failed");
        createCap();
        hub.later();
        hub.work();
        assertThat(hub.states()).containsExactly("done APPLIED");
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void aMessageWhoseLaneWentOnIsSuperseded() {
        long letter = fixedOrder("1001");
        hub.arrives("m-2", CanonicalOrder.open("1001", "MUG*1"));
        hub.work();
        createCap();
        assertThat(outcome(ids(letter))).isEqualTo("superseded");
        assertThat(hub.available("CAP")).isEqualTo(10);
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void anOlderWordThatArrivesLateDoesNotSupersedeADeadOrder() {
        long letter = fixedOrder("1001");
        hub.arrives("m-2", CanonicalOrder.open("1001", "CAP*2").ignored().older());
        hub.work();
        createCap();
        assertThat(outcome(ids(letter))).isEqualTo("applied");
        assertThat(hub.available("CAP")).isEqualTo(8);
    }

    @Test
    void aReplayThatIsInterruptedBetweenTwoItemsGoesOnWhereItWas() {
        Long[] letters = {fixedOrder("1001"), fixedOrder("1002"), fixedOrder("1003")};
        createCap();
        long replay = hub.replays.start(ids(letters));
        hub.replays(1).step();
        assertThat(hub.replays.progress(replay).orElseThrow().job().finished()).isEqualTo(1);
        assertThat(hub.replays.progress(replay).orElseThrow().job().state()).isEqualTo("running");

        ReplayService restarted = hub.replays();
        while (restarted.step().isZero()) {}
        Progress progress = restarted.progress(replay).orElseThrow();
        assertThat(progress.job().state()).isEqualTo("done");
        assertThat(progress.items()).extracting(Item::outcome).containsExactly("applied", "applied", "applied");
        assertThat(hub.available("CAP")).isEqualTo(4);
    }

    @Test
    void aReplayThatIsKilledInTheMiddleOfAnItemTakesItUpAgainWhenTheLeaseEnds() {
        long letter = fixedOrder("1001");
        createCap();
        long replay = hub.replays.start(ids(letter));
        hub.inbox.claimDead(hub.number("select inbox_id from inbox"), Duration.ofMinutes(1));

        ReplayService restarted = hub.replays();
        restarted.step();
        assertThat(restarted.progress(replay).orElseThrow().job().finished())
                .as("nobody knows yet")
                .isZero();
        hub.later();
        while (restarted.step().isZero()) {}
        assertThat(restarted.progress(replay).orElseThrow().items()).containsExactly(new Item(letter, "applied", null));
        assertThat(hub.available("CAP")).isEqualTo(8);
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndChangesNothing() {
        long taken = fixedOrder("1001");
        hub.arrives("m-2", CanonicalOrder.open("1002", "GHOST*1"));
        hub.work();
        long refused = hub.openLetters().getFirst().id();
        createCap();
        String before = hub.text(COUNTS);
        Progress progress = run(dry(taken, refused));
        assertThat(progress.job().dryRun()).isTrue();
        assertThat(progress.items())
                .extracting(Item::deadLetterId, Item::outcome)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(refused, "failed"),
                        org.assertj.core.groups.Tuple.tuple(taken, "applied"));
        assertThat(progress.items().getFirst().message()).as("failures first").contains("GHOST");
        assertThat(hub.text(COUNTS)).isEqualTo(before);
    }

    @Test
    void anEditedPayloadIsUsedAndTheOneThatCameIsKept() {
        hub.arrives("m-1", CanonicalOrder.open("1001", "MGU*2"));
        hub.work();
        long letter = hub.onlyLetter().id();
        assertThat(outcome(edited(CanonicalOrder.open("1001", "MUG*2"), false, letter)))
                .isEqualTo("applied");
        assertThat(hub.available("MUG")).isEqualTo(8);
        assertThat(hub.text("select convert_from(payload, 'UTF8') from inbox")).contains("MGU");
        assertThat(hub.text("select requested_by from replay")).isEqualTo("me");
    }

    @Test
    void badRequestsNameTheField() {
        long one = fixedOrder("1001");
        long two = fixedOrder("1002");
        CanonicalOrder order = CanonicalOrder.open("1001", "MUG*1");
        refused(edited(order, true, one), "payload: ");
        refused(edited(order, false, one, two), "payload: needs exactly one id, got 2");
        refused(edited(order, false), "payload: needs exactly one id, got 0");
        refused(ids(one, 99L), "ids: there is no dead letter 99");
        refused(new Request(List.of(), null, false, null, null, "me"), "ids or filter: missing");
        hub.listed("MUG", 10);
        hub.connectors.nextAnswers(Outcome.REJECTED, "channel.refused");
        hub.stock("MUG", 5);
        hub.publish();
        hub.dispatcher.step();
        refused(edited(order, false, hub.openLetters().getFirst().id()), "payload: ");
        assertThat(hub.number("select count(*) from replay")).isZero();
    }

    private void refused(Request request, String words) {
        assertThatThrownBy(() -> hub.replays.start(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(words);
    }

    @Test
    void aFilterReplaysWhatMatchesOldestFirstAndOnlyWhatIsOpen() {
        long first = fixedOrder("1001");
        long second = fixedOrder("1002");
        hub.arrives("m-3", CanonicalOrder.open("1003", "GHOST*1"));
        hub.work();
        createCap();
        outcome(ids(first));
        Progress progress = run(filter(new Filter("shop", null, "CAP", null, "resolved")));
        assertThat(progress.items()).containsExactly(new Item(second, "applied", null));
        assertThat(hub.onlyLetter().sku()).isEqualTo("GHOST");
    }

    @Test
    void aRequestThatMatchesNothingIsAFinishedReplay() {
        Progress progress = run(filter(new Filter("other", null, null, null, null)));
        assertThat(progress.job().state()).isEqualTo("done");
        assertThat(progress.job().total()).isZero();
        assertThat(hub.replays.progress(99)).isEmpty();
    }
}
