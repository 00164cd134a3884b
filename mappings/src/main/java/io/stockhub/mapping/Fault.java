package io.stockhub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * One value that breaks its schema.
 *
 * @param pointer JSON pointer of the value, or of the one that is missing
 * @param text the value and what was expected, as in {@code -3 (expected: >= 1)}
 */
record Fault(String pointer, String text) {

    private static final int SHOWN = 100;

    static Fault of(ValidationMessage message) {
        String at = message.getInstanceLocation().toString();
        String property = message.getProperty();
        return switch (message.getType()) {
            case "required" -> new Fault(at + "/" + property, "missing (expected: present)");
            case "additionalProperties", "unevaluatedProperties" ->
                new Fault(at + "/" + property, "not allowed (expected: a property that the schema names)");
            default -> new Fault(at.isEmpty() ? "/" : at, shown(message) + " (expected: " + expected(message) + ")");
        };
    }

    private static String shown(ValidationMessage message) {
        JsonNode value = message.getInstanceNode();
        if (value == null || value.isMissingNode()) {
            return "missing";
        }
        if (value.isContainerNode()) {
            return value.isArray() ? "an array of " + value.size() : "an object";
        }
        String text = Places.quote(value.toString());
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static String expected(ValidationMessage message) {
        JsonNode rule = message.getSchemaNode();
        return switch (message.getType()) {
            case "minimum" -> ">= " + rule.asText();
            case "maximum" -> "<= " + rule.asText();
            case "minLength" -> "at least " + rule.asText() + " characters";
            case "maxLength" -> "at most " + rule.asText() + " characters";
            case "minItems" -> "at least " + rule.asText() + " members";
            case "maxItems" -> "at most " + rule.asText() + " members";
            case "minProperties" -> "at least " + rule.asText() + " properties";
            case "maxProperties" -> "at most " + rule.asText() + " properties";
            case "type" -> rule.isArray() ? String.join(" or ", texts(rule)) : rule.asText();
            case "enum" -> "one of " + String.join(", ", texts(rule));
            case "const" -> rule.asText();
            case "format" -> rule.asText();
            case "pattern" -> "text like " + rule.asText();
            default -> message.getType() + " " + message.getMessage();
        };
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
