package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The inbox of a whole hub, seen from outside. */
class InboxIT {
    private static final List<String> STATES =
            List.of("received", "waiting", "running", "retrying", "blocked", "done", "dead", "discarded");

    private final HubUnderTest hub = HubUnderTest.shared();

    @Test
    void whatCameInIsAccountedFor() {
        JsonNode totals = hub.api.get("/api/v1/inbox").body();
        assertThat(totals.path("received").asLong())
                .isEqualTo(totals.path("open").asLong()
                        + totals.path("done").asLong()
                        + totals.path("dead").asLong()
                        + totals.path("discarded").asLong());
        assertThat(totals.path("unaccounted").asLong()).isZero();
        assertThat(hub.api.get("/api/v1/inbox/messages?state=done&limit=1").status())
                .isEqualTo(200);
    }

    @Test
    void metricsCountEachState() {
        await("the inbox was counted").atMost(HubUnderTest.PATIENCE).untilAsserted(() -> {
            String metrics = hub.api.get("/actuator/prometheus").body().asText();
            for (String state : STATES) {
                assertThat(metrics).containsPattern("stockhub_inbox_messages\\{state=\"" + state + "\"} [0-9]");
            }
            assertThat(metrics).contains("stockhub_inbox_unaccounted 0.0");
        });
    }
}
