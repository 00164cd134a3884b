package io.stockhub.connectors.camel;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.stockhub.connectors.Account;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.QuantityResult;
import io.stockhub.connectors.QuantityResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens, for every connector that fetches any. */
class TokenContractTest extends Contract {

    @ParameterizedTest
    @MethodSource("connectorsWithTokens")
    void aTokenThatExpiredIsRenewedOnceHoweverManyCallsFindOut(String connector) throws Exception {
        // Given: the first token is good for the first call only
        Account account = account(connector);
        Manifest manifest = harness.connectors.manifest(connector);
        stock(answerFor("A"));
        set(account, "A");
        ResponseDefinitionBuilder expired = expired(manifest);
        harness.server.stubFor(withToken(manifest, 1).willReturn(expired));
        harness.server.stubFor(withToken(manifest, 2).willReturn(answerFor("A")));
        harness.server.resetRequests();

        // When
        List<QuantityResult> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<QuantityResult>>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                calls.add(pool.submit(() -> set(account, "A")));
            }
            for (Future<List<QuantityResult>> call : calls) {
                results.addAll(call.get());
            }
        }

        // Then
        assertThat(results).hasSize(20).allMatch(result -> result.outcome() == Outcome.CONFIRMED);
        harness.server.verify(1, postRequestedFor(urlEqualTo("/token")));
    }

    @ParameterizedTest
    @MethodSource("connectorsWithTokens")
    void aSecondRefusalStopsTheAccountAndAsksForItsSettings(String connector) {
        Account account = account(connector);
        stock(expired(harness.connectors.manifest(connector)));

        Failure failure = failure(account);

        assertThat(failure).returns(Kind.SETTINGS, Failure::kind).returns("channel.unauthorized", Failure::code);
        harness.server.verify(2, anyRequestedFor(urlPathEqualTo(STOCK)));
        harness.server.verify(2, postRequestedFor(urlEqualTo("/token")));
    }

    @ParameterizedTest
    @MethodSource("connectorsWithTokens")
    void aTokenThatIsRefusedIsAMatterOfSettingsAndOneThatIsNotAnsweredIsNot(String connector) {
        Account account = account(connector);
        int[] statuses = {400, 401, 403, 404, 500, 429};
        Kind[] kinds = {Kind.SETTINGS, Kind.SETTINGS, Kind.SETTINGS, Kind.SETTINGS, Kind.TRANSIENT, Kind.THROTTLED};
        for (int i = 0; i < statuses.length; i++) {
            harness.server.stubFor(post("/token")
                    .willReturn(okJson("{\"error\":\"invalid_grant\"}").withStatus(statuses[i])));
            assertThat(failure(account).kind()).as("status " + statuses[i]).isEqualTo(kinds[i]);
        }
        harness.server.verify(0, anyRequestedFor(urlPathEqualTo(STOCK)));
    }

    @ParameterizedTest
    @MethodSource("connectorsWithTokens")
    void aTokenCallThatIsAnsweredWithGarbageIsTriedAgainLater(String connector) {
        Account account = account(connector);
        for (String garbage : List.of("<html>", "{}", "{\"access_token\":\"a\\r\\nb\"}", "{\"access_token\":7.")) {
            harness.server.stubFor(post("/token").willReturn(okJson(garbage)));
            assertThat(failure(account))
                    .returns(Kind.TRANSIENT, Failure::kind)
                    .returns("channel.garbage", Failure::code);
            Awaitility.await().until(() -> harness.connectors
                    .state(account.id())
                    .breakerOpenFor()
                    .isZero());
        }
    }
}
