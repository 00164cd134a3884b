package io.stockhub.app.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings before they are checked: a tree of texts in which every node knows where it was given. Types come from the
 * schema later, so that {@code country: NO} is Norway and a variable of the environment means the same as a line of
 * the file.
 */
sealed interface Draft {
    /** Where it was given, for people: {@code stockhub.yaml, line 12}. */
    String place();

    /** One value. */
    record Scalar(String text, String place) implements Draft {}

    /** Names with their settings, in the order of the file. */
    record Group(Map<String, Draft> members, String place) implements Draft {
        Group(String place) {
            this(new LinkedHashMap<>(), place);
        }
    }

    /** A list; by index, since overrides may come in any order. */
    record Items(TreeMap<Integer, Draft> elements, String place) implements Draft {
        Items(String place) {
            this(new TreeMap<>(), place);
        }
    }

    /** The deepest node on the way to {@code path} that exists: the place to name when something is missing. */
    static Draft nearest(Draft root, List<Object> path) {
        Draft at = root;
        for (Object step : path) {
            Draft next = child(at, step);
            if (next == null) {
                return at;
            }
            at = next;
        }
        return at;
    }

    @Nullable
    static Draft child(Draft parent, Object step) {
        return switch (parent) {
            case Group group when step instanceof String name -> group.members().get(name);
            case Items items
            when step instanceof Integer index ->
                index < items.elements().size()
                        ? new ArrayList<>(items.elements().values()).get(index)
                        : null;
            default -> null;
        };
    }

    /** The path as people write it: {@code channels[0].buffer}. */
    static String show(List<Object> path) {
        StringBuilder text = new StringBuilder();
        for (Object step : path) {
            if (step instanceof Integer index) {
                text.append('[').append(index).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.toString();
    }
}
