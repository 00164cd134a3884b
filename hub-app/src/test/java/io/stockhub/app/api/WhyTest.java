package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.WebTest;
import io.stockhub.stock.availability.ChannelRule;
import io.stockhub.stock.availability.Expected;
import io.stockhub.stock.availability.Promise;
import io.stockhub.stock.availability.Rules;
import io.stockhub.stock.availability.RulesDocument;
import io.stockhub.stock.availability.SkuStock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhyTest extends WebTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 9, 4);
    private static final Rules RULES =
            Rules.of(3, RulesDocument.EMPTY, List.of(ChannelRule.base("amazon", List.of("JKT", "SUB"), 2)));

    private static SkuStock stock(String sku, long units) {
        SkuStock.Hold hold = new SkuStock.Hold(SkuStock.Reason.RESERVED, 1, List.of("amazon 1001"));
        return new SkuStock(sku, null, Map.of("JKT", new SkuStock.At(Map.of("", units), List.of(hold))), List.of());
    }

    private static long sum(JsonNode node) {
        long sum = 0;
        for (JsonNode child : node.get("children")) {
            sum += child.get("quantity").asLong();
        }
        return sum;
    }

    @Test
    void whyIsATreeThatSumsToTheNumber() {
        hub.derivation = Optional.of(RULES.derive("amazon", stock("A", 6)));
        JsonNode why = json(get("viewer", "/api/v1/stock/A/why?channel=amazon"));
        assertThat(why.get("ats").asLong())
                .isEqualTo(4)
                .isEqualTo(why.at("/derivation/quantity").asLong())
                .isEqualTo(sum(why.get("derivation")));
        assertThat(why.get("rulesVersion").asLong()).isEqualTo(3);
        assertThat(why.at("/derivation/children/0/children/1"))
                .hasToString(
                        "{\"title\":\"reserved for orders\",\"quantity\":-1,\"notes\":[\"amazon 1001\"],\"children\":[]}");
        assertThat(why.get("scarcest").isNull()).isTrue();
        assertThat(why.get("components")).isEmpty();
    }

    @Test
    void aBundleNamesItsScarcestComponent() {
        SkuStock set = new SkuStock(
                "SET",
                null,
                Map.of(),
                List.of(new SkuStock.Part(stock("A", 9), 2), new SkuStock.Part(stock("B", 9), 1)));
        hub.derivation = Optional.of(RULES.derive("amazon", set));
        JsonNode why = json(get("viewer", "/api/v1/stock/SET/why?channel=amazon"));
        assertThat(why.get("scarcest").asText()).isEqualTo("A");
        assertThat(why.get("ats").asLong()).isEqualTo(2);
        assertThat(why.at("/components/0/bundles").asLong()).isEqualTo(4);
        assertThat(sum(why.at("/components/0/derivation"))).isEqualTo(9);
    }

    @Test
    void aPromiseIsByDay() {
        hub.promise = Optional.of(Promise.of(
                RULES,
                "amazon",
                stock("A", 6),
                List.of(
                        new Expected("A", TODAY.plusDays(2), "JKT", 5, "PO-1"),
                        new Expected("A", null, "JKT", 7, "PO-2")),
                Map.of("A", 1L),
                TODAY));
        JsonNode promise = json(get("viewer", "/api/v1/stock/A/promise?channel=amazon"));
        assertThat(promise.get("steps"))
                .hasToString("[{\"date\":\"2026-09-04\",\"quantity\":4},{\"date\":\"2026-09-06\",\"quantity\":8}]");
        assertThat(promise.at("/backordered/A").asLong()).isEqualTo(1);
        assertThat(promise.at("/notCounted/0"))
                .hasToString(
                        "{\"sku\":\"A\",\"date\":null,\"location\":\"JKT\",\"quantity\":7,\"reference\":\"PO-2\"}");
    }

    @Test
    void whatIsMissingIsNamed() {
        for (String what : List.of("why", "promise")) {
            assertProblem(get("viewer", "/api/v1/stock/A/" + what), 422, "invalid-field", "channel");
            assertProblem(get("viewer", "/api/v1/stock/A/" + what + "?channel=x"), 404, "not-found", null);
        }
    }
}
