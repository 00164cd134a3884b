package io.stockhub.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.FakeAlerts;
import io.stockhub.app.WebTest;
import io.stockhub.routes.Alerts.Alert;
import io.stockhub.routes.Alerts.Receiver;
import io.stockhub.routes.Alerts.Severity;
import io.stockhub.routes.Alerts.Words;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class AlertsTest extends WebTest {
    private static final Instant NOON = Instant.parse("2026-03-14T12:00:00Z");

    @Autowired
    private FakeAlerts alerts;

    @BeforeEach
    void nothingIsWrong() {
        alerts.reset();
    }

    private void wrong(long id) {
        alerts.known.add(new Alert(
                id,
                "channel-late",
                "shop",
                Severity.WARNING,
                new Words("shop is late", "It sells old numbers.", "Wait.", "docs/alerts.md#channel-late"),
                NOON,
                NOON.plusSeconds(60),
                NOON.plusSeconds(70),
                null,
                null,
                null));
    }

    @Test
    void whatIsWrongIsSaidInWordsNewestFirstAPageAtATime() {
        wrong(9);
        wrong(8);
        JsonNode page = json(get("viewer", "/api/v1/alerts?state=open&limit=1"));
        assertThat(page.path("alerts")).hasSize(1);
        JsonNode first = page.at("/alerts/0");
        assertThat(first.path("id").asText()).isEqualTo("9");
        assertThat(first.path("severity").asText()).isEqualTo("warning");
        assertThat(first.path("title").asText()).isEqualTo("shop is late");
        assertThat(first.path("since").asText()).isEqualTo("2026-03-14T12:00:00Z");
        assertThat(first.path("closedAt").isNull()).isTrue();
        assertThat(page.path("next").asText()).isEqualTo("9");
        assertThat(alerts.asked).containsExactly("list true null 2");
    }

    @Test
    void whoHasSeenItIsTheCaller() {
        wrong(9);
        assertThat(post("operations", "/api/v1/alerts/9/acknowledge", "").statusCode())
                .isEqualTo(200);
        assertThat(alerts.asked).containsExactly("acknowledge 9 otto");
        Assertions.assertProblem(post("operations", "/api/v1/alerts/10/acknowledge", ""), 404, "not-found", null);
        assertThat(post("viewer", "/api/v1/alerts/9/acknowledge", "").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aTestSaysToWhomItGoes() {
        assertThat(json(post("operations", "/api/v1/alerts/test", ""))
                        .path("messageId")
                        .asText())
                .isEmpty();
        alerts.receivers.add(new Receiver("alerts/ops", 1, null, "it answered 500"));
        JsonNode sent = json(post("operations", "/api/v1/alerts/test", ""));
        assertThat(sent.path("messageId").asText()).isEqualTo("msg_7");
        assertThat(sent.at("/receivers/0").asText()).isEqualTo("alerts/ops");
        assertThat(json(get("viewer", "/api/v1/alerts/receivers"))
                        .at("/receivers/0/lastError")
                        .asText())
                .isEqualTo("it answered 500");
    }
}
