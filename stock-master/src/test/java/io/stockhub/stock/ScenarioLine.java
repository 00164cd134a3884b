package io.stockhub.stock;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a scenario: {@code verb word word option=value -> expected}. Options stand behind the words that they
 * belong to; the name after {@code as} is how later lines call the movement.
 */
record ScenarioLine(
        int number,
        String text,
        List<String> words,
        Map<String, String> options,
        @Nullable String name,
        String expected) {

    /** Null for lines that say nothing. */
    static @Nullable ScenarioLine parse(int number, String text) {
        String line = text.replaceFirst("(^|\\s)#.*$", "").strip();
        if (line.isEmpty()) {
            return null;
        }
        String[] halves = line.split("->", 2);
        List<String> words = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        String name = null;
        String[] all = halves[0].strip().split("\\s+");
        for (int i = 0; i < all.length; i++) {
            if (all[i].equals("as")) {
                name = all[++i];
            } else if (all[i].indexOf('=') > 0) {
                options.put(all[i].substring(0, all[i].indexOf('=')), all[i].substring(all[i].indexOf('=') + 1));
            } else {
                words.add(all[i]);
            }
        }
        return new ScenarioLine(
                number,
                line,
                words,
                options,
                name,
                halves.length == 1 ? "" : halves[1].strip().replaceAll("\\s+", " "));
    }

    String word(int index) {
        if (index >= words.size()) {
            throw new AssertionError("line " + number + ": a word is missing: " + text);
        }
        return words.get(index);
    }

    long units(int index) {
        return Long.parseLong(word(index));
    }

    @Nullable
    String option(String key) {
        return options.get(key);
    }

    String require(String key) {
        return Objects.requireNonNull(options.get(key), () -> "line " + number + ": " + key + "= is missing");
    }

    /** SKU and units, two words a line of the command, from the given word on; options are for all of them. */
    List<Command.Line> lines(int from) {
        List<Command.Line> lines = new ArrayList<>();
        for (int i = from; i < words.size(); i += 2) {
            lines.add(new Command.Line(word(i), units(i + 1), goods()));
        }
        return lines;
    }

    private Goods goods() {
        return new Goods(
                option("lot"),
                option("expiry") == null ? null : LocalDate.now(ZoneOffset.UTC).plusDays(days("expiry")),
                option("serials") == null
                        ? List.of()
                        : List.of(require("serials").split(",")),
                option("bin"),
                option("to-bin"),
                option("pool"),
                option("to-pool"),
                option("from") == null ? null : StockState.of(require("from")),
                option("to") == null ? null : StockState.of(require("to")),
                option("cost") == null ? null : new java.math.BigDecimal(require("cost")),
                option("booked") == null ? null : (Long) Long.parseLong(require("booked")));
    }

    private long days(String key) {
        return Long.parseLong(require(key).replaceFirst("days$", ""));
    }
}
