package io.stockhub.routes.edi;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the answer to an interchange: TA1 for its envelope, a 997 for each of its groups (X12.5, X12.20; 004010). */
public final class Acknowledgements {
    private static final DateTimeFormatter ISA_DATE = utc("yyMMdd");
    private static final DateTimeFormatter GS_DATE = utc("yyyyMMdd");
    private static final DateTimeFormatter TIME = utc("HHmm");

    private Acknowledgements() {}

    /**
     * The acknowledgement of one interchange, from its receiver to its sender, in its delimiters. It holds a TA1 when
     * ISA14 asks for one or the envelope has a fault, and a 997 for each group that is not itself an acknowledgement.
     * The same arguments give the same bytes.
     *
     * @return null when nothing may be sent: the interchange is an acknowledgement, or unreadable, or asks for nothing
     */
    public static byte @Nullable [] forInterchange(EdiInterchange i, AckNumbers numbers, Instant at) {
        Envelope envelope = i.envelope();
        if (envelope == null || envelope.acknowledgement()) {
            return null;
        }
        List<EdiGroup> groups =
                i.groups().stream().filter(group -> !group.acknowledgement()).toList();
        String note = note(i.verdict());
        boolean ta1 = envelope.answerWanted() || !note.equals(Codes.NO_ERROR);
        if (!ta1 && groups.isEmpty()) {
            return null;
        }
        boolean usable = envelope.delimiters().usable();
        SegmentWriter out = new SegmentWriter(usable ? envelope.delimiters() : Delimiters.STANDARD);
        String number = "%09d".formatted(numbers.interchange());
        header(out, envelope.us(), i, number, at);
        if (ta1) {
            out.segment("TA1", i.controlNumber(), envelope.date(), envelope.time(), answer(i.verdict(), note), note);
        }
        if (!groups.isEmpty()) {
            group(out, i, groups, numbers.group(), at);
        }
        out.segment("IEA", groups.isEmpty() ? 0 : 1, number);
        return out.text().getBytes(StandardCharsets.US_ASCII);
    }

    private static String note(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Readable readable -> readable.note();
            case Verdict.Refused refused -> refused.note();
            case Verdict.Unreadable unreadable -> throw new IllegalStateException(unreadable.message());
        };
    }

    private static String answer(Verdict verdict, String note) {
        return verdict instanceof Verdict.Refused ? "R" : note.equals(Codes.NO_ERROR) ? "A" : "E";
    }

    private static void header(SegmentWriter out, Party us, EdiInterchange i, String number, Instant at) {
        out.isa(
                "00",
                " ".repeat(10),
                "00",
                " ".repeat(10),
                pad(us.qualifier(), 2),
                pad(us.id(), 15),
                pad(i.sender().qualifier(), 2),
                pad(i.sender().id(), 15),
                ISA_DATE.format(at),
                TIME.format(at),
                "U",
                "00401",
                number,
                "0",
                i.test() ? "T" : "P");
    }

    private static void group(SegmentWriter out, EdiInterchange i, List<EdiGroup> groups, int number, Instant at) {
        EdiGroup first = groups.getFirst();
        String us = first.receiver().isEmpty() ? i.receiver().id() : first.receiver();
        String them = first.sender().isEmpty() ? i.sender().id() : first.sender();
        out.segment("GS", Codes.ACKNOWLEDGEMENTS, us, them, GS_DATE.format(at), TIME.format(at), number, "X", "004010");
        int set = 0;
        for (EdiGroup group : groups) {
            String control = "%04d".formatted(++set);
            int before = out.segments();
            out.segment("ST", Codes.ACKNOWLEDGEMENT_SET, control);
            FunctionalAcknowledgement.write(out, group);
            out.segment("SE", out.segments() - before + 1, control);
        }
        out.segment("GE", groups.size(), number);
    }

    private static String pad(String text, int width) {
        String cut = text.length() > width ? text.substring(0, width) : text;
        return cut + " ".repeat(width - cut.length());
    }

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
