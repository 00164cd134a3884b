package io.stockhub.routes.edi;

import java.util.List;

/**
 * One transaction set (ST to SE).
 *
 * @param set ST01, e.g. {@code 944}
 * @param control ST02
 * @param accepted whether its content may be used; what is not accepted must have no effect
 * @param codes AK502 codes in order of importance; empty when there is nothing to say
 * @param faults in document order; an accepted set may have some (AK5 E). Long lists are cut, {@code accepted} is not
 *     affected by that
 * @param json the set as JSON: {@code {"standard","set","version","sender","receiver","interchange","group",
 *     "control","segments":[["W17","F",…],…]}}, segments between ST and SE in document order, elements as sent.
 *     Control characters, which no X12 text may hold, are written as {@code ?}
 */
public record EdiSet(
        String set, String control, boolean accepted, List<String> codes, List<EdiFault> faults, String json) {
    public EdiSet {
        codes = List.copyOf(codes);
        faults = List.copyOf(faults);
    }
}
