package io.stockhub.stock.routing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes nodes apart; what is not of the right kind becomes a finding and counts as absent. */
final class Reader {
    static final int NAME_LENGTH_MAX = io.stockhub.stock.Limits.NAME_LENGTH_MAX;

    final List<RoutingRules.Finding> findings = new ArrayList<>();

    void add(String path, String what) {
        findings.add(new RoutingRules.Finding(path, what));
    }

    /** Fields by name, in their order; empty where there is nothing. */
    Map<String, JsonNode> fields(@Nullable JsonNode node, String path) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        if (absent(node)) {
            return fields;
        }
        if (!node.isObject()) {
            add(path, shown(node) + " (expected: fields by name)");
            return fields;
        }
        node.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    /** Fields of known names; others are findings. */
    Map<String, JsonNode> fields(@Nullable JsonNode node, String path, Set<String> known) {
        Map<String, JsonNode> fields = fields(node, path);
        for (Iterator<String> names = fields.keySet().iterator(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                add(below(path, name), "no such rule (expected: " + String.join(", ", new TreeSet<>(known)) + ")");
                names.remove();
            }
        }
        return fields;
    }

    List<JsonNode> items(@Nullable JsonNode node, String path) {
        List<JsonNode> items = new ArrayList<>();
        if (!absent(node)) {
            if (node.isArray()) {
                node.forEach(items::add);
            } else {
                add(path, shown(node) + " (expected: a list)");
            }
        }
        return items;
    }

    @Nullable
    Long number(@Nullable JsonNode node, String path, long max) {
        if (absent(node)) {
            return null;
        }
        if (!node.isIntegralNumber()) {
            add(path, shown(node) + " (expected: a whole number)");
        } else if (!node.canConvertToLong() || node.longValue() < 0 || node.longValue() > max) {
            add(path, shown(node) + " (expected: 0 to " + max + ")");
        } else {
            return node.longValue();
        }
        return null;
    }

    @Nullable
    Double degrees(@Nullable JsonNode node, String path, double max) {
        if (absent(node)) {
            return null;
        }
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!(Math.abs(value) <= max)) {
            add(path, shown(node) + " (expected: degrees, -" + (long) max + " to " + (long) max + ")");
            return null;
        }
        return value;
    }

    boolean flag(@Nullable JsonNode node, String path) {
        if (absent(node)) {
            return false;
        }
        if (!node.isBoolean()) {
            add(path, shown(node) + " (expected: true or false)");
        }
        return node.booleanValue();
    }

    @Nullable
    String text(@Nullable JsonNode node, String path) {
        if (absent(node)) {
            return null;
        }
        if (!node.isTextual()) {
            add(path, shown(node) + " (expected: text; put it in quotes)");
            return null;
        }
        return name(node.textValue(), path) ? node.textValue() : null;
    }

    /** Whether a name may stand there. */
    boolean name(String text, String path) {
        boolean odd = text.isBlank()
                || !text.equals(text.strip())
                || text.codePoints().anyMatch(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF);
        if (odd || text.length() > NAME_LENGTH_MAX) {
            add(path, "(expected: 1 to " + NAME_LENGTH_MAX + " printable characters, without blanks at the ends)");
            return false;
        }
        return true;
    }

    static boolean absent(@Nullable JsonNode node) {
        return node == null || node.isNull() || node.isMissingNode();
    }

    static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static String shown(JsonNode node) {
        String text = node.isArray() ? "a list" : node.isObject() ? "fields" : node.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
