package io.stockhub.routes.replay;

import io.stockhub.routes.inbox.Outcome;
import org.jspecify.annotations.Nullable;

/** What became of one replayed message, in the words of the API. */
record Resent(String outcome, @Nullable String message) {

    static Resent of(Outcome outcome) {
        return switch (outcome) {
            case APPLIED -> new Resent("applied", null);
            case ALREADY_APPLIED -> alreadyApplied(null);
            case IGNORED -> new Resent("superseded", "Nothing to do: the message is not ours to act on any more.");
            case NOTHING_TO_CANCEL ->
                new Resent("superseded", "Nothing to do: nothing is held for the cancelled order.");
            case SUPERSEDED -> new Resent("superseded", "A later message about the same thing took effect already.");
        };
    }

    static Resent alreadyApplied(@Nullable String message) {
        return new Resent("already-applied", message);
    }

    static Resent failed(@Nullable String message) {
        return new Resent("failed", message);
    }
}
