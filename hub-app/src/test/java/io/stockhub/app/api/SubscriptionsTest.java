package io.stockhub.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.FakeSubscriptions;
import io.stockhub.app.WebTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SubscriptionsTest extends WebTest {
    private static final String PATH = "/api/v1/subscriptions";
    private static final String GOOD = "{\"url\":\"https://hooks.example/in\",\"types\":[\"stock.changed\"]}";

    @Autowired
    private FakeSubscriptions subscriptions;

    @BeforeEach
    void nobodySubscribed() {
        subscriptions.known.clear();
    }

    @Test
    void theSecretIsShownOnceAndNotKeptByAnyoneBetween() {
        HttpResponse<String> made = post("admin", PATH, GOOD);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(json(made).path("secret").asText()).isEqualTo("whsec_once");
        assertThat(json(made).path("createdBy").asText()).isEqualTo("anna");

        JsonNode listed = json(get("viewer", PATH)).at("/subscriptions/0");
        assertThat(listed.path("url").asText()).isEqualTo("https://hooks.example/in");
        assertThat(listed.path("secret").isNull()).isTrue();
        assertThat(json(post("admin", PATH + "/7/rotate", "")).path("secret").asText())
                .isEqualTo("whsec_twice");
    }

    @Test
    void onlyAnAdminSendsWhatHappensElsewhere() {
        assertThat(post("operations", PATH, GOOD).statusCode()).isEqualTo(403);
        assertThat(subscriptions.known).isEmpty();
    }

    @Test
    void whatIsWrongIsNamed() {
        Assertions.assertProblem(post("admin", PATH, "{}"), 422, "invalid-field", "url");
        Assertions.assertProblem(post("admin", PATH, "{\"url\":\"nowhere\"}"), 422, "invalid-field", "url");
        Assertions.assertProblem(post("admin", PATH, "{\"url\":\"https://127.0.0.1/\"}"), 422, "invalid-field", "url");
        Assertions.assertProblem(
                post("admin", PATH, "{\"url\":\"https://a.example\",\"types\":[\"x\"]}"),
                422,
                "invalid-field",
                "types[0]");
        Assertions.assertProblem(post("admin", PATH + "/9/test", ""), 404, "not-found", null);
    }
}
