package io.stockhub.connectors.camel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.stockhub.connectors.Account;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Manifest.ErrorRule;
import io.stockhub.connectors.QuantityResult;
import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.connectors.folder.ConnectorFolder;
import io.stockhub.connectors.folder.ConnectorFolders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same situations for every connector folder: a new folder is proven without a new test. */
class ConnectorContractTest {

    private static final String STOCK = "/base/stock";
    private Harness harness;

    static Stream<String> connectors() {
        return connectors(manifest -> true);
    }

    static Stream<String> connectorsWithTokens() {
        return connectors(manifest -> manifest.authentication().fetchesTokens());
    }

    static Stream<String> connectorsWithOrders() {
        return connectors(manifest -> manifest.action(Manifest.ORDERS_PAGE).isPresent());
    }

    private static Stream<String> connectors(Predicate<Manifest> which) {
        return ConnectorFolders.load(List.of("classpath:connectors")).all().stream()
                .map(ConnectorFolder::manifest)
                .filter(which)
                .map(Manifest::id);
    }

    @BeforeEach
    void start() {
        harness = new Harness();
        tokens(900);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void everyKameletLoadsAndIsOfTheCanonicalForm(String connector) {
        ConnectorFolder folder = harness.folders.get(connector);

        assertThat(folder.kamelets()).isNotEmpty().allSatisfy(file -> {
            assertThat(CanonicalForm.problems(file.text())).as(file.location()).isEmpty();
            assertThat(harness.camel.getRouteTemplateDefinition(file.name().replace(".kamelet.yaml", "")))
                    .isNotNull();
        });
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void theReadmeNamesEverySettingAndTheQuirksSayWhyTheyMatter(String connector) throws IOException {
        String readme = resource("/connectors/" + connector + "/README.md");
        String quirks = resource("/connectors/" + connector + "/QUIRKS.md");

        assertThat(harness.connectors.manifest(connector).settings()).allSatisfy(setting -> assertThat(readme)
                .contains("| `" + setting.name() + "` | " + (setting.secret() ? "secrets" : "settings")));
        assertThat(quirks.split("\\n\\d+\\. ")).hasSizeGreaterThan(1).filteredOn(part -> !part.startsWith("#"))
                .allMatch(part -> part.contains("*Why this matters:*"));
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void everySecretIsMarked(String connector) {
        assertThat(harness.connectors.manifest(connector).settings())
                .filteredOn(setting -> setting.name().toLowerCase().matches(".*(secret|token|password|key).*"))
                .isNotEmpty()
                .allMatch(Manifest.Setting::secret);
    }

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
            harness.server.stubFor(post("/token").willReturn(
                    okJson("{\"error\":\"invalid_grant\"}").withStatus(statuses[i])));
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
            assertThat(failure(account)).returns(Kind.TRANSIENT, Failure::kind)
                    .returns("channel.garbage", Failure::code);
            Awaitility.await().until(() -> harness.connectors.state(account.id()).breakerOpenFor().isZero());
        }
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
            assertThat(failure(account)).returns(Kind.UNKNOWN_OUTCOME, Failure::kind)
                    .returns("channel.garbage", Failure::code);
            CallFailure read = catchThrowableOfType(
                    CallFailure.class, () -> harness.connectors.readQuantities(account, List.of("A")));
            assertThat(read.failure()).returns(Kind.TRANSIENT, Failure::kind);
            Awaitility.await().until(() -> harness.connectors.state(account.id()).breakerOpenFor().isZero());
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
        for (String path : List.of("/../x", "/a/%2e%2E/b", "//evil.example/x", "http://evil.example/", "/a\\u000d\\u000aX: 1")) {
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
        String raw = "{\"z\":1,\"id\":9007199254740993123,\"price\":19.90,\"tiny\":0.10000000000000000555,\"a\":\"Zoë\"}";
        harness.server.stubFor(any(urlPathEqualTo("/base/orders")).willReturn(okJson("{\"orders\":[{\"id\":\"o-1\","
                + "\"updatedAt\":\"2026-09-04T10:00:00+02:00\",\"raw\":" + raw + "}],\"next\":\"2\"}")));

        var page = harness.connectors.ordersPage(
                account, Instant.EPOCH, Instant.EPOCH.plusSeconds(60), null, 10_000);

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
        var tooMany = Stream.iterate(0, i -> i + 1).limit(limits.batchSize() + 1L)
                .map(i -> Harness.update("S" + i, 1)).toList();
        assertThatThrownBy(() -> harness.connectors.setQuantities(account, tooMany, "k"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("items: " + tooMany.size() + " (expected: <= " + limits.batchSize());

        stock(okJson("{\"items\":[{\"sku\":\"X\",\"channelItem\":null,\"quantity\":-1}]}"));
        var skus = Stream.iterate(0, i -> i + 1).limit(limits.readBatchSize() + 1L).map(i -> "S" + i).toList();
        assertThat(harness.connectors.readQuantities(account, skus)).hasSize(2);
        harness.server.verify(2, anyRequestedFor(urlPathEqualTo(STOCK)));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ConnectorContractTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Account account(String connector) {
        harness.simpleMappings(connector);
        return harness.account(connector);
    }

    private List<QuantityResult> set(Account account, String sku) {
        return harness.connectors.setQuantities(account, List.of(Harness.update(sku, 7)), "key");
    }

    private Failure failure(Account account) {
        return catchThrowableOfType(CallFailure.class, () -> set(account, "A")).failure();
    }

    private void stock(ResponseDefinitionBuilder answer) {
        harness.server.stubFor(any(urlPathEqualTo(STOCK)).willReturn(answer));
    }

    private static ResponseDefinitionBuilder answerFor(String sku) {
        return okJson("{\"done\":[\"" + sku + "\"]}");
    }

    /** Tokens canary-token-1, canary-token-2 and so on, one more with each token call. */
    private void tokens(int seconds) {
        for (int i = 1; i <= 9; i++) {
            harness.server.stubFor(post("/token")
                    .inScenario("tokens")
                    .whenScenarioStateIs(i == 1 ? Scenario.STARTED : "after-" + (i - 1))
                    .willSetStateTo("after-" + i)
                    .willReturn(okJson(
                            "{\"access_token\":\"" + Harness.TOKEN + i + "\",\"expires_in\":" + seconds + "}")));
        }
    }

    private static MappingBuilder withToken(Manifest manifest, int number) {
        return any(urlPathEqualTo(STOCK))
                .withHeader(
                        manifest.authentication().header(),
                        equalTo(manifest.authentication().prefix() + Harness.TOKEN + number));
    }

    /** What this system answers when a token has expired, by its own manifest. */
    private static ResponseDefinitionBuilder expired(Manifest manifest) {
        ErrorRule rule = manifest.errors().stream()
                .filter(error -> error.kind() == ErrorRule.Meaning.EXPIRED_TOKEN)
                .findFirst()
                .orElseThrow();
        String text = rule.when().bodyContains() == null ? "expired" : rule.when().bodyContains();
        return okJson("{\"message\":\"" + text + "\"}").withStatus(rule.when().status().getFirst());
    }
}
