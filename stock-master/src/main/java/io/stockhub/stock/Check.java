package io.stockhub.stock;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The range checks that all commands share. */
final class Check {
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Check() {}

    static void required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidCommandException(field, "missing");
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                throw new InvalidCommandException(field, "holds a control character (expected: printable text)");
            }
        }
        storable(field, value);
    }

    /** Text that the database can hold; anything else would fail for ever, however often it is asked again. */
    static void storable(String field, @Nullable String value) {
        if (value == null) {
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char one = value.charAt(i);
            boolean whole = Character.isHighSurrogate(one)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (one == 0 || Character.isSurrogate(one) && !whole) {
                throw new InvalidCommandException(field, "holds half a character, or none (expected: text)");
            }
            if (whole) {
                i++;
            }
        }
    }

    static void name(String field, @Nullable String value) {
        required(field, value);
        length(field, value, Limits.NAME_LENGTH_MAX);
    }

    static void reference(String field, @Nullable String value) {
        if (value != null) {
            required(field, value);
            length(field, value, Limits.REFERENCE_LENGTH_MAX);
        }
    }

    /** A time that both our database and a calendar know. */
    static void time(String field, @Nullable Instant time) {
        if (time != null && (time.isBefore(FIRST) || time.isAfter(LAST))) {
            throw new InvalidCommandException(field, time + " (expected: in the years 1900 to 9999)");
        }
    }

    static List<Command.Line> lines(@Nullable List<Command.Line> lines) {
        if (lines == null || lines.isEmpty()) {
            throw new InvalidCommandException("lines", "missing (expected: 1 to " + Limits.LINES_MAX + " lines)");
        }
        if (lines.size() > Limits.LINES_MAX) {
            throw new InvalidCommandException("lines", lines.size() + " (expected: at most " + Limits.LINES_MAX + ")");
        }
        return List.copyOf(lines);
    }

    static List<Command.Line> partLines(@Nullable List<Command.Line> lines) {
        if (lines == null || lines.isEmpty()) {
            return List.of();
        }
        List<Command.Line> checked = lines(lines);
        demand(checked);
        return checked;
    }

    /** Each line names a SKU and how many of it; names of fields are made only for what is wrong. */
    static void demand(List<Command.Line> lines) {
        for (int i = 0; i < lines.size(); i++) {
            Command.Line line = lines.get(i);
            try {
                quantity("quantity", line.quantity(), false);
                name("sku", line.sku());
            } catch (InvalidCommandException e) {
                throw e.within("lines[" + i + "]");
            }
        }
    }

    static void quantity(String field, long quantity, boolean signed) {
        if (signed && quantity == 0) {
            throw new InvalidCommandException(field, "0 (expected: not 0)");
        }
        if (!signed && quantity < 1) {
            throw new InvalidCommandException(field, quantity + " (expected: >= 1)");
        }
        if (Math.abs(quantity) > Limits.QUANTITY_MAX || quantity == Long.MIN_VALUE) {
            throw new InvalidCommandException(field, quantity + " (expected: at most " + Limits.QUANTITY_MAX + ")");
        }
    }

    private static void length(String field, @Nullable String value, int max) {
        if (value != null && value.length() > max) {
            throw new InvalidCommandException(field, value.length() + " characters (expected: at most " + max + ")");
        }
    }
}
