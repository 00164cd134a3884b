package io.stockhub.connectors.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.representer.Representer;

/** A YAML document that remembers the line of each of its fields. */
final class LocatedYaml {

    private static final YAMLMapper MAPPER = new YAMLMapper();

    private static final int DEPTH_MAX = 30;

    private final JsonNode root;
    private final Map<String, Integer> lines;

    private LocatedYaml(JsonNode root, Map<String, Integer> lines) {
        this.root = root;
        this.lines = lines;
    }

    /** @throws ConnectorFaults when the text is no YAML document, or says a key twice */
    static LocatedYaml parse(FolderFile file) {
        Map<String, Integer> lines = new HashMap<>();
        try {
            Node node = yaml().compose(new StringReader(file.text()));
            if (node == null) {
                throw fault(file, 1, "is empty");
            }
            collect(file, "", node, lines);
            return new LocatedYaml(MAPPER.readTree(file.text()), lines);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw fault(file, line, String.valueOf(e.getProblem()));
        } catch (IOException e) {
            throw fault(file, 1, "is not YAML");
        }
    }

    private static ConnectorFaults fault(FolderFile file, int line, String problem) {
        return new ConnectorFaults(List.of(new Fault(file.location(), line, "", problem)));
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(10);
        DumperOptions dumper = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options);
    }

    private static void collect(FolderFile file, String pointer, Node node, Map<String, Integer> lines) {
        lines.putIfAbsent(pointer, node.getStartMark().getLine() + 1);
        if (pointer.chars().filter(c -> c == '/').count() > DEPTH_MAX) {
            throw fault(file, node.getStartMark().getLine() + 1, "is nested too deep, or holds itself");
        }
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> {
                String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                String below = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
                int line = entry.getKeyNode().getStartMark().getLine() + 1;
                // Quietly taking the last of two would make a manifest say other than it shows.
                if (lines.put(below, line) != null) {
                    throw fault(file, line, key + ": is there twice");
                }
                collect(file, below, entry.getValueNode(), lines);
            });
        } else if (node instanceof SequenceNode sequence) {
            for (int i = 0; i < sequence.getValue().size(); i++) {
                collect(file, pointer + "/" + i, sequence.getValue().get(i), lines);
            }
        }
    }

    JsonNode root() {
        return root;
    }

    /** The line of a JSON pointer, or of the nearest field above it. */
    int lineOf(String pointer) {
        String at = pointer;
        while (!at.isEmpty() && !lines.containsKey(at)) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 1);
    }
}
