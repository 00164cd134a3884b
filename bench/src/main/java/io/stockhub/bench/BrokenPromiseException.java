package io.stockhub.bench;

/** What was fast was wrong: its figures are worth nothing, and the run fails. */
public final class BrokenPromiseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenPromiseException(String message) {
        super(message);
    }

    public BrokenPromiseException(String message, Throwable cause) {
        super(message, cause);
    }
}
