package io.stockhub.routes.edi;

import io.stockhub.routes.edi.EdiPartners.Mode;
import io.stockhub.routes.edi.EdiPartners.Partner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges one interchange: first whether it is from a partner to us, then whether its envelope is whole (the TA1's
 * questions), then each group. One fault of the envelope and nothing in it counts, because something may be missing.
 */
final class InterchangeJudge {
    private final EdiPartners partners;
    private final SetCatalog catalog;
    private final Isa isa;
    private final Segments segments;
    private final Structure structure;
    private final Limits limits;
    private final Notes notes = new Notes();

    InterchangeJudge(EdiPartners partners, SetCatalog catalog, Isa isa, Segments segments, Limits limits) {
        this.partners = partners;
        this.catalog = catalog;
        this.isa = isa;
        this.segments = segments;
        this.structure = Structure.of(segments);
        this.limits = limits;
    }

    EdiInterchange judge(byte[] raw) {
        Verdict verdict = verdict();
        List<EdiGroup> groups = verdict instanceof Verdict.Readable ? groups() : List.of();
        noteRepairs();
        return new EdiInterchange(
                "X12",
                sender(),
                receiver(),
                isa.controlNumber(),
                isTest(),
                verdict,
                groups,
                notes.all(),
                envelope(),
                raw);
    }

    private Verdict verdict() {
        for (Verdict.@Nullable Refused refused : new Verdict.Refused[] {delimiters(), parties(), whole(), content()}) {
            if (refused != null) {
                return refused;
            }
        }
        return new Verdict.Readable(toleratedNote());
    }

    private Verdict.@Nullable Refused delimiters() {
        Delimiters delimiters = isa.delimiters();
        if (!Delimiters.delimits(delimiters.terminator()) || delimiters.terminator() == delimiters.element()) {
            return new Verdict.Refused(
                    "004",
                    "segment terminator: %s (expected: no letter, digit or blank)"
                            .formatted(show(delimiters.terminator())));
        }
        return null;
    }

    private Verdict.@Nullable Refused parties() {
        Party us = partners.us();
        if (!receiver().id().equals(us.id())) {
            return new Verdict.Refused("009", "ISA08 receiver: %s (expected: %s)".formatted(receiver(), us));
        }
        if (!receiver().qualifier().equals(us.qualifier())) {
            return new Verdict.Refused("007", "ISA07 receiver: %s (expected: %s)".formatted(receiver(), us));
        }
        Partner partner = partner();
        if (partner == null) {
            return new Verdict.Refused("006", "ISA06 sender: %s (expected: a known partner)".formatted(sender()));
        }
        if (!sender().qualifier().equals(partner.qualifier())) {
            return new Verdict.Refused(
                    "005", "ISA05 sender: %s (expected: qualifier %s)".formatted(sender(), partner.qualifier()));
        }
        if (partner.mode() == Mode.TEST && !isTest()) {
            return new Verdict.Refused(
                    "020", "ISA15: P (expected: T, partner %s is in test)".formatted(partner.name()));
        }
        return null;
    }

    private Verdict.@Nullable Refused whole() {
        if (!Numbers.isNumber(isa.element(13), 9)) {
            return new Verdict.Refused("018", "ISA13: %s (expected: 9 digits)".formatted(isa.element(13)));
        }
        List<String> trailer = structure.trailer();
        if (segments.size() > limits.segmentsLeft()) {
            return new Verdict.Refused(
                    "024", "file: more than %d segments (limit %d)".formatted(Limits.SEGMENTS, Limits.SEGMENTS));
        }
        if (trailer == null) {
            return new Verdict.Refused("023", "IEA: missing (expected: the end of the interchange; the file is cut)");
        }
        if (!Numbers.same(isa.element(13), SetSpan.at(trailer, 2).strip())) {
            return new Verdict.Refused(
                    "001", "IEA02: %s (expected: %s)".formatted(SetSpan.at(trailer, 2), isa.element(13)));
        }
        int groups = structure.groups().size();
        if (!Numbers.is(SetSpan.at(trailer, 1).strip(), groups)) {
            return new Verdict.Refused("021", "IEA01: %s (expected: %d)".formatted(SetSpan.at(trailer, 1), groups));
        }
        return null;
    }

