package io.stockhub.routes.edi;

/** What became of an interchange as a whole. */
public sealed interface Verdict {
    /**
     * Its groups and sets were judged one by one.
     *
     * @param note TA1 note code: {@code 000}, or the fault of the envelope with which it was still taken (TA1 E)
     */
    record Readable(String note) implements Verdict {}

    /**
     * An interchange, and nothing in it may be used: its groups are empty.
     *
     * @param note TA1 note code (X12 data element I18), e.g. {@code 006} for an unknown sender
     * @param message for people: the field and what was expected
     */
    record Refused(String note, String message) implements Verdict {}

    /**
     * Not an interchange at all, or one that cannot be judged; there is nobody to answer.
     *
     * @param message for people
     */
    record Unreadable(String message) implements Verdict {}
}
