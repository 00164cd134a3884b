package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.FakeReconciliation;
import io.stockhub.app.WebTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Reading a whole channel can be followed, and what waits for a person can be decided, by those who may. */
class ReconciliationTest extends WebTest {
    @Autowired
    private FakeReconciliation reconciliation;

    @Test
    void theReadingOfAChannelSaysHowFarItIs() {
        assertThat(get("viewer", "/api/v1/channels/amazon/reconcile").body())
                .isEqualTo(
                        """
                        {"channel":"amazon","since":"2026-09-04T10:15:00Z","why":"asked","listings":100,"toRead":40,"found":2}""");
        assertProblem(get("viewer", "/api/v1/channels/nope/reconcile"), 404, "not-found", null);
    }

    @Test
    void aDecisionIsWrittenDownWithWhoAndWhy() {
        HttpResponse<String> decided =
                decide("operations", "7", "{\"decision\":\"overwrite\",\"reason\":\"alias is right\"}");
        assertThat(decided.statusCode()).isEqualTo(200);
        assertThat(decided.body())
                .contains(
                        "\"decided\":{\"decision\":\"overwrite\",\"by\":\"otto\",\"at\":\"2026-09-04T10:15:00Z\",\"reason\":\"alias is right\"}");
        assertThat(reconciliation.decisions).contains("OVERWRITE otto alias is right");
    }

    @Test
    void whatIsNoDecisionIsRefused() {
        String good = "{\"decision\":\"adopt\",\"reason\":\"x\"}";
        assertProblem(decide("operations", "8", good), 409, "wrong-state", null);
        assertProblem(decide("operations", "9", good), 404, "not-found", null);
        assertProblem(decide("viewer", "7", good), 403, "forbidden", null);
        assertProblem(decide("operations", "7", "{\"decision\":\"adopt\"}"), 422, "invalid-field", "reason");
        assertProblem(
                decide("operations", "7", "{\"decision\":\"hold\",\"reason\":\"x\"}"),
                422,
                "invalid-field",
                "decision");
    }

    private HttpResponse<String> decide(String role, String id, String body) {
        return send(as(role, "/api/v1/drifts/" + id + "/decide")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }
}
