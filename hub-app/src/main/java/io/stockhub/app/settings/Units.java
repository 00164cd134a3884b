package io.stockhub.app.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes with their units, as the schema allows them. */
final class Units {
    private static final Pattern PARTS = Pattern.compile("([0-9]+)([A-Za-z]+)");

    private Units() {}

    static Duration duration(String text) {
        long number = number(text);
        return switch (unit(text)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    static long bytes(String text) {
        long number = number(text);
        return switch (unit(text)) {
            case "KiB" -> number << 10;
            case "MiB" -> number << 20;
            default -> number;
        };
    }

    private static long number(String text) {
        return Long.parseLong(parts(text).group(1));
    }

    private static String unit(String text) {
        return parts(text).group(2);
    }

    private static Matcher parts(String text) {
        Matcher matcher = PARTS.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the schema let \"" + text + "\" pass");
        }
        return matcher;
    }
}
