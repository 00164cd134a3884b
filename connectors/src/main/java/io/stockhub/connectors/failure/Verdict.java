package io.stockhub.connectors.failure;

import io.stockhub.connectors.Failure;

/** What an answer means. */
public sealed interface Verdict {

    /** The action's answer mapping reads it. */
    record Readable() implements Verdict {}

    /** The token is no longer good: renew it and call once more. */
    record ExpiredToken(Failure ifAgain) implements Verdict {}

    /** The call failed. */
    record Failed(Failure failure) implements Verdict {}
}
