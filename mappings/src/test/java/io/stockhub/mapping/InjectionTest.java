package io.stockhub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InjectionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Mappings MAPPINGS = Mappings.load(List.of("classpath:mappings"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${jndi:ldap://x}",
                "{{7*7}}",
                "#{T(java.lang.Runtime).getRuntime()}",
                "$eval(\"1+1\")",
                "$simple{exchangeId}",
                "\"; DROP",
                "<script>",
                "%s%n",
                "a\\u0027",
                "λ 🚚",
                "$$",
                "`x`"
            })
    void textInEveryFieldOfAnOrderPassesVerbatim(String text) throws JsonProcessingException {
        JsonNode order = JSON.readTree(MAPPINGS.apply("amazon/order", amazonOrder(text)));
        assertThat(order.path("orderRef").asText()).isEqualTo(text);
        assertThat(order.path("shipTo").path("region").asText()).isEqualTo(text);
        assertThat(order.path("shipTo").path("postalCode").asText()).isEqualTo(cut(text));
        assertThat(order.path("lines").get(0).path("lineRef").asText()).isEqualTo(text);
        assertThat(order.path("lines").get(0).path("sku").asText()).isEqualTo(text);
    }

    /** A postal code has at most 20 characters. */
    private static String cut(String text) {
        return text.substring(0, Math.min(20, text.length()));
    }

    private static String amazonOrder(String text) {
        ObjectNode order = JSON.createObjectNode()
                .put("orderId", text)
                .put("createdTime", "2026-09-04T07:00:00Z")
                .put("lastUpdatedTime", "2026-09-04T07:00:00Z");
        order.putObject("fulfillment").put("fulfillmentStatus", "UNSHIPPED");
        order.putObject("recipient")
                .putObject("deliveryAddress")
                .put("stateOrRegion", text)
                .put("postalCode", cut(text));
        ObjectNode line = order.putArray("orderItems")
                .addObject()
                .put("orderItemId", text)
                .put("quantityOrdered", 1);
        line.putObject("product").put("sellerSku", text);
        return order.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$eval(x)", "x ~> $eval", "$map([x], $eval)", "( $f := $eval; $f(x) )", "$eval(x, $$)"})
    void textFromTheInputNeverRunsAsAnExpression(String expression) {
        Mappings mappings = new Written(folder).any(expression).load();
        assertThatThrownBy(() -> mappings.apply(Written.ANY, "{\"x\":\"1+1\"}"))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("$eval does not exist in mappings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$now()", "$millis()", "$random()", "$shuffle([1,2,3])"})
    void whatWouldGiveAnotherResultAtAReplayDoesNotExist(String expression) {
        Mappings mappings = new Written(folder).any(expression).load();
        assertThatThrownBy(() -> mappings.apply(Written.ANY, "{}")).hasMessageContaining("does not exist in mappings");
    }

    @Test
    void aKeyOfTheInputCannotReachTheEngine() {
        Mappings mappings = new Written(folder).any("__evaluate_entry").load();
        String page = mappings.apply(Written.ANY, "{\"__evaluate_entry\":\"text\",\"eval\":1}");
        assertThat(page).contains("{\"v\":\"text\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../../admin"})
    void aSkuCannotClimbOutOfThePath(String sku) {
        String request = "{\"items\":[{\"sku\":\"" + sku + "\",\"quantity\":1}],\"settings\":{\"sellerId\":\"S\","
                + "\"marketplaceId\":\"M\"},\"idempotencyKey\":\"k\"}";
        if (sku.contains("/")) {
            assertThat(MAPPINGS.apply("amazon/set-quantities-request", request)).contains("items/S/..%2F..%2Fadmin");
        } else {
            assertThatThrownBy(() -> MAPPINGS.apply("amazon/set-quantities-request", request))
                    .hasMessageContaining("/path: ");
        }
    }
}
