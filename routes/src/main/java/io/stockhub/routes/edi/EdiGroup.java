package io.stockhub.routes.edi;

import java.util.List;

/**
 * One functional group (GS to GE).
 *
 * @param functionalId GS01, e.g. {@code RE}
 * @param controlNumber GS06
 * @param version GS08, e.g. {@code 004010}
 * @param sender GS02
 * @param receiver GS03
 * @param declaredSets GE01 as sent; empty when there is no GE
 * @param codes AK905 codes; when there is one, the group is refused and none of its sets is accepted
 * @param sets in document order
 */
public record EdiGroup(
        String functionalId,
        String controlNumber,
        String version,
        String sender,
        String receiver,
        String declaredSets,
        List<String> codes,
        List<EdiSet> sets) {
    public EdiGroup {
        codes = List.copyOf(codes);
        sets = List.copyOf(sets);
    }

    /** Whether it holds acknowledgements, which are never acknowledged. */
    public boolean acknowledgement() {
        return functionalId.equals(Codes.ACKNOWLEDGEMENTS);
    }
}
