package io.stockhub.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Gives texts the types that the schema expects; what does not fit stays a text, and the schema will complain. */
final class Typed {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Schema schema;

    Typed(Schema schema) {
        this.schema = schema;
    }

    JsonNode of(Draft draft) {
        return of(draft, schema.root());
    }

    private JsonNode of(Draft draft, JsonNode expected) {
        return switch (draft) {
            case Draft.Group group -> object(group, expected);
            case Draft.Items items -> array(items, expected);
            case Draft.Scalar scalar -> value(scalar.text(), expected);
        };
    }

    private JsonNode object(Draft.Group group, JsonNode expected) {
        ObjectNode node = NODES.objectNode();
        group.members().forEach((name, member) -> {
            Schema.Member known = schema.member(expected, name);
            boolean exact = known != null && known.name().equals(name);
            node.set(name, of(member, exact ? known.schema() : NODES.objectNode()));
        });
        return node;
    }

    private JsonNode array(Draft.Items items, JsonNode expected) {
        ArrayNode node = NODES.arrayNode();
        items.elements().values().forEach(element -> node.add(of(element, schema.items(expected))));
        return node;
    }

    private JsonNode value(String text, JsonNode expected) {
        return switch (Schema.type(expected)) {
            case "integer" ->
                text.matches("-?[0-9]{1,18}") ? NODES.numberNode(Long.parseLong(text)) : NODES.textNode(text);
            case "number" ->
                text.matches("-?[0-9]{1,18}(\\.[0-9]{1,9})?")
                        ? NODES.numberNode(new BigDecimal(text))
                        : NODES.textNode(text);
            case "boolean" ->
                text.equals("true") || text.equals("false")
                        ? NODES.booleanNode(text.equals("true"))
                        : NODES.textNode(text);
            // One variable of the environment may hold a whole list of names.
            case "array" -> list(text, expected);
            default -> NODES.textNode(text);
        };
    }

    private JsonNode list(String text, JsonNode expected) {
        JsonNode element = schema.items(expected);
        if (!Schema.type(element).equals("string")) {
            return NODES.textNode(text);
        }
        ArrayNode node = NODES.arrayNode();
        for (String part : text.split(",")) {
            node.add(part.strip());
        }
        return node;
    }
}
