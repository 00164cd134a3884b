package io.stockhub.connectors;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One login at a system, from {@code stockhub.yaml}.
 *
 * @param id also the channel id; {@code [a-z0-9][a-z0-9_-]*}, at most 64 characters
 * @param connector id of the connector whose folder says how to talk to the system
 * @param baseUrl absolute http or https address; every call stays on its host and port and below its path
 * @param tokenUrl where access tokens are fetched; needed when the connector's authentication fetches any
 * @param settings the connector's settings that are not secret, by name
 * @param secrets the connector's settings that are marked secret, by name
 * @param timing how fast and how patiently this account is used; {@link Timing#defaults(Manifest)} for the real limits
 */
public record Account(
        String id,
        String connector,
        URI baseUrl,
        @Nullable URI tokenUrl,
        Map<String, String> settings,
        Map<String, Secret> secrets,
        Timing timing) {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    public Account {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("account id: \"" + id + "\" (expected: " + ID.pattern() + ")");
        }
        Objects.requireNonNull(connector, "connector");
        Objects.requireNonNull(baseUrl, "baseUrl");
        Objects.requireNonNull(timing, "timing");
        settings = Map.copyOf(settings);
        secrets = Map.copyOf(secrets);
    }
}
