package io.stockhub.routes.edi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One interchange of a file, or bytes between interchanges that belong to none (verdict Unreadable). Two are equal only
 * when they share the array of bytes.
 *
 * @param standard {@code X12}; {@code EDIFACT} or {@code unknown} where the verdict is Unreadable
 * @param sender ISA05/06; empty parts when unreadable
 * @param receiver ISA07/08; empty parts when unreadable
 * @param controlNumber ISA13; empty when unreadable
 * @param test anything but ISA15 = P: to be acknowledged and never to be posted
 * @param verdict on the whole
 * @param groups empty unless Readable
 * @param notes for people: what was repaired or looked odd; at most 20
 * @param envelope what an acknowledgement needs; null when unreadable
 * @param raw the bytes of this interchange as received
 */
public record EdiInterchange(
        String standard,
        Party sender,
        Party receiver,
        String controlNumber,
        boolean test,
        Verdict verdict,
        List<EdiGroup> groups,
        List<String> notes,
        @Nullable Envelope envelope,
        byte[] raw) {
    public EdiInterchange {
        groups = List.copyOf(groups);
        notes = List.copyOf(notes);
    }

    /** Bytes that are no interchange. */
    public static EdiInterchange unreadable(String standard, String message, byte[] raw) {
        return new EdiInterchange(
                standard,
                Party.NONE,
                Party.NONE,
                "",
                false,
                new Verdict.Unreadable(message),
                List.of(),
                List.of(),
                null,
                raw);
    }

    /**
     * The same interchange, refused for a reason that only the caller can know, such as {@code 025}: a control number
     * that came before.
     */
    public EdiInterchange refused(String note, String message) {
        return new EdiInterchange(
                standard,
                sender,
                receiver,
                controlNumber,
                test,
                new Verdict.Refused(note, message),
                List.of(),
                notes,
                envelope,
                raw);
    }

    /** Everything that was wrong, one sentence each, worst first: for logs of work, dead letters and people. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        switch (verdict) {
            case Verdict.Readable readable -> {
                if (!readable.note().equals(Codes.NO_ERROR)) {
                    problems.add("interchange: " + Codes.interchange(readable.note()));
                }
            }
            case Verdict.Refused refused -> problems.add(refused.message());
            case Verdict.Unreadable unreadable -> problems.add(unreadable.message());
        }
        for (EdiGroup group : groups) {
            group.codes().forEach(code -> problems.add("group " + group.controlNumber() + ": " + Codes.group(code)));
            for (EdiSet set : group.sets()) {
                String place = "set " + set.set() + " " + set.control() + ": ";
                set.codes().forEach(code -> problems.add(place + Codes.set(code)));
                set.faults().forEach(fault -> problems.add(place + fault.message()));
            }
        }
        return problems;
    }
}
