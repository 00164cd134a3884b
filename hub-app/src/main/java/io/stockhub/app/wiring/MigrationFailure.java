package io.stockhub.app.wiring;

import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words why the database could not be brought to this version. */
class MigrationFailure extends AbstractFailureAnalyzer<FlywayException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FlywayException cause) {
        return new FailureAnalysis(
                "The database could not be brought to this version of the hub: " + cause.getMessage(),
                "Start the version of the hub that made this database, or give this one a database or data folder of its own."
                        + " Nothing was changed.",
                cause);
    }
}
