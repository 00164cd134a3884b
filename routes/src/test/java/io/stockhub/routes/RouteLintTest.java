package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Routes may not hold a message in memory, retry it behind our back, or let data decide where it goes: what Camel keeps
 * is lost with the process, and a retry is a row.
 */
class RouteLintTest {
    private static final Set<String> BANNED_STEPS = Set.of(
            "wireTap",
            "wire-tap",
            "threads",
            "aggregate",
            "saga",
            "toD",
            "to-d",
            "recipientList",
            "recipient-list",
            "dynamicRouter",
            "dynamic-router",
            "routingSlip",
            "routing-slip",
            "circuitBreaker",
            "circuit-breaker",
            "onException",
            "on-exception",
            "deadLetterChannel",
            "dead-letter-channel",
            "defaultErrorHandler",
            "default-error-handler",
            "onCompletion",
            "on-completion",
            "idempotentConsumer",
            "idempotent-consumer",
            "doTry",
            "do-try",
            "delay",
            "throttle",
            "resequence",
            "enrich",
            "pollEnrich",
            "poll-enrich");
    private static final Set<String> BANNED_LANGUAGES =
            Set.of("simple", "csimple", "groovy", "mvel", "spel", "ognl", "method", "java", "js", "joor");
    private static final Set<String> BANNED_COMPONENTS =
            Set.of("seda", "vm", "disruptor", "disruptor-vm", "dynamic-router");

    static List<Path> files() throws IOException {
        Path connectors =
                Files.isDirectory(Path.of("../connectors")) ? Path.of("../connectors") : Path.of("connectors");
        List<Path> found = new ArrayList<>();
        for (Path root : List.of(Path.of("src/main/resources"), connectors)) {
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(path -> path.toString().matches(".*\\.(camel|kamelet)\\.yaml"))
                        .filter(path -> !path.toString().contains("/target/"))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static Object read(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    @Test
    void allRoutesAreLookedAt() throws IOException {
        assertThat(files())
                .extracting(path -> path.getFileName().toString())
                .contains("orders-in.camel.yaml", "stock-out.camel.yaml", "account.camel.yaml")
                .hasSizeGreaterThan(8);
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingOfThisRouteStaysInMemoryOrIsDecidedByData(Path file) throws IOException {
        assertThat(faults(read(Files.readString(file)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRouteHandsItsFailuresBackAtOnce(Path file) throws IOException {
        for (Map<?, ?> route : routes(read(Files.readString(file)))) {
            assertThat(route.get("errorHandler"))
                    .as("%s %s", file, route.get("id"))
                    .isEqualTo(Map.of("noErrorHandler", Map.of()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- to: {uri: 'seda:later'}",
                "- to: seda:later",
                "- from: {uri: 'vm:x', steps: []}",
                "- wireTap: {uri: 'direct:x'}",
                "- to-d: {uri: 'direct:x'}",
                "- setBody: {simple: '${header.x}'}",
                "- setBody: {expression: {language: groovy, expression: x}}",
                "- setBody: {expression: {groovy: {expression: x}}}",
                "- route: {errorHandler: {deadLetterChannel: {}}}"
            })
    void theLintSeesWhatItForbids(String yaml) {
        assertThat(faults(read(yaml))).isNotEmpty();
    }

    private static List<Map<?, ?>> routes(Object node) {
        List<Map<?, ?>> found = new ArrayList<>();
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (name.equals("route") && value instanceof Map<?, ?> route) {
                    found.add(route);
                }
                found.addAll(routes(value));
            });
        } else if (node instanceof Collection<?> list) {
            list.forEach(item -> found.addAll(routes(item)));
        }
        return found;
    }

    private static List<String> faults(Object node) {
        List<String> faults = new ArrayList<>();
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                boolean address = name.equals("uri") || name.equals("to") || name.equals("from");
                if (BANNED_STEPS.contains(name) || BANNED_LANGUAGES.contains(name)) {
                    faults.add(String.valueOf(name));
                } else if (name.equals("language") && BANNED_LANGUAGES.contains(value)) {
                    faults.add("language " + value);
                } else if (address && value instanceof String uri && BANNED_COMPONENTS.contains(uri.split(":")[0])) {
                    faults.add(uri);
                } else if (value instanceof String text && text.contains("${")) {
                    faults.add(name + ": " + text);
                }
                // Parameters of a component are not steps, whatever they are called.
                faults.addAll(name.equals("parameters") ? List.of() : faults(value));
            });
        } else if (node instanceof Collection<?> list) {
            list.forEach(item -> faults.addAll(faults(item)));
        }
        return faults;
    }
}
