package io.stockhub.routes.edi;

import io.stockhub.routes.edi.Framer.Frame;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads files of EDI. Thread-safe; a call keeps nothing.
 *
 * <p>X12 004010 is read: set 944, and 997 and TA1 as answers to us. What is junk, cut off, not for us or not from a
 * partner is told apart from what is good, and one bad set does not spoil another (X12.5, X12.6, X12.20).
 */
public final class EdiReader {
    private final EdiPartners partners;
    private final Clock clock;
    private final SetCatalog catalog = SetCatalog.load();

    /**
     * @param partners who may send, and who we are
     * @param clock only for the time limit of one call
     */
    public EdiReader(EdiPartners partners, Clock clock) {
        this.partners = partners;
        this.clock = clock;
    }

    /**
     * Splits a file into its interchanges and judges each, in file order. Bytes between interchanges that mean
     * something come as interchanges of their own with the verdict Unreadable, so nothing of the file is lost; an empty
     * file is one of those. Never throws on bad input. The same bytes give the same answer.
     *
     * <p>Limits: 50 MiB, 1,000,000 segments, 10,000 interchanges and five minutes for a file, 65,536 characters for a
     * segment. What is beyond is refused or unreadable, never half read.
     */
    public List<EdiInterchange> read(byte[] raw) {
        if (raw.length > Limits.BYTES) {
            return List.of(EdiInterchange.unreadable(
                    "unknown", "file: %d bytes (limit %d)".formatted(raw.length, Limits.BYTES), raw));
        }
        FileText file = FileText.of(raw);
        Limits limits = new Limits(clock);
        List<EdiInterchange> interchanges = new ArrayList<>();
        for (Frame frame : Framer.frames(file.text(), Limits.INTERCHANGES)) {
            interchanges.add(read(file, frame, limits));
        }
        return interchanges.isEmpty()
                ? List.of(EdiInterchange.unreadable("unknown", "the file is empty", raw))
                : List.copyOf(interchanges);
    }

    private EdiInterchange read(FileText file, Frame frame, Limits limits) {
        byte[] raw = file.bytes(frame.start(), frame.end());
        return switch (frame.kind()) {
            case JUNK -> junk(file, frame, raw);
            case BEYOND_LIMIT ->
                EdiInterchange.unreadable(
                        "X12", "file: more interchanges than its limit of %d".formatted(Limits.INTERCHANGES), raw);
            case INTERCHANGE -> interchange(file, frame, raw, limits);
        };
    }

    private static EdiInterchange junk(FileText file, Frame frame, byte[] raw) {
        String text = file.text();
        if (text.startsWith("UNA", frame.start()) || text.startsWith("UNB", frame.start())) {
            return EdiInterchange.unreadable("EDIFACT", "EDIFACT is not read yet", raw);
        }
        return EdiInterchange.unreadable(
                "unknown", "%d bytes that belong to no interchange (expected: ISA)".formatted(raw.length), raw);
    }

    private EdiInterchange interchange(FileText file, Frame frame, byte[] raw, Limits limits) {
        try {
            String text = file.decoded(frame.start(), frame.end());
            Isa isa = Isa.at(text, 0);
            if (isa == null) {
                return EdiInterchange.unreadable("X12", "the ISA cannot be read in UTF-8", raw);
            }
            limits.checkTime();
            Segments segments =
                    Segments.split(text, isa.end(), isa.delimiters(), Limits.SEGMENT_CHARACTERS, limits.segmentsLeft());
            EdiInterchange judged = new InterchangeJudge(partners, catalog, isa, segments, limits).judge(raw);
            limits.spendSegments(segments.size());
            return judged;
        } catch (Limits.OutOfTime e) {
            return EdiInterchange.unreadable("X12", String.valueOf(e.getMessage()), raw);
        } catch (RuntimeException e) {
            // Whatever we did not foresee in a file must not stop the interchanges after it.
            return EdiInterchange.unreadable(
                    "X12", "could not be read: " + e.getClass().getSimpleName(), raw);
        }
    }
}
