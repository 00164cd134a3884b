package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.fixtures.sandbox.SandboxSettings;
import io.stockhub.fixtures.sandbox.Sandboxes;
import io.stockhub.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs on one database and one broker. One stands still for longer than its leases, then goes on as if nothing were. */
class FrozenHubIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int SKUS = 5;

    @TempDir
    private Path folder = Path.of(".");

    private final List<AutoCloseable> open = new ArrayList<>();
    private Connection connection;
    private KafkaBroker broker;
    private Sandboxes sandboxes;
    private Path config;
    private HubInProcess frozen;
    private HubInProcess other;
    private int receipts;

    @BeforeEach
    void start() throws IOException, SQLException {
        broker = closed(KafkaBroker.start(folder.resolve("kafka")));
        sandboxes = closed(Sandboxes.start(SandboxSettings.defaults()));
        EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
        String database = postgres.createDatabase("frozen");
        connection =
                closed(DriverManager.getConnection(postgres.jdbcUrl(database), postgres.user(), postgres.password()));
        config = HubConfig.writeWithBroker(
                Files.createDirectories(folder.resolve("config")), sandboxes.baseUrl(), postgres, database, broker);
        frozen = closed(HubInProcess.start(folder.resolve("one"), config)).awaitHealthy();
    }

    private <T extends AutoCloseable> T closed(T one) {
        open.addFirst(one);
        return one;
    }

    @AfterEach
    void stop() throws Exception {
        frozen.thaw();
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    /** Asks again under the same key where an answer got lost: a connection that was kept open is cut by the thaw. */
    private void receive(HubInProcess hub, int sku) {
        Map<String, String> headers =
                Map.of("Content-Type", "application/json", "Idempotency-Key", "receipt-" + ++receipts);
        byte[] body = "{\"kind\":\"receipt\",\"location\":\"NORTH\",\"lines\":[{\"sku\":\"F-%d\",\"quantity\":1}]}"
                .formatted(sku)
                .getBytes(StandardCharsets.UTF_8);
        await().atMost(PATIENCE)
                .ignoreExceptionsMatching(UncheckedIOException.class::isInstance)
                .untilAsserted(() -> {
                    Api.Reply reply = hub.api.send("POST", "/api/v1/movements", body, headers);
                    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
                });
    }

    private static long available(HubInProcess hub, int sku) {
        return hub.api
                .get("/api/v1/stock/F-" + sku)
                .body()
                .path("locations")
                .path(0)
                .path("states")
                .path("available")
                .asLong();
    }

    private synchronized Map<String, Long> numbers(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            Map<String, Long> numbers = new HashMap<>();
            while (row.next()) {
                numbers.put(row.getString(1), row.getLong(2));
            }
            return numbers;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final String WATCHED =
            """
            select 'cursor of ' || consumer, cursor from event_consumer
            union all select 'claim of ' || consumer, claim from event_consumer
            union all select channel || ' ' || sku, version from listing""";

    /** Writes down everything that went back, until it is told to stop. */
    private Thread watch(List<String> wentBack) {
        return Thread.startVirtualThread(() -> {
            Map<String, Long> highest = new HashMap<>();
            while (!Thread.currentThread().isInterrupted()) {
                numbers(WATCHED).forEach((name, number) -> {
                    Long before = highest.put(name, number);
                    if (before != null && before > number) {
                        wentBack.add(name + " from " + before + " to " + number);
                    }
                });
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        });
    }

    private long behind() {
        return numbers("select 'behind', max(h.position - c.cursor) from event_head h, event_consumer c")
                .get("behind");
    }

    @Test
    void theOtherGoesOnAndTheOneThatIsBackUndoesAndRepeatsNothing() throws Exception {
        for (int i = 0; i < SKUS; i++) {
            assertThat(frozen.api
                            .put("/api/v1/skus/F-" + i, "{\"title\":\"F\"}")
                            .status())
                    .isIn(200, 201);
            for (String channel : HubUnderTest.CHANNELS) {
                new Api(sandboxes.baseUrl().toString(), Map.of())
                        .put(
                                "/sandbox/" + channel + "/listings",
                                "{\"listings\":[{\"sku\":\"F-" + i + "\",\"quantity\":0}]}");
            }
            receive(frozen, i);
        }
        await().atMost(PATIENCE)
                .until(() -> behind() == 0
                        && numbers("select 'n', position from event_head").get("n") > 0);
        other = closed(HubInProcess.start(folder.resolve("two"), config)).awaitHealthy();
        List<String> wentBack = new CopyOnWriteArrayList<>();
        Thread watcher = watch(wentBack);
        long token = claim();

        frozen.freeze();
        for (int i = 0; i < 50; i++) {
            receive(other, i % SKUS);
        }
        try (KafkaTopics topics = new KafkaTopics(broker.address(), "stockhub.stock")) {
            topics.write(
                    "erp.receipts",
                    "R-1",
                    """
                    {"receiptRef":"R-1","kind":"receipt","location":"NORTH","occurredAt":"2026-09-04T00:00:00Z",
                     "lines":[{"lineRef":"1","sku":"F-0","skuQualifier":"VN","quantity":100,"unit":"EA"}]}""");
            await("the other hub takes over")
                    .atMost(PATIENCE)
                    .until(() -> claim() > token && behind() == 0 && available(other, 0) == 111);
            frozen.thaw();
            for (int i = 0; i < 50; i++) {
                receive(i % 2 == 0 ? frozen : other, i % SKUS);
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                Map<String, JsonNode> believed = topics.believed();
                assertThat(believed).hasSize(SKUS);
                for (int i = 0; i < SKUS; i++) {
                    assertThat(believed.get("F-" + i).path("available").asLong())
                            .isEqualTo(21 + (i == 0 ? 100 : 0));
                }
            });
            Map<String, JsonNode> byId = new HashMap<>();
            for (KafkaTopics.Told told : topics.read()) {
                JsonNode before = byId.putIfAbsent(told.id(), told.event());
                assertThat(before == null ? told.event() : before)
                        .as("the same id tells the same")
                        .isEqualTo(told.event());
            }
            assertThat(byId.keySet())
                    .isEqualTo(numbers("select event_id, 1 from event where type = 'stock.changed'")
                            .keySet());
        }
        for (String channel : HubUnderTest.CHANNELS) {
            await("what " + channel + " lists").atMost(PATIENCE).untilAsserted(() -> assertThat(listed(channel, "F-1"))
                    .isEqualTo(21));
        }
        watcher.interrupt();
        watcher.join();
        assertThat(wentBack).isEmpty();
        JsonNode report = other.api.get("/api/v1/ledger/verify").body();
        assertThat(report.path("passes").asBoolean()).as("%s", report).isTrue();
        assertThat(report.path("movements").asLong()).isEqualTo(SKUS + 50 + 50 + 1);
    }

    private long claim() {
        return numbers("select consumer, claim from event_consumer").get("kafka");
    }

    private long listed(String channel, String sku) {
        JsonNode listings = new Api(sandboxes.baseUrl().toString(), Map.of())
                .get("/sandbox/" + channel + "/listings")
                .body()
                .path("listings");
        for (JsonNode listing : listings) {
            if (listing.path("sku").asText().equals(sku)) {
                return listing.path("quantity").asLong();
            }
        }
        return -1;
    }
}
