package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.FakeEvents;
import io.stockhub.app.WebTest;
import io.stockhub.routes.Events;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class EventsTest extends WebTest {
    @Autowired
    private FakeEvents events;

    @BeforeEach
    void kafkaIsBehind() {
        events.asked.clear();
        events.consumers.clear();
        events.consumers.add(
                new Events.Consumer("kafka", 40, 12, Instant.parse("2026-09-04T12:00:00Z"), "TimeoutException: late"));
    }

    @Test
    void whoIsBehindIsSaidWithWhy() {
        assertThat(get("viewer", "/api/v1/events/consumers").body())
                .isEqualTo("{\"consumers\":[{\"consumer\":\"kafka\",\"cursor\":40,\"behind\":12,"
                        + "\"failingSince\":\"2026-09-04T12:00:00Z\",\"lastError\":\"TimeoutException: late\"}]}");
    }

    @Test
    void eventsAreSentAgainFromATimeOn() {
        assertThat(post(
                                "operations",
                                "/api/v1/events/consumers/kafka/rewind",
                                "{\"since\":\"2026-09-04T10:00:00+02:00\"}")
                        .body())
                .isEqualTo("{\"consumer\":\"kafka\",\"events\":40}");
        post("operations", "/api/v1/events/tell-stock", "{}");
        assertThat(events.asked).containsExactly("kafka since 2026-09-04T08:00:00Z", "tell stock");
    }

    @Test
    void whatIsWrongIsNamedAndNothingIsSentAgain() {
        assertProblem(
                post("operations", "/api/v1/events/consumers/kafka/rewind", "{\"since\":\"yesterday\"}"),
                422,
                "invalid-field",
                "since");
        assertThat(post("operations", "/api/v1/events/consumers/nobody/rewind", "{}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("viewer", "/api/v1/events/consumers/kafka/rewind", "{}").statusCode())
                .isEqualTo(403);
        assertThat(events.asked).containsExactly("nobody since null");
    }
}
