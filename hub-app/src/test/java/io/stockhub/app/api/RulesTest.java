package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.WebTest;
import io.stockhub.stock.availability.Finding;
import io.stockhub.stock.availability.RulesDesk;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest extends WebTest {
    private static final String YAML = "channels:\n  shop: {buffer: 2}   # é\n";

    private HttpRequest.Builder yaml(String role, String path) {
        return as(role, path).header("Content-Type", "application/yaml");
    }

    private HttpResponse<String> apply(String role, String query, String document) {
        return send(yaml(role, "/api/v1/rules" + query).PUT(BodyPublishers.ofString(document)));
    }

    @Test
    void withoutRulesThereIsVersionZero() {
        HttpResponse<String> response = get("viewer", "/api/v1/rules");
        assertThat(response.body())
                .isEqualTo("{\"version\":0,\"appliedBy\":null,\"appliedAt\":null,\"comment\":null,\"document\":\"\"}");
        assertThat(response.headers().firstValue("ETag")).contains("\"0\"");
    }

    @Test
    void aPlannerAppliesADocumentAndItIsKeptAsItWas() {
        HttpResponse<String> response = apply("planner", "?comment=for%20summer", YAML);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(json(response).get("changed").asBoolean()).isTrue();
        JsonNode rules = json(get("viewer", "/api/v1/rules"));
        assertThat(rules.get("document").asText()).isEqualTo(YAML);
        assertThat(rules.get("appliedBy").asText()).isEqualTo("paul");
        assertThat(rules.get("comment").asText()).isEqualTo("for summer");
        assertThat(json(apply("planner", "", YAML)).get("changed").asBoolean()).isFalse();
        assertThat(hub.rules).hasSize(1);
    }

    @Test
    void aDocumentMayBeJson() {
        assertThat(put("planner", "/api/v1/rules", "{\"channels\":{}}").statusCode())
                .isEqualTo(200);
        assertThat(hub.rules.getFirst().document()).isEqualTo("{\"channels\":{}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "warehouse", "operations", "finance"})
    void othersMayOnlyLookAndTry(String role) {
        assertProblem(apply(role, "", YAML), 403, "forbidden", null);
        assertThat(hub.rules).isEmpty();
        assertThat(send(yaml(role, "/api/v1/rules/plan").POST(BodyPublishers.ofString(YAML)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void versionsAreListedNewestFirstInPages() {
        apply("planner", "", YAML);
        apply("admin", "", YAML + "#2");
        JsonNode page = json(get("viewer", "/api/v1/rules/versions?limit=1"));
        assertThat(page.at("/versions/0/version").asLong()).isEqualTo(2);
        assertThat(page.at("/versions/0/appliedBy").asText()).isEqualTo("anna");
        JsonNode next = json(get(
                "viewer",
                "/api/v1/rules/versions?limit=1&before=" + page.get("next").asText()));
        assertThat(next.at("/versions/0/version").asLong()).isEqualTo(1);
        assertThat(next.get("next").isNull()).isTrue();
        assertThat(json(get("viewer", "/api/v1/rules/versions/1"))
                        .get("document")
                        .asText())
                .isEqualTo(YAML);
        assertProblem(get("viewer", "/api/v1/rules/versions/3"), 404, "not-found", null);
        assertProblem(get("viewer", "/api/v1/rules/versions/x"), 404, "not-found", null);
    }

    @Test
    void allFindingsAreInTheProblem() {
        hub.findings.add(new Finding(7, "channels.amazon.floor", "-1 (expected: >= 0)"));
        hub.findings.add(new Finding(9, "colour", "no such rule"));
        for (HttpResponse<String> response : java.util.List.of(
                apply("planner", "", YAML),
                send(yaml("planner", "/api/v1/rules/plan").POST(BodyPublishers.ofString(YAML))))) {
            assertProblem(response, 422, "invalid-rules", null);
            assertThat(json(response).get("detail").asText())
                    .isEqualTo("line 7: channels.amazon.floor: -1 (expected: >= 0) (and 1 more findings)");
            assertThat(json(response).get("findings"))
                    .hasSize(2)
                    .first()
                    .hasToString("{\"line\":7,\"path\":\"channels.amazon.floor\",\"problem\":\"-1 (expected: >= 0)\"}");
        }
        JsonNode check = json(send(yaml("viewer", "/api/v1/rules/check").POST(BodyPublishers.ofString(YAML))));
        assertThat(check.get("findings")).hasSize(2);
        assertThat(hub.rules).isEmpty();
    }

    @Test
    void aPlanNamesTheFirstChangesAndCountsAll() {
        hub.changes.add(new RulesDesk.Change("A", "amazon", 10, 8));
        hub.changes.add(new RulesDesk.Change("B", "amazon", 1, 3));
        JsonNode plan = json(send(yaml("viewer", "/api/v1/rules/plan?limit=1").POST(BodyPublishers.ofString(YAML))));
        assertThat(plan)
                .hasToString(
                        "{\"version\":0,\"changed\":2,\"lower\":1,\"toZero\":0,\"unchanged\":40,\"resold\":3,\"changes\":[{\"sku\":\"A\","
                                + "\"channel\":\"amazon\",\"now\":10,\"then\":8}],\"more\":true}");
    }

    @Test
    void anApplicationOnAnOldPlanIsRefusedWithTheVersionThatHolds() {
        apply("planner", "", YAML);
        HttpResponse<String> moved = apply("planner", "?expectedVersion=0", "{}");
        assertProblem(moved, 409, "rules-moved", null);
        assertThat(json(moved).get("version").asLong()).isEqualTo(1);
        HttpRequest.Builder byTag = yaml("planner", "/api/v1/rules").PUT(BodyPublishers.ofString("{}"));
        assertProblem(send(byTag.copy().header("If-Match", "\"0\"")), 409, "rules-moved", null);
        assertProblem(send(byTag.copy().header("If-Match", "1")), 422, "invalid-field", "If-Match");
        assertThat(send(byTag.copy().header("If-Match", "\"1\"")).statusCode()).isEqualTo(200);
        assertProblem(apply("planner", "?expectedVersion=x", "{}"), 422, "invalid-field", "expectedVersion");
    }

    @Test
    void otherBodiesAreRefused() {
        HttpRequest.Builder text = as("planner", "/api/v1/rules").header("Content-Type", "text/plain");
        assertProblem(send(text.PUT(BodyPublishers.ofString(YAML))), 415, "unsupported-media-type", null);
        byte[] latin = YAML.getBytes(StandardCharsets.ISO_8859_1);
        assertProblem(
                send(yaml("planner", "/api/v1/rules").PUT(BodyPublishers.ofByteArray(latin))),
                400,
                "malformed-request",
                null);
        assertProblem(apply("planner", "", "#".repeat(1_100_000)), 413, "payload-too-large", null);
        assertProblem(apply("planner", "?comment=" + "x".repeat(251), YAML), 422, "invalid-field", "comment");
        assertThat(hub.rules).isEmpty();
    }
}
