package io.stockhub.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A message that can never pass as it is, or a mapping that is wrong: poison, so never tried again unchanged.
 * The message names the mapping and the place, and quotes the value at fault, shortened and on one line.
 */
public final class MappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String mapping;
    private final @Nullable String place;

    MappingException(String mapping, @Nullable String place, String problem) {
        this(mapping, place, problem, null);
    }

    MappingException(String mapping, @Nullable String place, String problem, @Nullable Throwable cause) {
        super(text(mapping, place, problem), cause);
        this.mapping = mapping;
        this.place = place;
    }

    private static String text(String mapping, @Nullable String place, String problem) {
        return mapping + ": " + (place == null ? "" : place + ": ") + problem;
    }

    /** The mapping's name, {@code <system>/<action>}. */
    public String mapping() {
        return mapping;
    }

    /**
     * Where it went wrong: {@code line 4, column 12} of the mapping, {@code input line 1, column 9} when the input is
     * not JSON, or a JSON pointer into the output such as {@code /lines/0/quantity}; null when there is no one place.
     */
    public @Nullable String place() {
        return place;
    }
}
