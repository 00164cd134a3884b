package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Failure;
import io.stockhub.routes.DeadLetters.Attempt;
import io.stockhub.routes.DeadLetters.DeadLetter;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fails is tried again from its row, or is in the dead letters with its payload, its cause and its story. */
class InboxFailuresIT {
    private static final String PAUSE = "select round(extract(epoch from next_attempt_at - now()) / 60) from inbox";
    private static final CanonicalOrder ORDER = CanonicalOrder.open("1001", "MUG*1");

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
    void whatMayPassIsTriedAgainAfterAPauseThatGrows() {
        hub.mappings.fail("1001", TransientFailures.busy(), TransientFailures.busy());
        hub.arrives("m-1", ORDER);
        hub.work();
        assertThat(hub.states()).containsExactly("retrying");
        assertThat(hub.number(PAUSE)).isBetween(29L, 60L);
        hub.later();
        hub.work();
        assertThat(hub.number(PAUSE)).isBetween(59L, 120L);
        hub.later();
        hub.work();
        assertThat(hub.states()).containsExactly("done APPLIED");
        assertThat(hub.number("select attempts from inbox")).isEqualTo(3);
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void theOtherSidesRetryAfterIsNeverUndercut() {
        hub.mappings.fail("1001", TransientFailures.busy(Duration.ofHours(10)));
        hub.arrives("m-1", ORDER);
        hub.work();
        assertThat(hub.number(PAUSE)).isBetween(599L, 660L);
    }

    @Test
    void aMessageIsGivenUpAfterTheLastAttempt() {
        hub.mappings.fail("1001", TransientFailures.busy(), TransientFailures.busy(), TransientFailures.busy());
        hub.arrives("m-1", ORDER);
        for (int i = 0; i < 3; i++) {
            hub.work();
            hub.later();
        }
        assertThat(hub.states()).containsExactly("dead");
        assertThat(hub.deadLetters.get(hub.onlyLetter().id()).orElseThrow().history())
                .extracting(Attempt::attempt)
                .containsExactly(1, 2, 3);
    }

    @Test
    void anExceptionWhoseTypeChangesBetweenAttemptsEndsInTheDeadLettersWithBothInItsHistory() {
        hub.mappings.fail("1001", TransientFailures.busy(), ScriptedMappings.refusal());
        hub.arrives("m-1", ORDER);
        hub.work();
        hub.later();
        hub.work();
        DeadLetter letter = hub.onlyLetter();
        assertThat(letter.code()).isEqualTo("mapping.failed");
        assertThat(letter.attempts()).isEqualTo(2);
        assertThat(letter.orderRef()).isEqualTo("1001");
        DeadLetters.Detail detail = hub.deadLetters.get(letter.id()).orElseThrow();
        assertThat(detail.history())
                .extracting(Attempt::attempt, Attempt::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "channel.busy"),
                        org.assertj.core.groups.Tuple.tuple(2, "mapping.failed"));
        assertThat(detail.payload()).isEqualTo(ORDER.bytes());
        assertThat(detail.mapping()).isEqualTo("acme/order");
    }

    static Stream<Throwable> faultsOfOurs() {
        return Stream.of(
                new StackOverflowError(),
                new IllegalStateException(),
                new NullPointerException(null),
                new NoClassDefFoundError("gone"),
                new OutOfMemoryError("in a handler"),
                new WordlessFault(),
                new WordlessError(),
                circular());
    }

