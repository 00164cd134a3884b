package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.routes.Inbox.Filter;
import io.stockhub.routes.Inbox.LastFailure;
import io.stockhub.routes.Inbox.Message;
import io.stockhub.routes.Inbox.State;
import io.stockhub.routes.inbox.InboxLife;
import io.stockhub.routes.inbox.InboxMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where each message is in its life, and that messages and dead letters never contradict each other. */
class InboxLifeIT {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Filter OPEN = new Filter(null, null);

    private RoutesFixture hub;
    private Inbox life;

    @BeforeEach
    void startHub() {
        hub = new RoutesFixture();
        hub.sku("MUG");
        hub.stock("MUG", 10);
        life = new InboxLife(hub.jdbc);
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private void threeOfOneLane() {
        CanonicalOrder order = CanonicalOrder.open("1001", "MUG*1");
        hub.arrives("m-1", order);
        hub.arrives("m-2", order.older());
        hub.arrives("m-3", order.cancelled());
    }

    private List<State> states() {
        return life.messages(OPEN, 0, 100).stream().map(Message::state).toList();
    }

    private void dead(String orderRef) {
        hub.mappings.fail(orderRef, ScriptedMappings.refusal());
        hub.arrives("m-" + orderRef, CanonicalOrder.open(orderRef, "MUG*1"));
        hub.work();
    }

    @Test
    void anEmptyInboxAddsUp() {
        assertThat(life.totals()).isEqualTo(new Inbox.Totals(0, new Inbox.NotDone(0, 0, 0, 0, 0, 0, 0, 0, null)));
        assertThat(life.messages(OPEN, 0, 100)).isEmpty();
    }

    @Test
    void theFirstOfALaneIsReceivedAndTheOthersWait() {
        threeOfOneLane();
        hub.arrives("m-4", CanonicalOrder.open("1002", "MUG*1"));
        assertThat(states()).containsExactly(State.RECEIVED, State.WAITING, State.WAITING, State.RECEIVED);
    }

    @Test
    void whileTheFirstRunsForTheFirstTimeTheOthersWait() {
        threeOfOneLane();
        hub.inbox.claim(1, LEASE);
        assertThat(states()).containsExactly(State.RUNNING, State.WAITING, State.WAITING);
    }

    @Test
    void whenTheFirstHasFailedTheOthersAreBlockedByIt() {
        hub.mappings.fail("1001", TransientFailures.busy());
        threeOfOneLane();
        hub.work();
        List<Message> open = life.messages(OPEN, 0, 100);
        assertThat(open)
                .extracting(Message::state, Message::blockedBy)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(State.RETRYING, null),
                        org.assertj.core.groups.Tuple.tuple(
                                State.BLOCKED, open.getFirst().id()),
                        org.assertj.core.groups.Tuple.tuple(
                                State.BLOCKED, open.getFirst().id()));
        assertThat(open.getFirst().nextAttemptAt())
                .isEqualTo(Instant.parse(hub.text(
                        "select to_char(next_attempt_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                                + " from inbox where inbox_id = ?",
                        open.getFirst().id())));
        assertThat(open.getFirst().attempts()).isEqualTo(1);
        assertThat(open.getFirst().lastFailure()).extracting(LastFailure::code).isEqualTo("channel.busy");
        assertThat(open.get(1).nextAttemptAt()).as("it is not its turn").isNull();
        assertThat(open.get(1).lastFailure()).isNull();
    }

    @Test
    void theyStayBlockedWhileItRunsAgain() {
        hub.mappings.fail("1001", TransientFailures.busy());
        threeOfOneLane();
        hub.work();
        hub.later();
        hub.inbox.claim(1, LEASE);
        assertThat(states()).containsExactly(State.RUNNING, State.BLOCKED, State.BLOCKED);
    }

    @Test
    void aDeadMessageHoldsUpNobody() {
        hub.mappings.fail("1001", ScriptedMappings.refusal());
        threeOfOneLane();
        hub.worker.step();
        assertThat(states()).containsExactly(State.RECEIVED, State.WAITING);
        Message dead = life.messages(new Filter("shop", State.DEAD), 0, 100).getFirst();
        assertThat(dead.messageId()).isEqualTo("m-1");
        assertThat(dead.deadLetterId()).isEqualTo(hub.onlyLetter().id());
        assertThat(dead.lastFailure()).extracting(LastFailure::code).isEqualTo("mapping.failed");
    }

    @Test
    void theSameOrderNumberOfAnotherChannelIsAnotherLane() {
        InboxMessage message = RoutesFixture.message(
                "m-1", "1001", CanonicalOrder.open("1001", "MUG*1").json());
        hub.inbox.add(message);
        hub.inbox.add(new InboxMessage(
                message.flow(), "other", "m-1", "1001", message.mapping(), message.contentType(), message.payload()));
        assertThat(states()).containsExactly(State.RECEIVED, State.RECEIVED);
        assertThat(life.messages(new Filter("other", null), 0, 100))
                .extracting(Message::source)
                .containsExactly("other");
    }

