package io.stockhub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OutputSchemas SCHEMAS = OutputSchemas.load();

    private static JsonNode resource(String name) throws IOException {
        try (InputStream in = SchemasTest.class.getResourceAsStream("/mappings/canonical/v1/" + name)) {
            return JSON.readTree(in);
        }
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void theExampleBesideASchemaPassesIt(Action action) throws IOException {
        SCHEMAS.check("example", action, resource(action.schema() + ".example.json"));
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void anUnknownPropertyIsRefused(Action action) throws IOException {
        JsonNode example = resource(action.schema() + ".example.json");
        ((ObjectNode) example).put("surprise", 1);
        assertThatThrownBy(() -> SCHEMAS.check("example", action, example)).hasMessageContaining("/surprise");
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void everyFieldHasATitleAndADescriptionAndIsBounded(Action action) throws IOException {
        List<String> without = new ArrayList<>();
        visit(resource(action.schema() + ".schema.json"), "", without);
        assertThat(without).isEmpty();
    }

    private static void visit(JsonNode schema, String at, List<String> without) {
        schema.path("properties").properties().forEach(field -> {
            JsonNode rule = field.getValue();
            String place = at + "/" + field.getKey();
            boolean rulesOnly = !rule.has("type") && !rule.has("enum") && !(rule.has("title") && rule.has("const"));
            if (!rulesOnly) {
                check(rule, place, without);
                visit(rule, place, without);
            }
        });
        schema.path("$defs").properties().forEach(def -> visit(def.getValue(), at + "#" + def.getKey(), without));
    }

    private static void check(JsonNode rule, String place, List<String> without) {
        if (!rule.hasNonNull("title") || !rule.hasNonNull("description")) {
            without.add(place + ": no title or description");
        }
        String type = rule.path("type").toString();
        boolean bounded = rule.has("maxLength")
                || rule.has("maximum")
                || rule.has("maxItems")
                || rule.has("enum")
                || rule.has("const")
                || type.contains("object");
        if (!bounded) {
            without.add(place + ": no upper bound");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u0000b", "a\nb"})
    void anOrderReferenceThatNobodyCanReadIsRefused(String reference) throws IOException {
        JsonNode order = resource("order.example.json");
        ((ObjectNode) order).put("orderRef", reference);
        assertThatThrownBy(() -> SCHEMAS.check("example", Action.ORDER, order)).hasMessageContaining("/orderRef: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/other.json",
                "classpath:mappings/canonical/v1/order.schema.json",
                "resource:mappings/canonical/v1/order.schema.json",
                "file:/etc/hosts"
            })
    void aSchemaRefersToNothingOutsideItself(String reference) {
        String schema = "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$ref\":\"" + reference + "\"}";
        assertThatThrownBy(() -> OutputSchemas.compile(schema)).hasStackTraceContaining("none outside the file");
    }

    @Test
    void aTimeWithoutOffsetIsRefused() throws IOException {
        JsonNode order = resource("order.example.json");
        ((ObjectNode) order).put("placedAt", "2026-09-04T07:15:31");
        assertThatThrownBy(() -> SCHEMAS.check("example", Action.ORDER, order))
                .hasMessageContaining("/placedAt: \"2026-09-04T07:15:31\" (expected: date-time)");
    }
}
