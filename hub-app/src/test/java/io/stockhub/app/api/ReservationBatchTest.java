package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.WebTest;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Command;
import io.stockhub.stock.StockUnavailableException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many orders in one call: each is answered as if it had come alone. */
class ReservationBatchTest extends WebTest {
    private static final String PATH = "/api/v1/reservations/batch";

    @BeforeEach
    void everyOrderIsTaken() {
        hub.answers = command -> new Answer.Held(ReservationsTest.RESERVATION, false);
    }

    private static String order(String ref) {
        return order(ref, "{\"sku\":\"TEE-M\",\"quantity\":5}");
    }

    private static String order(String ref, String line) {
        return "{\"channel\":\"shopify\",\"orderRef\":\"" + ref + "\",\"lines\":[" + line + "]}";
    }

    private static String batch(String... orders) {
        return "{\"reservations\":[" + String.join(",", orders) + "]}";
    }

    private JsonNode results(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).get("results");
    }

    private void answerByOrder(java.util.function.Function<String, Answer> answers) {
        hub.answers = command -> answers.apply(((Command.Reserve) command).orderRef());
    }

    @Test
    void everyOrderIsAnsweredInItsPlace() {
        HttpResponse<String> response = post("operations", PATH, batch(order("1"), order("2")));

        String one = "{\"status\":201,\"reservation\":{\"reservationId\":\"9\",\"status\":\"partly-shipped\","
                + "\"lines\":[{\"sku\":\"TEE-M\",\"quantity\":5,\"allocations\":[{\"location\":\"JKT\","
                + "\"quantity\":2},{\"location\":\"SUB\",\"quantity\":1}],\"short\":2}]}}";
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"results\":[" + one + "," + one + "]}");
        assertThat(response.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(hub.commands)
                .extracting(command -> ((Command.Reserve) command).orderRef())
                .containsExactly("1", "2");
        assertThat(hub.commands).allSatisfy(command -> {
            assertThat(command.actor()).isEqualTo("otto");
            assertThat(command.key()).isNull();
        });
    }

    @Test
    void theFaultOfOneOrderDoesNotTouchTheOthers() {
        answerByOrder(ref -> switch (ref) {
            case "short" -> new Answer.InsufficientStock(List.of(new Answer.Shortage(0, "TEE-M", 5, 2)));
            case "unknown" -> new Answer.UnknownSku(0, "TEE-M");
            case "conflict" -> new Answer.KeyConflict("shopify/conflict");
            default -> new Answer.Held(ReservationsTest.RESERVATION, false);
        });

        JsonNode results = results(post(
                "admin",
                PATH,
                batch(
                        order("1"),
                        order("short"),
                        order("unknown"),
                        order("conflict"),
                        order("2", "{\"sku\":\"TEE-M\",\"quantity\":0}"),
                        order("3", "{\"sku\":\"TEE-M\",\"quantity\":\"many\"}"),
                        "{\"channel\":\"shopify\",\"orderRef\":\"4\",\"colour\":\"red\",\"lines\":[]}",
                        order("5"))));

        assertThat(results).hasSize(8);
        assertThat(results.get(0).at("/reservation/reservationId").asText()).isEqualTo("9");
        assertRefused(results.get(1), 409, "insufficient-stock", "lines[0].quantity");
        assertThat(results.get(1).at("/problem/shortages/0/short").asLong()).isEqualTo(3);
        assertRefused(results.get(2), 422, "unknown-sku", "lines[0].sku");
        assertRefused(results.get(3), 422, "idempotency-conflict", null);
        assertRefused(results.get(4), 422, "invalid-field", "lines[0].quantity");
        assertRefused(results.get(5), 422, "invalid-field", "lines[0].quantity");
        assertRefused(results.get(6), 422, "invalid-field", "colour");
        assertThat(results.get(7).get("status").asInt()).isEqualTo(201);
        assertThat(hub.commands)
                .extracting(command -> ((Command.Reserve) command).orderRef())
                .containsExactly("1", "short", "unknown", "conflict", "5");
    }

    private static void assertRefused(JsonNode result, int status, String type, String field) {
        assertThat(result.get("status").asInt()).as(result.toString()).isEqualTo(status);
        assertThat(result.has("reservation")).isFalse();
        assertThat(result.at("/problem/type").asText()).isEqualTo("/problems/" + type);
        assertThat(result.at("/problem/status").asInt()).isEqualTo(status);
        assertThat(result.at("/problem/field").asText(null)).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{`reservations`:[],400,malformed-json,",
                "[],422,invalid-field,",
                "{},422,invalid-field,reservations",
                "{\"reservations\":[]},422,invalid-field,reservations",
                "{\"reservations\":{}},422,invalid-field,reservations",
                "{\"reservations\":[7]},422,invalid-field,reservations[0]",
                "{\"orders\":[]},422,invalid-field,orders"
            })
    void aDocumentThatIsWrongAsAWholeIsRefusedAsAWhole(String body, int status, String type, String field) {
        assertProblem(post("admin", PATH, body.replace('`', '"')), status, type, field);
        assertThat(hub.commands).isEmpty();
    }

    @Test
    void aHundredOrdersAreTakenAndNoneOfAHundredAndOne() {
        String hundred = IntStream.range(0, 100).mapToObj(i -> order("A" + i)).collect(Collectors.joining(","));
        assertThat(results(post("admin", PATH, batch(hundred)))).hasSize(100);
        hub.commands.clear();

        assertProblem(post("admin", PATH, batch(hundred, order("B"))), 422, "invalid-field", "reservations");
        assertThat(hub.commands).isEmpty();
    }

    @Test
    void theKeyOfTheCallIsAKeyOfEachOrderByItsPlace() {
        send(as("operations", PATH)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "import-7")
                .POST(BodyPublishers.ofString(batch(order("1"), order("2")))));
        assertThat(hub.commands)
                .extracting(Command::key)
                .containsExactly("http:otto:" + PATH + ":import-7#0", "http:otto:" + PATH + ":import-7#1");
    }

    @Test
    void theLongestKeyHasRoomForTheLastPlace() {
        String hundred = IntStream.range(0, 100).mapToObj(i -> order("A" + i)).collect(Collectors.joining(","));
        for (int length : new int[] {190, 199, 200}) {
            hub.commands.clear();
            send(as("operations", PATH)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "k".repeat(length))
                    .POST(BodyPublishers.ofString(batch(hundred))));
            assertThat(hub.commands.stream().map(Command::key).distinct()).hasSize(100);
        }
    }

    @Test
    void aCallWhoseOrdersWereAllAcceptedBeforeIsSaidToBeAReplay() {
        hub.answers = command -> new Answer.Held(ReservationsTest.RESERVATION, true);
        HttpResponse<String> response = post("admin", PATH, batch(order("1"), order("2")));
        assertThat(results(response).get(1).get("replayed").asBoolean()).isTrue();
        assertThat(response.headers().firstValue("Idempotent-Replayed")).contains("true");

        answerByOrder(ref -> new Answer.Held(ReservationsTest.RESERVATION, ref.equals("1")));
        HttpResponse<String> mixed = post("admin", PATH, batch(order("1"), order("2")));
        assertThat(results(mixed).get(0).get("replayed").asBoolean()).isTrue();
        assertThat(results(mixed).get(1).has("replayed")).isFalse();
        assertThat(mixed.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void theUnitsOfAllOrdersAreReadAtOnce() {
        for (String sku : List.of("A", "B")) {
            hub.skus.put(sku, Catalogue.Sku.of(sku, sku));
        }
        JsonNode results = results(post(
                "admin",
                PATH,
                batch(
                        order("1", "{\"sku\":\"A\",\"quantity\":2,\"unit\":\"EA\"}"),
                        order("2", "{\"sku\":\"B\",\"quantity\":3,\"unit\":\"EA\"}"),
                        order("3", "{\"sku\":\"NOPE\",\"quantity\":3,\"unit\":\"EA\"}"),
                        order("4", "{\"sku\":\"A\",\"quantity\":3,\"unit\":\"BOX\"}"))));
        assertThat(hub.unitReads).hasSize(1);
        assertThat(hub.commands)
                .extracting(command ->
                        ((Command.Reserve) command).lines().getFirst().quantity())
                .containsExactly(2L, 3L);
        assertRefused(results.get(2), 422, "unknown-sku", "lines[0].sku");
        assertRefused(results.get(3), 422, "invalid-field", "lines[0].unit");
    }

    @Test
    void anOrderWithoutAKnownOutcomeSaysThatItMayBeAskedAgain() {
        answerByOrder(ref -> {
            if (ref.equals("2")) {
                throw new StockUnavailableException("the database broke off", null);
            }
            return new Answer.Held(ReservationsTest.RESERVATION, false);
        });
        hub.failLater = true;

        JsonNode results = results(post("admin", PATH, batch(order("1"), order("2"), order("3"))));

        assertThat(results.get(0).get("status").asInt()).isEqualTo(201);
        assertRefused(results.get(1), 503, "unavailable", null);
        assertThat(results.get(1).at("/problem/detail").asText()).contains("unknown", "Ask again");
        assertThat(results.get(1).at("/problem/retryAfter").asInt()).isPositive();
        assertThat(results.get(2).get("status").asInt()).isEqualTo(201);
    }

    @Test
    void anOrderThatWasNotTakenSaysThatNothingWasDone() {
        answerByOrder(ref -> {
            if (ref.equals("2")) {
                throw new StockUnavailableException("too many commands are waiting", null);
            }
            return new Answer.Held(ReservationsTest.RESERVATION, false);
        });
        JsonNode results = results(post("admin", PATH, batch(order("1"), order("2"))));
        assertThat(results.get(0).get("status").asInt()).isEqualTo(201);
        assertRefused(results.get(1), 503, "unavailable", null);
        assertThat(results.get(1).at("/problem/detail").asText()).contains("Nothing was done");
    }

    @Test
    void aCallOfWhichNothingWasTakenIsUnavailableAsAWhole() {
        hub.answers = command -> {
            throw new StockUnavailableException("too many commands are waiting", null);
        };
        HttpResponse<String> response = post("admin", PATH, batch(order("1"), order("2")));
        assertProblem(response, 503, "unavailable", null);
        assertThat(response.headers().firstValue("Retry-After")).contains("2");
        assertThat(json(response).get("detail").asText()).contains("Nothing was done");
    }

    @Test
    void aSingleOrderThatWasNotTakenIsUnavailableAndNothingWasDone() {
        hub.answers = command -> {
            throw new StockUnavailableException("the hub is stopping", null);
        };
        HttpResponse<String> response = post("admin", "/api/v1/reservations", order("1"));
        assertProblem(response, 503, "unavailable", null);
        assertThat(response.headers().firstValue("Retry-After")).contains("2");
        assertThat(json(response).get("detail").asText())
                .contains("Nothing was done")
                .doesNotContain("unknown");
        assertThat(json(response).get("retryAfter").asInt()).isEqualTo(2);
    }

    @Test
    void aSingleOrderWithoutAKnownOutcomeIsUnavailableAndMayBeAskedAgain() {
        hub.answers = command -> {
            throw new StockUnavailableException("the commit broke off", null);
        };
        hub.failLater = true;
        HttpResponse<String> response = post("admin", "/api/v1/reservations", order("1"));
        assertProblem(response, 503, "unavailable", null);
        assertThat(response.headers().firstValue("Retry-After")).contains("2");
        assertThat(json(response).get("detail").asText()).contains("unknown").doesNotContain("commit");
    }
}
