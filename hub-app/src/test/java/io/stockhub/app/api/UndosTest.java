package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.FakeUndos;
import io.stockhub.app.WebTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class UndosTest extends WebTest {
    @Autowired
    private FakeUndos undos;

    @BeforeEach
    void nothingWasUndone() {
        undos.started.clear();
    }

    @Test
    void aPlanListsFirstWhatStays() {
        HttpResponse<String> plan = post("viewer", "/api/v1/undos/plan", "{\"run\":\"edi:12\"}");
        assertThat(plan.body())
                .isEqualTo(
                        "{\"run\":\"edi:12\",\"total\":2,\"counts\":{\"in-part\":1,\"undone\":1},\"items\":[{\"number\":\"40\","
                                + "\"kind\":\"receipt\",\"what\":\"GRN-2\",\"outcome\":\"in-part\",\"message\":\"4 of 12 MUG was sold or"
                                + " moved on since.\"},{\"number\":\"41\",\"kind\":\"receipt\",\"what\":\"GRN-1\",\"outcome\":\"undone\","
                                + "\"message\":null}]}");
        assertThat(undos.started).isEmpty();
    }

    @Test
    void anUndoIsBegunWithAReasonAndTheNameOfWhoAsked() {
        HttpResponse<String> begun =
                post("operations", "/api/v1/undos", "{\"run\":\"edi:12\",\"reason\":\"sent twice\"}");
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(begun.headers().firstValue("Location")).contains("/api/v1/undos/3");
        assertThat(undos.started).singleElement().asString().startsWith("edi:12 | sent twice | ");
        assertProblem(post("operations", "/api/v1/undos", "{\"run\":\"edi:12\"}"), 422, "invalid-field", "reason");
    }

    @Test
    void aSpanOfTimeNamesItsSourceAndEndsAfterItBegins() {
        post(
                "operations",
                "/api/v1/undos",
                "{\"source\":\"shop\",\"since\":\"2026-09-04T10:00:00Z\",\"until\":\"2026-09-04T11:00:00+00:00\",\"reason\":\"r\"}");
        assertThat(undos.started)
                .singleElement()
                .asString()
                .startsWith("shop, 2026-09-04T10:00:00Z to 2026-09-04T11:00:00Z");
        assertField("{\"source\":\"shop\"}", "since");
        assertField("{\"source\":\"shop\",\"since\":\"yesterday\"}", "since");
        assertField(
                "{\"source\":\"shop\",\"since\":\"2026-09-04T10:00:00Z\",\"until\":\"2026-09-04T10:00:00Z\"}", "since");
        assertField("{\"source\":\"shop\",\"since\":\"2999-01-01T00:00:00Z\"}", "since");
    }

    @Test
    void aRunThatIsNoneIsNamed() {
        assertField("{}", "run");
        assertField("{\"run\":\"12\"}", "run");
        assertField("{\"run\":\"edi:-1\"}", "run");
        assertField("{\"run\":\"edi:13\"}", "run");
        assertField("{\"run\":\"edi:12\",\"source\":\"shop\"}", "run");
        assertField("{\"run\":\"edi:12\",\"reason\":\"r\"}", "reason");
    }

    private void assertField(String body, String field) {
        assertProblem(post("operations", "/api/v1/undos/plan", body), 422, "invalid-field", field);
    }

    @Test
    void anUndoTellsHowFarItIs() {
        assertThat(get("viewer", "/api/v1/undos/3").body())
                .startsWith("{\"undoId\":\"3\",\"run\":\"edi:12\",\"state\":\"done\",\"total\":2,\"finished\":2,")
                .contains("\"items\":[{\"number\":\"40\"");
        assertThat(get("viewer", "/api/v1/undos/4").statusCode()).isEqualTo(404);
        assertThat(get("viewer", "/api/v1/undos").body()).startsWith("{\"undos\":[{\"undoId\":\"3\"");
        assertThat(get("viewer", "/api/v1/undos/runs").body())
                .isEqualTo("{\"runs\":[{\"run\":\"edi:12\",\"at\":\"2026-09-04T12:00:00Z\",\"source\":\"depot\","
                        + "\"what\":\"interchange 000000452\",\"documents\":2}]}");
    }
}
