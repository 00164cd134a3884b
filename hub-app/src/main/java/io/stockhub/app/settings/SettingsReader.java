package io.stockhub.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes records of a tree that the schema has passed; what only code can check becomes a finding. */
final class SettingsReader {
    private static final int PRIORITY_DEFAULT = 100;
    private static final long BYTES_MAX = 256L << 20;

    private final SecretReferences secrets;
    private final Findings findings;

    SettingsReader(SecretReferences secrets, Findings findings) {
        this.secrets = secrets;
        this.findings = findings;
    }

    StockhubSettings read(JsonNode root, Path data, boolean demo) {
        List<LocationSettings> locations = each(root, List.of("locations"), (node, path) -> location(node));
        List<String> locationIds =
                locations.stream().map(LocationSettings::id).distinct().toList();
        return new StockhubSettings(
                root.has("database") ? database(root.get("database")) : null,
                locations,
                each(root, List.of("channels"), (node, path) -> channel(node, path, locationIds)),
                edi(root.path("edi")),
                new EventSettingsReader(secrets, findings).read(root),
                each(root, List.of("keys"), this::key),
                http(root.path("http")),
                new WatchReader(secrets, findings).read(root),
                data,
                demo);
    }

    private DatabaseSettings database(JsonNode node) {
        return new DatabaseSettings(
                node.get("url").asText(),
                text(node, "user"),
                node.has("password")
                        ? secrets.resolve(node.get("password").asText(), List.of("database", "password"))
                        : null);
    }

    private static LocationSettings location(JsonNode node) {
        String id = node.get("id").asText();
        return new LocationSettings(
                id,
                node.path("title").asText(id),
                node.path("kind").asText("warehouse"),
                text(node, "country"),
                text(node, "region"),
                text(node, "postalCode"),
                node.path("priority").asInt(PRIORITY_DEFAULT));
    }

    private ChannelSettings channel(JsonNode node, List<Object> path, List<String> locationIds) {
        String id = node.get("id").asText();
        Map<String, SecretValue> resolved = new LinkedHashMap<>();
        List<Object> secretsPath = plus(path, "secrets");
        node.path("secrets")
                .fields()
                .forEachRemaining(secret -> resolved.put(
                        secret.getKey(),
                        secrets.resolve(secret.getValue().asText(), plus(secretsPath, secret.getKey()))));
        List<String> named = texts(node.path("locations"));
        return new ChannelSettings(
                id,
                node.get("connector").asText(),
                node.path("title").asText(id),
                uri(node, "baseUrl", path, URI.create("http://localhost")),
                node.has("tokenUrl") ? uri(node, "tokenUrl", path, null) : null,
                settings(node.path("settings")),
                resolved,
                named.isEmpty() ? locationIds : named,
                node.path("buffer").asLong(0),
                ChannelSettings.Lists.valueOf(node.path("lists").asText("all").toUpperCase(Locale.ROOT)),
                timing(node.path("timing")),
                reconcile(node.path("reconcile")));
    }

    private static ReconcileSettings reconcile(JsonNode node) {
        Map<String, String> policies = new LinkedHashMap<>();
        node.path("policies")
                .fields()
                .forEachRemaining(
                        one -> policies.put(one.getKey(), one.getValue().asText()));
        return new ReconcileSettings(node.has("share") ? node.get("share").asInt() : null, policies);
    }

    private static TimingSettings timing(JsonNode node) {
        return new TimingSettings(
                duration(node, "poll"),
                node.has("requestsPerSecond") ? node.get("requestsPerSecond").asDouble() : null,
                node.has("burst") ? node.get("burst").asInt() : null,
                duration(node, "timeout"),
                duration(node, "retryFirst"),
                duration(node, "retryMax"),
                duration(node, "breakerOpen"),
                duration(node, "lookBack"),
                duration(node, "safetyLag"),
                duration(node, "appliedWithin"),
                duration(node, "readBackAfter"));
    }

    private EdiSettings edi(JsonNode node) {
        JsonNode us = node.path("us");
        return new EdiSettings(
                us.isObject()
                        ? new EdiSettings.Address(
                                us.get("qualifier").asText(), us.get("id").asText())
                        : null,
                each(node, List.of("edi", "partners"), (partner, path) -> partner(partner)),
                node.path("watchFolder").asBoolean(true));
    }

    private static EdiSettings.Partner partner(JsonNode node) {
        String id = node.get("id").asText();
        return new EdiSettings.Partner(
                id,
                node.get("qualifier").asText(),
                node.get("partnerId").asText(),
                node.path("name").asText(id),
                texts(node.get("sets")),
                node.get("mapping").asText(),
                node.path("test").asBoolean(false));
    }

    private KeySettings key(JsonNode node, List<Object> path) {
        SecretValue key = secrets.resolve(node.get("key").asText(), plus(path, "key"));
        return new KeySettings(node.get("name").asText(), node.get("role").asText(), key);
    }

    private HttpSettings http(JsonNode node) {
        return new HttpSettings(
                bytes(node, "maxJsonBytes", HttpSettings.DEFAULTS.maxJsonBytes()),
                bytes(node, "maxEdiBytes", HttpSettings.DEFAULTS.maxEdiBytes()));
    }

    private long bytes(JsonNode node, String name, long otherwise) {
        if (!node.has(name)) {
            return otherwise;
        }
        long bytes = Units.bytes(node.get(name).asText());
        if (bytes > BYTES_MAX) {
            findings.add(List.of("http", name), node.get(name).asText() + " (expected: at most 256MiB)");
        }
        return bytes;
    }

    private @Nullable URI uri(JsonNode node, String name, List<Object> path, @Nullable URI whenWrong) {
        try {
            URI uri = URI.create(node.get(name).asText());
            if (uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // Named below, like every other wrong URL.
        }
        findings.add(plus(path, name), "(expected: an http or https URL with a host, without user and fragment)");
        return whenWrong;
    }

    private static Map<String, String> settings(JsonNode node) {
        Map<String, String> settings = new LinkedHashMap<>();
        node.fields()
                .forEachRemaining(
                        entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        return settings;
    }

    private static <T> List<T> each(JsonNode parent, List<Object> path, BiFunction<JsonNode, List<Object>, T> read) {
        JsonNode list = parent.path(path.get(path.size() - 1).toString());
        List<T> values = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            values.add(read.apply(list.get(i), plus(path, i)));
        }
        return values;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static @Nullable Duration duration(JsonNode node, String name) {
        return node.has(name) ? Units.duration(node.get(name).asText()) : null;
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.has(name) ? node.get(name).asText() : null;
    }

    static List<Object> plus(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}
