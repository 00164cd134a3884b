package io.stockhub.routes.edi;

import java.util.ArrayList;
import java.util.List;

/** Cuts a file into interchanges and what lies between them, in one pass. */
final class Framer {
    private static final int LONGEST_TRAILER = 100;

    private final String text;
    private final int mostInterchanges;
    private final List<Frame> frames = new ArrayList<>();

    private Framer(String text, int mostInterchanges) {
        this.text = text;
        this.mostInterchanges = mostInterchanges;
    }

    /** A part of the file: an interchange, or junk. */
    record Frame(int start, int end, Kind kind) {}

    enum Kind {
        INTERCHANGE,
        JUNK,
        /** More interchanges than a file may hold: all that follows the last one allowed. */
        BEYOND_LIMIT
    }

    static List<Frame> frames(String text, int mostInterchanges) {
        return new Framer(text, mostInterchanges).run();
    }

    private List<Frame> run() {
        int interchanges = 0;
        int position = skipFiller(0);
        while (position < text.length()) {
            Isa isa = Isa.at(text, position);
            int end;
            if (isa == null) {
                end = nextHeader(position + 1);
                frames.add(new Frame(position, end, Kind.JUNK));
            } else if (interchanges++ == mostInterchanges) {
                end = text.length();
                frames.add(new Frame(position, end, Kind.BEYOND_LIMIT));
            } else {
                end = endOf(isa);
                frames.add(new Frame(position, end, Kind.INTERCHANGE));
                end = skipTerminators(end, isa.delimiters());
            }
            position = skipFiller(end);
        }
        return frames;
    }

    /** Blanks, line breaks, NUL, Ctrl-Z and byte order marks mean nothing between interchanges. */
    private int skipFiller(int from) {
        int position = from;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c <= ' ' && c != 0x1C && c != 0x1D && c != 0x1E && c != 0x1F || c == '\uFEFF') {
                position++;
            } else if (text.startsWith("\u00EF\u00BB\u00BF", position)) {
                position += 3;
            } else {
                break;
            }
        }
        return position;
    }

    /** Empty segments after the trailer are as meaningless as those before it. */
    private int skipTerminators(int from, Delimiters delimiters) {
        int position = skipFiller(from);
        while (position < text.length() && delimiters.ends(text.charAt(position))) {
            position = skipFiller(position + 1);
        }
        return position;
    }

    private int nextHeader(int from) {
        int position = text.indexOf("ISA", from);
        while (position >= 0 && Isa.at(text, position) == null) {
            position = text.indexOf("ISA", position + 1);
        }
        return position < 0 ? text.length() : position;
    }

    /** After the IEA; or where the next interchange starts, when the sender never closed this one. */
    private int endOf(Isa isa) {
        Delimiters delimiters = isa.delimiters();
        int from = isa.end();
        while (from < text.length()) {
            int start = Segments.skipIndent(text, from, text.length());
            if (text.startsWith("IEA" + delimiters.element(), start)) {
                return endOfTrailer(start, delimiters);
            }
            if (text.startsWith("ISA", start) && Isa.at(text, start) != null) {
                return start;
            }
            from = Segments.endOfSegment(text, start, text.length(), delimiters) + 1;
        }
        return text.length();
    }

    /** IEA02 is digits: where its terminator is missing, it ends with them, and what follows belongs to nobody. */
    private int endOfTrailer(int start, Delimiters delimiters) {
        int most = Math.min(text.length(), start + LONGEST_TRAILER);
        int end = Segments.endOfSegment(text, start, most, delimiters);
        if (end < most) {
            int lineBreak = lineBreak(start, end);
            return lineBreak < 0 || text.substring(lineBreak, end).isBlank() ? end + 1 : lineBreak;
        }
        int digits = Math.max(start, text.indexOf(delimiters.element(), Math.min(most, start + 4), most)) + 1;
        while (digits < most && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        return digits;
    }

    private int lineBreak(int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) == '\n' || text.charAt(i) == '\r') {
                return i;
            }
        }
        return -1;
    }
}
