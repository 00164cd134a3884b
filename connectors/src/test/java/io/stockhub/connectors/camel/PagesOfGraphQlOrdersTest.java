package io.stockhub.connectors.camel;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.stockhub.connectors.Account;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.OrdersPage;
import io.stockhub.connectors.RawOrder;
import io.stockhub.connectors.Secret;
import io.stockhub.connectors.Timing;
import io.stockhub.connectors.failure.JsonText;
import io.stockhub.connectors.folder.ConnectorFolders;
import io.stockhub.fixtures.sandbox.SandboxSettings;
import io.stockhub.fixtures.sandbox.Sandboxes;
import io.stockhub.mapping.Mappings;
import io.stockhub.mapping.canonical.Order;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading orders of a system that pushes them as well: the real connector and mappings, against its sandbox. */
class PagesOfGraphQlOrdersTest {

    private static final Duration SPAN = Duration.ofMinutes(5);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Mappings mappings = Mappings.load(List.of("classpath:mappings"));
    private final CamelConnectors connectors = new CamelConnectors(
            camel, mappings, ConnectorFolders.load(List.of("classpath:connectors")), Clock.systemUTC());
    private final HttpClient http = HttpClient.newHttpClient();
    private Sandboxes sandboxes;

    @BeforeEach
    void start() throws Exception {
        sandboxes = Sandboxes.start(SandboxSettings.defaults());
        camel.start();
        control("PUT", "listings", "{\"listings\":[{\"sku\":\"TEE-M\",\"quantity\":5000}]}");
    }

    @AfterEach
    void stop() {
        camel.stop();
        sandboxes.close();
    }

    private String control(String method, String control, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandboxes.baseUrl() + "/sandbox/shopify/" + control))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isLessThan(300);
        return answer.body();
    }

    /** Sells so many lines of one piece each; the answer is the order's id. */
    private String buy(int lines) throws Exception {
        String all = IntStream.range(0, lines)
                .mapToObj(i -> "{\"sku\":\"TEE-M\",\"quantity\":1}")
                .collect(Collectors.joining(","));
        return JsonText.tree(control("POST", "orders", "{\"lines\":[" + all + "]}"))
                .path("orderRef")
                .asText();
    }

    private Account account(String baseUrl) {
        Account account = new Account(
                "shop",
                "shopify",
                URI.create(baseUrl),
                null,
                Map.of("apiVersion", "2026-07", "locationId", "gid://shopify/Location/70001"),
                Map.of("accessToken", Secret.of("demo-shopify-token"), "webhookSecret", Secret.of("hush")),
                Timing.defaults(connectors.manifest("shopify")).withWaitMax(Duration.ofSeconds(2)));
        connectors.addAccount(account);
        return account;
    }

    private OrdersPage page(Account account, @Nullable String cursor, int limit) {
        Instant now = Instant.now();
        return connectors.ordersPage(account, now.minus(SPAN), now, cursor, limit);
    }

    private List<RawOrder> all(Account account, int limit) {
        List<RawOrder> orders = new ArrayList<>();
        String cursor = null;
        do {
            OrdersPage page = page(account, cursor, limit);
            orders.addAll(page.orders());
            cursor = page.next();
        } while (cursor != null);
        return orders;
    }

    private Order order(RawOrder raw) {
        return Order.parse(mappings.apply("shopify/order", raw.json()));
    }

    @Test
    void everyOrderIsReadOnceWithAllItsLinesHoweverManyTheyAre() throws Exception {
        List<String> sold = List.of(buy(11), buy(1), buy(2), buy(40), buy(250), buy(10));

        List<RawOrder> read = all(account(sandboxes.baseUrl() + "/shopify"), 3);

        assertThat(read).extracting(RawOrder::id).isEqualTo(sold);
        assertThat(read).extracting(raw -> order(raw).lines().size()).containsExactly(11, 1, 2, 40, 250, 10);
    }

    @Test
    void anOrderWithMoreLinesThanCanBeReadIsRefusedByItselfAndTheOthersAreRead() throws Exception {
        List<String> sold = List.of(buy(1), buy(251), buy(1));

        List<RawOrder> read = all(account(sandboxes.baseUrl() + "/shopify"), 25);

        assertThat(read).extracting(RawOrder::id).isEqualTo(sold);
        assertThat(catchThrowableOfType(RuntimeException.class, () -> order(read.get(1))))
                .hasMessageContaining("line_items: more than 250 lines");
        assertThat(order(read.get(2)).lines()).hasSize(1);
    }

    @Test
    void anOrderThatIsReadIsTheOneThatWasPushed() throws Exception {
        String id = buy(2);

        RawOrder raw = all(account(sandboxes.baseUrl() + "/shopify"), 25).getFirst();

        JsonNode json = JsonText.tree(raw.json());
        assertThat(json.path("id").isIntegralNumber()).isTrue();
        assertThat(json.path("id").asText()).as("the lane of its webhooks").isEqualTo(id);
        assertThat(order(raw).orderRef()).isEqualTo(id);
        assertThat(order(raw).updatedAt()).isEqualTo(raw.updatedAt());
        assertThat(order(raw).shipTo().region()).isEqualTo("NJ");
    }

    @Test
    void whatIsReadTwiceIsTheSameToTheByte() throws Exception {
        buy(1);
        Account account = account(sandboxes.baseUrl() + "/shopify");
        List<RawOrder> once = all(account, 25);
        buy(1);

        assertThat(all(account, 25).getFirst()).isEqualTo(once.getFirst());
    }

    @Test
    void aReadingThatIsThrottledInsideASuccessIsHeldBack() throws Exception {
        control("POST", "faults", "{\"kind\":\"status\",\"status\":429,\"on\":\"orders\"}");
        Account account = account(sandboxes.baseUrl() + "/shopify");

        Failure failure = failure(account);

        assertThat(failure).returns(Kind.THROTTLED, Failure::kind);
        assertThat(failure.retryAfter()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"errors\":[{\"message\":\"Access denied\",\"extensions\":{\"code\":\"ACCESS_DENIED\"}}]} | SETTINGS | shopify.access_denied",
                "{\"errors\":[{\"message\":\"Oops\",\"extensions\":{\"code\":\"INTERNAL_SERVER_ERROR\"}}]} | TRANSIENT | shopify.internal_server_error",
                "{\"errors\":[{\"message\":\"Too much\",\"extensions\":{\"code\":\"MAX_COST_EXCEEDED\"}}]} | PERMANENT | shopify.query_refused",
                "{\"data\":{\"orders\":{}},\"errors\":[{\"message\":\"half\"}]} | PERMANENT | shopify.query_refused",
                "{\"data\":{\"orders\":null}} | POISON | mapping.failed",
                "<html>sorry</html> | TRANSIENT | channel.garbage"
            })
    void whatIsNoPageOfOrdersSaysWhatItIs(String answer, Kind kind, String code) {
        WireMockServer server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());
        server.start();
        try {
            server.stubFor(any(anyUrl()).willReturn(okJson(answer)));

            assertThat(failure(account(server.baseUrl())))
                    .returns(kind, Failure::kind)
                    .returns(code, Failure::code);
        } finally {
            server.stop();
        }
    }

    private Failure failure(Account account) {
        return catchThrowableOfType(CallFailure.class, () -> page(account, null, 25))
                .failure();
    }
}
