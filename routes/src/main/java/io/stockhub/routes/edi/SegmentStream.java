package io.stockhub.routes.edi;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/**
 * One set as the bytes of an interchange of our own making, for StAEDI: envelope without faults, delimiters that no
 * value holds, elements no longer than it can take. So no fault outside the set, or in another one, can stop it.
 */
final class SegmentStream extends InputStream {
    static final char ELEMENT = 0x1D;
    static final char COMPONENT = 0x1F;
    static final char TERMINATOR = 0x1E;

    /** Longer than any element may be, shorter than what StAEDI can hold (4,096): stays a fault, is never a failure. */
    private static final int LONGEST_ELEMENT = 512;

    private static final String TRAILER =
            "GE*1*1~IEA*1*000000001~".replace('*', ELEMENT).replace('~', TERMINATOR);

    private final Iterator<List<String>> segments;
    private final char component;
    private byte[] current;
    private int position;
    private boolean ended;

    /**
     * @param segments from ST to SE
     * @param component the sender's component separator; one that cannot separate is taken as text
     */
    SegmentStream(SetCatalog.SetType type, Iterator<List<String>> segments, char component) {
        this.segments = segments;
        this.component = Delimiters.delimits(component) ? component : COMPONENT;
        this.current = header(type).getBytes(StandardCharsets.UTF_8);
    }

    private static String header(SetCatalog.SetType type) {
        String isa = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*0000*U*00"
                + type.version().substring(2, 5) + "*000000001*0*P*" + COMPONENT + "~";
        String gs = "GS*" + type.group() + "*SENDER*RECEIVER*20260101*0000*1*X*" + type.version() + "~";
        return (isa + gs).replace('*', ELEMENT).replace('~', TERMINATOR);
    }

    @Override
    public int read() {
        return fill() ? current[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, buffer, offset, count);
        position += count;
        return count;
    }

    private boolean fill() {
        while (position == current.length) {
            if (ended) {
                return false;
            }
            ended = !segments.hasNext();
            String next = ended ? TRAILER : write(segments.next());
            current = next.getBytes(StandardCharsets.UTF_8);
            position = 0;
        }
        return true;
    }

    private String write(List<String> elements) {
        StringBuilder segment = new StringBuilder();
        for (String element : elements) {
            if (!segment.isEmpty()) {
                segment.append(ELEMENT);
            }
            append(segment, element);
        }
        return segment.append(TERMINATOR).toString();
    }

    private void append(StringBuilder segment, String element) {
        for (int i = 0; i < Math.min(element.length(), LONGEST_ELEMENT); i++) {
            char c = element.charAt(i);
            segment.append(c == component ? COMPONENT : harmless(c));
        }
    }

    /** No delimiter, nothing that UTF-8 cannot write; a control character stays one, and so stays a fault. */
    private static char harmless(char c) {
        if (c < ' ' || c == 0x7F) {
            return 0x01;
        }
        return Character.isSurrogate(c) ? '?' : c;
    }
}
