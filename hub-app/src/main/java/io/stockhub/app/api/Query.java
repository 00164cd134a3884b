package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemException;
import io.stockhub.app.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
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
            if (values.length > 1) {
                throw problem(ProblemType.INVALID_FIELD, name, "given " + values.length + " times (expected: once)");
            }
        });
        return new Query(parameters);
    }

    /** Null when absent or blank. */
    @Nullable
    String text(String name) {
        String[] values = parameters.get(name);
        if (values == null || values[0].isBlank()) {
            return null;
        }
        if (values[0].length() > TEXT_LENGTH_MAX || values[0].chars().anyMatch(Character::isISOControl)) {
            throw invalid(name, "(expected: at most " + TEXT_LENGTH_MAX + " printable characters)");
        }
        return values[0];
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
