package io.stockhub.connectors.outbound;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.stockhub.connectors.outbound.GuardedHttp.Answer;
import io.stockhub.connectors.outbound.GuardedHttp.RefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server on this machine, which an operator has named or has not. */
class GuardedHttpTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final AddressRules THIS_MACHINE = AddressRules.allowing(List.of("127.0.0.0/8"));

    private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(204)));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Answer call(GuardedHttp http, String url) throws IOException {
        try (http) {
            return http.post(URI.create(url), Map.of("x-one", "1"), new byte[] {'{', '}'});
        }
    }

    private String url(String host) {
        return "http://" + host + ":" + server.port() + "/in";
    }

    private void assertRefused(GuardedHttp http, String url) {
        assertThatThrownBy(() -> call(http, url)).isInstanceOf(RefusedException.class);
        assertThat(server.getAllServeEvents()).isEmpty();
    }

    @Test
    void whatAnOperatorNamedIsCalled() throws IOException {
        Answer answer = call(new GuardedHttp(THIS_MACHINE, LONG), url("127.0.0.1"));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(server.getAllServeEvents().getFirst().getRequest().getHeader("x-one"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:7f00:1]"})
    void noSpellingOfThisMachineIsCalledUnnamed(String host) {
        GuardedHttp http = new GuardedHttp(AddressRules.allowing(List.of()), LONG);
        assertThatThrownBy(() -> call(http, url(host))).isInstanceOf(IOException.class);
        assertThat(server.getAllServeEvents()).isEmpty();
    }

    @Test
    void aNameIsLookedUpOnceAndWhatWasCheckedIsWhatIsCalled() throws IOException {
        List<String> asked = new ArrayList<>();
        GuardedHttp.Resolver flipping = host -> {
            asked.add(host);
            return new InetAddress[] {InetAddress.getByName(asked.size() == 1 ? "127.0.0.1" : "127.0.0.2")};
        };
        Answer answer = call(new GuardedHttp(THIS_MACHINE, flipping, LONG), url("hooks.example"));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(asked).containsExactly("hooks.example");
        assertThat(server.getAllServeEvents().getFirst().getRequest().getHost()).isEqualTo("hooks.example");
    }

    @Test
    void oneForbiddenAddressAmongSeveralForbidsTheName() {
        GuardedHttp.Resolver both = host -> new InetAddress[] {
            InetAddress.getByName("127.0.0.1"), InetAddress.getByName("169.254.169.254"),
        };
        assertRefused(new GuardedHttp(THIS_MACHINE, both, LONG), url("hooks.example"));
    }

    @Test
    void plainHttpGoesOnlyToWhatAnOperatorNamed() {
        GuardedHttp.Resolver anywhere = host -> new InetAddress[] {InetAddress.getByName("8.8.8.8")};
        assertRefused(new GuardedHttp(THIS_MACHINE, anywhere, LONG), url("hooks.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/x", "file:///etc/passwd", "https://user:pass@127.0.0.1/", "mailto:a@b"})
    void otherKindsOfUrlsAreRefused(String url) {
        assertRefused(new GuardedHttp(THIS_MACHINE, LONG), url);
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        server.stubFor(post("/in")
                .willReturn(aResponse().withStatus(307).withHeader("Location", url("127.0.0.1") + "/elsewhere")));
        Answer answer = call(new GuardedHttp(THIS_MACHINE, LONG), url("127.0.0.1"));
        assertThat(answer.status()).isEqualTo(307);
        assertThat(server.getAllServeEvents()).hasSize(1);
    }

    @Test
    void ofALongAnswerOnlyTheBeginningIsRead() throws IOException {
        server.stubFor(post("/in").willReturn(aResponse().withStatus(200).withBody("x".repeat(100_000))));
        assertThat(call(new GuardedHttp(THIS_MACHINE, LONG), url("127.0.0.1")).body())
                .hasSize(500);
    }

    @Test
    void anAnswerThatDripsIsBrokenOff() {
        server.stubFor(post("/in")
                .willReturn(
                        aResponse().withStatus(200).withBody("x".repeat(400)).withChunkedDribbleDelay(400, 60_000)));
        assertThatThrownBy(() -> call(new GuardedHttp(THIS_MACHINE, Duration.ofSeconds(1)), url("127.0.0.1")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aNameThatNobodyKnowsIsSaidSo() {
        GuardedHttp.Resolver nobody = host -> {
            throw new UnknownHostException(host);
        };
        assertThatThrownBy(() -> call(new GuardedHttp(THIS_MACHINE, nobody, LONG), url("hooks.example")))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("nobody knows");
    }
}
