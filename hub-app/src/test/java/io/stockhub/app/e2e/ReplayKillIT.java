package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.fixtures.sandbox.SandboxSettings;
import io.stockhub.fixtures.sandbox.Sandboxes;
import io.stockhub.postgres.EmbeddedPostgres;
import java.io.IOException;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub in a process of its own, killed without warning while it replays. */
class ReplayKillIT {
    private static final int LETTERS = 240;
    private static final int RATE = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path folder = Path.of(".");

    private final EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
    private final String database = postgres.createDatabase("replayed");

    private final List<HubInProcess> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(HubInProcess::close);
    }

    private HubInProcess start(Path config) throws IOException {
        started.add(HubInProcess.start(folder.resolve("data"), config));
        return started.getLast().awaitHealthy();
    }

    @Test
    void everythingTwiceAndShuffledInTwoJobsAtOnceTakesEffectOnce() throws Exception {
        long seed = Long.getLong("stockhub.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<String, Long> sent = new TreeMap<>();
        try (Sandboxes sandboxes = Sandboxes.start(SandboxSettings.defaults())) {
            Path config = HubConfig.write(
                    Files.createDirectories(folder.resolve("config")), sandboxes.baseUrl(), postgres, database);
            HubInProcess hub =
                    HubInProcess.start(folder.resolve("data"), config).awaitHealthy();
            receiptsOfAnUnknownSku(hub.api, random, sent);
            await().atMost(PATIENCE).until(() -> letters(hub.api).size() == LETTERS);
            assertThat(hub.api.put("/api/v1/skus/NEW", "{\"title\":\"New\"}").status())
                    .isEqualTo(201);
            List<String> ids = letters(hub.api);
            Collections.shuffle(ids, random);
            List<String> jobs = List.of(replay(hub.api, ids), replay(hub.api, ids.reversed()));

            HubInProcess second = killedInTheMiddle(hub, config, jobs, LETTERS / 3);
            HubInProcess third = killedInTheMiddle(second, config, jobs, LETTERS);
            await().atMost(PATIENCE).until(() -> jobs.stream()
                    .allMatch(job -> job(third.api, job).path("state").asText().equals("done")));
            Map<String, Long> once = postings();
            String again = replay(third.api, ids);
            await().atMost(PATIENCE)
                    .until(() -> job(third.api, again).path("state").asText().equals("done"));

            assertThat(once).isEqualTo(sent);
            assertThat(postings()).as("a third time").isEqualTo(sent);
            assertThat(letters(third.api)).isEmpty();
            for (String job : jobs) {
                JsonNode counts = job(third.api, job).path("counts");
                assertThat(counts.path("applied").asInt()
                                + counts.path("already-applied").asInt())
                        .as("each has one outcome and none failed: %s", counts)
                        .isEqualTo(LETTERS);
            }
        }
    }

    /** Killed when so many items of both jobs have an outcome, and started again. */
    private HubInProcess killedInTheMiddle(HubInProcess hub, Path config, List<String> jobs, int finished)
            throws Exception {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> jobs.stream()
                                .mapToInt(job ->
                                        job(hub.api, job).path("finished").asInt())
                                .sum()
                        >= finished);
        assertThat(jobs).as("killed in the middle").anySatisfy(job -> assertThat(
                        job(hub.api, job).path("state").asText())
                .isEqualTo("running"));
        hub.close();
        theLeasesOfTheDeadEnd();
        return start(config);
    }

    /** What took minutes. */
    private void theLeasesOfTheDeadEnd() throws Exception {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute("update replay_item set claimed_until = now() where claimed_until > now()");
            statement.execute("update inbox set claimed_until = now() where claimed_until > now()");
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(database), postgres.user(), postgres.password());
    }

    private static void receiptsOfAnUnknownSku(Api api, Random random, Map<String, Long> sent) {
        StringBuilder sets = new StringBuilder();
        for (int i = 1; i <= LETTERS; i++) {
            long quantity = 1 + random.nextInt(9);
            sent.put("receipt:erp:GRN-" + i, quantity);
            sets.append(
                    """
                    ST*944*%2$04d~
                    W17*F*20261120*GRN-%2$d*PO-77~
                    N1*WH*North*92*NORTH~
                    W07*%1$d*EA**VN*NEW~
                    W14*%1$d~
                    SE*6*%2$04d~
                    """
                            .formatted(quantity, i));
        }
        String interchange =
                """
                ISA*00*          *00*          *ZZ*ERP            *ZZ*STOCKHUB       *261120*1430*U*00401*000000700*0*P*>~
                GS*RE*ERP*STOCKHUB*20261120*1430*700*X*004010~
                %sGE*%d*700~
                IEA*1*000000700~
                """
                        .formatted(sets, LETTERS);
        Api.Reply reply = api.send(
                "POST",
                "/edi",
                interchange.getBytes(StandardCharsets.US_ASCII),
                Map.of("Content-Type", "application/edi-x12"));
        assertThat(reply.status()).isEqualTo(200);
    }

    private static List<String> letters(Api api) {
        List<String> ids = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = api.get("/api/v1/dead-letters?channel=erp&limit=100" + after)
                    .body();
            page.path("deadLetters").forEach(one -> ids.add(one.path("id").asText()));
            after = page.path("next").isTextual()
                    ? "&after=" + page.path("next").asText()
                    : "";
        } while (!after.isEmpty());
        return ids;
    }

    private static String replay(Api api, List<String> ids) {
        Api.Reply reply = api.post(
                "/api/v1/dead-letters/replay",
                "{\"ids\":[%s],\"rate\":%d,\"reason\":\"the SKU exists now\"}"
                        .formatted(ids.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",")), RATE));
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(202);
        return reply.body().path("replayId").asText();
    }

    private static JsonNode job(Api api, String id) {
        return api.get("/api/v1/replays/" + id).body();
    }

    /** What each key moved, of all receipts in the ledger. */
    private Map<String, Long> postings() throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(database), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        """
                        select coalesce(k.key, 'movement ' || m.movement_id), sum(p.quantity)
                        from movement m join posting p using (movement_id) left join idempotency k using (movement_id)
                        where m.kind = 'receipt' group by 1""")) {
            Map<String, Long> postings = new TreeMap<>();
            while (row.next()) {
                postings.put(row.getString(1), row.getLong(2));
            }
            return postings;
        }
    }
}
