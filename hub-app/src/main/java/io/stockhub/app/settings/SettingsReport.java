package io.stockhub.app.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Tells people about wrong settings in plain lines, without a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingsReport implements SpringBootExceptionReporter {

    /** Spring hands the context to every reporter; this one needs none, and it may not exist yet. */
    SettingsReport(@Nullable ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SettingsException settings) {
                System.err.println(settings.getMessage());
                return true;
            }
        }
        return false;
    }
}
