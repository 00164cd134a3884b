package io.stockhub.connectors.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Manifests;
import io.stockhub.connectors.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentTooLongException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailureClassifierTest {

    private static final Instant NOW = Instant.parse("2026-09-04T10:00:00Z");

    private final FailureClassifier classifier = new FailureClassifier(
            Manifests.of("fakeshop"),
            new Redactor(() -> List.of(Secret.of("hunter22 / secret"))),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest(name = "{0} to a {1} is {2} {3}")
    @CsvSource({
        "429, READ,             THROTTLED,       channel.throttled",
        "429, SINGLE_WRITE,     THROTTLED,       channel.throttled",
        "403, READ,             SETTINGS,        channel.unauthorized",
        "407, READ,             SETTINGS,        channel.unauthorized",
        "301, READ,             SETTINGS,        channel.redirected",
        "302, SINGLE_WRITE,     SETTINGS,        channel.redirected",
        "408, READ,             TRANSIENT,       channel.http_5xx",
        "425, REPEATABLE_WRITE, TRANSIENT,       channel.http_5xx",
        "408, SINGLE_WRITE,     UNKNOWN_OUTCOME, channel.outcome_unknown",
        "400, READ,             PERMANENT,       channel.rejected",
        "404, REPEATABLE_WRITE, PERMANENT,       channel.rejected",
        "409, SINGLE_WRITE,     PERMANENT,       channel.rejected",
        "410, READ,             PERMANENT,       channel.rejected",
        "422, SINGLE_WRITE,     PERMANENT,       channel.rejected",
        "500, READ,             TRANSIENT,       channel.http_5xx",
        "502, REPEATABLE_WRITE, TRANSIENT,       channel.http_5xx",
        "503, READ,             TRANSIENT,       channel.http_5xx",
        "504, READ,             TRANSIENT,       channel.http_5xx",
        "520, READ,             TRANSIENT,       channel.http_5xx",
        "500, SINGLE_WRITE,     UNKNOWN_OUTCOME, channel.outcome_unknown",
        "504, SINGLE_WRITE,     UNKNOWN_OUTCOME, channel.outcome_unknown",
        "600, READ,             POISON,          hub.bug"
    })
    void aStatusMeansWhatTheTableSays(int status, CallKind call, Kind kind, String code) {
        Failure failure = failed(call, answer(status, "{}"));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.stage()).isEqualTo(Failure.Stage.SEND);
    }

    static Stream<Arguments> breakages() {
        return Stream.of(
                Arguments.of(new ConnectException("refused"), Kind.TRANSIENT, "channel.unreachable", false),
                Arguments.of(new ConnectTimeoutException("slow"), Kind.TRANSIENT, "channel.unreachable", false),
                Arguments.of(
                        new ConnectionRequestTimeoutException("pool"), Kind.TRANSIENT, "channel.unreachable", false),
                Arguments.of(new UnknownHostException("nowhere"), Kind.TRANSIENT, "channel.unreachable", false),
                Arguments.of(new NoRouteToHostException("no route"), Kind.TRANSIENT, "channel.unreachable", false),
                Arguments.of(new SSLHandshakeException("expired"), Kind.TRANSIENT, "channel.unreachable", false),
                Arguments.of(new SocketTimeoutException("read"), Kind.TRANSIENT, "channel.timeout", true),
                Arguments.of(new SocketException("Connection reset"), Kind.TRANSIENT, "channel.unreachable", true),
                Arguments.of(new NoHttpResponseException("closed"), Kind.TRANSIENT, "channel.unreachable", true),
                Arguments.of(new ConnectionClosedException("cut"), Kind.TRANSIENT, "channel.unreachable", true),
                Arguments.of(new IOException("other"), Kind.TRANSIENT, "channel.unreachable", true),
                Arguments.of(new IllegalStateException("bug"), Kind.POISON, "hub.bug", false));
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void aBrokenConnectionMeansWhatTheTableSays(Throwable broken, Kind kind, String code, boolean mayHaveBeenSent) {
        assertThat(classifier.judge(CallKind.READ, broken))
                .returns(kind, Failure::kind)
                .returns(code, Failure::code);
        assertThat(classifier.judge(CallKind.REPEATABLE_WRITE, broken)).returns(kind, Failure::kind);

        Failure single = classifier.judge(CallKind.SINGLE_WRITE, broken);
        assertThat(single.kind()).isEqualTo(mayHaveBeenSent ? Kind.UNKNOWN_OUTCOME : kind);
        assertThat(single.code()).isEqualTo(mayHaveBeenSent ? "channel.outcome_unknown" : code);
    }

    @Test
    void anAnswerThatCannotBeReadIsTransientForAReadAndUnknownForAWrite() {
        for (String body : List.of("<html>", "{\"a")) {
            Answer garbage = new Answer(200, Map.of(), body, null);
            assertThat(failed(CallKind.READ, garbage))
                    .returns(Kind.TRANSIENT, Failure::kind)
                    .returns("channel.garbage", Failure::code);
            assertThat(failed(CallKind.REPEATABLE_WRITE, garbage))
                    .returns(Kind.UNKNOWN_OUTCOME, Failure::kind)
                    .returns("channel.garbage", Failure::code);
        }
        assertThat(classifier.judge(CallKind.SINGLE_WRITE, new ContentTooLongException("large")))
                .returns(Kind.UNKNOWN_OUTCOME, Failure::kind)
                .returns("channel.garbage", Failure::code);
        assertThat(classifier.judge(CallKind.READ, new ContentTooLongException("large")))
                .returns(Kind.TRANSIENT, Failure::kind);
    }

    @Test
    void anEmptyPageIsNotTakenForNoOrders() {
        Answer empty = new Answer(200, Map.of(), "", null);

        assertThat(failed(CallKind.READ, empty)).returns("channel.garbage", Failure::code);
        assertThat(classifier.judge("orders-page", CallKind.READ, new Answer(204, Map.of(), "", null)))
                .isInstanceOf(Verdict.Readable.class);
        assertThat(classifier.judge("set-quantities", CallKind.REPEATABLE_WRITE, empty))
                .isInstanceOf(Verdict.Readable.class);
    }

    @Test
    void aRuleOfTheManifestComesBeforeTheTable() {
        assertThat(classifier.judge("orders-page", CallKind.READ, answer(404, "{}")))
                .isInstanceOf(Verdict.Readable.class);
        assertThat(classifier.judge("read-quantities", CallKind.READ, answer(404, "{}")))
                .isInstanceOf(Verdict.Failed.class);
        assertThat(classifier.judge("orders-page", CallKind.READ, answer(401, "{}")))
                .isInstanceOf(Verdict.ExpiredToken.class);
        assertThat(classifier.judge("orders-page", CallKind.READ, answer(403, "{\"x\":\"the TOKEN is OLD\"}")))
                .isInstanceOf(Verdict.ExpiredToken.class);
        assertThat(failed(CallKind.READ, answer(200, "{\"fault\":{\"code\":\"SLOW_DOWN\"}}")))
                .returns(Kind.THROTTLED, Failure::kind)
                .returns("fakeshop.slow_down", Failure::code);
        assertThat(classifier.judge("read-quantities", CallKind.READ, answer(200, "{\"fault\":{\"code\":\"FINE\"}}")))
                .isInstanceOf(Verdict.Readable.class);
    }

    @Test
    void theSystemsOwnWordsAreKeptCutAndWithoutSecrets() {
        String words = "SKU gone; you sent hunter22 / secret or hunter22+%2F+secret " + "x".repeat(900);

        Failure failure = failed(CallKind.READ, answer(422, "{\"fault\":{\"text\":\"" + words + "\"}}"));

        assertThat(failure.message())
                .startsWith("HTTP 422: SKU gone; you sent *** or *** xxx")
                .hasSizeLessThan(510);
    }

    @ParameterizedTest(name = "{0}: {1} is {2} s")
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after | 7                              | 7",
                "retry-after | 2.5                            | 2.5",
                "retry-after | Fri, 04 Sep 2026 10:00:30 GMT  | 30",
                "retry-after | Fri, 04 Sep 2026 09:00:00 GMT  | 0",
                "retry-after | -5                             | 0",
                "retry-after | 99999999999999                 | 86400",
                "retry-after | soon                           |",
                "retry-after | NaN                            |",
                "x-come-back | 1788516005000                  | 5",
                "x-come-back | 2026-09-04T10:00:09Z           | 9",
                "x-come-back | never                          |",
                "x-other     | 7                              |"
            })
    void theTimeToWaitIsReadHoweverItIsSpelled(String header, String value, Double seconds) {
        Failure failure = failed(CallKind.READ, new Answer(429, Map.of(header, value), "{}", "{}"));

        Duration wanted = seconds == null ? null : Duration.ofMillis((long) (seconds * 1000));
        assertThat(failure.retryAfter()).isEqualTo(wanted);
    }

    private Failure failed(CallKind call, Answer answer) {
        Verdict verdict = classifier.judge("read-quantities", call, answer);
        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        return ((Verdict.Failed) verdict).failure();
    }

    private static Answer answer(int status, String json) {
        return new Answer(status, Map.of(), json, json);
    }
}
