package io.stockhub.routes.edi;

import java.util.List;

/** Writes X12 segments with given delimiters; a value cannot break them. */
final class SegmentWriter {
    private final Delimiters delimiters;
    private final StringBuilder text = new StringBuilder(512);
    private int segments;

    SegmentWriter(Delimiters delimiters) {
        this.delimiters = delimiters;
    }

    /** Trailing empty elements are left out. */
    void segment(String tag, Object... elements) {
        int last = elements.length;
        while (last > 0 && elements[last - 1].toString().isEmpty()) {
            last--;
        }
        text.append(tag);
        for (Object element : List.of(elements).subList(0, last)) {
            text.append(delimiters.element()).append(clean(element.toString()));
        }
        text.append(delimiters.terminator());
        segments++;
    }

    /** The ISA ends with the component separator itself. */
    void isa(String... elements) {
        text.append("ISA");
        for (String element : elements) {
            text.append(delimiters.element()).append(clean(element));
        }
        text.append(delimiters.element()).append(delimiters.component()).append(delimiters.terminator());
    }

    int segments() {
        return segments;
    }

    String text() {
        return text.toString();
    }

    private String clean(String value) {
        StringBuilder clean = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean allowed = c >= ' '
                    && c < 0x7F
                    && c != delimiters.element()
                    && c != delimiters.component()
                    && !delimiters.ends(c);
            clean.append(allowed ? c : '?');
        }
        return clean.toString();
    }
}
