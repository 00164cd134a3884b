package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.routes.inbox.Claimed;
import io.stockhub.routes.inbox.InboxMessage;
import io.stockhub.routes.inbox.InboxStore;
import io.stockhub.routes.inbox.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each message takes effect once, in the order of its lane, whatever breaks off in between. */
class InboxIT {
    private static final Duration LEASE = Duration.ofMinutes(1);

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

    @Test
    void theSameMessageTwiceIsOneRow() {
        InboxMessage message = RoutesFixture.message(
                "m-1", "1001", CanonicalOrder.open("1001", "MUG*1").json());
        assertThat(hub.inbox.add(message)).isTrue();
        assertThat(hub.inbox.add(message)).isFalse();
        assertThat(hub.states()).containsExactly("received");
    }

    @Test
    void theSameIdOfAnotherSourceIsAnotherMessage() {
        InboxMessage message = RoutesFixture.message(
                "m-1", "1001", CanonicalOrder.open("1001", "MUG*1").json());
        InboxMessage other = new InboxMessage(
                message.flow(), "other", "m-1", "1001", message.mapping(), message.contentType(), message.payload());
        assertThat(hub.inbox.add(message)).isTrue();
        assertThat(hub.inbox.add(other)).isTrue();
    }

    @Test
    void theSameIdWithOtherContentIsKeptAsAnotherMessage() {
        InboxMessage other = RoutesFixture.message(
                "m-1", "1001", CanonicalOrder.open("1001", "MUG*2").json());
        hub.arrives("m-1", CanonicalOrder.open("1001", "MUG*1"));
        assertThat(hub.inbox.add(other)).isTrue();
        assertThat(hub.inbox.add(other)).as("the same once more").isFalse();
        assertThat(hub.number("select count(distinct payload) from inbox")).isEqualTo(2);
    }

    @Test
    void messagesOfOneLaneAreHandledInTheOrderInWhichTheyCame() {
        CanonicalOrder order = CanonicalOrder.open("1001", "MUG*4");
        hub.arrives("m-1", order);
        hub.arrives("m-2", order.cancelled());
        assertThat(hub.inbox.claim(64, LEASE)).hasSize(1);
        hub.later();
        hub.work();
        assertThat(hub.states()).containsExactly("done APPLIED", "done APPLIED");
        assertThat(hub.available("MUG")).isEqualTo(10);
    }

    @Test
    void aMessageThatIsBeingHandledBlocksItsLaneForEveryOtherHub() {
        hub.arrives("m-1", CanonicalOrder.open("1001", "MUG*1"));
        hub.arrives("m-2", CanonicalOrder.open("1001", "MUG*1").cancelled());
        hub.arrives("m-3", CanonicalOrder.open("1002", "MUG*1"));
        assertThat(hub.inbox.claim(1, LEASE)).hasSize(1);
        assertThat(hub.inbox.claim(64, LEASE))
                .extracting(claimed -> claimed.message().messageId())
                .containsExactly("m-3");
        assertThat(hub.inbox.claim(64, LEASE)).isEmpty();
    }

    @Test
    void aMessageThatWaitsForAnotherAttemptBlocksOnlyItsLane() {
        hub.mappings.fail("1001", TransientFailures.busy());
        hub.arrives("m-1", CanonicalOrder.open("1001", "MUG*1"));
        hub.arrives("m-2", CanonicalOrder.open("1001", "MUG*1").cancelled());
        hub.arrives("m-3", CanonicalOrder.open("1002", "MUG*1"));
        hub.work();
        assertThat(hub.states()).containsExactly("retrying", "received", "done APPLIED");
        hub.later();
        hub.work();
        assertThat(hub.states()).containsExactly("done APPLIED", "done APPLIED", "done APPLIED");
    }

    @Test
    void aDeadMessageLetsItsLaneGoOn() {
        hub.mappings.fail("1001", ScriptedMappings.refusal());
        hub.arrives("m-1", CanonicalOrder.open("1001", "MUG*1"));
        hub.arrives("m-2", CanonicalOrder.open("1001", "MUG*2"));
        hub.work();
        assertThat(hub.states()).containsExactly("dead", "done APPLIED");
    }

