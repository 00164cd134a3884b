package io.stockhub.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.WebTest;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.StockUnavailableException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MovementsTest extends WebTest {
    private static final Instant NOW = Instant.parse("2026-09-04T10:15:00Z");
    private static final String PATH = "/api/v1/movements";

    private static String receipt(String quantity) {
        return "{\"kind\":\"receipt\",\"location\":\"JKT\",\"lines\":[{\"sku\":\"TEE-M\",\"quantity\":" + quantity
                + "}]}";
    }

    @Test
    void aReceiptIsRecordedWithAllThatWasSaid() {
        hub.skus.put("TEE-M", Catalogue.Sku.of("TEE-M", "Tee"));
        hub.answers = command -> new Answer.Moved(41, NOW, false);

        HttpResponse<String> response = post(
                "warehouse",
                PATH,
                """
            {"kind":"receipt","location":"JKT","reference":"PO-1","occurredAt":"2026-09-04T12:00:00+07:00",
             "reason":"counted","lines":[{"sku":"TEE-M","quantity":10,"unit":"EA"},{"sku":"CAP","quantity":2}]}\
            """);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body())
                .isEqualTo("{\"movementId\":\"41\",\"sequence\":41,\"recordedAt\":\"2026-09-04T10:15:00Z\"}");
        assertThat(response.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(hub.commands)
                .containsExactly(new Command.Move(
                        MovementKind.RECEIPT,
                        "JKT",
                        "PO-1",
                        "counted",
                        Instant.parse("2026-09-04T05:00:00Z"),
                        "wanda",
                        null,
                        List.of(new Command.Line("TEE-M", 10), new Command.Line("CAP", 2))));
    }

    @Test
    void anAdjustmentMayTakeAway() {
        hub.answers = command -> new Answer.Moved(42, NOW, false);
        post("operations", PATH, receipt("-3").replace("receipt", "adjustment"));
        assertThat(((Command.Move) hub.commands.get(0)).lines().get(0).quantity())
                .isEqualTo(-3);
    }

    @Test
    void theIdempotencyKeyIsScopedToCallerAndPathAndAReplayIsSaid() {
        hub.answers = command -> new Answer.Moved(41, NOW, true);

        HttpResponse<String> response = send(as("operations", PATH)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "abc 1")
                .POST(BodyPublishers.ofString(receipt("1"))));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(hub.commands.get(0).key()).isEqualTo("http:otto:/api/v1/movements:abc 1");
    }

    @Test
    void theLongestKeyStillFitsTheLedger() {
        hub.answers = command -> new Answer.Held(ReservationsTest.RESERVATION, false);
        send(as("operations", "/api/v1/reservations/1234567890123456/cancel")
                .header("Idempotency-Key", "k".repeat(200))
                .POST(BodyPublishers.noBody()));
        assertThat(hub.commands.get(0).key()).hasSizeLessThanOrEqualTo(250).startsWith("http-hash:");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 201})
    void aKeyOfTheWrongLengthIsRefused(int length) {
        HttpResponse<String> response = send(as("operations", PATH)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k".repeat(length))
                .POST(BodyPublishers.ofString(receipt("1"))));
        assertProblem(response, 422, "invalid-field", "Idempotency-Key");
    }

    @Test
    void theSameKeyWithAnotherBodyIsAConflict() {
        hub.answers = command -> new Answer.KeyConflict("k");
        assertProblem(post("operations", PATH, receipt("1")), 422, "idempotency-conflict", null);
    }

    @Test
    void shortStockIsAConflictThatNamesEachLine() {
        hub.answers = command -> new Answer.InsufficientStock(
                List.of(new Answer.Shortage(0, "TEE-M", 9, 4), new Answer.Shortage(1, "CAP", 2, 0)));
        HttpResponse<String> response = post("operations", PATH, receipt("-9").replace("receipt", "adjustment"));
        assertProblem(response, 409, "insufficient-stock", "lines[0].quantity");
        assertThat(json(response).get("shortages").toString())
                .isEqualTo("[{\"line\":0,\"sku\":\"TEE-M\",\"requested\":9,\"available\":4,\"short\":5},"
                        + "{\"line\":1,\"sku\":\"CAP\",\"requested\":2,\"available\":0,\"short\":2}]");
    }

    @Test
    void anUnknownSkuIsNamedByItsLine() {
        hub.answers = command -> new Answer.UnknownSku(0, "NOPE");
        HttpResponse<String> response = post("operations", PATH, receipt("1"));
        assertProblem(response, 422, "unknown-sku", "lines[0].sku");
        assertThat(json(response).get("detail").asText()).contains("NOPE");
    }

    @Test
    void anUnknownLocationIsNamed() {
        hub.answers = command -> new Answer.UnknownLocation("MARS");
        assertProblem(post("operations", PATH, receipt("1")), 422, "unknown-location", "location");
    }

    @Test
    void whenNothingCanBeDecidedTheCallerIsToldToAskAgain() {
        hub.answers = command -> {
            throw new StockUnavailableException("queue full at node 7", null);
        };
        HttpResponse<String> response = post("operations", PATH, receipt("1"));
        assertProblem(response, 503, "unavailable", null);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).doesNotContain("node 7");
    }

    @Test
    void anUnforeseenFailureSaysAnIdAndNothingElse() {
        hub.answers = command -> {
            throw new IllegalStateException("SELECT secret FROM place");
        };
        HttpResponse<String> response = post("operations", PATH, receipt("1"));
        assertProblem(response, 500, "internal", null);
        assertThat(json(response).get("errorId").asText()).hasSize(36);
        assertThat(response.body()).doesNotContain("SELECT", "Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|>= 1",
                "-3|>= 1",
                "1.5|an integer",
                "1.0|an integer",
                "\"3\"|an integer",
                "1e3|an integer",
                "1000000000000000000000000000000|64 bits",
                "null|an integer",
                "true|an integer",
                "[1]|an integer",
                "1000000001|at most 1000000000",
                "-9223372036854775808|>= 1"
            })
    void aWrongQuantityIsNamedWithWhatWasExpected(String quantity, String expected) {
        HttpResponse<String> response = post("operations", PATH, receipt(quantity));
        assertProblem(response, 422, "invalid-field", "lines[0].quantity");
        assertThat(json(response).get("detail").asText()).contains(expected);
        assertThat(hub.commands).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"location\":\"JKT\",\"lines\":[]}|kind",
                "{\"kind\":\"pick\",\"location\":\"JKT\",\"lines\":[]}|kind",
                "{\"kind\":\"transfer_ship\",\"location\":\"JKT\",\"lines\":[]}|kind",
                "{\"kind\":\"RECEIPT\",\"location\":\"JKT\",\"lines\":[]}|kind",
                "{\"kind\":5,\"location\":\"JKT\",\"lines\":[]}|kind",
                "{\"kind\":\"receipt\",\"lines\":[]}|location",
                "{\"kind\":\"receipt\",\"location\":null,\"lines\":[]}|location",
                "{\"kind\":\"receipt\",\"location\":\"J\\u0000\",\"lines\":[]}|location",
                "{\"kind\":\"receipt\",\"location\":\"J\\ud800\",\"lines\":[]}|location",
                "{\"kind\":\"receipt\",\"location\":\"JKT\"}|lines",
                "{\"kind\":\"receipt\",\"location\":\"JKT\",\"lines\":[]}|lines",
                "{\"kind\":\"receipt\",\"location\":\"JKT\",\"lines\":{}}|lines",
                "{\"kind\":\"receipt\",\"location\":\"JKT\",\"lines\":[7]}|lines[0]",
                "{\"kind\":\"receipt\",\"location\":\"JKT\",\"lines\":[{\"quantity\":1}]}|lines[0].sku",
                "{\"kind\":\"receipt\",\"location\":\"JKT\",\"lines\":[{\"sku\":\"A\"}]}|lines[0].quantity",
                "{\"kind\":\"receipt\",\"location\":\"JKT\",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"color\":\"red\"}]}|lines[0].color",
                "{\"kind\":\"receipt\",\"location\":\"JKT\",\"occurredAt\":\"2026-09-04\",\"lines\":[]}|occurredAt",
                "{\"kind\":\"receipt\",\"location\":\"JKT\",\"occurredAt\":\"2026-09-04T10:00:00\",\"lines\":[]}|occurredAt",
                "{\"kind\":\"receipt\",\"location\":\"JKT\",\"occurredAt\":\"+999999999-01-01T00:00:00Z\",\"lines\":[]}|occurredAt",
                "{\"kind\":\"receipt\",\"location\":\"JKT\",\"lines\":[],\"extra\":1}|extra"
            })
    void aWrongFieldIsNamed(String body, String field) {
        assertProblem(post("operations", PATH, body), 422, "invalid-field", field);
        assertThat(hub.commands).isEmpty();
    }

    private static void assertProblem(HttpResponse<String> response, int status, String type, String field) {
        Assertions.assertProblem(response, status, type, field);
    }
}
