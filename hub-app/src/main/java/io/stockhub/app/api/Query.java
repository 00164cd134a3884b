package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemException;
import io.stockhub.app.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Query parameters, read as strictly as bodies: unknown ones and repetitions are problems that name them. */
final class Query {
    private static final int TEXT_LENGTH_MAX = 250;

    private final Map<String, String[]> parameters;

    private Query(Map<String, String[]> parameters) {
        this.parameters = parameters;
    }

    /** Refuses what is neither {@code known} nor, for capabilities still to come, {@code later}. */
    static Query of(HttpServletRequest request, Set<String> known, Set<String> later) {
        return of(request, known, later, Set.of());
    }

    /** The same with parameters that may be given more than once. */
    static Query of(HttpServletRequest request, Set<String> known, Set<String> later, Set<String> repeated) {
        Map<String, String[]> parameters = request.getParameterMap();
        parameters.forEach((name, values) -> {
            if (later.contains(name)) {
                throw problem(ProblemType.UNSUPPORTED_PARAMETER, name, "not available yet");
            }
            if (!known.contains(name)) {
                throw problem(
                        ProblemType.INVALID_FIELD,
                        name,
                        "unknown parameter (expected: "
                                + String.join(", ", known.stream().sorted().toList()) + ")");
            }
            if (values.length > 1 && !repeated.contains(name)) {
                throw problem(ProblemType.INVALID_FIELD, name, "given " + values.length + " times (expected: once)");
            }
        });
        return new Query(parameters);
    }

    /** Null when absent or blank. */
    @Nullable
    String text(String name) {
        String[] values = parameters.get(name);
        return values == null || values[0].isBlank() ? null : checked(name, values[0]);
    }

    /** Of a parameter that may be given more than once: each text once, in the order in which they came. */
    Set<String> texts(String name, int max) {
        Set<String> texts = new LinkedHashSet<>();
        for (String value : parameters.getOrDefault(name, new String[0])) {
            if (!value.isBlank()) {
                texts.add(checked(name, value));
            }
        }
        if (texts.isEmpty() || texts.size() > max) {
            throw invalid(name, texts.size() + " (expected: 1 to " + max + ")");
        }
        return texts;
    }

    private String checked(String name, String value) {
        if (value.length() > TEXT_LENGTH_MAX || !Texts.isPrintable(value)) {
            throw invalid(name, "(expected: at most " + TEXT_LENGTH_MAX + " printable characters)");
        }
        return value;
    }

    @Nullable
    Long positive(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        long value = Ids.parse(text);
        if (value < 0) {
            throw invalid(name, "\"" + text + "\" (expected: an integer >= 0)");
        }
        return value;
    }

    int limit(int otherwise, int max) {
        Long value = positive("limit");
        if (value == null) {
            return otherwise;
        }
        if (value < 1 || value > max) {
            throw invalid("limit", value + " (expected: 1 to " + max + ")");
        }
        return value.intValue();
    }

    @Nullable
    Instant instant(String name) {
        String text = text(name);
        return text == null ? null : Times.parse(text, what -> invalid(name, what));
    }

    ProblemException invalid(String name, String what) {
        return problem(ProblemType.INVALID_FIELD, name, what);
    }

    private static ProblemException problem(ProblemType type, String name, String what) {
        return Problem.ofField(type, name, what).asException();
    }
}
