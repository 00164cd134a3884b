package io.stockhub.app.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How we trade EDI documents.
 *
 * @param us our own address; null when no partner is configured
 * @param watchFolder whether files dropped into {@code data/edi/in} are taken
 */
public record EdiSettings(@Nullable Address us, List<Partner> partners, boolean watchFolder) {

    /** An interchange address: {@code qualifier} as in ISA05 ({@code ZZ}), {@code id} as in ISA06, unpadded. */
    public record Address(String qualifier, String id) {}

    /**
     * One partner.
     *
     * @param id our short name of it, also the channel of its dead letters
     * @param qualifier and {@code partnerId}: its interchange address
     * @param sets transaction sets that it may send, for example {@code 944}
     * @param mapping name of the mapping for them, for example {@code x12/receipt-944}
     * @param test whether it sends test interchanges (ISA15 {@code T})
     */
    public record Partner(
            String id,
            String qualifier,
            String partnerId,
            String name,
            List<String> sets,
            String mapping,
            boolean test) {
        public Partner {
            sets = List.copyOf(sets);
        }
    }

    public EdiSettings {
        partners = List.copyOf(partners);
    }
}