    private Verdict.@Nullable Refused content() {
        if (!structure.outside().isEmpty()) {
            return new Verdict.Refused(
                    "022",
                    "segment %s: outside a group (expected: GS)"
                            .formatted(structure.outside().getFirst()));
        }
        for (Structure.Group group : structure.groups()) {
            if (!GroupJudge.nameable(group)) {
                return new Verdict.Refused("024", "GS: %s (expected: GS01 to GS08)".formatted(cut(group.header)));
            }
            boolean counted = group.trailer != null
                    && Numbers.is(SetSpan.at(group.trailer, 1).strip(), group.sets.size());
            if (!group.strays.isEmpty() && counted) {
                return new Verdict.Refused(
                        "022", "segment %s: outside a set (expected: ST)".formatted(group.strays.getFirst()));
            }
        }
        return null;
    }

    private static String cut(List<String> elements) {
        String text = String.join("*", elements);
        return text.length() > 120 ? text.substring(0, 120) : text;
    }

    private String toleratedNote() {
        if (!isa.widthsRight()) {
            notes.add("ISA: widths are not those of the standard; read by its separators");
            return "022";
        }
        List<String> trailer = structure.trailer();
        if (trailer != null && !isa.element(13).equals(SetSpan.at(trailer, 2).strip())) {
            notes.add("IEA02: %s (expected: %s)".formatted(SetSpan.at(trailer, 2), isa.element(13)));
            return "001";
        }
        if (!Numbers.isNumber(isa.element(9), 6) || !Numbers.isNumber(isa.element(10), 4)) {
            return Numbers.isNumber(isa.element(9), 6) ? "015" : "014";
        }
        if (!Set.of("P", "T", "I").contains(isa.element(15))) {
            notes.add("ISA15: %s (expected: P or T; taken as a test)".formatted(isa.element(15)));
            return "020";
        }
        return isa.delimiters().usable() ? Codes.NO_ERROR : "027";
    }

    private List<EdiGroup> groups() {
        Partner partner = partner();
        Set<String> allowed = partner == null ? Set.of() : partner.sets();
        GroupJudge judge = new GroupJudge(catalog, allowed, isa, segments, limits, notes);
        List<EdiGroup> groups = new ArrayList<>();
        structure.groups().forEach(group -> groups.add(judge.judge(group)));
        return groups;
    }

    private void noteRepairs() {
        if (segments.dropped() > 0) {
            notes.add("empty segments dropped: %d".formatted(segments.dropped()));
        }
        if (segments.anyCut()) {
            notes.add("a segment longer than %d characters was cut".formatted(Limits.SEGMENT_CHARACTERS));
        }
        for (Structure.Group group : structure.groups()) {
            group.strays.forEach(tag -> notes.add("segment %s is outside a set".formatted(cut(List.of(tag)))));
        }
        for (List<String> answer : structure.answers()) {
            notes.add("TA1 for our interchange %s: %s %s"
                    .formatted(SetSpan.at(answer, 1), SetSpan.at(answer, 4), SetSpan.at(answer, 5)));
        }
    }

    private Envelope envelope() {
        boolean answersAlone =
                !structure.answers().isEmpty() || !structure.groups().isEmpty();
        for (Structure.Group group : structure.groups()) {
            answersAlone &= SetSpan.at(group.header, 1).strip().equals(Codes.ACKNOWLEDGEMENTS);
        }
        boolean answerWanted = isa.element(14).equals("1");
        return new Envelope(
                partners.us(), isa.delimiters(), isa.element(9), isa.element(10), answerWanted, answersAlone);
    }

    private @Nullable Partner partner() {
        return partners.byId(sender().id());
    }

    private Party sender() {
        return new Party(isa.element(5), isa.element(6));
    }

    private Party receiver() {
        return new Party(isa.element(7), isa.element(8));
    }

    private boolean isTest() {
        return !isa.element(15).equals("P");
    }

    private static String show(char c) {
        return c < ' ' ? "0x%02X".formatted((int) c) : "'" + c + "'";
    }
}
