package io.stockhub.routes.reconcile;

import java.util.Locale;

/** What is done about drift. */
public enum Policy {
    /** Our number is sent again. */
    OVERWRITE,
    /**
     * The channel is right: it is told no more than it shows, until a person lifts that. Of a promotion: so much less as the
     * channel says it has set aside, for as long as it says so. What it shows too much is never adopted, since it is not there.
     */
    ADOPT,
    /** Nothing is told before a person has decided. */
    HOLD;

    /** As it is spelled in the settings, the API and the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Policy of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
