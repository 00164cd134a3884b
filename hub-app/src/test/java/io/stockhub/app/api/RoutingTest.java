package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.WebTest;
import io.stockhub.stock.Command;
import io.stockhub.stock.routing.RoutingDesk;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingTest extends WebTest {
    private static final String PATH = "/api/v1/routing/try";

    @Test
    void anOrderIsAskedAboutAndNothingIsReserved() {
        HttpResponse<String> response = post(
                "viewer",
                PATH,
                """
                {"channel":"shopify","customer":"ACME","priority":2,"shipTo":{"country":"ID"},
                 "lines":[{"sku":"TEE-M","quantity":2},{"sku":"TEE-M","quantity":1}]}""");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("candidates").isEmpty()).isTrue();
        assertThat(hub.trials)
                .containsExactly(new RoutingDesk.Question(
                        "shopify", "ACME", 2, new Command.ShipTo("ID", null, null), Map.of("TEE-M", 3L)));
        assertThat(hub.commands).isEmpty();
    }

    @Test
    void whatIsWrongIsNamed() {
        assertProblem(post("viewer", PATH, "{\"lines\":[]}"), 422, "invalid-field", "channel");
        assertProblem(
                post("viewer", PATH, "{\"channel\":\"x\",\"priority\":0,\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}"),
                422,
                "invalid-field",
                "priority");
        assertThat(hub.trials).isEmpty();
    }
}