    @Test
    void everyMessageIsCountedInOneState() {
        hub.arrives("m-done", CanonicalOrder.open("1000", "MUG*1"));
        hub.work();
        dead("2000");
        dead("2001");
        hub.deadLetters.discard(hub.openLetters().getFirst().id());
        hub.mappings.fail("1001", TransientFailures.busy());
        threeOfOneLane();
        hub.work();
        hub.arrives("m-5", CanonicalOrder.open("1003", "MUG*1"));
        hub.inbox.claim(1, LEASE);
        hub.arrives("m-6", CanonicalOrder.open("1003", "MUG*1").cancelled());
        hub.arrives("m-7", CanonicalOrder.open("1004", "MUG*1"));
        Inbox.Totals totals = life.totals();
        assertThat(totals.notDone())
                .isEqualTo(new Inbox.NotDone(
                        1, 1, 1, 1, 2, 1, 1, 0, totals.notDone().oldestOpenSince()));
        assertThat(totals.notDone()).isEqualTo(life.notDone());
        assertThat(totals.received()).isEqualTo(9);
        assertThat(totals.done()).isEqualTo(1);
        assertThat(totals.notDone().oldestOpenSince())
                .isEqualTo(life.messages(OPEN, 0, 1).getFirst().receivedAt());
        for (State state : State.values()) {
            long counted =
                    state == State.DONE ? totals.done() : totals.notDone().in(state);
            assertThat(life.messages(new Filter(null, state), 0, 100))
                    .as(state.code())
                    .hasSize((int) counted)
                    .allMatch(message -> message.state() == state);
        }
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        threeOfOneLane();
        List<Message> first = life.messages(OPEN, 0, 2);
        assertThat(first).extracting(Message::messageId).containsExactly("m-1", "m-2");
        assertThat(life.messages(OPEN, first.getLast().id(), 2))
                .as("it waits for one that is not on the page")
                .extracting(Message::messageId, Message::state)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("m-3", State.WAITING));
    }

    @Test
    void aDiscardedMessageAndItsDeadLetterAreDoneWith() {
        dead("1001");
        long letter = hub.onlyLetter().id();
        assertThat(hub.deadLetters.discard(letter)).isTrue();
        assertThat(hub.states()).containsExactly("discarded");
        assertThat(hub.deadLetters.get(letter).orElseThrow().deadLetter().state())
                .isEqualTo("discarded");
        assertThat(hub.deadLetters.discard(letter)).as("twice").isFalse();
        hub.later();
        hub.work();
        assertThat(hub.states()).containsExactly("discarded");
        assertThat(hub.available("MUG")).isEqualTo(10);
    }

    @Test
    void aMessageThatIsBeingReplayedCannotBeDiscarded() {
        dead("1001");
        long letter = hub.onlyLetter().id();
        hub.inbox.claimDead(hub.number("select inbox_id from inbox"), LEASE);
        assertThat(hub.deadLetters.discard(letter)).isFalse();
        assertThat(hub.onlyLetter().id()).isEqualTo(letter);
        assertThat(life.notDone().unaccounted()).isZero();
    }

    @Test
    void aReplayThatFindsItsMessageDiscardedMeanwhileSaysSo() {
        dead("1001");
        long letter = hub.onlyLetter().id();
        long replay = hub.replays.start(new Replays.Request(List.of(letter), null, false, null, null, "me"));
        hub.dataSource.beforeOnce("update inbox i set state = 'running'", () -> hub.deadLetters.discard(letter));
        while (hub.replays.step().isZero()) {}
        assertThat(hub.replays.progress(replay).orElseThrow().items())
                .containsExactly(new Replays.Item(letter, "failed", "It was discarded."));
        assertThat(life.notDone().unaccounted()).isZero();
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({
        "received, none, 0",
        "running, none, 0",
        "retrying, none, 0",
        "done, none, 0",
        "dead, none, 1",
        "discarded, none, 1",
        "received, open, 1",
        "running, open, 0",
        "retrying, open, 0",
        "done, open, 1",
        "dead, open, 0",
        "discarded, open, 1",
        "received, replaying, 1",
        "running, replaying, 0",
        "retrying, replaying, 0",
        "done, replaying, 1",
        "dead, replaying, 0",
        "discarded, replaying, 1",
        "received, resolved, 1",
        "running, resolved, 1",
        "retrying, resolved, 1",
        "done, resolved, 0",
        "dead, resolved, 1",
        "discarded, resolved, 1",
        "received, discarded, 1",
        "running, discarded, 1",
        "retrying, discarded, 1",
        "done, discarded, 1",
        "dead, discarded, 1",
        "discarded, discarded, 0"
    })
    void whatContradictsIsCounted(String message, String letter, long unaccounted) {
        dead("1001");
        hub.jdbc.sql("update inbox set state = ?").param(message).update();
        if (letter.equals("none")) {
            hub.jdbc.sql("delete from dead_letter").update();
        } else {
            hub.jdbc.sql("update dead_letter set state = ?").param(letter).update();
        }
        assertThat(life.notDone().unaccounted()).isEqualTo(unaccounted);
    }

    @Test
    void aDeadLetterWithoutItsMessageIsCounted() {
        dead("1001");
        hub.jdbc.sql("update dead_letter set inbox_id = null").update();
        assertThat(life.notDone().unaccounted())
                .as("the message without its letter, the letter without its message")
                .isEqualTo(2);
    }
}
