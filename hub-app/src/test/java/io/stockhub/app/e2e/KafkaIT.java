package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.HubApplication;
import io.stockhub.postgres.EmbeddedPostgres;
import io.stockhub.routes.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A hub beside a real broker: what the hub knows reaches Kafka whatever happens to the broker, and the hub never waits. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KafkaIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int SKUS = 8;

    @TempDir
    static Path folder = Path.of(".");

    private static KafkaBroker broker;
    private static ConfigurableApplicationContext hub;
    private static Api api;
    private static Path config;

    @BeforeAll
    static void start() throws IOException {
        broker = KafkaBroker.start(folder.resolve("kafka"));
        EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
        config = HubConfig.writeWithoutChannels(
                Files.createDirectories(folder.resolve("config")), postgres, postgres.createDatabase("kafka"), broker);
        startHub();
        for (int i = 0; i < SKUS; i++) {
            assertThat(api.put("/api/v1/skus/S-" + i, "{\"title\":\"S\"}").status())
                    .isIn(200, 201);
        }
    }

    private static void startHub() throws IOException {
        int port = HubUnderTest.freePort();
        hub = HubApplication.start(
                "--server.port=" + port, "--stockhub.config=" + config, "--stockhub.data=" + folder.resolve("data"));
        api = new Api("http://localhost:" + port, Map.of("Authorization", "Bearer " + HubConfig.ADMIN));
    }

    @AfterAll
    static void stop() {
        if (hub != null) {
            hub.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static void receive(int sku, long quantity) {
        Api.Reply reply = api.post(
                "/api/v1/movements",
                "{\"kind\":\"receipt\",\"location\":\"NORTH\",\"lines\":[{\"sku\":\"S-%d\",\"quantity\":%d}]}"
                        .formatted(sku, quantity));
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
    }

    private static Map<String, Long> stock() {
        Map<String, Long> stock = new TreeMap<>();
        for (int i = 0; i < SKUS; i++) {
            long sum = 0;
            for (JsonNode location : api.get("/api/v1/stock/S-" + i).body().path("locations")) {
                sum += location.path("states").path("available").asLong();
            }
            stock.put("S-" + i, sum);
        }
        return stock;
    }

    private static Map<String, Long> believed(KafkaTopics topics) {
        Map<String, Long> believed = new TreeMap<>();
        topics.believed()
                .forEach((sku, data) -> believed.put(sku, data.path("available").asLong()));
        return believed;
    }

    private static Events.Consumer consumer() {
        return hub.getBean(Events.class).consumers().getFirst();
    }

    private static void awaitAllSent() {
        await().atMost(PATIENCE).until(() -> consumer().behind() == 0);
    }

    private static KafkaTopics stockTopic() {
        return new KafkaTopics(broker.address(), "stockhub.stock");
    }

    @Test
    @Order(1)
    void eachChangeArrivesOnceAndInTheOrderOfItsSku() {
        for (int i = 0; i < 40; i++) {
            receive(i % SKUS, 1 + i);
        }
        assertThat(api.post(
                                "/api/v1/reservations",
                                "{\"channel\":\"phone\",\"orderRef\":\"P-1\",\"policy\":\"all-or-nothing\","
                                        + "\"lines\":[{\"sku\":\"S-0\",\"quantity\":1}]}")
                        .status())
                .isEqualTo(201);
        try (KafkaTopics topics = stockTopic();
                KafkaTopics orders = new KafkaTopics(broker.address(), "stockhub.orders")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(believed(topics)).isEqualTo(stock()));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(orders.read())
                    .extracting(KafkaTopics.Told::key)
                    .containsExactly("phone:P-1"));
            assertThat(topics.read()).extracting(KafkaTopics.Told::id).doesNotHaveDuplicates();
            Map<String, List<Long>> sequences = new HashMap<>();
            topics.read().forEach(told -> sequences
                    .computeIfAbsent(told.key(), any -> new ArrayList<>())
                    .add(told.sequence()));
            sequences.forEach((sku, of) -> assertThat(of).as(sku).isSorted());
            JsonNode event = topics.read().getFirst().event();
            assertThat(event.path("specversion").asText()).isEqualTo("1.0");
            assertThat(event.path("type").asText()).isEqualTo("io.stockhub.stock.changed");
            assertThat(event.path("subject").asText())
                    .isEqualTo(topics.read().getFirst().key());
        }
    }

    @Test
    @Order(2)
    void aBrokerThatIsKilledUnderLoadGetsEverythingWhenItIsBack() throws Exception {
        Thread load = Thread.startVirtualThread(() -> {
            for (int i = 0; i < 200; i++) {
                receive(i % SKUS, 1);
            }
        });
        long before = consumer().cursor();
        await().atMost(PATIENCE).until(() -> consumer().cursor() > before);
        broker.kill();
        load.join();
        await().atMost(PATIENCE).until(() -> consumer().failingSince() != null);
        assertThat(consumer().behind()).isPositive();
        assertThat(api.get("/actuator/health").status()).isEqualTo(200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        api.get("/actuator/prometheus").body().asText())
                .containsPattern("stockhub_events_behind\\{consumer=\"kafka\"\\} [1-9]"));

        broker.start();
        try (KafkaTopics topics = stockTopic()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(believed(topics)).isEqualTo(stock()));
            awaitAllSent();
            assertThat(consumer().failingSince()).isNull();
        }
    }

    @Test
    @Order(3)
    void aBrokerThatLostItsDiskGetsAllThatIsKeptWhenItIsAsked() throws Exception {
        awaitAllSent();
        List<String> before;
        try (KafkaTopics topics = stockTopic()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(believed(topics)).isEqualTo(stock()));
            before = topics.read().stream()
                    .map(KafkaTopics.Told::id)
                    .distinct()
                    .sorted()
                    .toList();
        }
        broker.kill();
        broker.wipe();
        broker.start();
        Api.Reply reply = api.post("/api/v1/events/consumers/kafka/rewind", "{}");
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        try (KafkaTopics topics = stockTopic()) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(topics.read())
                    .extracting(KafkaTopics.Told::id)
                    .containsAll(before));
            assertThat(believed(topics)).isEqualTo(stock());
        }
    }

    private static String receipt(String ref, int sku, String quantity) {
        return """
                {"receiptRef":"%s","kind":"receipt","location":"NORTH","occurredAt":"2026-09-04T00:00:00Z",
                 "lines":[{"lineRef":"1","sku":"S-%d","skuQualifier":"VN","quantity":%s,"unit":"EA"}]}"""
                .formatted(ref, sku, quantity);
    }

    @Test
    @Order(4)
    void whatOthersWriteTakesEffectOnceAndWhatIsWrongNamesTheField() throws Exception {
        long before = stock().get("S-1");
        try (KafkaTopics topics = stockTopic()) {
            String once = receipt("R-1", 1, "10");
            topics.write("erp.receipts", "R-1", once, once);
            topics.write("erp.receipts", "R-2", receipt("R-2", 1, "\"many\""), receipt("R-3", 1, "5"));
            topics.write(
                    "erp.adjustments",
                    "A-1",
                    """
                    {"specversion":"1.0","id":"e-1","source":"/erp","type":"com.example.adjusted","data":
                      {"adjustmentRef":"A-1","location":"NORTH","reason":"broken","occurredAt":"2026-09-04T00:00:00Z",
                       "lines":[{"lineRef":"1","sku":"S-1","quantity":-3}]}}""");
            topics.write(
                    "till.orders",
                    "T-1",
                    """
                    {"orderRef":"T-1","status":"open","placedAt":"2026-09-04T07:15:31Z","updatedAt":"2026-09-04T07:15:31Z",
                     "shipTo":{"country":"US"},"lines":[{"lineRef":"1","sku":"S-1","quantity":2}]}""");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stock().get("S-1")).isEqualTo(before + 10 + 5 - 3 - 2));
        JsonNode letters = api.get("/api/v1/dead-letters").body().path("deadLetters");
        assertThat(letters).hasSize(1);
        assertThat(letters.path(0).path("message").asText()).contains("/lines/0/quantity");
        try (KafkaTopics told = new KafkaTopics(broker.address(), "stockhub.dead-letters")) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told.read())
                    .extracting(one -> one.event().path("data").path("orderRef").asText())
                    .contains("R-2"));
        }
    }

    @Test
    @Order(5)
    void aRecordThatTheDatabaseDidNotTakeComesAgainAfterTheHubWasStopped() throws Exception {
        JdbcClient database = JdbcClient.create(hub.getBean(DataSource.class));
        database.sql("create sequence refused").update();
        database.sql(
                        """
                        create function refuse() returns trigger language plpgsql as $$
                        begin
                          perform nextval('refused');
                          raise exception 'not now';
                        end $$""")
                .update();
        database.sql("create trigger refuse before insert on inbox for each row execute function refuse()")
                .update();
        long before = stock().get("S-2");
        try (KafkaTopics topics = stockTopic()) {
            topics.write("erp.receipts", "R-9", receipt("R-9", 2, "7"));
        }
        await().atMost(PATIENCE).until(() -> database.sql("select is_called from refused")
                .query(Boolean.class)
                .single());
        hub.close();
        startHub();
        assertThat(stock().get("S-2")).isEqualTo(before);
        JdbcClient.create(hub.getBean(DataSource.class))
                .sql("drop trigger refuse on inbox")
                .update();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stock().get("S-2")).isEqualTo(before + 7));
    }
}
