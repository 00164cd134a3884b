package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.stock.Limits;
import org.jspecify.annotations.Nullable;

/** Names and titles of master data: printable, bounded, without blanks at the ends. */
final class Names {
    private static final int TITLE_LENGTH_MAX = 250;

    private Names() {}

    /** A key that stands in the path, where it will be looked up again. */
    static String inPath(String field, String value) {
        String wrong = wrong(value, Limits.NAME_LENGTH_MAX);
        if (wrong != null) {
            throw Problem.ofField(ProblemType.INVALID_FIELD, field, wrong).asException();
        }
        return value;
    }

    static String required(Fields body, String field) {
        return checked(body, field, body.text(field));
    }

    @Nullable
    static String optional(Fields body, String field) {
        String value = body.optionalText(field);
        return value == null ? null : checked(body, field, value);
    }

    static String checked(Fields body, String field, String value) {
        String wrong = wrong(value, TITLE_LENGTH_MAX);
        if (wrong != null) {
            throw body.invalid(field, wrong);
        }
        return value;
    }

    @Nullable
    static String wrong(String value, int lengthMax) {
        if (value.isBlank()) {
            return "blank (expected: text)";
        }
        if (value.length() > lengthMax) {
            return value.length() + " characters (expected: at most " + lengthMax + ")";
        }
        if (!Texts.isPrintable(value) || !value.equals(value.strip())) {
            return "holds a control character, or begins or ends with a blank (expected: printable text)";
        }
        return null;
    }
}
