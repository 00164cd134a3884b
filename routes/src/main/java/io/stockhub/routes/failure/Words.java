package io.stockhub.routes.failure;

import io.stockhub.connectors.Failure;

/** Words of others as we keep them. PostgreSQL takes no NUL, and a failure that cannot be written is never seen. */
public final class Words {
    private Words() {}

    /** The failure with NUL shown as U+FFFD. */
    public static Failure keepable(Failure failure) {
        return new Failure(
                failure.kind(),
                failure.stage(),
                keepable(failure.code()),
                keepable(failure.message()),
                failure.retryAfter());
    }

    /** The text with NUL shown as U+FFFD. */
    public static String keepable(String text) {
        return text.replace('\0', '\ufffd');
    }
}
