package io.stockhub.app.wiring;

import io.stockhub.postgres.EmbeddedPostgresException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words why the embedded PostgreSQL did not start; its own message says what to do. */
class DatabaseFailure extends AbstractFailureAnalyzer<EmbeddedPostgresException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedPostgresException cause) {
        return new FailureAnalysis("The embedded database did not start.", cause.getMessage(), cause);
    }
}
