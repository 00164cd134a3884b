package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.fixtures.sandbox.SandboxSettings;
import io.stockhub.fixtures.sandbox.Sandboxes;
import io.stockhub.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub in a process of its own, killed without warning in the middle of its work. */
class KillIT {
    private static final String SKU = "TEE";

    @TempDir
    private Path data = Path.of(".");

    private int port;
    private Path config = Path.of(".");
    private Sandboxes sandboxes = null;
    private Process hub = null;
    private Api api = null;

    @BeforeEach
    void start() throws IOException {
        port = HubUnderTest.freePort();
        sandboxes = Sandboxes.start(SandboxSettings.defaults()
                .withHubUrl(URI.create("http://localhost:" + port))
                .withTokenLifetime(Duration.ofSeconds(5)));
        EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
        config = HubConfig.write(
                Files.createDirectories(data.resolve("config")),
                sandboxes.baseUrl(),
                postgres,
                postgres.createDatabase("killed"));
        api = new Api("http://localhost:" + port, Map.of("Authorization", "Bearer " + HubConfig.ADMIN));
        startHub();
    }

    @AfterEach
    void stop() throws Exception {
        hub.destroyForcibly().waitFor();
        sandboxes.close();
    }

    private void startHub() throws IOException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.stockhub.app.Main",
                "run",
                "--port",
                String.valueOf(port),
                "--config",
                config.toString(),
                "--data",
                data.toString());
        hub = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(data.resolve("hub.log").toFile()))
                .start();
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(hub.isAlive())
                    .as("the hub's log: %s", data.resolve("hub.log"))
                    .isTrue();
            try {
                return api.get("/actuator/health").status() == 200;
            } catch (java.io.UncheckedIOException notYet) {
                return false;
            }
        });
    }

    private void killHub() throws InterruptedException {
        hub.destroyForcibly().waitFor();
    }

    @Test
    void whatWasAcknowledgedIsThereOnceAndEveryChannelConverges() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Api sandbox = new Api(sandboxes.baseUrl().toString(), Map.of());
        for (String channel : HubUnderTest.CHANNELS) {
            sandbox.put("/sandbox/" + channel + "/listings", "{\"listings\":[{\"sku\":\"TEE\",\"quantity\":0}]}");
        }
        assertThat(api.put("/api/v1/skus/" + SKU, "{\"title\":\"Tee\"}").status())
                .isIn(200, 201);
        assertThat(api.post(
                                "/api/v1/movements",
                                """
                                {"kind":"receipt","location":"NORTH","lines":[{"sku":"TEE","quantity":2000}]}""")
                        .status())
                .isEqualTo(201);
        awaitListed(sandbox, 2000);

        Map<String, Boolean> acknowledged = new ConcurrentHashMap<>();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            int number = caller;
            callers.add(Thread.startVirtualThread(() -> sell(number, acknowledged)));
        }
        int sold = 0;
        for (int kill = 0; kill < 3; kill++) {
            for (int i = 0; i < 6; i++) {
                String channel = HubUnderTest.CHANNELS.get(random.nextInt(HubUnderTest.CHANNELS.size()));
                Api.Reply reply = sandbox.post(
                        "/sandbox/" + channel + "/orders", "{\"lines\":[{\"sku\":\"TEE\",\"quantity\":1}]}");
                sold += reply.status() == 201 ? 1 : 0;
            }
            int enough = acknowledged.size() + 20 + random.nextInt(60);
            await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.size() >= enough);
            killHub();
            startHub();
        }
        stopped = true;
        for (Thread caller : callers) {
            caller.join();
        }

        long expected = acknowledged.size() + sold;
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(states().path("reserved").asLong()).isEqualTo(expected));
        assertThat(states().path("available").asLong()).isEqualTo(2000 - expected);
        for (String order : new ArrayList<>(acknowledged.keySet()).subList(0, 20)) {
            Api.Reply again = api.post("/api/v1/reservations", reservation(order));
            assertThat(again.body().path("lines").path(0).path("quantity").asLong())
                    .isEqualTo(1);
        }
        assertThat(states().path("reserved").asLong())
                .as("asking again has no effect")
                .isEqualTo(expected);
        awaitListed(sandbox, 2000 - expected);
        JsonNode report = api.get("/api/v1/ledger/verify").body();
        for (String promise : List.of("imbalanced", "negative", "balanceMismatch", "reservationMismatch")) {
            assertThat(report.path(promise).asLong(-1))
                    .as("%s in %s", promise, report)
                    .isZero();
        }
        assertThat(Collections.max(List.of(report.path("movements").asLong()))).isEqualTo(expected + 1);
    }

    @Test
    void whatIsInEscrowIsSoldOnceHoweverOftenTheHubIsKilled() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        int units = 40;
        Api sandbox = new Api(sandboxes.baseUrl().toString(), Map.of());
        for (String channel : HubUnderTest.CHANNELS) {
            sandbox.put("/sandbox/" + channel + "/listings", "{\"listings\":[{\"sku\":\"TEE\",\"quantity\":0}]}");
        }
        api.put("/api/v1/skus/" + SKU, "{\"title\":\"Tee\"}");
        assertThat(api.put("/api/v1/rules", "{\"selling\":{\"policy\":\"escrow\"}}")
                        .status())
                .isIn(200, 201);
        api.post(
                "/api/v1/movements",
                "{\"kind\":\"receipt\",\"location\":\"NORTH\",\"lines\":[{\"sku\":\"TEE\",\"quantity\":%d}]}"
                        .formatted(units));
        await().atMost(Duration.ofMinutes(1)).until(() -> listed(sandbox) == units);
        Map<String, Boolean> acknowledged = new ConcurrentHashMap<>();
        AtomicInteger sold = new AtomicInteger();
        List<Thread> callers = List.of(
                Thread.startVirtualThread(() -> buy(sandbox, units, sold, acknowledged, new Random(seed))),
                Thread.startVirtualThread(() -> buy(sandbox, units, sold, acknowledged, new Random(seed + 1))),
                Thread.startVirtualThread(() -> askAtTheTill(acknowledged)));
        for (int kill = 1; kill <= 2; kill++) {
            int enough = kill * units / 4;
            await().atMost(Duration.ofMinutes(2)).until(() -> sold.get() + acknowledged.size() >= enough);
            killHub();
            startHub();
        }

        // A call that the dead hub had under way counts until its lease is over.
        await().atMost(Duration.ofMinutes(5)).until(() -> sold.get() + acknowledged.size() >= units);
        stopped = true;
        for (Thread caller : callers) {
            caller.join();
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(states().path("reserved").asLong()).isEqualTo(units));
        assertThat(sold.get() + acknowledged.size()).isEqualTo(units);
        assertThat(states().path("available").asLong()).isZero();
        assertThat(listed(sandbox))
                .as("%s", api.get("/api/v1/exposure?sku=TEE").body())
                .isZero();
        for (JsonNode channel : api.get("/api/v1/channels").body().path("channels")) {
            assertThat(channel.path("backorders").asLong()).as("%s", channel).isZero();
        }
    }

    private void buy(Api sandbox, int units, AtomicInteger sold, Map<String, Boolean> acknowledged, Random random) {
        while (!stopped && sold.get() + acknowledged.size() < units) {
            String channel = HubUnderTest.CHANNELS.get(random.nextInt(HubUnderTest.CHANNELS.size()));
            boolean there = sandbox.get("/sandbox/" + channel + "/listings")
                            .body()
                            .path("listings")
                            .path(0)
                            .path("quantity")
                            .asLong()
                    > 0;
            if (there
                    && sandbox.post("/sandbox/" + channel + "/orders", "{\"lines\":[{\"sku\":\"TEE\",\"quantity\":1}]}")
                                    .status()
                            == 201) {
                sold.incrementAndGet();
            }
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(300).toNanos());
        }
    }

    /** Orders that may be refused: they get what no channel may be selling. */
    private void askAtTheTill(Map<String, Boolean> acknowledged) {
        for (int i = 0; !stopped; i++) {
            String order = "till-" + i;
            int status = 0;
            while (!stopped && status != 201 && status != 409) {
                try {
                    status =
                            api.post("/api/v1/reservations", reservation(order)).status();
                } catch (java.io.UncheckedIOException | IllegalStateException hubIsDown) {
                    status = 0;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofMillis(200).toNanos());
            }
            if (status == 201) {
                acknowledged.put(order, true);
            }
        }
    }

    private static long listed(Api sandbox) {
        return HubUnderTest.CHANNELS.stream()
                .mapToLong(channel -> sandbox.get("/sandbox/" + channel + "/listings")
                        .body()
                        .path("listings")
                        .path(0)
                        .path("quantity")
                        .asLong())
                .sum();
    }

    private volatile boolean stopped;

    /** Orders until told to stop; an order whose answer got lost is asked for again until it is answered. */
    private void sell(int caller, Map<String, Boolean> acknowledged) {
        for (int i = 0; !stopped; i++) {
            String order = "order-" + caller + "-" + i;
            boolean answered = false;
            while (!answered) {
                try {
                    int status =
                            api.post("/api/v1/reservations", reservation(order)).status();
                    answered = status == 201;
                } catch (java.io.UncheckedIOException | IllegalStateException hubIsDown) {
                    java.util.concurrent.locks.LockSupport.parkNanos(
                            Duration.ofMillis(100).toNanos());
                }
            }
            acknowledged.put(order, true);
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(10).toNanos());
        }
    }

    private static String reservation(String order) {
        return """
                {"channel":"phone","orderRef":"%s","policy":"all-or-nothing","lines":[{"sku":"TEE","quantity":1}]}"""
                .formatted(order);
    }

    private JsonNode states() {
        return api.get("/api/v1/stock/" + SKU).body().path("locations").path(0).path("states");
    }

    private static void awaitListed(Api sandbox, long quantity) {
        for (String channel : HubUnderTest.CHANNELS) {
            await("what " + channel + " lists").atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                            sandbox.get("/sandbox/" + channel + "/listings")
                                    .body()
                                    .path("listings")
                                    .path(0)
                                    .path("quantity")
                                    .asLong())
                    .isEqualTo(quantity));
        }
    }
}
