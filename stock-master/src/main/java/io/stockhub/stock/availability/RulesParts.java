package io.stockhub.stock.availability;

import io.stockhub.stock.Limits;
import io.stockhub.stock.availability.Located.Field;
import io.stockhub.stock.availability.Located.Group;
import io.stockhub.stock.availability.Located.Items;
import io.stockhub.stock.availability.Located.Nothing;
import io.stockhub.stock.availability.Located.Scalar;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes a rules document apart; what is not of the right kind becomes a finding and is left out. */
final class RulesParts {
    final List<Finding> findings = new ArrayList<>();

    /** A text in a list, with its place. */
    record Text(int line, String path, String text) {}

    void add(int line, String path, String what) {
        findings.add(new Finding(line, path, what));
    }

    /** Empty where there is nothing. */
    Group group(Located at, String path) {
        if (at instanceof Group group) {
            return group;
        }
        if (!(at instanceof Nothing)) {
            add(at.line(), path, at.shown() + " (expected: fields by name)");
        }
        return new Group(at.line(), Map.of());
    }

    Group group(Group of, String path, String name) {
        Field field = of.fields().get(name);
        return field == null ? new Group(of.line(), Map.of()) : group(field.value(), below(path, name));
    }

    List<Located> items(Located at, String path) {
        if (at instanceof Items items) {
            return items.items();
        }
        if (!(at instanceof Nothing)) {
            add(at.line(), path, at.shown() + " (expected: a list)");
        }
        return List.of();
    }

    void allow(Group of, String path, Set<String> names) {
        of.fields().forEach((name, field) -> {
            if (!names.contains(name)) {
                add(
                        field.line(),
                        below(path, name),
                        "no such rule (expected: " + names.stream().sorted().collect(Collectors.joining(", ")) + ")");
            }
        });
    }

    /** Null when absent or wrong. */
    @Nullable
    Long quantity(Group of, String path, String name) {
        return number(of, path, name, 0, Limits.QUANTITY_MAX);
    }

    @Nullable
    Integer priority(Group of, String path, String name) {
        Long priority = number(of, path, name, 1, ChannelRule.PRIORITY_LAST);
        return priority == null ? null : (Integer) priority.intValue();
    }

    private @Nullable Long number(Group of, String path, String name, long min, long max) {
        Field field = of.fields().get(name);
        if (field == null || field.value() instanceof Nothing) {
            return null;
        }
        BigInteger number = field.value() instanceof Scalar scalar ? scalar.number() : null;
        String shown = field.value().shown();
        if (number == null) {
            add(field.line(), below(path, name), shown + " (expected: a whole number)");
        } else if (number.compareTo(BigInteger.valueOf(min)) < 0) {
            add(field.line(), below(path, name), shown + " (expected: >= " + min + ")");
        } else if (number.compareTo(BigInteger.valueOf(max)) > 0) {
            add(field.line(), below(path, name), shown + " (expected: <= " + max + ")");
        } else {
            return number.longValueExact();
        }
        return null;
    }

    @Nullable
    String text(Group of, String path, String name, int lengthMax) {
        Field field = of.fields().get(name);
        if (field == null || field.value() instanceof Nothing) {
            return null;
        }
        return text(field.value(), field.line(), below(path, name), lengthMax);
    }

    private @Nullable String text(Located at, int line, String path, int lengthMax) {
        if (!(at instanceof Scalar scalar)) {
            add(line, path, at.shown() + " (expected: text)");
            return null;
        }
        if (!scalar.isText()) {
            add(line, path, at.shown() + " (expected: text; put it in quotes)");
            return null;
        }
        return printable(line, path, scalar.text(), lengthMax) ? scalar.text() : null;
    }

    /** Texts of a list, each once. */
    List<Text> texts(Group of, String path, String name, boolean needed) {
        Field field = of.fields().get(name);
        String at = below(path, name);
        if (field == null) {
            if (needed) {
                add(of.line(), at, "missing (expected: a list)");
            }
            return List.of();
        }
        List<Text> texts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<Located> items = items(field.value(), at);
        if (items.isEmpty() && (field.value() instanceof Items || field.value() instanceof Nothing)) {
            add(field.line(), at, "empty (expected: at least one)");
        }
        for (int i = 0; i < items.size(); i++) {
            String place = at + "[" + i + "]";
            String text = text(items.get(i), items.get(i).line(), place, Limits.NAME_LENGTH_MAX);
            if (text != null && !seen.add(text)) {
                add(items.get(i).line(), place, "\"" + text + "\" is there twice (expected: once)");
            } else if (text != null) {
                texts.add(new Text(items.get(i).line(), place, text));
            }
        }
        return texts;
    }

    void name(int line, String path, String name) {
        printable(line, path, name, Limits.NAME_LENGTH_MAX);
    }

    private boolean printable(int line, String path, String text, int lengthMax) {
        boolean odd = text.isBlank()
                || !text.equals(text.strip())
                || text.codePoints().anyMatch(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF);
        if (odd || text.length() > lengthMax) {
            add(line, path, "(expected: 1 to " + lengthMax + " printable characters, without blanks at the ends)");
            return false;
        }
        return true;
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
