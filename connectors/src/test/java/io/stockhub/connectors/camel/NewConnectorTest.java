package io.stockhub.connectors.camel;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stockhub.connectors.Account;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.QuantityResult;
import io.stockhub.connectors.QuantityResult.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A folder of YAML is a connector: this one exists only among the test's files. */
class NewConnectorTest {

    private Harness harness;

    @BeforeEach
    void start() {
        harness = new Harness().simpleMappings("fakeshop");
        harness.server.stubFor(
                post("/token").willReturn(okJson("{\"access_token\":\"canary-token-1\",\"expires_in\":900}")));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void aFolderWithoutAnyJavaSetsAQuantity() {
        // Given
        Account account = harness.account("fakeshop");
        harness.server.stubFor(put(urlPathEqualTo("/base/stock")).willReturn(okJson("{\"done\":[\"A 1\"]}")));

        // When
        var results = harness.connectors.setQuantities(account, List.of(Harness.update("A 1", 7)), "key-1");

        // Then
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.sku()).isEqualTo("A 1");
            assertThat(result.outcome()).isEqualTo(Outcome.CONFIRMED);
        });
        harness.server.verify(putRequestedFor(urlEqualTo("/base/stock?key=key-1"))
                .withHeader("Authorization", equalTo("Bearer canary-token-1"))
                .withHeader("Content-Type", containing("application/json"))
                .withHeader("Accept", equalTo("application/json"))
                .withHeader("X-Extra", equalTo("1"))
                .withHeader("X-Correlation", matching("[0-9a-f-]{36}"))
                .withRequestBody(equalToJson(
                        "{\"items\":[{\"sku\":\"A 1\",\"channelItem\":null,\"quantity\":7,\"expected\":null}]}")));
        harness.server.verify(postRequestedFor(urlEqualTo("/token"))
                .withHeader("Authorization", matching("Basic .+"))
                .withRequestBody(equalTo("grant_type=client_credentials")));
    }

    @Test
    void accountsMayBeAddedBeforeCamelStarts() {
        harness.camel.stop();
        try (Harness early = new Harness(false).simpleMappings("fakeshop")) {
            early.server.stubFor(post("/token").willReturn(okJson("{\"access_token\":\"canary-token-1\"}")));
            early.server.stubFor(put(urlPathEqualTo("/base/stock")).willReturn(okJson("{\"done\":[\"A\"]}")));
            Account account = early.account("fakeshop");
            CallFailure tooEarly = catchThrowableOfType(
                    CallFailure.class,
                    () -> early.connectors.setQuantities(account, List.of(Harness.update("A", 7)), "key"));

            early.camel.start();

            assertThat(tooEarly.failure())
                    .returns(Failure.Kind.TRANSIENT, Failure::kind)
                    .returns("hub.stopping", Failure::code);
            assertThat(early.connectors.setQuantities(account, List.of(Harness.update("A", 7)), "key"))
                    .singleElement()
                    .returns(Outcome.CONFIRMED, QuantityResult::outcome);
        }
    }

    @Test
    void aMessageThatIsSentWhileTheHubStopsIsNotGivenUp() {
        Account account = harness.account("fakeshop");
        harness.camel.stop();

        CallFailure failure = catchThrowableOfType(
                CallFailure.class,
                () -> harness.connectors.setQuantities(account, List.of(Harness.update("A", 7)), "key"));

        assertThat(failure.failure()).returns(Failure.Kind.TRANSIENT, Failure::kind);
    }

    @Test
    void anAccountWhoseMappingsAreMissingIsRefused() {
        try (Harness bare = new Harness()) {
            assertThatThrownBy(() -> bare.account("fakeshop"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs mapping fakeshop/order, which is not there")
                    .hasMessageContaining("needs mapping fakeshop/set-quantities-request");
        }
    }
}
