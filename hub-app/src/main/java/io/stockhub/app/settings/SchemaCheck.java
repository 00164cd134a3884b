package io.stockhub.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Says what the schema finds wrong, in our words and with the place of each problem. */
final class SchemaCheck {
    private final Schema schema;
    private final Draft draft;

    SchemaCheck(Schema schema, Draft draft) {
        this.schema = schema;
        this.draft = draft;
    }

    List<String> problems(JsonNode settings) {
        LinkedHashSet<String> problems = new LinkedHashSet<>();
        for (ValidationMessage message : schema.validator().validate(settings)) {
            problems.add(problem(message));
        }
        return List.copyOf(problems);
    }

    private String problem(ValidationMessage message) {
        List<Object> path = path(message.getInstanceLocation());
        if (message.getProperty() != null) {
            path.add(message.getProperty());
        }
        String place = Draft.nearest(draft, path).place();
        return place + ": " + Draft.show(path) + ": " + words(message, path);
    }

    private static String words(ValidationMessage message, List<Object> path) {
        JsonNode rule = message.getSchemaNode();
        return switch (message.getType()) {
            case "required" -> "missing";
            case "additionalProperties" -> "no such setting";
            case "type" -> shown(message, path) + " (expected: " + article(rule.asText()) + ")";
            case "enum" -> shown(message, path) + " (expected: one of " + join(rule) + ")";
            case "minimum" -> shown(message, path) + " (expected: >= " + rule.asText() + ")";
            case "exclusiveMinimum" -> shown(message, path) + " (expected: > " + rule.asText() + ")";
            case "maximum" -> shown(message, path) + " (expected: <= " + rule.asText() + ")";
            case "pattern" -> shown(message, path) + " (expected: " + hint(message) + ")";
            case "minLength" -> "empty (expected: text)";
            case "minItems" -> "empty (expected: at least " + rule.asText() + ")";
            default -> message.getError();
        };
    }

    private static String hint(ValidationMessage message) {
        return switch (message.getSchemaNode().asText()) {
            case "^jdbc:postgresql:" -> "jdbc:postgresql://host:port/database";
            case "^https?://[^\\s]+$" -> "an http or https URL";
            case "^[0-9]{1,9}(ms|s|m|h|d)$" -> "a whole number with its unit, such as 500ms, 2s, 5m, 1h or 1d";
            case "^[1-9][0-9]{0,5}(B|KiB|MiB)$" -> "a whole number with its unit, such as 512KiB or 1MiB";
            case "^[A-Z]{2}$" -> "two capital letters, ISO 3166-1";
            case "^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$" -> "at most 60 letters, digits, dots, dashes and underscores";
            default -> "text like " + message.getSchemaNode().asText();
        };
    }

    /** The value, unless it may be a secret that was written in the wrong place. */
    private static String shown(ValidationMessage message, List<Object> path) {
        JsonNode value = message.getInstanceNode();
        if (value == null || value.isContainerNode()) {
            return value != null && value.isArray() ? "a list" : "settings by name";
        }
        Object last = path.isEmpty() ? "" : path.get(path.size() - 1);
        boolean secret = path.contains("secrets") || last.equals("password") || last.equals("key");
        return secret ? "***" : value.isTextual() ? "\"" + value.asText() + "\"" : value.asText();
    }

    private static String article(String type) {
        return switch (type) {
            case "array" -> "a list";
            case "object" -> "settings by name";
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            case "string" -> "text";
            default -> "a " + type;
        };
    }

    private static String join(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return String.join(", ", texts);
    }

    private static List<Object> path(JsonNodePath location) {
        List<Object> path = new ArrayList<>();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object element = location.getElement(i);
            path.add(element instanceof Number number ? (Object) number.intValue() : element.toString());
        }
        return path;
    }
}
