package io.stockhub.bench.sync.live;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the benchmark says in the languages of the systems, read from a resource so that no Java names one.
 *
 * @param secrets by the names under which the hub's configuration refers to them
 * @param others the channels that did not sell
 */
record Script(Map<String, String> secrets, Sale sale, List<Other> others) {

    /** A request; {@code {{name}}} in any part of it is filled in. */
    record Request(String method, String path, Map<String, String> headers, String body) {
        Request with(Map<String, String> values) {
            Map<String, String> filled = new LinkedHashMap<>();
            headers.forEach((name, value) -> filled.put(name, fill(value, values)));
            return new Request(method, fill(path, values), filled, fill(body, values));
        }
    }

    /**
     * How a channel tells the hub of a sale.
     *
     * @param secret name of the secret that signs the body
     * @param signature header of the signature
     */
    record Sale(String channel, String secret, String signature, Request request) {}

    /** How a channel is told a number. */
    record Other(String id, Request token, Request write) {}

    static Script read() {
        try {
            return new YAMLMapper().readValue(resource("script.yaml"), Script.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String fill(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return filled;
    }

    List<String> otherIds() {
        return others.stream().map(Other::id).toList();
    }

    /** The seller first. */
    List<String> channels() {
        List<String> all = new ArrayList<>(List.of(sale.channel()));
        all.addAll(otherIds());
        return all;
    }
}
