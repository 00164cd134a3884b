package io.stockhub.routes.edi;

import org.jspecify.annotations.Nullable;

/**
 * One fault in a set, as a 997 reports it (AK3, AK4).
 *
 * @param segment tag of the segment at fault; of the missing one where the code says missing
 * @param position of the segment in its set, ST is 1
 * @param loop the loop it was found in, where the set's structure names one (AK303)
 * @param element position in the segment, from 1; null when the segment as a whole is at fault
 * @param reference data element number (AK402), e.g. {@code 413}
 * @param code AK403 with an element, AK304 without
 * @param message for people
 * @param value as sent, at most 99 characters; null when absent
 * @param refuses whether the set is refused for it; else it is taken with a note
 */
public record EdiFault(
        String segment,
        int position,
        @Nullable String loop,
        @Nullable Integer element,
        @Nullable String reference,
        String code,
        String message,
        @Nullable String value,
        boolean refuses) {

    /** A fault of a whole segment; always refuses. */
    static EdiFault ofSegment(String segment, int position, @Nullable String loop, String code) {
        String message = "%s at segment %d: %s".formatted(segment, position, Codes.segment(code));
        return new EdiFault(segment, position, loop, null, null, code, message, null, true);
    }

    EdiFault refusing() {
        return new EdiFault(segment, position, loop, element, reference, code, message, value, true);
    }
}
