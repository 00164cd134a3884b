package io.stockhub.mapping;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions in which our mappings differ from plain JSONata: some are absent, some keep digits or bounds. */
final class BuiltIns {

    private static final int MAX_PAD = 10_000;
    private static final int MAX_DIGITS = 1000;

    private static final Map<String, String> ABSENT = Map.of(
            "eval", "text from a message must never run as an expression",
            "now", "a mapping gives the same output for the same input, today and at a replay",
            "millis", "a mapping gives the same output for the same input, today and at a replay",
            "random", "a mapping gives the same output for the same input, today and at a replay",
            "shuffle", "a mapping gives the same output for the same input, today and at a replay");

    private static final Map<String, JFunction> FUNCTIONS = functions();

    private BuiltIns() {}

    static void bind(Frame frame) {
        FUNCTIONS.forEach((name, function) -> frame.bind(name, (Object) function));
    }

    private static Map<String, JFunction> functions() {
        Map<String, JFunction> functions = ABSENT.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> absent(e.getKey(), e.getValue())));
        functions.put("number", new JFunction((input, args) -> number(args.getFirst()), "<(nsb)-:n>"));
        // These three hand on a member of the input; what the library calls by itself it turns into double.
        functions.put("lookup", new JFunction((input, args) -> lookup(args), "<x-s:x>"));
        functions.put("single", new JFunction((input, args) -> Functions.single(list(args), args.get(1)), "<af?>"));
        functions.put(
                "reduce",
                new JFunction((input, args) -> Functions.foldLeft(list(args), args.get(1), args.get(2)), "<afj?:j>"));
        functions.put("pad", new JFunction((input, args) -> pad(args), "<s-ns?:s>"));
        return Map.copyOf(functions);
    }

    private static JFunction absent(String name, String why) {
        return new JFunction(
                (input, args) -> {
                    throw problem("$" + name + " does not exist in mappings: " + why);
                },
                // Any arguments, so that it fails by its own message also where it is handed to another function.
                "<x?x?x?:x>");
    }

    /** The library's own goes through double, which loses digits above 2^53 and reports no position. */
    private static @Nullable Object number(@Nullable Object value) {
        if (value instanceof String text) {
            return parse(text);
        }
        if (value == Jsonata.NULL_VALUE) {
            throw problem("null is not a number");
        }
        return Functions.number(value);
    }

    private static Number parse(String text) {
        BigDecimal value = decimal(text);
        if (value.stripTrailingZeros().scale() > 0) {
            return value;
        }
        BigInteger whole = value.toBigInteger();
        if (whole.bitLength() < Integer.SIZE) {
            return whole.intValue();
        }
        return whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : whole;
    }

    private static BigDecimal decimal(String text) {
        try {
            BigDecimal value = text.length() > MAX_DIGITS ? null : new BigDecimal(text.strip());
            if (value != null && Math.abs((long) value.scale()) <= MAX_DIGITS) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through to the message that names the text.
        }
        throw problem("\"" + Places.quote(text) + "\" is not a number");
    }

    private static @Nullable Object lookup(List<?> args) {
        return Functions.lookup(args.get(0), (String) args.get(1));
    }

    private static @Nullable List<?> list(List<?> args) {
        return (List<?>) args.getFirst();
    }

    private static @Nullable Object pad(List<?> args) {
        Number width = (Number) args.get(1);
        if (width != null && Math.abs(width.doubleValue()) > MAX_PAD) {
            throw problem("$pad to " + width + " (expected: within " + MAX_PAD + ")");
        }
        return Functions.pad((String) args.get(0), width, args.size() > 2 ? (String) args.get(2) : null);
    }

    /** As if the mapping had called $error: the library adds the position of the call. */
    private static JException problem(String text) {
        return new JException("D3137", -1, text);
    }
}
