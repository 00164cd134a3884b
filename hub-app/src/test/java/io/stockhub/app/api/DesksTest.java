package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.FakeDesks;
import io.stockhub.app.WebTest;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.DiscrepancyDesk.Discrepancy;
import io.stockhub.stock.DiscrepancyDesk.Document;
import io.stockhub.stock.DiscrepancyDesk.Resolved;
import io.stockhub.stock.DiscrepancyKind;
import io.stockhub.stock.InboundDesk;
import io.stockhub.stock.InboundDesk.Difference;
import io.stockhub.stock.InboundDesk.Name;
import io.stockhub.stock.LeakDesk;
import io.stockhub.stock.RefusalCode;
import io.stockhub.stock.TransferDesk;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class DesksTest extends WebTest {
    private static final Instant NOON = Instant.parse("2026-09-04T12:00:00Z");
    private static final Name PO = new Name("JKT", "PO-1");
    private static final Discrepancy MISSING = new Discrepancy(
            5, Document.TRANSFER, "JKT", "T-1", "TEE", DiscrepancyKind.MISSING, 2, 9L, NOON, null, null, null, null);

    @Autowired
    private FakeDesks desks;

    @BeforeEach
    void forget() {
        desks.reset();
    }

    private static InboundDesk.Inbound inbound() {
        return new InboundDesk.Inbound(PO, null, null, List.of(new InboundDesk.Line("TEE", 10, 8, 2, 0, 1)), List.of());
    }

    @Test
    void anInboundSaysLineByLineWhatCame() {
        desks.inbound = Optional.of(inbound());

        HttpResponse<String> response = get("viewer", "/api/v1/inbounds/JKT/PO-1");

        assertThat(json(response).get("state").asText()).isEqualTo("open");
        assertThat(json(response).at("/lines/0/received").asLong()).isEqualTo(8);
        assertThat(json(response).at("/lines/0/expected").asLong()).isEqualTo(2);
        assertThat(json(response).at("/lines/0/damaged").asLong()).isEqualTo(1);
        desks.inbound = Optional.empty();
        assertProblem(get("viewer", "/api/v1/inbounds/JKT/PO-1"), 404, "not-found", null);
    }

    @Test
    void theNextPageOfInboundsBeginsWhereThisOneEnds() {
        InboundDesk.Head head = new InboundDesk.Head(PO, null, null, 10, 2, 0);
        desks.inboundHeads = List.of(head, head);
        String next = json(get("viewer", "/api/v1/inbounds?state=open&limit=1"))
                .get("next")
                .asText();

        get("viewer", "/api/v1/inbounds?location=JKT&limit=1&after=" + next);

        assertThat(desks.asked).containsExactly(List.of(true, "-", "-", 2), List.of("-", "JKT", PO, 2));
        assertProblem(get("viewer", "/api/v1/inbounds?after=x"), 422, "invalid-field", "after");
        assertProblem(get("viewer", "/api/v1/inbounds?state=half"), 422, "invalid-field", "state");
    }

    @Test
    void closingAnInboundNamesEachDifference() {
        desks.inbound = Optional.of(inbound());
        hub.answers = command -> new Answer.Moved(12, NOON, false);

        HttpResponse<String> response = post(
                "warehouse",
                "/api/v1/inbounds/JKT/PO-1/close",
                """
                {"resolutions":[{"sku":"TEE","kind":"short","resolution":"claimed","note":"one carton"}]}""");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).get("movementId").asText()).isEqualTo("12");
        assertThat(json(response).get("reference").asText()).isEqualTo("PO-1");
        assertThat(hub.commands)
                .containsExactly(new Command.CloseInbound(
                        "JKT",
                        "PO-1",
                        "wanda",
                        null,
                        List.of(new Command.Resolution("TEE", DiscrepancyKind.SHORT, "claimed", "one carton"))));
        assertProblem(
                post(
                        "warehouse",
                        "/api/v1/inbounds/JKT/PO-1/close",
                        "{\"resolutions\":[{\"sku\":\"TEE\",\"kind\":\"missing\",\"resolution\":\"x\"}]}"),
                422,
                "invalid-field",
                "resolutions[0].kind");
    }

    @Test
    void whatIsNotNamedYetIsListedLineByLine() {
        desks.differences = List.of(
                new Difference("MUG", DiscrepancyKind.OVER, 1), new Difference("TEE", DiscrepancyKind.SHORT, 2));
        hub.answers =
                command -> new Answer.Refused(RefusalCode.UNRECONCILED, "resolutions", "missing for: 1 over of MUG");

        HttpResponse<String> response = post(
                "warehouse",
                "/api/v1/inbounds/JKT/PO-1/close",
                "{\"resolutions\":[{\"sku\":\"TEE\",\"kind\":\"short\",\"resolution\":\"claimed\"}]}");

        assertProblem(response, 409, "unreconciled", "resolutions");
        assertThat(json(response).get("missing").toString())
                .isEqualTo("[{\"sku\":\"MUG\",\"kind\":\"over\",\"quantity\":1}]");
    }

    @Test
    void anInboundThatIsNotThereOrClosedIsSaidSo() {
        hub.answers = command -> new Answer.Refused(RefusalCode.UNKNOWN_INBOUND, "reference", "x");
        assertProblem(post("warehouse", "/api/v1/inbounds/JKT/PO-1/close", ""), 404, "not-found", null);
        hub.answers = command -> new Answer.Refused(RefusalCode.INBOUND_CLOSED, "reference", "x");
        assertProblem(post("warehouse", "/api/v1/inbounds/JKT/PO-1/close", ""), 409, "wrong-state", null);
    }

    @Test
    void aTransferSaysWhatIsOnItsWay() {
        TransferDesk.Head head = new TransferDesk.Head("T-1", "JKT", "SUB", NOON, NOON, 3, true);
        TransferDesk.Units units = new TransferDesk.Units(8, 5, 0, 0, 3);
        desks.transfer = Optional.of(new TransferDesk.Transfer(
                head,
                List.of(new TransferDesk.Line("TEE", units, List.of(new TransferDesk.Tracked("L1", "", units)))),
                List.of(MISSING)));
        desks.transferHeads = List.of(head);

        HttpResponse<String> response = get("viewer", "/api/v1/transfers/T-1");

        assertThat(json(response).get("overdue").asBoolean()).isTrue();
        assertThat(json(response).at("/lines/0/inTransit").asLong()).isEqualTo(3);
        assertThat(json(response).at("/lines/0/tracked/0/lot").asText()).isEqualTo("L1");
        assertThat(json(response).at("/lines/0/tracked/0").has("serial")).isFalse();
        assertThat(json(response).at("/discrepancies/0/kind").asText()).isEqualTo("missing");
        assertThat(json(get("viewer", "/api/v1/transfers?state=open"))
                        .at("/transfers/0/inTransit")
                        .asLong())
                .isEqualTo(3);
        desks.transfer = Optional.empty();
        assertProblem(get("viewer", "/api/v1/transfers/T-2"), 404, "not-found", null);
    }

    @Test
    void discrepanciesAreListedAndResolved() {
        desks.found = List.of(MISSING);
        desks.resolved = new Resolved.Done(MISSING, false);

        assertThat(json(get("viewer", "/api/v1/discrepancies?state=open&document=transfer&after=4"))
                        .at("/discrepancies/0/discrepancyId")
                        .asText())
                .isEqualTo("5");
        HttpResponse<String> resolved = post(
                "warehouse", "/api/v1/discrepancies/5/resolve", "{\"resolution\":\"claimed\",\"note\":\"carrier\"}");

        assertThat(resolved.statusCode()).isEqualTo(200);
        assertThat(desks.asked)
                .containsExactly(List.of(true, Document.TRANSFER, 4L, 101), List.of(5L, "claimed", "carrier", "wanda"));
        desks.resolved = new Resolved.OfAnInbound(MISSING);
        assertProblem(
                post("warehouse", "/api/v1/discrepancies/5/resolve", "{\"resolution\":\"x\"}"),
                409,
                "wrong-state",
                null);
        desks.resolved = new Resolved.Otherwise(MISSING);
        assertProblem(
                post("warehouse", "/api/v1/discrepancies/5/resolve", "{\"resolution\":\"x\"}"),
                409,
                "wrong-state",
                null);
        desks.resolved = new Resolved.Unknown();
        assertProblem(
                post("warehouse", "/api/v1/discrepancies/5/resolve", "{\"resolution\":\"x\"}"), 404, "not-found", null);
    }

    @Test
    void leaksAreNoReservationOfThatName() {
        desks.leaks = List.of(
                new LeakDesk.Leak(LeakDesk.Kind.IDLE, new LeakDesk.Order(9, "shop", "1001"), "TEE", null, 2, NOON));

        HttpResponse<String> response = get("viewer", "/api/v1/reservations/leaks?olderThan=PT12H");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).at("/leaks/0/kind").asText()).isEqualTo("idle");
        assertThat(json(response).at("/leaks/0/reservationId").asText()).isEqualTo("9");
        assertThat(json(response).at("/leaks/0/whatToDo").asText()).isNotBlank();
        get("viewer", "/api/v1/reservations/leaks");
        assertThat(desks.asked).containsExactly(List.of(Duration.ofHours(12), 100), List.of(Duration.ofDays(7), 100));
        assertProblem(get("viewer", "/api/v1/reservations/leaks?olderThan=week"), 422, "invalid-field", "olderThan");
        assertProblem(get("viewer", "/api/v1/reservations/leaks?olderThan=-P1D"), 422, "invalid-field", "olderThan");
        assertProblem(get("viewer", "/api/v1/reservations/leaks?olderThan=P4000D"), 422, "invalid-field", "olderThan");
    }
}