    /** Whoever asks it for words is hurt. */
    private static final class WordlessFault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }

        @Override
        public String toString() {
            throw new StackOverflowError();
        }
    }

    private static final class WordlessError extends Error {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new WordlessFault();
        }

        @Override
        public String toString() {
            throw new StackOverflowError();
        }
    }

    private static Throwable circular() {
        RuntimeException one = new RuntimeException("one");
        one.initCause(new RuntimeException("other", one));
        return one;
    }

    @ParameterizedTest(name = "fault {index}")
    @MethodSource("faultsOfOurs")
    void aFaultOfOursEndsInTheDeadLettersWithHistoryAndPayload(Throwable fault) {
        hub.mappings.fail("1001", fault);
        hub.arrives("m-1", ORDER);
        hub.worker.step();
        assertThat(hub.states()).containsExactly("dead");
        DeadLetter letter = hub.onlyLetter();
        assertThat(letter.code()).isEqualTo("hub.bug");
        assertThat(letter.message()).isEqualTo(root(fault).getClass().getSimpleName());
        DeadLetters.Detail detail = hub.deadLetters.get(letter.id()).orElseThrow();
        assertThat(detail.payload()).isEqualTo(ORDER.bytes());
        assertThat(detail.history()).hasSize(1);
        assertThat(hub.camel.getInflightRepository().size())
                .as("left behind in Camel")
                .isZero();
    }

    private static Throwable root(Throwable fault) {
        return fault.getCause() == null || fault.getCause().getCause() == fault ? fault : root(fault.getCause());
    }

    @Test
    void differentFaultsOfOursAreDifferentCauses() {
        hub.mappings.fail("1001", new IllegalStateException());
        hub.mappings.fail("1002", new StackOverflowError());
        hub.arrives("m-1", ORDER);
        hub.arrives("m-2", CanonicalOrder.open("1002", "MUG*1"));
        hub.work();
        assertThat(hub.deadLetters.byCause(DeadLetters.Filter.OPEN)).hasSize(2);
    }

    @Test
    void wordsThatTheDatabaseCannotKeepDoNotKeepAMessageFromTheDeadLetters() {
        hub.mappings.fail("1001", ScriptedConnectors.failure(Failure.Kind.PERMANENT, "channel.odd\u0000", null));
        hub.mappings.fail("1002", saying("a\u0000b"), saying("a\u0000b"), saying("a\u0000b"));
        hub.arrives("m-1", ORDER);
        hub.arrives("m-2", CanonicalOrder.open("1002", "MUG*1"));
        hub.worker.step();
        assertThat(hub.states()).containsExactly("dead", "retrying");
    }

    private static Throwable saying(String message) {
        return new io.stockhub.connectors.CallFailure(
                new Failure(Failure.Kind.TRANSIENT, Failure.Stage.SEND, "channel.odd", message, null));
    }

    @Test
    void aMessageThatMeetsAHubThatIsStoppingIsNotGivenUp() {
        hub.arrives("m-1", ORDER);
        hub.camel.stop();
        hub.work();
        assertThat(hub.states()).containsExactly("retrying");
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void aDatabaseThatIsDownWhileAMessageIsGivenUpLosesNothing() {
        hub.mappings.fail("1001", ScriptedMappings.refusal(), ScriptedMappings.refusal());
        hub.arrives("m-1", ORDER);
        hub.dataSource.breakOnce("insert into dead_letter");
        hub.work();
        assertThat(hub.dataSource.allMet()).isTrue();
        assertThat(hub.states()).as("never dead without its letter").containsExactly("running");
        assertThat(hub.openLetters()).isEmpty();

        hub.later();
        hub.work();
        assertThat(hub.states()).containsExactly("dead");
        assertThat(hub.deadLetters.get(hub.onlyLetter().id()).orElseThrow().payload())
                .isEqualTo(ORDER.bytes());
    }

    @Test
    void aMessageThatTakesEffectAfterAllResolvesItsDeadLetter() {
        hub.mappings.fail("1001", ScriptedMappings.refusal());
        hub.arrives("m-1", ORDER);
        hub.work();
        hub.worker.handle(hub.inbox
                .claimDead(hub.number("select inbox_id from inbox"), Duration.ofMinutes(1))
                .orElseThrow());
        assertThat(hub.states()).containsExactly("done APPLIED");
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void deadLettersOfOneCauseAreOneGroupWhateverTheNumbersInTheirText() {
        hub.mappings.fail("ref-1", saying("line 3 is \"x\""), saying("line 4 is \"y\""), saying("line 5 is \"z\""));
        hub.mappings.fail("ref-2", saying("line 6 is \"x\""), saying("line 7 is \"y\""), saying("line 8 is \"z\""));
        hub.arrives("m-1", CanonicalOrder.open("ref-1", "MUG*1"));
        hub.arrives("m-2", CanonicalOrder.open("ref-2", "MUG*1"));
        for (int i = 0; i < 3; i++) {
            hub.work();
            hub.later();
        }
        assertThat(hub.deadLetters.byCause(DeadLetters.Filter.OPEN)).hasSize(1);
        assertThat(hub.deadLetters.byCause(DeadLetters.Filter.OPEN).getFirst().count())
                .isEqualTo(2);
    }
}
