package io.stockhub.connectors.camel;

import io.stockhub.mapping.MappingRef;
import io.stockhub.mapping.Mappings;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Mappings as functions, so that the kit is tested without the engine. */
final class FakeMappings implements Mappings {

    private final Map<String, UnaryOperator<String>> functions = new ConcurrentHashMap<>();

    FakeMappings with(String name, UnaryOperator<String> function) {
        functions.put(name, function);
        return this;
    }

    @Override
    public String apply(String name, String inputJson) {
        UnaryOperator<String> function = functions.get(name);
        if (function == null) {
            throw new IllegalStateException("no such mapping: " + name);
        }
        return function.apply(inputJson);
    }

    @Override
    public boolean exists(String name) {
        return functions.containsKey(name);
    }

    @Override
    public MappingRef ref(String name) {
        return new MappingRef(name, "0");
    }

    @Override
    public Set<String> names() {
        return functions.keySet();
    }
}
