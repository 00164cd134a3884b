package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.WebTest;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.Detail;
import io.stockhub.stock.Reservation;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