    @Test
    void aWorkerWhoseLeaseRanOutWritesNothing() {
        hub.arrives("m-1", CanonicalOrder.open("1001", "MUG*1"));
        Claimed late = hub.inbox.claim(1, LEASE).getFirst();
        hub.later();
        Claimed current = hub.inbox.claim(1, LEASE).getFirst();
        assertThat(current.inboxId()).isEqualTo(late.inboxId());

        assertThat(hub.inbox.done(List.of(new InboxStore.Ended(late, Outcome.APPLIED))))
                .isEmpty();
        assertThat(hub.inbox.retry(late, TransientFailures.busy().failure(), Duration.ZERO))
                .isFalse();
        assertThat(hub.inbox.dead(late, TransientFailures.busy().failure())).isFalse();
        assertThat(hub.states()).containsExactly("running");
        assertThat(hub.inbox.done(List.of(new InboxStore.Ended(current, Outcome.APPLIED))))
                .hasSize(1);
    }

    @Test
    void aWorkerWhoseLeaseRanOutWritesNoDeadLetterEither() {
        hub.arrives("m-1", CanonicalOrder.open("1001", "MUG*1"));
        Claimed late = hub.inbox.claim(1, LEASE).getFirst();
        hub.later();
        hub.inbox.claim(1, LEASE);
        hub.mappings.fail("1001", ScriptedMappings.refusal());
        hub.worker.handle(late);
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void aMessageIsNotClaimedTwiceWhileItsLeaseRuns() {
        hub.arrives("m-1", CanonicalOrder.open("1001", "MUG*1"));
        assertThat(hub.inbox.claim(64, LEASE)).hasSize(1);
        assertThat(hub.inbox.claim(64, LEASE)).isEmpty();
    }

    @Test
    void aCrashBetweenTheEffectAndItsMessageRepeatsTheMessageWithoutASecondEffect() {
        hub.arrives("m-1", CanonicalOrder.open("1001", "MUG*4"));
        hub.dataSource.breakOnce("set state = 'done'");
        hub.work();
        assertThat(hub.dataSource.allMet()).isTrue();
        assertThat(hub.states()).containsExactly("running");
        assertThat(hub.available("MUG")).isEqualTo(6);

        hub.later();
        hub.work();
        assertThat(hub.states()).containsExactly("done ALREADY_APPLIED");
        assertThat(hub.available("MUG")).isEqualTo(6);
        assertThat(hub.number("select count(*) from movement where kind = 'reservation'"))
                .isEqualTo(1);
    }

    @Test
    void whatWasReceivedIsAlwaysOpenOrDoneOrDead() {
        List<String> counts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String ref = "ref-" + i + ";";
            hub.arrives("m-" + i, CanonicalOrder.open(ref, "MUG*1"));
            if (i % 3 == 1) {
                hub.mappings.fail(ref, TransientFailures.busy(), TransientFailures.busy());
            } else if (i % 3 == 2) {
                hub.mappings.fail(ref, new StackOverflowError(), new StackOverflowError());
            }
        }
        hub.dataSource.breakOnce("set state = 'done'");
        hub.dataSource.breakOnce("set state = 'dead'");
        hub.dataSource.breakOnce("set state = 'retrying'");
        for (int round = 0; round < 5; round++) {
            hub.worker.step();
            counts.add(
                    hub.text(
                            """
                    select count(*) filter (where state in ('received', 'running', 'retrying'))
                         + count(*) filter (where state = 'done')
                         + (select count(*) from dead_letter d join inbox i using (inbox_id)
                            where d.state = 'open' and i.state = 'dead') from inbox"""));
            hub.later();
        }
        assertThat(hub.dataSource.allMet()).isTrue();
        assertThat(counts).containsOnly("30");
        assertThat(hub.states().stream().filter("dead"::equals)).hasSize(10);
        // Those that were written together with the one whose writing failed are found applied when they are tried
        // again.
        assertThat(hub.states().stream().filter(state -> state.matches("done (ALREADY_)?APPLIED")))
                .hasSize(20);
        assertThat(hub.stock.queries().verify().passes()).isTrue();
    }
}
