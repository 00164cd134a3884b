package io.stockhub.mapping;

import java.util.List;
import java.util.Set;

/**
 * All mappings, by name {@code <system>/<action>} such as {@code acme/order}. JSON text in, JSON text out.
 *
 * <p>Thread-safe, and pure: the same input to the same {@link #ref} gives the same output, so a result may be computed
 * again at any time. Numbers that a mapping hands on are kept digit by digit, whatever their size; key order is kept.
 */
public interface Mappings {

    /**
     * Runs a mapping and checks its output against the JSON Schema of its action.
     *
     * @param name {@code <system>/<action>}
     * @param inputJson one JSON document, at most 5 MiB of UTF-8 and 64 levels deep
     * @return one JSON document that its action's schema accepts
     * @throws MappingException when the mapping is unknown, fails, produces nothing, exceeds its bounds (2 s, depth
     *     100, output 10 MiB), the input is not JSON, or the output breaks the schema of its action
     */
    String apply(String name, String inputJson);

    /** Whether there is a mapping of this name. */
    boolean exists(String name);

    /**
     * The name with the hash of the mapping's text.
     *
     * @throws MappingException when the mapping is unknown
     */
    MappingRef ref(String name);

    /** The names of all mappings, sorted. */
    Set<String> names();

    /**
     * Finds and compiles every {@code <system>/<action>.jsonata} below the locations. A later location overrides an
     * earlier one, mapping by mapping.
     *
     * @param locations {@code classpath:mappings} (folders and jars) or {@code file:/some/dir}
     * @throws MappingException when a mapping does not compile, naming file, line and column, or its file name is not
     *     an action that has a schema
     * @throws IllegalArgumentException when a location does not exist or has another form
     */
    static Mappings load(List<String> locations) {
        return load(locations, Bounds.DEFAULT);
    }

    /** As {@link #load(List)}, with other bounds. */
    static Mappings load(List<String> locations, Bounds bounds) {
        return LoadedMappings.of(MappingFiles.find(locations), bounds);
    }
}
