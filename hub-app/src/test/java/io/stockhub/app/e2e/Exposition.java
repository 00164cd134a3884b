package io.stockhub.app.e2e;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scrape answered, and what an expression asks of it: as much of PromQL as names and labels need. */
record Exposition(List<Series> series) {
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(\\{.*})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(=~|!=|!~|=)\"([^\"]*)\"");
    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w.])([a-zA-Z_:][\\w:]*)\\s*(?:\\{([^}]*)})?\\s*(?:\\[[^]]*])?(?!\\w)(?!\\s*\\()");
    private static final Pattern GROUPING = Pattern.compile("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

    record Series(String name, Map<String, String> labels, double value) {}

    record Selector(String name, List<Match> matches) {
        /** Whether a series has the name, each label that is asked for, and the value where it is asked for outright. */
        boolean selects(Series series) {
            return series.name().equals(name)
                    && matches.stream()
                            .allMatch(match -> series.labels().containsKey(match.label())
                                    && (!match.operator().equals("=")
                                            || match.value()
                                                    .equals(series.labels().get(match.label()))));
        }
    }

    record Match(String label, String operator, String value) {}

    static Exposition parse(String text) {
        List<Series> all = new ArrayList<>();
        Matcher line = SERIES.matcher(text);
        while (line.find()) {
            Map<String, String> labels = new LinkedHashMap<>();
            if (line.group(2) != null) {
                matches(line.group(2)).forEach(match -> labels.put(match.label(), match.value()));
            }
            all.add(new Series(line.group(1), labels, value(line.group(3))));
        }
        return new Exposition(all);
    }

    private static double value(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static List<Match> matches(String braces) {
        return LABEL.matcher(braces)
                .results()
                .map(label -> new Match(label.group(1), label.group(2), label.group(3)))
                .toList();
    }

    /** The series that an expression asks for. */
    static List<Selector> selectors(String expression) {
        List<Selector> all = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(GROUPING.matcher(expression).replaceAll(" "));
        while (selector.find()) {
            if (!OPERATORS.contains(selector.group(1))) {
                all.add(new Selector(
                        selector.group(1), selector.group(2) == null ? List.of() : matches(selector.group(2))));
            }
        }
        return all;
    }

    boolean serves(Selector selector) {
        return series.stream().anyMatch(selector::selects);
    }

    /** The hub's own metrics with their tags, as {@code name{tag,tag}}. */
    Set<String> own() {
        Set<String> own = new TreeSet<>();
        series.stream()
                .filter(one -> one.name().startsWith("stockhub_"))
                .forEach(one -> own.add(one.name() + new TreeSet<>(one.labels().keySet())));
        return own;
    }
}
