package io.stockhub.routes.edi;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of a 997 for one group: AK1 to AK9. */
final class FunctionalAcknowledgement {
    private static final int MOST_CODES = 5;

    private FunctionalAcknowledgement() {}

    static void write(SegmentWriter out, EdiGroup group) {
        out.segment("AK1", group.functionalId(), group.controlNumber());
        int accepted = 0;
        boolean errors = false;
        for (EdiSet set : group.sets()) {
            accepted += set.accepted() ? 1 : 0;
            errors |= !set.codes().isEmpty();
            // In a group refused as a whole, a set is named when it has a fault of its own.
            if (group.codes().isEmpty() || !set.codes().isEmpty()) {
                write(out, set);
            }
        }
        int received = group.sets().size();
        Object declared = Numbers.isNumber(group.declaredSets(), 6) ? group.declaredSets() : received;
        out.segment("AK9", with(group.codes(), answer(group, accepted, errors), declared, received, accepted));
    }

    private static String answer(EdiGroup group, int accepted, boolean errors) {
        if (!group.codes().isEmpty() || accepted == 0 && !group.sets().isEmpty()) {
            return "R";
        }
        if (accepted < group.sets().size()) {
            return "P";
        }
        return errors ? "E" : "A";
    }

    private static void write(SegmentWriter out, EdiSet set) {
        // AK2 must name the set even where ST does not.
        out.segment(
                "AK2",
                orElse(cut(set.set(), 3), "000"),
                orElse(cut(set.control().strip(), 9), "0000"));
        List<EdiFault> faults = set.faults();
        int from = 0;
        while (from < faults.size()) {
            int to = from + 1;
            while (to < faults.size() && sameSegment(faults.get(from), faults.get(to))) {
                to++;
            }
            segment(out, faults.subList(from, to));
            from = to;
        }
        String answer = !set.accepted() ? "R" : set.codes().isEmpty() ? "A" : "E";
        out.segment("AK5", with(set.codes(), answer));
    }

    private static boolean sameSegment(EdiFault one, EdiFault other) {
        return one.position() == other.position() && one.segment().equals(other.segment());
    }

    private static void segment(SegmentWriter out, List<EdiFault> faults) {
        String tag = segmentId(faults.getFirst().segment());
        int position = faults.getFirst().position();
        String loop = faults.stream()
                .map(EdiFault::loop)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
        faults.stream()
                .filter(fault -> fault.element() == null)
                .forEach(fault -> out.segment("AK3", tag, position, loop, fault.code()));
        List<EdiFault> inElements =
                faults.stream().filter(fault -> fault.element() != null).toList();
        if (!inElements.isEmpty()) {
            out.segment("AK3", tag, position, loop, "8");
            inElements.forEach(fault ->
                    out.segment("AK4", fault.element(), text(fault.reference()), fault.code(), text(fault.value())));
        }
    }

    /** AK301 has two or three characters, whatever the segment has. */
    private static String segmentId(String tag) {
        return tag.length() < 2 ? tag + "?".repeat(2 - tag.length()) : cut(tag, 3);
    }

    private static Object[] with(List<String> codes, Object... elements) {
        List<Object> all = new ArrayList<>(List.of(elements));
        all.addAll(codes.subList(0, Math.min(MOST_CODES, codes.size())));
        return all.toArray();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String orElse(String text, String other) {
        return text.isBlank() ? other : text;
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }
}
