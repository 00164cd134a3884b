package io.stockhub.app.api;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/** Times on the wire: ISO-8601 with an offset. */
final class Times {
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Times() {}

    static Instant parse(String text, Function<String, RuntimeException> problem) {
        Instant time;
        try {
            time = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException notATime) {
            throw problem.apply("\"" + text + "\" (expected: a time with offset such as 2026-09-04T10:15:00Z)");
        }
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw problem.apply("\"" + text + "\" (expected: between " + EARLIEST + " and " + LATEST + ")");
        }
        return time;
    }
}
