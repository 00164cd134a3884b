package io.stockhub.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemException;
import io.stockhub.app.problem.ProblemType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, read strictly: a wrong type, a missing field or an unknown one is a problem that names
 * the field by its path ({@code lines[0].quantity}). Nothing is converted and nothing is dropped.
 */
final class Fields {
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

    private final JsonNode object;
    private final String prefix;

    private Fields(JsonNode object, String prefix) {
        this.object = object;
        this.prefix = prefix;
    }

    /** The body of a request. */
    static Fields of(JsonNode body) {
        if (!body.isObject()) {
            throw Problem.of(ProblemType.INVALID_FIELD, "The body is " + article(body) + " (expected: a JSON object).")
                    .asException();
        }
        return new Fields(body, "");
    }

    /** Refuses what is neither {@code known} nor, for capabilities still to come, {@code later}. */
    Fields allow(Set<String> known, Set<String> later) {
        object.fieldNames().forEachRemaining(name -> {
            if (later.contains(name)) {
                throw unsupported(name, "not available yet");
            }
            if (!known.contains(name)) {
                throw invalid(
                        name,
                        "unknown field (expected: "
                                + String.join(", ", known.stream().sorted().toList()) + ")");
            }
        });
        return this;
    }

    boolean has(String name) {
        return object.has(name);
    }

    String text(String name) {
        String value = optionalText(name);
        if (value == null) {
            throw invalid(name, "missing");
        }
        return value;
    }

    /** Null when absent or null. Text that is not valid Unicode or holds control characters is refused. */
    @Nullable
    String optionalText(String name) {
        JsonNode node = present(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw wrongType(name, node, "a string");
        }
        String value = node.textValue();
        if (!Texts.isPrintable(value)) {
            throw invalid(name, "holds a control character or half a character (expected: printable text)");
        }
        return value;
    }

    /** Text that is passed on as it is, line ends included. */
    @Nullable
    JsonNode raw(String name) {
        return present(name);
    }

    long integer(String name) {
        JsonNode node = present(name);
        if (node == null) {
            throw invalid(name, object.has(name) ? "null (expected: an integer)" : "missing");
        }
        if (!node.isIntegralNumber()) {
            throw wrongType(name, node, "an integer");
        }
        if (!node.canConvertToLong()) {
            throw invalid(name, shown(node) + " (expected: an integer of at most 64 bits)");
        }
        return node.longValue();
    }

    /** A number, or a string that is one, with every digit that was sent; null when absent or null. */
    @Nullable
    BigDecimal optionalDecimal(String name) {
        JsonNode node = present(name);
        if (node == null || node.isNumber()) {
            return node == null ? null : node.decimalValue();
        }
        if (!node.isTextual() || !DECIMAL.matcher(node.textValue()).matches()) {
            throw wrongType(name, node, "a decimal number");
        }
        return new BigDecimal(node.textValue());
    }

    boolean flag(String name) {
        JsonNode node = present(name);
        if (node == null) {
            return false;
        }
        if (!node.isBoolean()) {
            throw wrongType(name, node, "true or false");
        }
        return node.booleanValue();
    }

    @Nullable
    Fields optionalObject(String name) {
        JsonNode node = present(name);
        if (node == null) {
            return null;
        }
        if (!node.isObject()) {
            throw wrongType(name, node, "an object");
        }
        return new Fields(node, path(name) + ".");
    }

    /** Bodies of a list, each of which names its fields as if it had come alone; empty when absent or null. */
    List<Fields> bodies(String name) {
        return objects(name).stream()
                .map(element -> new Fields(element.object, ""))
                .toList();
    }

    /** Objects of a list; empty when absent or null. */
    List<Fields> objects(String name) {
        List<JsonNode> nodes = list(name);
        List<Fields> objects = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            String element = name + "[" + i + "]";
            if (!nodes.get(i).isObject()) {
                throw wrongType(element, nodes.get(i), "an object");
            }
            objects.add(new Fields(nodes.get(i), path(element) + "."));
        }
        return objects;
    }

    /** Elements of a list as they are; empty when absent or null. */
    List<JsonNode> list(String name) {
        JsonNode node = present(name);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            throw wrongType(name, node, "a list");
        }
        List<JsonNode> elements = new ArrayList<>(node.size());
        node.forEach(elements::add);
        return elements;
    }

    /** The names of the fields, as they came. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    ProblemException invalid(String name, String what) {
        return Problem.ofField(ProblemType.INVALID_FIELD, path(name), what).asException();
    }

    ProblemException unsupported(String name, String what) {
        return Problem.ofField(ProblemType.UNSUPPORTED_FIELD, path(name), what).asException();
    }

    private ProblemException wrongType(String name, JsonNode found, String expected) {
        return invalid(name, shown(found) + " (expected: " + expected + ")");
    }

    private @Nullable JsonNode present(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private String path(String name) {
        return prefix + name;
    }

    private static String shown(JsonNode node) {
        String text = node.isContainerNode() ? article(node) : node.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private static String article(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case NULL -> "null";
            default -> "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }
}
