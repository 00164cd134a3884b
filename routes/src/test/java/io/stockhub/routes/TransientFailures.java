package io.stockhub.routes;

import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import java.time.Duration;

/** Failures that may pass. */
final class TransientFailures {
    private TransientFailures() {}

    static CallFailure busy() {
        return ScriptedConnectors.failure(Failure.Kind.TRANSIENT, "channel.busy");
    }

    static CallFailure busy(Duration retryAfter) {
        return ScriptedConnectors.failure(Failure.Kind.THROTTLED, "channel.throttled", retryAfter);
    }
}
