package io.stockhub.stock.availability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A part of a YAML or JSON document, with the line on which it begins. */
sealed interface Located {
    int DEPTH_MAX = 20;

    int line();

    /** Fields in the order of the document. */
    record Group(int line, Map<String, Field> fields) implements Located {}

    /** @param line of the name */
    record Field(int line, Located value) {}

    record Items(int line, List<Located> items) implements Located {}

    /** @param number null when it is no whole number */
    record Scalar(int line, String text, boolean isText, @Nullable BigInteger number) implements Located {
        private static final Set<String> TRUTHS = Set.of("true", "false");

        private JsonNode value() {
            JsonNodeFactory nodes = JsonNodeFactory.instance;
            if (isText) {
                return nodes.textNode(text);
            }
            if (number != null) {
                return nodes.numberNode(number);
            }
            if (TRUTHS.contains(text)) {
                return nodes.booleanNode(text.equals("true"));
            }
            return text.matches("[-+]?[0-9]{1,18}\\.[0-9]{1,18}")
                    ? nodes.numberNode(new BigDecimal(text))
                    : nodes.textNode(text);
        }
    }

    record Nothing(int line) implements Located {}

    /**
     * Reads one document; a name that is given twice is a finding, and so is what cannot be read at all.
     *
     * @return nothing when the document cannot be read
     */
    static Located read(String text, List<Finding> findings) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEPTH_MAX);
        options.setMaxAliasesForCollections(0);
        options.setCodePointLimit(Integer.MAX_VALUE);
        // JSON may be indented with tabs, YAML may not; within JSON's strings there are none.
        String readable = text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
        try {
            Node root = new Yaml(options).compose(new java.io.StringReader(readable));
            return root == null ? new Nothing(1) : convert(root, "", 0, findings);
        } catch (MarkedYAMLException broken) {
            int line = broken.getProblemMark() == null
                    ? 1
                    : broken.getProblemMark().getLine() + 1;
            findings.add(new Finding(line, "", "not valid YAML or JSON: " + broken.getProblem()));
        } catch (YAMLException broken) {
            String what =
                    String.valueOf(broken.getMessage()).lines().findFirst().orElse("unreadable");
            findings.add(new Finding(1, "", "not valid YAML or JSON: " + what));
        }
        return new Nothing(1);
    }

    private static Located convert(Node node, String path, int depth, List<Finding> findings) {
        int line = node.getStartMark().getLine() + 1;
        if (depth > DEPTH_MAX) {
            findings.add(new Finding(line, path, "nested deeper than " + DEPTH_MAX + " levels"));
            return new Nothing(line);
        }
        return switch (node) {
            case MappingNode mapping -> group(mapping, path, depth, findings);
            case SequenceNode sequence -> {
                List<Located> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(convert(item, path + "[" + items.size() + "]", depth + 1, findings));
                }
                yield new Items(line, items);
            }
            case ScalarNode scalar -> scalar(scalar, line);
            default -> new Nothing(line);
        };
    }

    private static Group group(MappingNode mapping, String path, int depth, List<Finding> findings) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                findings.add(new Finding(line, path, "a name that is no text"));
                continue;
            }
            String below = path.isEmpty() ? name.getValue() : path + "." + name.getValue();
            Field field = new Field(line, convert(tuple.getValueNode(), below, depth + 1, findings));
            Field before = fields.put(name.getValue(), field);
            if (before != null) {
                findings.add(new Finding(
                        line, below, "given twice (expected: once; it is on line " + before.line() + " already)"));
            }
        }
        return new Group(mapping.getStartMark().getLine() + 1, fields);
    }

    private static Located scalar(ScalarNode scalar, int line) {
        if (scalar.getTag().equals(Tag.NULL)) {
            return new Nothing(line);
        }
        boolean isText = scalar.getTag().equals(Tag.STR);
        boolean whole = !isText && scalar.getValue().matches("[-+]?(0|[1-9][0-9]*)");
        return new Scalar(line, scalar.getValue(), isText, whole ? new BigInteger(scalar.getValue()) : null);
    }

    /** The same part without its lines. */
    default JsonNode json() {
        return switch (this) {
            case Group group -> {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                group.fields()
                        .forEach((name, field) -> node.set(name, field.value().json()));
                yield node;
            }
            case Items items -> {
                ArrayNode node = JsonNodeFactory.instance.arrayNode();
                items.items().forEach(item -> node.add(item.json()));
                yield node;
            }
            case Scalar scalar -> scalar.value();
            case Nothing nothing -> JsonNodeFactory.instance.nullNode();
        };
    }

    /** The line of a field below this part, or of what is nearest above it: {@code zones[0].name}. */
    default int lineOf(String path) {
        Located at = this;
        int line = line();
        for (String step : path.split("[.\\[\\]]+")) {
            if (at instanceof Group group && group.fields().containsKey(step)) {
                Field field = group.fields().get(step);
                line = field.line();
                at = field.value();
            } else if (at instanceof Items items
                    && step.matches("[0-9]{1,6}")
                    && Integer.parseInt(step) < items.items().size()) {
                at = items.items().get(Integer.parseInt(step));
                line = at.line();
            } else {
                return line;
            }
        }
        return line;
    }

    /** As a finding shows it. */
    default String shown() {
        return switch (this) {
            case Group group -> "fields by name";
            case Items items -> "a list";
            case Scalar scalar -> scalar.isText() ? "\"" + scalar.text() + "\"" : scalar.text();
            case Nothing nothing -> "nothing";
        };
    }
}
