package io.stockhub.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;

/** Ids on the wire: decimal digits, as strings in JSON so that no reader rounds them. */
final class Ids {
    private static final int DIGITS_MAX = 18;

    private Ids() {}

    /** The number, or -1 when the text is none of our ids. */
    static long parse(String text) {
        boolean digits =
                !text.isEmpty() && text.length() <= DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(text) : -1;
    }

    /** An id from a body: a string of digits, or an integer. -1 when it is neither. */
    static long parse(JsonNode node) {
        if (node.isTextual()) {
            return parse(node.textValue());
        }
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0 ? node.longValue() : -1;
    }

    /** An id from a path; what cannot be one is as absent as any other. */
    static long ofPath(String text, ProblemType absent, String what) {
        long id = parse(text);
        if (id < 0) {
            throw absent(absent, what, text);
        }
        return id;
    }

    static RuntimeException absent(ProblemType type, String what, String id) {
        return Problem.of(type, "No " + what + " \"" + id + "\".").asException();
    }
}
