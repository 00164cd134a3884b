package io.stockhub.routes.edi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The interchange header, read leniently: by its separators instead of its fixed widths, since widths are what real
 * senders get wrong.
 *
 * @param elements ISA01 to ISA15 as sent, without line breaks
 * @param delimiters as it declares them
 * @param end offset of the first character after it
 * @param widthsRight whether each element has the width the standard fixes
 */
record Isa(List<String> elements, Delimiters delimiters, int end, boolean widthsRight) {
    private static final int[] WIDTHS = {2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1};
    private static final int LONGEST_ELEMENT = 60;

    /** The header that starts at the offset, or null when what starts there is none. */
    static @Nullable Isa at(String text, int start) {
        if (!text.startsWith("ISA", start) || start + 4 >= text.length()) {
            return null;
        }
        char separator = text.charAt(start + 3);
        if (!Delimiters.delimits(separator) || separator == '\r' || separator == '\n') {
            return null;
        }
        List<String> elements = new ArrayList<>(WIDTHS.length);
        int from = start + 4;
        while (elements.size() < WIDTHS.length) {
            int to = text.indexOf(separator, from, Math.min(text.length(), from + LONGEST_ELEMENT + 1));
            if (to < 0) {
                return null;
            }
            elements.add(text.substring(from, to).replace("\r", "").replace("\n", ""));
            from = to + 1;
        }
        return new Isa(
                List.copyOf(elements),
                delimiters(text, separator, from),
                Math.min(from + 2, text.length()),
                widthsRight(elements));
    }

    private static Delimiters delimiters(String text, char separator, int from) {
        char component = from < text.length() ? text.charAt(from) : Delimiters.STANDARD.component();
        char terminator = from + 1 < text.length() ? text.charAt(from + 1) : Delimiters.STANDARD.terminator();
        return new Delimiters(separator, component, terminator);
    }

    private static boolean widthsRight(List<String> elements) {
        for (int i = 0; i < WIDTHS.length; i++) {
            if (elements.get(i).length() != WIDTHS[i]) {
                return false;
            }
        }
        return true;
    }

    /** ISA01 is element 1. */
    String element(int position) {
        return elements.get(position - 1).strip();
    }

    /** ISA13 with the zeros a sender left out. */
    String controlNumber() {
        String number = element(13);
        return Numbers.isNumber(number, 9) ? "0".repeat(9 - number.length()) + number : number;
    }
}
