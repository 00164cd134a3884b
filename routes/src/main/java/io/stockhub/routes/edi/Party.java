package io.stockhub.routes.edi;

/**
 * One end of an interchange (ISA05/06 or ISA07/08), without the blanks that pad it.
 *
 * @param qualifier says what kind of id it is, e.g. {@code ZZ}; empty when the interchange has none
 * @param id the id itself, case sensitive
 */
public record Party(String qualifier, String id) {
    static final Party NONE = new Party("", "");

    public Party {
        qualifier = trimmed(qualifier);
        id = trimmed(id);
    }

    /** Some senders pad with no-break spaces. */
    private static String trimmed(String text) {
        return text.replace('\u00A0', ' ').strip();
    }

    @Override
    public String toString() {
        return qualifier + "/" + id;
    }
}
