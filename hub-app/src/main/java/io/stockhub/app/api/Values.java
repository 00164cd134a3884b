package io.stockhub.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.problem.ProblemException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values that are neither plain text nor integer, read as strictly as {@link Fields} reads those. */
final class Values {
    /** More digits than any quantity or cost has, few enough that no sum of theirs can take the memory. */
    private static final int DIGITS_MAX = 30;

    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final int YEAR_MIN = 1970;
    private static final int SHOWN_MAX = 60;

    private Values() {}

    /** A JSON number, every digit kept. */
    static BigDecimal number(Fields in, String name) {
        JsonNode node = in.raw(name);
        if (node == null) {
            throw in.invalid(name, in.has(name) ? "null (expected: a number)" : "missing");
        }
        if (!node.isNumber()) {
            throw wrong(in, name, node, "a number");
        }
        return bounded(in, name, node, node.decimalValue());
    }

    /** A JSON number, or the same as text for those whose numbers are binary; null when absent. */
    static @Nullable BigDecimal optionalDecimal(Fields in, String name) {
        JsonNode node = in.raw(name);
        if (node == null) {
            return null;
        }
        if (node.isTextual() && DECIMAL.matcher(node.textValue()).matches()) {
            return new BigDecimal(node.textValue());
        }
        if (!node.isNumber()) {
            throw wrong(in, name, node, "a decimal number such as 12.50");
        }
        return bounded(in, name, node, node.decimalValue());
    }

    static @Nullable Long optionalInteger(Fields in, String name) {
        return in.raw(name) == null ? null : (Long) in.integer(name);
    }

    /** A day such as {@code 2027-01-31}; null when absent. */
    static @Nullable LocalDate optionalDate(Fields in, String name) {
        String text = in.optionalText(name);
        if (text == null) {
            return null;
        }
        try {
            if (DATE.matcher(text).matches()) {
                LocalDate date = LocalDate.parse(text);
                if (date.getYear() >= YEAR_MIN) {
                    return date;
                }
            }
        } catch (DateTimeException noSuchDay) {
            throw in.invalid(name, "\"" + text + "\" (expected: a day that exists, such as 2027-01-31)");
        }
        throw in.invalid(name, "\"" + shortened(text) + "\" (expected: a day such as 2027-01-31)");
    }

    /** An ISO-8601 duration of days, hours, minutes, seconds; null when absent. */
    static @Nullable Duration optionalDuration(Fields in, String name) {
        String text = in.optionalText(name);
        if (text == null) {
            return null;
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException | ArithmeticException notADuration) {
            throw in.invalid(
                    name, "\"" + shortened(text) + "\" (expected: an ISO-8601 duration such as PT15M, PT2H or P1D)");
        }
    }

    /** A list of texts; empty when absent. */
    static List<String> texts(Fields in, String name) {
        List<JsonNode> nodes = in.list(name);
        List<String> texts = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            JsonNode node = nodes.get(i);
            String element = name + "[" + i + "]";
            if (!node.isTextual()) {
                throw wrong(in, element, node, "a string");
            }
            if (!Texts.isPrintable(node.textValue())) {
                throw in.invalid(element, "holds a control character or half a character (expected: printable text)");
            }
            texts.add(node.textValue());
        }
        return texts;
    }

    /** Null when absent. {@code lengthMax} counts characters. */
    static @Nullable String optionalText(Fields in, String name, int lengthMax) {
        String text = in.optionalText(name);
        if (text != null && text.length() > lengthMax) {
            throw in.invalid(name, text.length() + " characters (expected: at most " + lengthMax + ")");
        }
        return text;
    }

    /** 1E+999999999 is ten characters on the wire and a gigabyte once it is written out. */
    private static BigDecimal bounded(Fields in, String name, JsonNode node, BigDecimal number) {
        if (Math.abs((long) number.scale()) > DIGITS_MAX || number.precision() > DIGITS_MAX) {
            throw wrong(in, name, node, "a number of at most " + DIGITS_MAX + " digits");
        }
        return number;
    }

    private static ProblemException wrong(Fields in, String name, JsonNode found, String expected) {
        String shown = found.isContainerNode()
                ? (found.isArray() ? "a list" : "an object")
                : found.isNull() ? "null" : shortened(found.toString());
        return in.invalid(name, shown + " (expected: " + expected + ")");
    }

    private static String shortened(String text) {
        return text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
    }

    /** A name as it is on the wire, for example {@code all-or-nothing}. */
    static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
