package io.stockhub.connectors;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why something failed, in the words that the flows, the dead letters and the console share.
 *
 * @param code stable, {@code <area>.<reason>} in snake case, e.g. {@code channel.timeout}; what failures are grouped by
 * @param message for people: what was seen, without secrets
 * @param retryAfter how long the other side asked us to wait; null when it said nothing
 */
public record Failure(Kind kind, Stage stage, String code, String message, @Nullable Duration retryAfter) {

    public Failure {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    private static final String NOT_CALLED = "channel.breaker_open";

    /** Whether the other side was told nothing: the call was not made, or came too fast. Such a try is no attempt. */
    public boolean turnedAway() {
        return kind == Kind.THROTTLED || code.equals(NOT_CALLED);
    }

    /** What follows from a failure. */
    public enum Kind {
        /** The same message may succeed later: try again with a growing pause. */
        TRANSIENT,
        /** Too fast: wait as long as the other side says; this is not an attempt. */
        THROTTLED,
        /** It may have been applied: look before repeating, unless repeating is harmless. */
        UNKNOWN_OUTCOME,
        /** The other side understood and refused: dead letter at once. */
        PERMANENT,
        /** Credentials or configuration are wrong: the stream stops and waits for a person, no message is given up. */
        SETTINGS,
        /** We cannot read, map or express it: dead letter at once, with the place. */
        POISON
    }

    /** Where it failed. */
    public enum Stage {
        RECEIVE,
        DECODE,
        MAP,
        VALIDATE,
        LEDGER,
        ENCODE,
        SEND,
        ACKNOWLEDGE
    }
}
