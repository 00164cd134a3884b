package io.stockhub.stock.availability;

/**
 * Something that is wrong in a rules document.
 *
 * @param line where, from 1
 * @param path the field, for example {@code channels.web.floor}; empty for the document as a whole
 * @param what the value and what was expected, for example {@code -1 (expected: >= 0)}
 */
public record Finding(int line, String path, String what) {

    /** {@code line 7: channels.web.floor: -1 (expected: >= 0)}. */
    @Override
    public String toString() {
        return "line " + line + ": " + (path.isEmpty() ? "" : path + ": ") + what;
    }
}
