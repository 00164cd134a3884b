package io.stockhub.connectors.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The one spelling of Camel's YAML that we allow: every step an object of options, every expression spelled out, and
 * no step that may lose, copy or retry a message behind our back.
 */
final class CanonicalForm {

    private static final Set<String> STEPS = Set.of("to", "process", "loop", "setProperty");
    private static final Set<String> WITH_EXPRESSION = Set.of("loop", "setProperty");
    private static final Set<String> SCHEMES = Set.of("mapping", "kamelet", "http");

    private final List<String> problems = new ArrayList<>();

    private CanonicalForm() {}

    static List<String> problems(String kamelet) {
        CanonicalForm form = new CanonicalForm();
        try {
            JsonNode template = new YAMLMapper().readTree(kamelet).at("/spec/template");
            form.flow("template", template);
        } catch (JsonProcessingException e) {
            form.problems.add(e.getOriginalMessage());
        }
        return form.problems;
    }

    private void flow(String at, JsonNode template) {
        if (!template.path("from").isObject() || template.size() != 1) {
            problems.add(at + ": (expected: from, and nothing else)");
        }
        steps(at + ".from", template.path("from").path("steps"));
    }

    private void steps(String at, JsonNode steps) {
        for (int i = 0; i < steps.size(); i++) {
            JsonNode step = steps.get(i);
            String here = at + ".steps[" + i + "]";
            if (!step.isObject() || step.size() != 1) {
                problems.add(here + ": (expected: an object with one step)");
                continue;
            }
            step(here, step.fieldNames().next(), step.elements().next());
        }
    }

    private void step(String at, String name, JsonNode options) {
        if (!STEPS.contains(name)) {
            problems.add(at + ": " + name + " (expected: one of " + STEPS + ")");
        }
        if (!options.isObject()) {
            problems.add(at + "." + name + ": (expected: an object of options)");
        }
        if (WITH_EXPRESSION.contains(name)
                && !options.path("expression").elements().next().isObject()) {
            problems.add(at + "." + name + ".expression: (expected: a language with an object)");
        }
        if (name.equals("to")) {
            String uri = options.path("uri").asText();
            if (uri.contains("?") || !SCHEMES.contains(uri.substring(0, Math.max(0, uri.indexOf(':'))))) {
                problems.add(at + ".to.uri: " + uri + " (expected: one of " + SCHEMES + ", options under parameters)");
            }
        }
        steps(at + "." + name, options.path("steps"));
    }
}
