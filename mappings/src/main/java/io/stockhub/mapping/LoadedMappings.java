package io.stockhub.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The mappings of one load, compiled, with the schemas of their outputs. */
final class LoadedMappings implements Mappings {

    private record Entry(MappingRef ref, Action action, CompiledMapping compiled) {}

    private final SortedMap<String, Entry> byName;
    private final OutputSchemas schemas = OutputSchemas.load();
    private final ObjectMapper writer = new ObjectMapper();
    private final Bounds bounds;
    private final JsonText json;

    private LoadedMappings(SortedMap<String, Entry> byName, Bounds bounds) {
        this.byName = Collections.unmodifiableSortedMap(byName);
        this.bounds = bounds;
        this.json = new JsonText(bounds);
    }

    static LoadedMappings of(Collection<MappingFile> files, Bounds bounds) {
        SortedMap<String, Entry> byName = new TreeMap<>();
        for (MappingFile file : files) {
            Action action = Action.named(file.action())
                    .orElseThrow(() -> new MappingException(
                            file.name(),
                            null,
                            "no action is called \"" + file.action() + "\" (expected: one of " + Action.known() + "; "
                                    + file.origin() + ")"));
            byName.put(file.name(), new Entry(file.ref(), action, CompiledMapping.of(file)));
        }
        return new LoadedMappings(byName, bounds);
    }

    @Override
    public String apply(String name, String inputJson) {
        Entry entry = entry(name);
        Object input = json.read(name, inputJson);
        JsonNode output = Output.of(name, bounds, entry.compiled().evaluate(input, bounds));
        schemas.check(name, entry.action(), output);
        try {
            return writer.writeValueAsString(output);
        } catch (JsonProcessingException e) {
            throw new MappingException(name, null, "the output cannot be written", e);
        }
    }

    @Override
    public boolean exists(String name) {
        return byName.containsKey(name);
    }

    @Override
    public MappingRef ref(String name) {
        return entry(name).ref();
    }

    @Override
    public Set<String> names() {
        return byName.keySet();
    }

    private Entry entry(String name) {
        Entry entry = byName.get(name);
        if (entry == null) {
            throw new MappingException(
                    Places.quote(name), null, "no such mapping (expected: one of " + String.join(", ", names()) + ")");
        }
        return entry;
    }
}
