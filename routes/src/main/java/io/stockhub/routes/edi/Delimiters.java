package io.stockhub.routes.edi;

/**
 * The characters that structure an interchange, as its ISA declares them.
 *
 * @param element between elements (4th character of the ISA)
 * @param component between components of an element (ISA16)
 * @param terminator ends a segment (the character after ISA16)
 */
public record Delimiters(char element, char component, char terminator) {
    static final Delimiters STANDARD = new Delimiters('*', '>', '~');

    /** Whether an acknowledgement can be written with them: three different characters that no value of it holds. */
    boolean usable() {
        return element != component
                && component != terminator
                && element != terminator
                && delimits(element)
                && delimits(component)
                && delimits(terminator);
    }

    static boolean delimits(char c) {
        return !Character.isLetterOrDigit(c) && c != ' ';
    }

    boolean lines() {
        return terminator == '\r' || terminator == '\n';
    }

    boolean ends(char c) {
        return c == terminator || lines() && (c == '\r' || c == '\n');
    }
}
