package io.stockhub.connectors.camel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.stockhub.connectors.Account;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.QuantityResult;
import io.stockhub.connectors.QuantityResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same situations for every connector folder: a new folder is proven without a new test. */
class ConnectorContractTest extends Contract {

    @ParameterizedTest
    @MethodSource("connectors")
    void whatTheChannelTakesIsConfirmed(String connector) {
        stock(answerFor("A"));

        assertThat(set(account(connector), "A")).singleElement().returns(Outcome.CONFIRMED, QuantityResult::outcome);
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void anItemThatTheAnswerDoesNotMentionIsNotConfirmed(String connector) {
        stock(answerFor("SOMETHING-ELSE"));

        assertThat(set(account(connector), "A")).singleElement().satisfies(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.RETRY);
            assertThat(result.code()).isEqualTo("channel.no_answer_for_item");
        });
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void a429IsThrottledForAsLongAsTheSystemSaysAndNothingIsSentMeanwhile(String connector) {
        Account account = account(connector);
        stock(okJson("{}").withStatus(429).withHeader("Retry-After", "60"));

        Failure first = failure(account);
        Failure second = failure(account);

        assertThat(first).returns(Kind.THROTTLED, Failure::kind).returns(Duration.ofSeconds(60), Failure::retryAfter);
        assertThat(second.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(second.retryAfter()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        harness.server.verify(1, anyRequestedFor(urlPathEqualTo(STOCK)));
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void a500AndAResetAreTransientAndSentOnce(String connector) {
        Account account = account(connector);
        List<ResponseDefinitionBuilder> answers = List.of(
                aResponse().withStatus(500),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withFault(Fault.EMPTY_RESPONSE));
        List<String> codes = List.of("channel.http_5xx", "channel.unreachable", "channel.unreachable");
        for (int i = 0; i < answers.size(); i++) {
            harness.server.resetRequests();
            stock(answers.get(i));
            assertThat(failure(account)).returns(Kind.TRANSIENT, Failure::kind).returns(codes.get(i), Failure::code);
            harness.server.verify(1, anyRequestedFor(urlPathEqualTo(STOCK)));
        }
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void anAnswerThatDoesNotComeInTimeIsTransientAndSentOnce(String connector) {
        harness.simpleMappings(connector);
        Account account = harness.account(connector, "hasty", timing -> timing.withTimeout(Duration.ofMillis(1_500)));
        stock(answerFor("A").withFixedDelay(4_000));

        assertThat(failure(account)).returns(Kind.TRANSIENT, Failure::kind).returns("channel.timeout", Failure::code);
        harness.server.verify(1, anyRequestedFor(urlPathEqualTo(STOCK)));
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void garbageIsTransientForAReadAndUnknownForAWrite(String connector) {
        Account account = account(connector);
        for (String garbage : List.of("<html>sorry</html>", "{\"done\":[\"A\"", "{\"done\":[\"A\"]} trailing")) {
            stock(okJson(garbage));
            assertThat(failure(account))
                    .returns(Kind.UNKNOWN_OUTCOME, Failure::kind)
                    .returns("channel.garbage", Failure::code);
            CallFailure read = catchThrowableOfType(
                    CallFailure.class, () -> harness.connectors.readQuantities(account, List.of("A")));
            assertThat(read.failure()).returns(Kind.TRANSIENT, Failure::kind);
            Awaitility.await().until(() -> harness.connectors
                    .state(account.id())
                    .breakerOpenFor()
                    .isZero());
        }
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void a404OfAWriteIsNotTriedAgain(String connector) {
        Account account = account(connector);
        stock(okJson("{}").withStatus(404));

        assertThat(failure(account).kind()).isIn(Kind.PERMANENT, Kind.SETTINGS);
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void anAccountThatIsDownIsNotCalledAndNobodyIsToldOtherwise(String connector) {
        // Given
        Account account = account(connector);
        stock(aResponse().withStatus(503));
        for (int i = 0; i < 5; i++) {
            assertThat(failure(account).code()).isEqualTo("channel.http_5xx");
        }
        harness.server.resetRequests();

        // When
        Failure failure = failure(account);

        // Then
        assertThat(failure).returns(Kind.TRANSIENT, Failure::kind).returns("channel.breaker_open", Failure::code);
        assertThat(failure.retryAfter()).isPositive();
        harness.server.verify(0, anyRequestedFor(anyUrl()));

        // And when it is back
        stock(answerFor("A"));
        Awaitility.await().ignoreException(CallFailure.class).untilAsserted(() -> assertThat(set(account, "A"))
                .singleElement()
                .returns(Outcome.CONFIRMED, QuantityResult::outcome));
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void aMappingCannotLeaveTheAccountsAddress(String connector) {
        Account account = account(connector);
        for (String path :
                List.of("/../x", "/a/%2e%2E/b", "//evil.example/x", "http://evil.example/", "/a\\u000d\\u000aX: 1")) {
            harness.mappings.with(
                    connector + "/set-quantities-request", in -> "{\"method\":\"PUT\",\"path\":\"" + path + "\"}");
            assertThat(failure(account)).as(path).returns(Kind.POISON, Failure::kind);
        }
        harness.server.verify(0, anyRequestedFor(urlPathEqualTo(STOCK)));
        assertThat(harness.connectors.state(account.id()).breaker()).isEqualTo("closed");
    }

    @ParameterizedTest
    @MethodSource("connectorsWithOrders")
    void aPageOfOrdersKeepsEachOrderAsItIs(String connector) {
        Account account = account(connector);
        String raw =
                "{\"z\":1,\"id\":9007199254740993123,\"price\":19.90,\"tiny\":0.10000000000000000555,\"a\":\"Zoë\"}";
        harness.server.stubFor(any(urlPathEqualTo("/base/orders"))
                .willReturn(okJson("{\"orders\":[{\"id\":\"o-1\","
                        + "\"updatedAt\":\"2026-09-04T10:00:00+02:00\",\"raw\":" + raw + "}],\"next\":\"2\"}")));

        var page = harness.connectors.ordersPage(account, Instant.EPOCH, Instant.EPOCH.plusSeconds(60), null, 10_000);

        assertThat(page.next()).isEqualTo("2");
        assertThat(page.orders()).singleElement().satisfies(order -> {
            assertThat(order.json()).isEqualTo(raw);
            assertThat(order.updatedAt()).isEqualTo("2026-09-04T08:00:00Z");
        });
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void moreItemsThanABatchHoldsAreRefusedForWritesAndSplitForReads(String connector) {
        Account account = account(connector);
        Manifest.Limits limits = harness.connectors.manifest(connector).limits();
        var tooMany = Stream.iterate(0, i -> i + 1)
                .limit(limits.batchSize() + 1L)
                .map(i -> Harness.update("S" + i, 1))
                .toList();
        assertThatThrownBy(() -> harness.connectors.setQuantities(account, tooMany, "k"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("items: " + tooMany.size() + " (expected: <= " + limits.batchSize());

        stock(okJson("{\"items\":[{\"sku\":\"X\",\"channelItem\":null,\"quantity\":-1}]}"));
        var skus = Stream.iterate(0, i -> i + 1)
                .limit(limits.readBatchSize() + 1L)
                .map(i -> "S" + i)
                .toList();
        assertThat(harness.connectors.readQuantities(account, skus)).hasSize(2);
        harness.server.verify(2, anyRequestedFor(urlPathEqualTo(STOCK)));
    }
}
