package io.stockhub.connectors.camel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.stockhub.connectors.Account;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.QuantityResult;
import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.connectors.failure.JsonText;
import io.stockhub.mapping.Broken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.component.http.HttpComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the HTTP client behind Camel must not do, and what must survive it. */
class CallHardeningTest {

    private Harness harness;
    private Account account;

    @BeforeEach
    void start() {
        harness = new Harness().simpleMappings("fakeshop");
        harness.server.stubFor(
                post("/token").willReturn(okJson("{\"access_token\":\"canary-token-1\",\"expires_in\":\"900\"}")));
        account = harness.account("fakeshop");
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void aRedirectIsNotFollowedEvenWhereCamelIsToldToFollowIt() {
        Account account = newAccountOfACamelThatFollowsRedirects();
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            stock(aResponse().withStatus(status).withHeader("Location", harness.server.baseUrl() + "/elsewhere"));

            CallFailure failure = catchThrowableOfType(
                    CallFailure.class, () -> harness.connectors.readQuantities(account, List.of("A")));
            assertThat(failure.failure())
                    .returns(Kind.SETTINGS, Failure::kind)
                    .returns("channel.redirected", Failure::code);
        }
        harness.server.verify(0, anyRequestedFor(urlPathEqualTo("/elsewhere")));
    }

    private Account newAccountOfACamelThatFollowsRedirects() {
        harness.camel.getComponent("http", HttpComponent.class).setFollowRedirects(true);
        return harness.account("fakeshop", "follower", timing -> timing);
    }

    @Test
    void aCookieIsNotSentBack() {
        stock(okJson("{\"items\":[]}").withHeader("Set-Cookie", "session=1; Path=/"));

        read();
        read();

        harness.server.verify(2, anyRequestedFor(urlPathEqualTo("/base/stock")).withHeader("Cookie", absent()));
    }

    @Test
    void theClientDoesNotRepeatACallByItself() {
        stock(aResponse().withStatus(503).withHeader("Retry-After", "0"));

        assertThat(readFailure().kind()).isEqualTo(Kind.TRANSIENT);

        harness.server.verify(1, anyRequestedFor(urlPathEqualTo("/base/stock")));
    }

    @Test
    void anAnswerThatIsTooLargeIsGarbageAndNotRead() {
        stock(okJson("{\"items\":[],\"x\":\"" + "y".repeat(6 * 1024 * 1024) + "\"}"));

        assertThat(readFailure()).returns(Kind.TRANSIENT, Failure::kind).returns("channel.garbage", Failure::code);
    }

    @Test
    void anAnswerIsMeasuredUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(
                    ("{\"items\":[],\"x\":\"" + "y".repeat(20 * 1024 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8));
        }
        stock(aResponse().withBody(packed.toByteArray()).withHeader("Content-Encoding", "gzip"));

