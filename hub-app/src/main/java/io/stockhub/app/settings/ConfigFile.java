package io.stockhub.app.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code stockhub.yaml} with the line of every node. */
final class ConfigFile {
    static final String NAME = "stockhub.yaml";
    private static final int DEPTH_MAX = 20;
    private static final Set<String> NOTHING = Set.of("", "~", "null");

    private final Path file;

    private ConfigFile(Path file) {
        this.file = file;
    }

    /** @throws SettingsException when the file is absent, unreadable or no YAML */
    static Draft.Group read(Path directory) {
        Path file = directory.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new SettingsException(
                    List.of(file + ": no such file. ./stockhub run without --config writes an example."));
        }
        return new ConfigFile(file).read();
    }

    private Draft.Group read() {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setNestingDepthLimit(DEPTH_MAX);
            Node root = new Yaml(options).compose(new StringReader(Files.readString(file)));
            if (root == null || isNothing(root)) {
                return new Draft.Group(place(1));
            }
            if (convert(root, 0) instanceof Draft.Group group) {
                return group;
            }
            throw problem(line(root), "(expected: settings by name, such as \"keys:\")");
        } catch (MarkedYAMLException broken) {
            int line = broken.getProblemMark() == null
                    ? 1
                    : broken.getProblemMark().getLine() + 1;
            throw problem(line, "not valid YAML: " + broken.getProblem());
        } catch (YAMLException broken) {
            throw problem(
                    1,
                    "not valid YAML: " + broken.getMessage().lines().findFirst().orElse("unreadable"));
        } catch (CharacterCodingException broken) {
            throw problem(1, "not valid UTF-8");
        } catch (IOException broken) {
            throw new SettingsException(
                    List.of(file + ": cannot be read (" + broken.getClass().getSimpleName() + ")"));
        }
    }

    private Draft convert(Node node, int depth) {
        if (depth > DEPTH_MAX) {
            throw problem(line(node), "nested deeper than " + DEPTH_MAX + " levels");
        }
        return switch (node) {
            case MappingNode mapping -> group(mapping, depth);
            case SequenceNode sequence -> items(sequence, depth);
            case ScalarNode scalar -> new Draft.Scalar(scalar.getValue(), place(line(node)));
            default -> throw problem(line(node), "(expected: a value, a list or settings by name)");
        };
    }

    private Draft.Group group(MappingNode mapping, int depth) {
        Draft.Group group = new Draft.Group(place(line(mapping)));
        Map<String, Draft> members = group.members();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                throw problem(line(tuple.getKeyNode()), "(expected: the name of a setting)");
            }
            // "channels:" with nothing below it means that there are none, as if it were left out.
            if (isNothing(tuple.getValueNode())) {
                continue;
            }
            if (members.put(name.getValue(), convert(tuple.getValueNode(), depth + 1)) != null) {
                throw problem(line(name), name.getValue() + ": given twice");
            }
        }
        return group;
    }

    private Draft.Items items(SequenceNode sequence, int depth) {
        Draft.Items items = new Draft.Items(place(line(sequence)));
        for (Node element : sequence.getValue()) {
            items.elements().put(items.elements().size(), convert(element, depth + 1));
        }
        return items;
    }

    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar && scalar.isPlain() && NOTHING.contains(scalar.getValue());
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private String place(int line) {
        return file + ", line " + line;
    }

    private SettingsException problem(int line, String what) {
        return new SettingsException(List.of(file + ", line " + line + ": " + what));
    }
}
