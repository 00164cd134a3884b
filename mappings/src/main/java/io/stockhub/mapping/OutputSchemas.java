package io.stockhub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** The JSON Schemas of the canonical messages, compiled once. They refer to nothing outside themselves. */
final class OutputSchemas {

    private static final String FOLDER = "mappings/canonical/v1/";

    private final Map<String, JsonSchema> byName;

    private OutputSchemas(Map<String, JsonSchema> byName) {
        this.byName = Map.copyOf(byName);
    }

    static OutputSchemas load() {
        Map<String, JsonSchema> byName = new HashMap<>();
        for (Action action : Action.values()) {
            byName.computeIfAbsent(action.schema(), name -> compile(text(name)));
        }
        return new OutputSchemas(byName);
    }

    /** @throws IllegalArgumentException when the schema refers to anything outside itself */
    static JsonSchema compile(String text) {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.add(iri -> {
                    throw new IllegalArgumentException("schema " + iri + " (expected: none outside the file)");
                })));
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .formatAssertionsEnabled(true)
                .build();
        JsonSchema schema = factory.getSchema(text, InputFormat.JSON, config);
        schema.initializeValidators();
        return schema;
    }

    private static String text(String name) {
        String resource = FOLDER + name + ".schema.json";
        try (InputStream in = OutputSchemas.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    /** @throws MappingException whose place is the pointer of the first value at fault */
    void check(String mapping, Action action, JsonNode output) {
        Set<ValidationMessage> faults = byName.get(action.schema()).validate(output);
        if (faults.isEmpty()) {
            return;
        }
        Iterator<ValidationMessage> iterator = faults.iterator();
        Fault first = Fault.of(iterator.next());
        String more = faults.size() == 1 ? "" : "; and " + (faults.size() - 1) + " more";
        throw new MappingException(mapping, first.pointer(), first.text() + more);
    }
}
