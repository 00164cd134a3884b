package io.stockhub.routes.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Failure.Stage;
import io.stockhub.mapping.MappingException;
import io.stockhub.mapping.Mappings;
import io.stockhub.stock.InvalidCommandException;
import io.stockhub.stock.StockUnavailableException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

/** What each exception means. */
class FailureReadingTest {
    private static final Failure THROTTLED =
            new Failure(Kind.THROTTLED, Stage.SEND, "channel.throttled", "slower", null);

    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of(new CallFailure(THROTTLED), Kind.THROTTLED, "channel.throttled", true),
                Arguments.of(
                        FlowFailure.permanent(Stage.LEDGER, "stock.refused", "no", null, null),
                        Kind.PERMANENT,
                        "stock.refused",
                        false),
                Arguments.of(unknownMapping(), Kind.POISON, "mapping.failed", false),
                Arguments.of(new InvalidCommandException("sku", "missing"), Kind.POISON, "validate.field", false),
                Arguments.of(new StockUnavailableException("busy", null), Kind.TRANSIENT, "stock.busy", true),
                Arguments.of(new QueryTimeoutException("slow"), Kind.TRANSIENT, "hub.database", true),
                Arguments.of(new CannotCreateTransactionException("down"), Kind.TRANSIENT, "hub.database", true),
                Arguments.of(new SQLException("down"), Kind.TRANSIENT, "hub.database", true),
                Arguments.of(new SQLException("NUL", "22021"), Kind.POISON, "validate.value", false),
                Arguments.of(
                        new DataIntegrityViolationException("NUL", new SQLException("NUL", "22021")),
                        Kind.POISON,
                        "validate.value",
                        false),
                Arguments.of(
                        new StockUnavailableException("NUL", new SQLException("NUL", "22021")),
                        Kind.POISON,
                        "validate.value",
                        false),
                Arguments.of(new RejectedExecutionException("stopped"), Kind.TRANSIENT, "hub.stopping", true),
                Arguments.of(new InterruptedException(), Kind.TRANSIENT, "hub.stopping", true),
                Arguments.of(new IllegalStateException("secret"), Kind.POISON, "hub.bug", false),
                Arguments.of(new OutOfMemoryError(), Kind.POISON, "hub.bug", false));
    }

    private static MappingException unknownMapping() {
        try {
            Mappings.load(List.of("classpath:mappings")).apply("acme/nothing", "{}");
        } catch (MappingException e) {
            return e;
        }
        throw new AssertionError("there is a mapping acme/nothing");
    }

    @ParameterizedTest
    @MethodSource("table")
    void anExceptionMeansTheSameHoweverDeepItIsWrapped(Throwable thrown, Kind kind, String code, boolean mayPass) {
        for (Throwable wrapped :
                List.of(thrown, new ExecutionException(thrown), new RuntimeException(new Error(thrown)))) {
            FailureReading reading = FailureReading.of(wrapped);
            assertThat(reading.failure().kind()).isEqualTo(kind);
            assertThat(reading.failure().code()).isEqualTo(code);
            assertThat(reading.mayPass()).isEqualTo(mayPass);
        }
    }

    @Test
    void aFlowsFailureSaysWhichSkuAndOrderItIsAbout() {
        FailureReading reading =
                FailureReading.of(FlowFailure.permanent(Stage.LEDGER, "stock.unknown_sku", "who?", "MUG", "1001"));
        assertThat(reading.sku()).isEqualTo("MUG");
        assertThat(reading.orderRef()).isEqualTo("1001");
    }

    @Test
    void theWordsOfAFaultOfOursAreNotShownSinceNobodyKnowsWhatIsInThem() {
        assertThat(FailureReading.of(new RuntimeException("password=x", new IllegalStateException("token=y")))
                        .failure()
                        .message())
                .isEqualTo("IllegalStateException");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void onlyWhatNeedsAPersonIsNotTriedAgain(Kind kind) {
        Failure failure = new Failure(kind, Stage.SEND, "code", "text", null);
        boolean person = List.of(Kind.PERMANENT, Kind.SETTINGS, Kind.POISON).contains(kind);
        assertThat(FailureReading.of(new CallFailure(failure)).mayPass()).isNotEqualTo(person);
    }
}
