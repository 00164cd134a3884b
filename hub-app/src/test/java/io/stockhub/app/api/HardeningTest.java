package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.WebTest;
import io.stockhub.stock.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardeningTest extends WebTest {
    private static final String PATH = "/api/v1/movements";
    private static final String GOOD =
            "{\"kind\":\"receipt\",\"location\":\"JKT\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}";

    @BeforeEach
    void accept() {
        hub.answers = command -> new Answer.Moved(1, Instant.EPOCH, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"kind\":\"receipt\"",
                "{\"a\":1} {\"a\":1}",
                "{\"a\":1}x",
                "{\"kind\":\"a\",\"kind\":\"b\"}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":1,}",
                "/* no */{}",
                "\uFEFF\uFEFF{}"
            })
    void whatIsNotStrictlyJsonIsRefused(String body) {
        assertProblem(post("operations", PATH, body), 400, "malformed-json", null);
        assertThat(hub.commands).isEmpty();
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] latin1 = GOOD.replace("JKT", "J\u00e9T").getBytes(StandardCharsets.ISO_8859_1);
        HttpResponse<String> response = send(as("operations", PATH)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(latin1)));
        assertProblem(response, 400, "malformed-json", null);
    }

    @Test
    void depthIsBounded() {
        assertProblem(post("operations", PATH, "[".repeat(100_000)), 400, "malformed-json", null);
    }

    @Test
    void endlessNumbersAreRefused() {
        assertProblem(post("operations", PATH, "{\"a\":" + "9".repeat(100_000) + "}"), 400, "malformed-json", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"x\"", "null", "true"})
    void aBodyThatIsNoObjectIsSaidSo(String body) {
        assertProblem(post("operations", PATH, body), 422, "invalid-field", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"})
    void otherContentTypesAreRefused(String type) {
        HttpResponse<String> response =
                send(as("operations", PATH).header("Content-Type", type).POST(BodyPublishers.ofString(GOOD)));
        assertProblem(response, 415, "unsupported-media-type", null);
        assertThat(hub.commands).isEmpty();
    }

    @Test
    void jsonInUtf8IsTakenHoweverItIsAnnounced() {
        HttpResponse<String> response = send(as("operations", PATH)
                .header("Content-Type", "Application/JSON; charset=\"UTF-8\"")
                .POST(BodyPublishers.ofString(GOOD)));
        assertThat(response.statusCode()).isEqualTo(201);
    }

    @Test
    void aBodyAboveTheBoundIsRefusedByItsAnnouncedLength() {
        HttpResponse<String> response = post("operations", PATH, " ".repeat(10 << 20));
        assertProblem(response, 413, "payload-too-large", null);
        assertThat(json(response).get("maxBytes").asLong()).isEqualTo(1 << 20);
    }

    @Test
    void aBodyAboveTheBoundIsRefusedWithoutALengthToo() {
        byte[] large = new byte[(1 << 20) + 1];
        HttpResponse<String> response = send(as("operations", PATH)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
        assertProblem(response, 413, "payload-too-large", null);
    }

    @Test
    void aBodyOfExactlyTheBoundIsTaken() {
        String padded = GOOD + " ".repeat((1 << 20) - GOOD.length());
        assertThat(post("operations", PATH, padded).statusCode()).isEqualTo(201);
    }

    @Test
    void aWrongKeyIsRefusedEverywhere() {
        for (String path :
                new String[] {"/api/v1/stock", "/api/openapi.yaml", "/actuator/health", "/login", "/nowhere"}) {
            HttpResponse<String> response = send(as(null, path)
                    .header("Authorization", "Bearer key-of-admiN")
                    .GET());
            assertProblem(response, 401, "unauthorized", null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Basic a2V5LW9mLWFkbWlu", "key-of-admin"})
    void aKeyInAnotherShapeIsRefused(String header) {
        assertProblem(
                send(as(null, "/api/v1/stock").header("Authorization", header).GET()), 401, "unauthorized", null);
    }

    @Test
    void whoIsKnownIsToldThatAPathDoesNotExist() {
        assertProblem(get("admin", "/api/v1/nothing"), 404, "not-found", null);
        assertProblem(get("admin", "/actuator/env"), 404, "not-found", null);
        assertProblem(get("admin", "/actuator"), 404, "not-found", null);
        assertProblem(get("admin", "/error"), 404, "not-found", null);
    }

    @Test
    void whoIsKnownIsToldTheMethodsOfAPath() {
        HttpResponse<String> response = get("admin", PATH);
        assertProblem(response, 405, "method-not-allowed", null);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void healthIsOpenAndMetricsAreNot() {
        assertThat(get(null, "/actuator/health").statusCode()).isEqualTo(200);
        assertThat(get(null, "/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get(null, "/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(get(null, "/actuator/prometheus").statusCode()).isEqualTo(401);
        assertThat(get("viewer", "/actuator/prometheus").statusCode()).isEqualTo(200);
        assertThat(get(null, "/actuator/health").body()).doesNotContain("path", "free");
    }

    @Test
    void everyAnswerForbidsSniffingFramingAndInlineCode() {
        for (String path : new String[] {"/login", "/api/v1/stock", "/actuator/health"}) {
            var headers = get(null, path).headers();
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void aKeyOpensNoSession() {
        assertThat(get("viewer", "/api/v1/channels").headers().allValues("Set-Cookie"))
                .isEmpty();
    }
}