        assertThat(readFailure().code()).isEqualTo("channel.garbage");
    }

    @Test
    void anAnswerInAnotherCharsetIsGarbage() {
        stock(aResponse().withBody("{\"items\":[],\"x\":\"Zoë\"}".getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(readFailure().code()).isEqualTo("channel.garbage");
    }

    @Test
    void anAnswerThatIsNestedWithoutEndIsGarbage() {
        stock(okJson("[".repeat(100_000) + "]".repeat(100_000)));

        assertThat(readFailure().code()).isEqualTo("channel.garbage");
    }

    @Test
    void whateverAnSkuIsMadeOfArrivesAsItIs() {
        // Given
        List<String> skus = List.of(
                "A B",
                "A/B",
                "A+B",
                "A%B",
                "A%2FB",
                "A#B",
                "A?B&C=D",
                "Zoë-Ł",
                "{{env:HOME}}",
                "${body}",
                "a;b",
                "'\"");
        harness.server.stubFor(any(urlPathMatching("/base/.*")).willReturn(okJson("{\"items\":[]}")));
        harness.mappings.with("fakeshop/read-quantities-request", in -> {
            String sku = JsonText.tree(in).at("/items/0/sku").asText();
            String path = URLEncoder.encode(sku, StandardCharsets.UTF_8).replace("+", "%20");
            return JsonText.mapper()
                    .createObjectNode()
                    .put("method", "GET")
                    .put("path", "/i/" + path)
                    .set("query", JsonText.mapper().createObjectNode().put("sku", sku))
                    .toString();
        });

        for (String sku : skus) {
            // When
            harness.server.resetRequests();
            harness.connectors.readQuantities(account, List.of(sku));

            // Then
            var request = harness.server
                    .findAll(anyRequestedFor(urlPathMatching("/base/.*")))
                    .getFirst();
            String path = request.getUrl().substring(0, request.getUrl().indexOf('?'));
            assertThat(path.substring("/base/i/".length())).doesNotContain("/", "#", " ");
            String segment = path.substring("/base/i/".length()).replace("+", "%2B");
            assertThat(URLDecoder.decode(segment, StandardCharsets.UTF_8)).isEqualTo(sku);
            assertThat(request.queryParameter("sku").firstValue()).isEqualTo(sku);
        }
    }

    @Test
    void aRawQueryAndAFormAreSentAsTheyAre() {
        harness.server.stubFor(any(anyUrl()).atPriority(9).willReturn(okJson("{\"items\":[]}")));
        harness.mappings.with(
                "fakeshop/read-quantities-request",
                in -> "{\"method\":\"POST\",\"path\":\"/stock\","
                        + "\"rawQuery\":\"?cursor=a%3D%2Bb&x=1\",\"form\":{\"q\":\"a b&c\",\"n\":2}}");

        read();

        var request = harness.server
                .findAll(anyRequestedFor(urlPathEqualTo("/base/stock")))
                .getFirst();
        assertThat(request.getUrl()).isEqualTo("/base/stock?cursor=a%3D%2Bb&x=1");
        assertThat(request.getBodyAsString()).isEqualTo("q=a%20b%26c&n=2");
        assertThat(request.getHeader("Content-Type")).startsWith("application/x-www-form-urlencoded");
    }

    @Test
    void aHeaderOfTheAnswerCannotSteerCamel() {
        stock(okJson("{\"items\":[]}")
                .withHeader("CamelHttpUri", "http://evil.example")
                .withHeader("cAmElFileName", "x"));

        assertThat(read()).isEmpty();
        assertThat(read()).isEmpty();
    }

    @Test
    void everyItemGetsOneResultInTheOrderSent() {
        stock(okJson("{\"done\":[\"C\",\"A\",\"GHOST\",\"A\"]}"));

        List<QuantityResult> results = harness.connectors.setQuantities(
                account, List.of(Harness.update("A", 1), Harness.update("B", 2), Harness.update("C", 3)), "key");

        assertThat(results).extracting(QuantityResult::sku).containsExactly("A", "B", "C");
        assertThat(results)
                .extracting(QuantityResult::outcome)
                .containsExactly(Outcome.RETRY, Outcome.RETRY, Outcome.CONFIRMED);
        assertThat(results.get(0).message()).contains("2 times");
    }

    @Test
    void oneSkuTwiceInACallIsRefused() {
        assertThatThrownBy(() -> harness.connectors.setQuantities(
                        account, List.of(Harness.update("A", 1), Harness.update("A", 2)), "key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"A\" twice");
    }

    @Test
    void itemsThatAreThrottledHoldBackTheNextCall() {
        stock(okJson("{}"));
        harness.mappings.with(
                "fakeshop/set-quantities-answer",
                in -> "{\"results\":[{\"sku\":\"A\"," + "\"outcome\":\"throttled\",\"retryAfterSeconds\":30.5}]}");

        List<QuantityResult> results =
                harness.connectors.setQuantities(account, List.of(Harness.update("A", 1)), "key");
        CallFailure next = catchThrowableOfType(
                CallFailure.class,
                () -> harness.connectors.setQuantities(account, List.of(Harness.update("A", 1)), "key"));

        assertThat(results).singleElement().returns(Duration.ofMillis(30_500), QuantityResult::retryAfter);
        assertThat(next.failure().kind()).isEqualTo(Kind.THROTTLED);
        harness.server.verify(1, anyRequestedFor(urlPathEqualTo("/base/stock")));
    }

    @Test
    void aPageThatLeadsToItselfIsTheLastOne() {
        harness.server.stubFor(
                any(urlPathEqualTo("/base/orders")).willReturn(okJson("{\"orders\":[],\"next\":\"c1\"}")));
        var now = Instant.EPOCH;

        assertThat(harness.connectors.ordersPage(account, now, now, null, 10).next())
                .isEqualTo("c1");
        assertThat(harness.connectors.ordersPage(account, now, now, "c1", 10).next())
                .isNull();
    }

    @Test
    void aSlowAccountDoesNotHoldUpAnother() throws Exception {
        // Given one account whose every connection hangs
        Account other = harness.account("fakeshop", "other", timing -> timing.withTimeout(Duration.ofSeconds(20)));
        CountDownLatch started = new CountDownLatch(40);
        harness.server.stubFor(
                any(urlPathEqualTo("/base/hang")).willReturn(okJson("{}").withFixedDelay(5_000)));
        harness.mappings.with("fakeshop/orders-page-request", in -> {
            started.countDown();
            return "{\"method\":\"GET\",\"path\":\"/hang\"}";
        });
        stock(okJson("{\"items\":[]}"));
        List<Thread> hanging = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            hanging.add(Thread.ofVirtual()
                    .start(() -> harness.connectors.ordersPage(other, Instant.EPOCH, Instant.EPOCH, null, 1)));
        }
        started.await();

        // When, then: the first account has a pool of its own
        assertThat(read()).isEmpty();
        assertThat(hanging).allMatch(Thread::isAlive);
        hanging.forEach(Thread::interrupt);
    }

    @Test
    void aFailureInAMappingSaysWhichAndIsPoison() {
        harness.mappings.with("fakeshop/read-quantities-request", in -> {
            throw Broken.at("fakeshop/read-quantities-request", "line 4, column 12", "no function nofn");
        });
        assertThat(readFailure())
                .returns(Kind.POISON, Failure::kind)
                .returns("mapping.failed", Failure::code)
                .returns(Failure.Stage.ENCODE, Failure::stage)
                .satisfies(failure -> assertThat(failure.message()).contains("line 4, column 12"));

        stock(okJson("{\"items\":[]}"));
        harness.simpleMappings("fakeshop").mappings.with("fakeshop/read-quantities-answer", in -> {
            throw Broken.at("fakeshop/read-quantities-answer", "/items/0/quantity", "\"x\" (expected: integer)");
        });
        assertThat(readFailure())
                .returns("validate.schema", Failure::code)
                .returns(Failure.Stage.VALIDATE, Failure::stage);
    }

    @Test
    void noRouteHasAnErrorHandlerOfItsOwn() {
        assertThat(harness.camel.getRoutes()).isNotEmpty().allSatisfy(route -> assertThat(
                        route.getErrorHandlerFactory().getClass().getSimpleName())
                .as(route.getId())
                .startsWith("NoErrorHandler"));
    }

    private List<?> read() {
        return harness.connectors.readQuantities(account, List.of("A"));
    }

    private Failure readFailure() {
        return catchThrowableOfType(CallFailure.class, this::read).failure();
    }

    private void stock(ResponseDefinitionBuilder answer) {
        harness.server.stubFor(any(urlPathEqualTo("/base/stock")).willReturn(answer));
    }
}
