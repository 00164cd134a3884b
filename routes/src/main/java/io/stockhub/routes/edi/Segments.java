package io.stockhub.routes.edi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The segments of an interchange after its ISA, as places in its text: a segment costs eight bytes until it is asked
 * for. Empty segments are dropped, indents and line breaks around or inside a segment removed.
 */
final class Segments {
    /** More than any segment of any set has; what a broken file holds beyond that is dropped and reported. */
    static final int MOST_ELEMENTS = 100;

    private final String text;
    private final Delimiters delimiters;
    private final BitSet cut = new BitSet();
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int size;
    private int dropped;

    private Segments(String text, Delimiters delimiters) {
        this.text = text;
        this.delimiters = delimiters;
    }

    /**
     * @param longest characters of a segment; what is longer is cut there and marked
     * @param most segments; the first one beyond that is the last one read
     */
    static Segments split(String text, int from, Delimiters delimiters, int longest, int most) {
        Segments segments = new Segments(text, delimiters);
        int position = from;
        while (position < text.length() && segments.size <= most) {
            int start = skipIndent(text, position, text.length());
            int end = endOfSegment(text, start, text.length(), delimiters);
            segments.add(start, end, longest);
            position = end + 1;
        }
        return segments;
    }

    static int skipIndent(String text, int from, int to) {
        int start = from;
        while (start < to
                && (text.charAt(start) == ' '
                        || text.charAt(start) == '\t'
                        || text.charAt(start) == '\r'
                        || text.charAt(start) == '\n')) {
            start++;
        }
        return start;
    }

    static int endOfSegment(String text, int from, int to, Delimiters delimiters) {
        if (!delimiters.lines()) {
            int end = text.indexOf(delimiters.terminator(), from, to);
            return end < 0 ? to : end;
        }
        int end = from;
        while (end < to && !delimiters.ends(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private void add(int start, int segmentEnd, int longest) {
        int end = segmentEnd;
        while (end > start && (text.charAt(end - 1) == '\r' || text.charAt(end - 1) == '\n')) {
            end--;
        }
        if (end <= start) {
            // After the last terminator of the file comes nothing, which is not an empty segment.
            dropped += segmentEnd < text.length() && !delimiters.lines() ? 1 : 0;
            return;
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        if (end - start > longest) {
            cut.set(size);
            end = start + longest;
        }
        starts[size] = start;
        ends[size++] = end;
    }

    int size() {
        return size;
    }

    int dropped() {
        return dropped;
    }

    Delimiters delimiters() {
        return delimiters;
    }

    /** Whether the segment was longer than a segment may be, and is not whole. */
    boolean isCut(int index) {
        return cut.get(index);
    }

    boolean anyCut() {
        return !cut.isEmpty();
    }

    /** What stands before the first element; empty when the segment starts with a separator. */
    String tag(int index) {
        int end = text.indexOf(delimiters.element(), starts[index], ends[index]);
        return clean(starts[index], end < 0 ? ends[index] : end);
    }

    /** The tag, then the elements; at most {@link #MOST_ELEMENTS} and one. */
    List<String> elements(int index) {
        List<String> elements = new ArrayList<>();
        int from = starts[index];
        while (elements.size() <= MOST_ELEMENTS + 1) {
            int to = text.indexOf(delimiters.element(), from, ends[index]);
            elements.add(clean(from, to < 0 ? ends[index] : to));
            if (to < 0) {
                break;
            }
            from = to + 1;
        }
        return elements;
    }

    private String clean(int from, int to) {
        String part = text.substring(from, to);
        return part.indexOf('\n') < 0 && part.indexOf('\r') < 0
                ? part
                : part.replace("\r", "").replace("\n", "");
    }
}
