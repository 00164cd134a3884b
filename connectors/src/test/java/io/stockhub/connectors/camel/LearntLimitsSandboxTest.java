package io.stockhub.connectors.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.connectors.Account;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Manifest.Setting;
import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.connectors.QuantityUpdate;
import io.stockhub.connectors.Rate;
import io.stockhub.connectors.Secret;
import io.stockhub.connectors.Timing;
import io.stockhub.connectors.failure.JsonText;
import io.stockhub.connectors.folder.ConnectorFolders;
import io.stockhub.fixtures.sandbox.SandboxSettings;
import io.stockhub.fixtures.sandbox.Sandboxes;
import io.stockhub.mapping.Mappings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real connectors against sandboxes that keep limits, and other ones than the manifests state. */
class LearntLimitsSandboxTest {

    private static final Map<String, String> SETTINGS = Map.of(
            "sellerId", "A2STOCKHUBDEMO",
            "marketplaceId", "ATVPDKIKX0DER",
            "apiVersion", "2026-07",
            "locationId", "gid://shopify/Location/70001",
            "accessToken", "demo-shopify-token",
            "webhookSecret", "demo-shopify-secret");
    private static final Map<String, String> TOKENS = Map.of("amazon", "auth/o2/token", "walmart", "v3/token");
    private static final String SKU = "TEE-M";
    private static final String ITEM = "gid://shopify/InventoryItem/43000000000001";

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final CamelConnectors connectors = new CamelConnectors(
            camel,
            Mappings.load(List.of("classpath:mappings")),
            ConnectorFolders.load(List.of("classpath:connectors")),
            Clock.systemUTC());
    private @Nullable Sandboxes sandboxes;
    private int number;

    @AfterEach
    void stop() {
        camel.stop();
        sandboxes.close();
    }

    @Test
    void anAccountThatMayLessThanTheManifestSaysIsCalledThatMuchFromTheFirstAnswerOn() throws Exception {
        Account amazon = account("amazon", 0.6, timing -> timing);

        List<Thread> senders = IntStream.range(0, 4)
                .mapToObj(sender -> Thread.startVirtualThread(() -> times(4, () -> tell(amazon, null))))
                .toList();
        for (Thread sender : senders) {
            sender.join();
        }

        assertThat(rate(amazon)).isEqualTo(3);
        assertThat(statuses("amazon", 200)).isEqualTo(16);
        assertThat(statuses("amazon", 429)).isLessThanOrEqualTo(1);
    }

    @Test
    void anAccountThatMayMoreIsCalledFaster() throws Exception {
        Account amazon = account("amazon", 20, timing -> timing);

        times(40, () -> tell(amazon, null));

        assertThat(rate(amazon)).isEqualTo(100);
        assertThat(statuses("amazon", 200)).isEqualTo(40);
        assertThat(statuses("amazon", 429)).isLessThanOrEqualTo(2);
    }

    @Test
    void noAnswerMakesAnAccountFasterThanItsSettings() throws Exception {
        Account amazon = account("amazon", 20, timing -> timing.withRate(new Rate(50, 10)));

        times(3, () -> tell(amazon, null));

        assertThat(rate(amazon)).isEqualTo(50);
    }

    @Test
    void anAccountWithNoCallsLeftIsLeftAloneUntilThereAreMore() throws Exception {
        Account walmart = account("walmart", 0.3, timing -> timing.withRate(new Rate(10_000, 1_000)));

        times(62, () -> tell(walmart, null));

        assertThat(statuses("walmart", 200)).isEqualTo(62);
        assertThat(statuses("walmart", 429)).isLessThanOrEqualTo(1);
    }

