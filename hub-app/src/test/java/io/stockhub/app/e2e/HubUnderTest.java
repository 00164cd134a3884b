package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.HubApplication;
import io.stockhub.fixtures.sandbox.SandboxSettings;
import io.stockhub.fixtures.sandbox.Sandboxes;
import io.stockhub.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One hub and its sandboxes for all tests of this JVM. Tests share it and keep apart by using SKUs of their own. Access
 * tokens live two seconds, so that every test meets their renewal.
 */
final class HubUnderTest {
    static final List<String> CHANNELS = List.of("amazon", "ebay", "shopify", "walmart");
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger SKUS = new AtomicInteger();
    private static final HubUnderTest SHARED = start();

    final Sandboxes sandboxes;
    final ConfigurableApplicationContext context;
    final Path data;
    final Api api;
    final Api viewer;
    final Api sandbox;
    final String url;

    private HubUnderTest(Sandboxes sandboxes, ConfigurableApplicationContext context, Path data, int port) {
        this.sandboxes = sandboxes;
        this.context = context;
        this.data = data;
        this.url = "http://localhost:" + port;
        this.api = new Api(url, Map.of("Authorization", "Bearer " + HubConfig.ADMIN));
        this.viewer = new Api(url, Map.of("Authorization", "Bearer " + HubConfig.VIEWER));
        this.sandbox = new Api(sandboxes.baseUrl().toString(), Map.of());
    }

    static HubUnderTest shared() {
        return SHARED;
    }

    private static HubUnderTest start() {
        try {
            int port = freePort();
            Path data = Files.createTempDirectory("hub-e2e");
            Sandboxes sandboxes = Sandboxes.start(SandboxSettings.defaults()
                    .withHubUrl(URI.create("http://localhost:" + port))
                    .withTokenLifetime(Duration.ofSeconds(2))
                    .withHang(Duration.ofSeconds(4)));
            EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
            Path config = HubConfig.write(
                    Files.createDirectories(data.resolve("config")),
                    sandboxes.baseUrl(),
                    postgres,
                    postgres.createDatabase("hub"));
            ConfigurableApplicationContext context = HubApplication.start(
                    "--server.port=" + port, "--stockhub.config=" + config, "--stockhub.data=" + data);
            return new HubUnderTest(sandboxes, context, data, port);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A SKU that no other test knows, listed on every channel, with stock in NORTH. */
    String newSku(long quantity) {
        String sku = "SKU-" + SKUS.incrementAndGet();
        CHANNELS.forEach(channel -> listAt(channel, sku));
        createSku(sku);
        if (quantity > 0) {
            receive(sku, quantity);
        }
        return sku;
    }

    void listAt(String channel, String sku) {
        Api.Reply reply = sandbox.put(
                "/sandbox/" + channel + "/listings", "{\"listings\":[{\"sku\":\"" + sku + "\",\"quantity\":0}]}");
        assertThat(reply.status()).isLessThan(300);
    }

    void createSku(String sku) {
        assertThat(api.put("/api/v1/skus/" + sku, "{\"title\":\"Title of " + sku + "\"}")
                        .status())
                .isIn(200, 201);
    }

    void receive(String sku, long quantity) {
        Api.Reply reply = api.post(
                "/api/v1/movements",
                """
                {"kind":"receipt","location":"NORTH","reference":"PO-1","lines":[{"sku":"%s","quantity":%d}]}"""
                        .formatted(sku, quantity));
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
    }

    /** A customer buys at a channel; the order's reference. */
    String buyAt(String channel, String sku, long quantity) {
        Api.Reply reply = sandbox.post(
                "/sandbox/" + channel + "/orders",
                "{\"lines\":[{\"sku\":\"%s\",\"quantity\":%d}]}".formatted(sku, quantity));
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
        return reply.body().path("orderRef").asText();
    }

    void fault(String channel, String fault) {
        assertThat(sandbox.post("/sandbox/" + channel + "/faults", fault).status())
                .isEqualTo(204);
    }

    /** What a customer can buy at the channel now; -1 when it lists no such SKU. */
    long listed(String channel, String sku) {
        JsonNode listings =
                sandbox.get("/sandbox/" + channel + "/listings").body().path("listings");
        for (JsonNode listing : listings) {
            if (listing.path("sku").asText().equals(sku)) {
                return listing.path("quantity").asLong();
            }
        }
        return -1;
    }

    void awaitListed(String sku, long quantity) {
        for (String channel : CHANNELS) {
            await("what " + channel + " lists of " + sku)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(listed(channel, sku)).isEqualTo(quantity));
        }
    }

    JsonNode stock(String sku) {
        return api.get("/api/v1/stock/" + sku).body();
    }

    long available(String sku) {
        long sum = 0;
        for (JsonNode location : stock(sku).path("locations")) {
            sum += location.path("states").path("available").asLong();
        }
        return sum;
    }

    long reserved(String sku) {
        long sum = 0;
        for (JsonNode location : stock(sku).path("locations")) {
            sum += location.path("states").path("reserved").asLong();
        }
        return sum;
    }

    JsonNode ledger() {
        return api.get("/api/v1/ledger/verify").body();
    }

    void assertLedgerHolds() {
        JsonNode report = ledger();
        for (String promise : List.of("imbalanced", "negative", "balanceMismatch", "reservationMismatch")) {
            assertThat(report.path(promise).asLong(-1))
                    .as("%s in %s", promise, report)
                    .isZero();
        }
    }
}
