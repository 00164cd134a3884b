package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.WebTest;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.Detail;
import io.stockhub.stock.RefusalCode;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.ReservationQueries;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReservationsTest extends WebTest {
    static final Reservation RESERVATION = new Reservation(
            9,
            "shopify",
            "1001",
            Command.Policy.PARTIAL,
            List.of(new Reservation.Line(
                    "TEE-M",
                    5,
                    0,
                    List.of(
                            new Reservation.Allocation("TEE-M", "JKT", Detail.NONE, 2, 0, 1, 0),
                            new Reservation.Allocation("TEE-M", "SUB", Detail.NONE, 1, 0, 0, 0)))),
            41,
            Instant.parse("2026-09-04T10:15:00Z"));
    private static final String PATH = "/api/v1/reservations";

    @Test
    void anOrderIsReserved() {
        hub.answers = command -> new Answer.Held(RESERVATION, false);

        HttpResponse<String> response = post(
                "operations",
                PATH,
                """
            {"channel":"shopify","orderRef":"1001","policy":"partial",
             "shipTo":{"country":"ID","region":"JK","postalCode":"10110"},"lines":[{"sku":"TEE-M","quantity":5}]}\
            """);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body())
                .isEqualTo("{\"reservationId\":\"9\",\"status\":\"partly-shipped\",\"lines\":[{\"sku\":\"TEE-M\","
                        + "\"quantity\":5,\"allocations\":[{\"location\":\"JKT\",\"quantity\":2},"
                        + "{\"location\":\"SUB\",\"quantity\":1}],\"short\":2}]}");
        assertThat(hub.commands)
                .containsExactly(new Command.Reserve(
                        "shopify",
                        "1001",
                        Command.Policy.PARTIAL,
                        new Command.ShipTo("ID", "JK", "10110"),
                        null,
                        "otto",
                        null,
                        List.of(new Command.Line("TEE-M", 5))));
    }

    @Test
    void theSameOrderAgainIsSaidToBeAReplay() {
        hub.answers = command -> new Answer.Held(RESERVATION, true);
        HttpResponse<String> response = post(
                "admin",
                PATH,
                """
            {"channel":"shopify","orderRef":"1001","lines":[{"sku":"TEE-M","quantity":5}]}\
            """);
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(((Command.Reserve) hub.commands.get(0)).policy()).isEqualTo(Command.Policy.ALL_OR_NOTHING);
    }

    @Test
    void wrongFieldsAreNamed() {
        assertProblem(post("admin", PATH, "{\"orderRef\":\"1\",\"lines\":[]}"), 422, "invalid-field", "channel");
        assertProblem(post("admin", PATH, "{\"channel\":\"s\",\"lines\":[]}"), 422, "invalid-field", "orderRef");
        assertProblem(
                post("admin", PATH, "{\"channel\":\"s\",\"orderRef\":\"1\",\"policy\":\"maybe\",\"lines\":[]}"),
                422,
                "invalid-field",
                "policy");
        assertProblem(
                post("admin", PATH, "{\"channel\":\"s\",\"orderRef\":\"1\",\"shipTo\":{\"city\":\"x\"},\"lines\":[]}"),
                422,
                "invalid-field",
                "shipTo.city");
        assertProblem(
                post("admin", PATH, "{\"channel\":\"s\",\"orderRef\":\"1\",\"lines\":[]}"),
                422,
                "invalid-field",
                "lines");
    }

    @Test
    void shippingWithoutABodyShipsAll() {
        hub.answers = command -> new Answer.Held(RESERVATION, false);
        HttpResponse<String> response = send(as("warehouse", PATH + "/9/ship").POST(BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(hub.commands).containsExactly(new Command.Ship(9, "wanda", null, List.of()));
    }

    @Test
    void linesMayBeCancelledAlone() {
        hub.answers = command -> new Answer.Held(RESERVATION, false);
        post("operations", PATH + "/9/cancel", "{\"lines\":[{\"sku\":\"TEE-M\",\"quantity\":1}]}");
        assertThat(hub.commands)
                .containsExactly(new Command.Cancel(9, "otto", null, List.of(new Command.Line("TEE-M", 1))));
    }

    @Test
    void shippingMoreThanIsHeldSaysHowMuchIs() {
        hub.answers = command -> new Answer.NotHeld(0, "TEE-M", 9, 2);
        HttpResponse<String> response =
                post("operations", PATH + "/9/ship", "{\"lines\":[{\"sku\":\"TEE-M\",\"quantity\":9}]}");
        assertProblem(response, 409, "not-held", "lines[0].quantity");
        assertThat(json(response).get("held").asLong()).isEqualTo(2);
    }

    @Test
    void anUnknownReservationIsNotFoundHoweverItIsWritten() {
        hub.answers = command -> new Answer.UnknownReservation(77);
        assertProblem(
                send(as("operations", PATH + "/77/ship").POST(BodyPublishers.noBody())),
                404,
                "unknown-reservation",
                null);
        assertProblem(
                send(as("operations", PATH + "/x-7/cancel").POST(BodyPublishers.noBody())),
                404,
                "unknown-reservation",
                null);
        assertProblem(get("viewer", PATH + "/77"), 404, "unknown-reservation", null);
        assertProblem(get("viewer", PATH + "/99999999999999999999"), 404, "unknown-reservation", null);
    }

    @Test
    void aReservationIsReadWithAllThatIsKnown() {
        hub.reservations.put(9L, RESERVATION);
        HttpResponse<String> response = get("viewer", PATH + "/9");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).at("/lines/0/allocations/0/held").asLong()).isEqualTo(1);
        assertThat(json(response).at("/lines/0/short").asLong()).isEqualTo(2);
        assertThat(json(response).get("orderRef").asText()).isEqualTo("1001");
    }

    /** Two bundles of 1 A and 2 B: one is whole in JKT, the other is made of parts of both places. */
    static final Reservation BUNDLES = new Reservation(
            10,
            "shop",
            "1002",
            Command.Policy.ALL_OR_NOTHING,
            "ACME",
            2,
            null,
            Instant.parse("2026-09-04T10:30:00Z"),
            false,
            List.of(new Reservation.Line(
                    "SET",
                    2,
                    0,
                    0,
                    Map.of("A", 1L, "B", 2L),
                    List.of(
                            new Reservation.Allocation("A", "JKT", new Detail("L-1", "", "A-01", "", ""), 1, 1, 0, 0),
                            new Reservation.Allocation("A", "JKT", Detail.NONE, 1, 0, 0, 0),
                            new Reservation.Allocation("B", "JKT", Detail.NONE, 3, 2, 0, 0),
                            new Reservation.Allocation("B", "SUB", Detail.NONE, 1, 0, 0, 0)))),
            41,
            Instant.parse("2026-09-04T10:15:00Z"));

    @Test
    void lotsAndBinsOfOnePlaceAreOneAllocationAndABundleShowsItsComponents() {
        hub.answers = command -> new Answer.Held(BUNDLES, false);
        HttpResponse<String> response = post(
                "admin",
                PATH,
                "{\"channel\":\"shop\",\"orderRef\":\"1002\",\"lines\":[{\"sku\":\"SET\",\"quantity\":2}]}");
        assertThat(response.body())
                .isEqualTo("{\"reservationId\":\"10\",\"status\":\"held\",\"lines\":[{\"sku\":\"SET\",\"quantity\":2,"
                        + "\"allocations\":[{\"location\":\"JKT\",\"quantity\":1}],\"short\":0,\"components\":["
                        + "{\"sku\":\"A\",\"perUnit\":1,\"allocations\":[{\"location\":\"JKT\",\"quantity\":2}]},"
                        + "{\"sku\":\"B\",\"perUnit\":2,\"allocations\":[{\"location\":\"JKT\",\"quantity\":3},"
                        + "{\"location\":\"SUB\",\"quantity\":1}]}]}]}");
    }

    @Test
    void aReservationThatIsLookedUpNamesItsUnits() {
        hub.reservations.put(10L, BUNDLES);
        JsonNode found = json(get("viewer", PATH + "/10"));
        assertThat(found.get("customer").asText()).isEqualTo("ACME");
        assertThat(found.get("priority").asInt()).isEqualTo(2);
        assertThat(found.get("holdUntil").asText()).isEqualTo("2026-09-04T10:30:00Z");
        assertThat(found.at("/lines/0/allocations").toString())
                .isEqualTo(
                        "[{\"location\":\"JKT\",\"quantity\":1,\"held\":1,\"picked\":1,\"shipped\":0,\"cancelled\":0}]");
        assertThat(found.at("/lines/0/units/0").toString())
                .isEqualTo("{\"sku\":\"A\",\"location\":\"JKT\",\"lot\":\"L-1\",\"bin\":\"A-01\",\"quantity\":1,"
                        + "\"held\":1,\"picked\":1,\"shipped\":0,\"cancelled\":0}");
        assertThat(found.at("/lines/0/units")).hasSize(4);
    }

    @Test
    void aCartIsHeldAndConfirmedThenPicked() {
        hub.answers = command -> new Answer.Held(RESERVATION, false);
        post(
                "operations",
                PATH,
                "{\"channel\":\"s\",\"orderRef\":\"1\",\"customer\":\"ACME\",\"priority\":2,\"holdFor\":\"PT15M\","
                        + "\"lines\":[{\"sku\":\"TEE-M\",\"quantity\":5}]}");
        send(as("operations", PATH + "/9/confirm").POST(BodyPublishers.noBody()));
        send(as("warehouse", PATH + "/9/pick").POST(BodyPublishers.noBody()));
        post("warehouse", PATH + "/9/pick", "{\"lines\":[{\"sku\":\"TEE-M\",\"quantity\":1}]}");
        assertThat(((Command.Reserve) hub.commands.get(0)).terms())
                .isEqualTo(new Command.Terms("ACME", 2, Duration.ofMinutes(15)));
        assertThat(hub.commands.subList(1, 4))
                .containsExactly(
                        new Command.Confirm(9, "otto", null),
                        new Command.Pick(9, "wanda", null, List.of()),
                        new Command.Pick(9, "wanda", null, List.of(new Command.Line("TEE-M", 1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'priority':0|priority|to 9",
                "'priority':10|priority|to 9",
                "'priority':4294967297|priority|to 9",
                "'priority':'1'|priority|an integer",
                "'priority':1.5|priority|an integer",
                "'holdFor':900|holdFor|a string",
                "'holdFor':'15m'|holdFor|an ISO-8601 duration",
                "'holdFor':'P1M'|holdFor|an ISO-8601 duration",
                "'holdFor':'PT0S'|holdFor|more than 0",
                "'holdFor':'PT-5M'|holdFor|more than 0",
                "'holdFor':'P31D'|holdFor|at most PT720H",
                "'holdFor':'PT999999999999999999999S'|holdFor|an ISO-8601 duration",
                "'customer':''|customer|missing",
                "'customer':7|customer|a string",
                "'shipTo':{'country':7}|shipTo.country|a string",
                "'location':'JKT'|location|unknown field"
            })
    void wrongTermsAreNamed(String field, String name, String expected) {
        HttpResponse<String> response = post(
                "admin",
                PATH,
                ("{'channel':'s','orderRef':'1'," + field + ",'lines':[{'sku':'A','quantity':1}]}").replace('\'', '"'));
        assertProblem(response, 422, "invalid-field", name);
        assertThat(json(response).get("detail").asText()).contains(expected);
        assertThat(hub.commands).isEmpty();
    }

    @Test
    void whatIsTooLongIsRefused() {
        String head = "{\"channel\":\"s\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}],";
        String far = "x".repeat(251);
        assertProblem(post("admin", PATH, head + "\"orderRef\":\"" + far + "\"}"), 422, "invalid-field", "orderRef");
        assertProblem(
                post("admin", PATH, head + "\"orderRef\":\"1\",\"shipTo\":{\"region\":\"" + far + "\"}}"),
                422,
                "invalid-field",
                "shipTo.region");
        assertProblem(
                post("admin", PATH, head + "\"orderRef\":\"1\",\"customer\":\"" + far + "\"}"),
                422,
                "invalid-field",
                "customer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pick", "ship", "cancel"})
    void anEmptyListOfLinesIsNeverEverything(String verb) {
        assertProblem(post("operations", PATH + "/9/" + verb, "{\"lines\":[]}"), 422, "invalid-field", "lines");
        assertProblem(post("operations", PATH + "/9/" + verb, "{\"line\":[]}"), 422, "invalid-field", "line");
        assertProblem(
                post("operations", PATH + "/9/" + verb, "{\"lines\":[{\"sku\":\"A\",\"quantity\":0}]}"),
                422,
                "invalid-field",
                "lines[0].quantity");
        assertProblem(
                post("operations", PATH + "/9/" + verb, "{\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"lot\":\"L\"}]}"),
                422,
                "invalid-field",
                "lines[0].lot");
        assertThat(hub.commands).isEmpty();
    }

    @Test
    void aConfirmationTakesNoFields() {
        assertProblem(post("operations", PATH + "/9/confirm", "{\"lines\":[]}"), 422, "invalid-field", "lines");
    }

    @Test
    void whatIsOverIsAConflict() {
        hub.answers = command -> new Answer.NotHeld(0, "TEE-M", 5, 0);
        assertProblem(
                send(as("operations", PATH + "/9/cancel").POST(BodyPublishers.noBody())), 409, "not-held", "lines");
        hub.answers = command -> new Answer.Refused(RefusalCode.NOT_CONFIRMED, "reservationId", "only held");
        assertProblem(
                send(as("operations", PATH + "/9/pick").POST(BodyPublishers.noBody())),
                409,
                "not-confirmed",
                "reservationId");
        hub.answers = command -> new Answer.Refused(RefusalCode.HOLD_EXPIRED, "reservationId", "the hold ran out");
        assertProblem(
                send(as("operations", PATH + "/9/confirm").POST(BodyPublishers.noBody())),
                409,
                "hold-expired",
                "reservationId");
    }

    @Test
    void reservationsAreListedByOrderAndStatusPageByPage() {
        hub.reservations.put(9L, RESERVATION);
        hub.reservations.put(10L, BUNDLES);
        JsonNode first = json(get("viewer", PATH + "?channel=shop&orderRef=1002&status=partly-shipped&limit=1"));
        assertThat(first.at("/reservations/0/reservationId").asText()).isEqualTo("9");
        assertThat(first.at("/reservations/0/orderRef").asText()).isEqualTo("1001");
        assertThat(first.get("next").asText()).isEqualTo("9");
        assertThat(hub.reservationSearches)
                .containsExactly(new ReservationQueries.Search("shop", "1002", Reservation.Status.PARTLY_SHIPPED));
        JsonNode second = json(get("viewer", PATH + "?after=9&limit=1"));
        assertThat(second.at("/reservations/0/reservationId").asText()).isEqualTo("10");
        assertThat(second.get("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "orderRef=1,channel",
        "status=open,status",
        "status=HELD,status",
        "limit=201,limit",
        "limit=0,limit",
        "after=x,after",
        "sku=A,sku"
    })
    void aWrongSearchIsNamed(String query, String field) {
        assertProblem(get("viewer", PATH + "?" + query), 422, "invalid-field", field);
    }
}
