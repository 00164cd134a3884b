package io.stockhub.routes.alerts;

import io.stockhub.routes.Alerts.Severity;
import io.stockhub.routes.Alerts.Words;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong at this moment.
 *
 * @param kind what, one of a fixed set
 * @param subject of what; null: the whole hub
 * @param lasting nobody is told before it has lasted as long
 * @param follows kinds of which it is a consequence: while one of them is wrong with the same subject, it is not told beside it
 */
record Wrong(
        String kind, @Nullable String subject, Severity severity, Duration lasting, Set<String> follows, Words words) {

    /** Of one incident, from its beginning to its end. */
    String key() {
        return key(kind);
    }

    private String key(String any) {
        return subject == null ? any : any + "/" + subject;
    }

    /** True when one of these is what it follows from. */
    boolean followsFrom(Set<String> keys) {
        return follows.stream().anyMatch(cause -> keys.contains(key(cause)));
    }
}
