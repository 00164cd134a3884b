package io.stockhub.app.cli;

import org.jspecify.annotations.Nullable;

/** A command failed; the message is for people and says what to do next. */
final class CliFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String document;

    CliFailure(String message) {
        this(message, null);
    }

    /** @param document what the hub answered, for {@code --json} */
    CliFailure(String message, @Nullable String document) {
        super(message, null, false, false);
        this.document = document;
    }

    @Nullable
    String document() {
        return document;
    }
}
