package io.stockhub.connectors;

import java.util.Objects;

/**
 * A call to a system failed as a whole. It carries no cause: what matters, without secrets, is in the {@link Failure}.
 */
public final class CallFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public CallFailure(Failure failure) {
        super(Objects.requireNonNull(failure, "failure").code() + ": " + failure.message());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