    @Test
    void aSmallerStoreIsCalledLessOftenAndHeldBackBeforeItsPointsAreSpent() throws Exception {
        Account shopify = account("shopify", 0.05, timing -> timing);
        int told = 0;
        Failure held = null;
        while (held == null && told < 11) {
            held = tell(shopify, ITEM);
            told += held == null ? 1 : 0;
        }

        assertThat(held).isNotNull();
        assertThat(held.message()).contains("is held back as the system asked");
        assertThat(told).isBetween(3, 9);
        assertThat(rate(shopify)).isCloseTo(0.2, within(0.001));
    }

    @Test
    void aLargerStoreIsCalledMoreOftenUnlessItsSettingsSayHowOften() throws Exception {
        Account plus = account("shopify", 10, timing -> timing);

        times(20, () -> tell(plus, ITEM));

        assertThat(rate(plus)).isCloseTo(40, within(0.001));
    }

    @Test
    void aStoreWhoseSettingsSayHowOftenIsCalledThatOften() throws Exception {
        Account set = account("shopify", 1, timing -> timing.withRate(new Rate(200, 50)));

        times(20, () -> tell(set, ITEM));

        assertThat(rate(set)).isEqualTo(200);
    }

    private Account account(String connector, double limitsTimes, UnaryOperator<Timing> timing) throws Exception {
        sandboxes =
                Sandboxes.start(SandboxSettings.defaults().withRealLimits(true).withLimitsTimes(limitsTimes));
        camel.start();
        put("/sandbox/" + connector + "/listings", "{\"listings\":[{\"sku\":\"" + SKU + "\",\"quantity\":0}]}");
        Manifest manifest = connectors.manifest(connector);
        Map<String, String> settings = new HashMap<>();
        Map<String, Secret> secrets = new HashMap<>();
        Map<String, String> demo = Map.of(
                "clientId", "demo-" + connector + "-client",
                "clientSecret", "demo-" + connector + "-secret",
                "refreshToken", "demo-" + connector + "-refresh");
        for (Setting setting : manifest.settings()) {
            String value = SETTINGS.getOrDefault(setting.name(), demo.get(setting.name()));
            if (value != null && setting.secret()) {
                secrets.put(setting.name(), Secret.of(value));
            } else if (value != null) {
                settings.put(setting.name(), value);
            }
        }
        URI base = URI.create(sandboxes.baseUrl() + "/" + connector);
        // The guard itself waits for each call's turn, so that the test need not.
        Timing patient = Timing.defaults(manifest).withWaitMax(Duration.ofSeconds(5));
        Account account = new Account(
                connector,
                connector,
                base,
                URI.create(base + "/" + TOKENS.getOrDefault(connector, "")),
                settings,
                secrets,
                timing.apply(patient));
        connectors.addAccount(account);
        return account;
    }

    /** Null when the channel took it. */
    private @Nullable Failure tell(Account account, @Nullable String item) {
        try {
            assertThat(connectors.setQuantities(
                            account, List.of(new QuantityUpdate(SKU, item, ++number, null)), "key-" + number))
                    .singleElement()
                    .matches(result -> result.outcome() == Outcome.CONFIRMED);
            return null;
        } catch (CallFailure e) {
            return e.failure();
        }
    }

    private interface Telling {
        @Nullable
        Failure tell();
    }

    private static void times(int calls, Telling telling) {
        for (int i = 0; i < calls; i++) {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> telling.tell() == null);
        }
    }

    private double rate(Account account) {
        return connectors.state(account.id()).rateOf(Manifest.SET_QUANTITIES).requestsPerSecond();
    }

    /** Writes of quantities that were answered with the status, as the sandbox saw it. */
    private long statuses(String channel, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(sandboxes.baseUrl() + "/sandbox/" + channel + "/calls?limit=2000"))
                .build();
        JsonNode calls = JsonText.tree(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .path("calls");
        return StreamSupport.stream(calls.spliterator(), false)
                .filter(call -> call.path("target").asText().equals("quantity"))
                .filter(call -> call.path("status").asInt() == status)
                .count();
    }

    private void put(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandboxes.baseUrl() + path))
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isLessThan(300);
    }
}
