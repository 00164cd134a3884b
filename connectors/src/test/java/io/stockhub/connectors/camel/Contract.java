package io.stockhub.connectors.camel;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.stockhub.connectors.Account;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Manifest.ErrorRule;
import io.stockhub.connectors.QuantityResult;
import io.stockhub.connectors.folder.ConnectorFolder;
import io.stockhub.connectors.folder.ConnectorFolders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contract tests share: one connector of many, against a server that says what a test tells it to. */
abstract class Contract {

    static final String STOCK = "/base/stock";
    Harness harness;

    static Stream<String> connectors() {
        return connectors(manifest -> true);
    }

    static Stream<String> connectorsWithTokens() {
        return connectors(manifest -> manifest.authentication().fetchesTokens());
    }

    static Stream<String> connectorsWithOrders() {
        return connectors(manifest -> manifest.action(Manifest.ORDERS_PAGE).isPresent());
    }

    static Stream<String> connectors(Predicate<Manifest> which) {
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

    static String resource(String name) throws IOException {
        try (InputStream in = ConnectorContractTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Account account(String connector) {
        harness.simpleMappings(connector);
        return harness.account(connector);
    }

    List<QuantityResult> set(Account account, String sku) {
        return harness.connectors.setQuantities(account, List.of(Harness.update(sku, 7)), "key");
    }

    Failure failure(Account account) {
        return catchThrowableOfType(CallFailure.class, () -> set(account, "A")).failure();
    }

    void stock(ResponseDefinitionBuilder answer) {
        harness.server.stubFor(any(urlPathEqualTo(STOCK)).willReturn(answer));
    }

    static ResponseDefinitionBuilder answerFor(String sku) {
        return okJson("{\"done\":[\"" + sku + "\"]}");
    }

    /** Tokens canary-token-1, canary-token-2 and so on, one more with each token call. */
    void tokens(int seconds) {
        for (int i = 1; i <= 9; i++) {
            harness.server.stubFor(post("/token")
                    .inScenario("tokens")
                    .whenScenarioStateIs(i == 1 ? Scenario.STARTED : "after-" + (i - 1))
                    .willSetStateTo("after-" + i)
                    .willReturn(
                            okJson("{\"access_token\":\"" + Harness.TOKEN + i + "\",\"expires_in\":" + seconds + "}")));
        }
    }

    static MappingBuilder withToken(Manifest manifest, int number) {
        return any(urlPathEqualTo(STOCK))
                .withHeader(
                        manifest.authentication().header(),
                        equalTo(manifest.authentication().prefix() + Harness.TOKEN + number));
    }

    /** What this system answers when a token has expired, by its own manifest. */
    static ResponseDefinitionBuilder expired(Manifest manifest) {
        ErrorRule rule = manifest.errors().stream()
                .filter(error -> error.kind() == ErrorRule.Meaning.EXPIRED_TOKEN)
                .findFirst()
                .orElseThrow();
        String text =
                rule.when().bodyContains() == null ? "expired" : rule.when().bodyContains();
        return okJson("{\"message\":\"" + text + "\"}")
                .withStatus(rule.when().status().getFirst());
    }
}
