package io.stockhub.connectors.failure;

import io.stockhub.connectors.Manifest;

/** What decides how bad it is not to know whether a call was applied. */
public enum CallKind {
    /** Changes nothing. */
    READ,
    /** Changes something, but doing it twice does what doing it once does. */
    REPEATABLE_WRITE,
    /** Doing it twice would do it twice. */
    SINGLE_WRITE;

    public static CallKind of(Manifest.Action action) {
        if (action.kind() == Manifest.Action.Effect.READ) {
            return READ;
        }
        return action.repeatable() ? REPEATABLE_WRITE : SINGLE_WRITE;
    }
}
