package io.stockhub.connectors.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.stockhub.connectors.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads {@code connector.yaml}: shape by the published schema, then what a schema cannot say. */
final class ManifestReader {

    static final String FILE = "connector.yaml";
    private static final String SCHEMA = "/connectors/connector.schema.json";

    private final JsonSchema schema = schema();

    /**
     * @param folder name of the folder that the file is in
     * @param names of the other files in the folder
     * @throws ConnectorFaults with every fault
     */
    Manifest read(String folder, FolderFile file, Set<String> names) {
        LocatedYaml yaml = LocatedYaml.parse(file);
        List<Fault> faults = new ArrayList<>();
        schema.validate(yaml.root()).forEach(message -> faults.add(fault(file, yaml, message)));
        if (!faults.isEmpty()) {
            throw new ConnectorFaults(faults);
        }
        Manifest manifest = ManifestTree.toManifest(yaml.root());
        new ManifestRules(yaml.root(), manifest, folder, names)
                .broken((pointer, problem) ->
                        faults.add(new Fault(file.location(), yaml.lineOf(pointer), dotted(pointer), problem)));
        if (!faults.isEmpty()) {
            throw new ConnectorFaults(faults);
        }
        return manifest;
    }

    private static Fault fault(FolderFile file, LocatedYaml yaml, ValidationMessage message) {
        String pointer = message.getInstanceLocation().toString();
        String full = message.getProperty() == null ? pointer : pointer + "/" + message.getProperty();
        JsonNode value = yaml.root().at(pointer);
        return new Fault(file.location(), yaml.lineOf(full), dotted(full), problem(message, value));
    }

    private static String problem(ValidationMessage message, JsonNode value) {
        if ("required".equals(message.getType())) {
            return "missing";
        }
        if ("additionalProperties".equals(message.getType())) {
            return "unknown (expected: a field of connectors/connector.schema.json)";
        }
        String text = message.getMessage();
        String location = message.getInstanceLocation().toString();
        String rule = text.startsWith(location + ": ") ? text.substring(location.length() + 2) : text;
        return (value.isValueNode() ? value + " " : "") + "(expected: " + rule + ")";
    }

    private static String dotted(String pointer) {
        return pointer.isEmpty()
                ? ""
                : pointer.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
    }

    private static JsonSchema schema() {
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
        try (InputStream in = ManifestReader.class.getResourceAsStream(SCHEMA)) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
