package io.stockhub.routes.edi;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may send us EDI.
 *
 * @param us the party interchanges must be addressed to
 * @param partners each known sender once; an id is unique whatever its qualifier
 */
public record EdiPartners(Party us, List<Partner> partners) {
    public EdiPartners {
        partners = List.copyOf(partners);
    }

    /**
     * One trading partner.
     *
     * @param id ISA06 of what they send
     * @param qualifier ISA05 of what they send
     * @param name for people
     * @param sets the sets we take from them, e.g. {@code 944}; acknowledgements (997) need no entry
     * @param mode whether their live documents count
     */
    public record Partner(String id, String qualifier, String name, Set<String> sets, Mode mode) {
        public Partner {
            sets = Set.copyOf(sets);
        }
    }

    /** A partner in {@code TEST} may only send test documents (ISA15 = T); one that is {@code LIVE} may send both. */
    public enum Mode {
        LIVE,
        TEST
    }

    @Nullable
    Partner byId(String id) {
        return partners.stream()
                .filter(partner -> partner.id().equals(id))
                .findFirst()
                .orElse(null);
    }
}
