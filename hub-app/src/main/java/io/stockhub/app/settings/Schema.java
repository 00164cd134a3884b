package io.stockhub.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The published schema of {@code stockhub.yaml}: says what each setting is, and whether a tree of them is right. */
final class Schema {
    static final String RESOURCE = "/stockhub/stockhub.schema.json";

    private final JsonNode root;
    private final JsonSchema validator;

    private Schema(JsonNode root) {
        this.root = root;
        this.validator = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root);
    }

    static Schema load() {
        try (InputStream in = Schema.class.getResourceAsStream(RESOURCE)) {
            return new Schema(new ObjectMapper().readTree(in));
        } catch (IOException packedWithUs) {
            throw new UncheckedIOException(packedWithUs);
        }
    }

    JsonNode root() {
        return root;
    }

    JsonSchema validator() {
        return validator;
    }

    /** The schema of a member of an object: by its exact name, else by name without case and dashes. */
    @Nullable
    Member member(JsonNode object, String name) {
        Iterator<Map.Entry<String, JsonNode>> members =
                object.path("properties").fields();
        while (members.hasNext()) {
            Map.Entry<String, JsonNode> member = members.next();
            if (uniform(member.getKey()).equals(uniform(name))) {
                return new Member(member.getKey(), resolve(member.getValue()));
            }
        }
        JsonNode others = object.path("additionalProperties");
        return others.isObject() ? new Member(name, resolve(others)) : null;
    }

    /** A member by the name that the schema gives it. */
    record Member(String name, JsonNode schema) {}

    JsonNode items(JsonNode array) {
        return resolve(array.path("items"));
    }

    static String type(JsonNode schema) {
        return schema.path("type").asText("");
    }

    static String uniform(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    private JsonNode resolve(JsonNode schema) {
        JsonNode reference = schema.get("$ref");
        return reference == null ? schema : resolve(root.at(reference.asText().substring(1)));
    }
}
