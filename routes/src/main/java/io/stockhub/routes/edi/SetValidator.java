package io.stockhub.routes.edi;

import io.stockhub.routes.edi.SetCatalog.SetType;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds one set against its schema and policy. What StAEDI cannot be given (tags it stops at, text it would choke on)
 * is found here; everything else it finds.
 */
final class SetValidator {
    private static final Pattern TAG = Pattern.compile("[A-Z][A-Z0-9]{1,2}");

    private final SetType type;
    private final Segments segments;
    private final SetSpan span;
    private final Limits limits;
    private final Faults faults;

    /** Index of each segment StAEDI is given, in its order. */
    private int[] given = new int[64];

    private int givenCount;

    private SetValidator(SetType type, Segments segments, SetSpan span, Limits limits) {
        this.type = type;
        this.segments = segments;
        this.span = span;
        this.limits = limits;
        this.faults = new Faults(limits);
    }

    static Faults validate(SetType type, Segments segments, SetSpan span, Limits limits) {
        return new SetValidator(type, segments, span, limits).run();
    }

    private Faults run() {
        for (int i = span.first() + 1; i < span.bodyEnd(); i++) {
            String tag = segments.tag(i);
            if (TAG.matcher(tag).matches()) {
                give(i);
            } else {
                faults.add(EdiFault.ofSegment(shortTag(tag), position(i), null, "1"));
            }
        }
        limits.checkTime();
        new SetParser(faults, type.policy(), limits).parse(stream(), type.schema(), this::place);
        for (int n = 0; n < givenCount; n++) {
            lookAt(given[n]);
        }
        return faults;
    }

    private void lookAt(int index) {
        List<String> elements = segments.elements(index);
        String tag = elements.getFirst();
        int position = position(index);
        checkText(tag, position, elements);
        if (segments.isCut(index)) {
            int last = elements.size() - 1;
            faults.add(fault(tag, position, last, null, "5", elements.get(last)));
        }
        for (SetPolicy.Need need : type.policy().needs()) {
            if (need.segment().equals(tag) && !need.isMet(elements)) {
                faults.add(fault(tag, position, need.element(), need.reference(), "2", null));
            }
        }
    }

    /** Control characters are in no character set of X12, and neither a database nor JSON wants them. */
    private void checkText(String tag, int position, List<String> elements) {
        for (int i = 1; i < elements.size(); i++) {
            if (elements.get(i).chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
                faults.add(fault(tag, position, i, null, "6", elements.get(i)));
            }
        }
        if (elements.size() > Segments.MOST_ELEMENTS + 1) {
            faults.add(fault(tag, position, Segments.MOST_ELEMENTS, null, "3", null));
        }
    }

    private static EdiFault fault(
            String tag, int position, int element, @Nullable String reference, String code, @Nullable String value) {
        return SetParser.elementFault(tag, position, null, element, reference, code, value, true);
    }

    private static String shortTag(String tag) {
        return tag.length() > 10 ? tag.substring(0, 10) : tag;
    }

    private int position(int index) {
        return index - span.first() + 1;
    }

    private void give(int index) {
        if (givenCount == given.length) {
            given = Arrays.copyOf(given, givenCount * 2);
        }
        given[givenCount++] = index;
    }

    /** Where the n-th segment StAEDI sees (ST is 0) really is. */
    private SetParser.Place place(int n) {
        if (n <= 0) {
            return new SetParser.Place("ST", 1, span.header());
        }
        if (n > givenCount) {
            List<String> trailer = span.trailer() == null ? List.of("SE") : span.trailer();
            return new SetParser.Place("SE", position(span.bodyEnd()), trailer);
        }
        List<String> elements = segments.elements(given[n - 1]);
        return new SetParser.Place(elements.getFirst(), position(given[n - 1]), elements);
    }

    private SegmentStream stream() {
        Iterator<List<String>> all = new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < givenCount + 2;
            }

            @Override
            public List<String> next() {
                int n = next++;
                if (n == 0) {
                    return List.of("ST", type.set(), "0001");
                }
                return n <= givenCount
                        ? segments.elements(given[n - 1])
                        : List.of("SE", Integer.toString(givenCount + 2), "0001");
            }
        };
        return new SegmentStream(type, all, segments.delimiters().component());
    }
}
