package io.stockhub.routes.edi;

import io.stockhub.routes.edi.SetCatalog.SetType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges one group and the sets in it: control numbers, counts, versions (AK905, AK502), then each set's content. */
final class GroupJudge {
    private static final int GS_ELEMENTS = 8;

    private final SetCatalog catalog;
    private final Set<String> allowedSets;
    private final Isa isa;
    private final Segments segments;
    private final Limits limits;
    private final Notes notes;

    GroupJudge(SetCatalog catalog, Set<String> allowedSets, Isa isa, Segments segments, Limits limits, Notes notes) {
        this.catalog = catalog;
        this.allowedSets = allowedSets;
        this.isa = isa;
        this.segments = segments;
        this.limits = limits;
        this.notes = notes;
    }

    /** Whether a group can be answered at all: it names itself (GS01) and its number (GS06). */
    static boolean nameable(Structure.Group group) {
        return group.header.size() > GS_ELEMENTS
                && group.header.get(1).matches("[A-Z0-9]{2}")
                && !group.header.get(6).isBlank();
    }

    EdiGroup judge(Structure.Group group) {
        List<String> header = group.header;
        String functionalId = header.get(1).strip();
        String control = header.get(6).strip();
        String version = header.get(8).strip();
        List<String> codes = codes(group, functionalId, control, version);
        SetJson.Header json = new SetJson.Header(
                new Party(isa.element(5), isa.element(6)),
                new Party(isa.element(7), isa.element(8)),
                isa.controlNumber(),
                control,
                version);
        Set<String> controls = new HashSet<>();
        List<EdiSet> sets = new ArrayList<>();
        for (SetSpan span : group.sets) {
            limits.checkTime();
            sets.add(judge(span, json, functionalId, controls, codes.isEmpty()));
        }
        String declared = group.trailer == null ? "" : SetSpan.at(group.trailer, 1);
        return new EdiGroup(
                functionalId,
                control,
                version,
                header.get(2).strip(),
                header.get(3).strip(),
                declared,
                codes,
                sets);
    }

    private List<String> codes(Structure.Group group, String functionalId, String control, String version) {
        List<String> codes = new ArrayList<>();
        if (!functionalId.equals(Codes.ACKNOWLEDGEMENTS) && !catalog.readsVersion(version)) {
            codes.add("2");
        }
        if (!Numbers.isNumber(control, 9)) {
            codes.add("6");
        }
        if (group.trailer == null) {
            codes.add("3");
            return codes;
        }
        if (!Numbers.same(control, SetSpan.at(group.trailer, 2).strip())) {
            codes.add("4");
        }
        if (!Numbers.is(SetSpan.at(group.trailer, 1).strip(), group.sets.size())) {
            codes.add("5");
        }
        return codes;
    }

    private EdiSet judge(
            SetSpan span, SetJson.Header header, String functionalId, Set<String> controls, boolean groupIsGood) {
        String json = SetJson.write(header, span.set(), span.control(), segments, span.first() + 1, span.bodyEnd());
        List<String> codes = envelopeCodes(span, controls);
        SetType type = catalog.find(span.set(), header.version());
        boolean acknowledgement = functionalId.equals(Codes.ACKNOWLEDGEMENTS);
        if (!takes(span.set(), type, acknowledgement) && groupIsGood) {
            codes.addFirst("1");
        }
        boolean judgeable = type != null && span.trailer() != null && !codes.contains("1");
        if (!judgeable || !groupIsGood) {
            return new EdiSet(span.set(), span.control(), codes.isEmpty() && groupIsGood, codes, List.of(), json);
        }
        if (!type.group().equals(functionalId)) {
            notes.add("group %s: GS01 is %s (expected: %s for %s)"
                    .formatted(header.group(), functionalId, type.group(), span.set()));
        }
        return judgeContent(type, span, codes, json);
    }

    private boolean takes(String set, @Nullable SetType type, boolean acknowledgement) {
        // Acknowledgements come in whatever version the partner speaks; reading them commits us to nothing.
        return acknowledgement
                ? set.equals(Codes.ACKNOWLEDGEMENT_SET)
                : type != null && (allowedSets.contains(set) || set.equals(Codes.ACKNOWLEDGEMENT_SET));
    }

    private EdiSet judgeContent(SetType type, SetSpan span, List<String> codes, String json) {
        boolean envelopeIsGood = codes.isEmpty();
        Faults faults = SetValidator.validate(type, segments, span, limits);
        if (!faults.isEmpty()) {
            codes.add("5");
        }
        if (faults.left() > 0) {
            notes.add("set %s %s: %d more faults".formatted(span.set(), span.control(), faults.left()));
        }
        boolean accepted = envelopeIsGood && !faults.refuse();
        return new EdiSet(span.set(), span.control(), accepted, codes, faults.inDocumentOrder(), json);
    }

    private static List<String> envelopeCodes(SetSpan span, Set<String> controls) {
        List<String> codes = new ArrayList<>();
        if (!span.set().matches("[0-9A-Z]{3}")) {
            codes.add("6");
        }
        String control = span.control().strip();
        if (!control.matches("[0-9A-Za-z]{4,9}")) {
            codes.add("7");
        } else if (!controls.add(control)) {
            codes.add("23");
        }
        if (span.trailer() == null) {
            codes.add("2");
            return codes;
        }
        if (!control.equals(SetSpan.at(span.trailer(), 2).strip())) {
            codes.add("3");
        }
        if (!Numbers.is(SetSpan.at(span.trailer(), 1).strip(), span.segmentCount())) {
            codes.add("4");
        }
        return codes;
    }
}
