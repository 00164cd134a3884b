package io.stockhub.routes.edi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The groups and sets of an interchange, as its segments nest them, before anything is judged. */
final class Structure {
    private final Segments segments;
    private final List<Group> groups = new ArrayList<>();
    private final List<List<String>> answers = new ArrayList<>();
    private final List<String> strays = new ArrayList<>();
    private @Nullable List<String> trailer;
    private @Nullable Group group;
    private @Nullable List<String> set;
    private int setStart;

    private Structure(Segments segments) {
        this.segments = segments;
    }

    /** One group as sent: GS, its sets, GE where there is one, and tags of segments that are in no set. */
    static final class Group {
        final List<String> header;
        final List<SetSpan> sets = new ArrayList<>();
        final List<String> strays = new ArrayList<>();

        @Nullable
        List<String> trailer;

        Group(List<String> header) {
            this.header = header;
        }
    }

    static Structure of(Segments segments) {
        Structure structure = new Structure(segments);
        for (int i = 0; i < segments.size() && structure.trailer == null; i++) {
            structure.take(i);
        }
        structure.closeGroup(segments.size());
        return structure;
    }

    private void take(int index) {
        switch (segments.tag(index)) {
            case "GS" -> openGroup(index);
            case "GE" -> endGroup(index);
            case "ST" -> openSet(index);
            case "SE" -> endSet(index);
            case "IEA" -> {
                closeGroup(index);
                trailer = segments.elements(index);
            }
            case "TA1" -> answer(index);
            default -> other(index);
        }
    }

    private void openGroup(int index) {
        closeGroup(index);
        group = new Group(segments.elements(index));
        groups.add(group);
    }

    private void endGroup(int index) {
        closeSet(index);
        if (group == null) {
            other(index);
        } else {
            group.trailer = segments.elements(index);
            group = null;
        }
    }

    private void openSet(int index) {
        closeSet(index);
        if (group == null) {
            other(index);
        } else {
            set = segments.elements(index);
            setStart = index;
        }
    }

    private void endSet(int index) {
        if (group == null || set == null) {
            other(index);
        } else {
            group.sets.add(new SetSpan(setStart, index + 1, set, segments.elements(index)));
            set = null;
        }
    }

    private void closeGroup(int index) {
        closeSet(index);
        group = null;
    }

    private void closeSet(int index) {
        if (group != null && set != null) {
            group.sets.add(new SetSpan(setStart, index, set, null));
        }
        set = null;
    }

    private void answer(int index) {
        if (group == null) {
            answers.add(segments.elements(index));
        } else {
            other(index);
        }
    }

    private void other(int index) {
        if (set == null && strays().size() < 5) {
            strays().add(segments.tag(index));
        }
    }

    private List<String> strays() {
        return group == null ? strays : group.strays;
    }

    List<Group> groups() {
        return groups;
    }

    /** The TA1 segments. */
    List<List<String>> answers() {
        return answers;
    }

    /** Tags of segments outside any group, the first few. */
    List<String> outside() {
        return strays;
    }

    /** IEA, or null when the interchange ends before it. */
    @Nullable
    List<String> trailer() {
        return trailer;
    }
}
