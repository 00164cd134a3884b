package io.stockhub.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.settings.WatchSettings.Email;
import io.stockhub.app.settings.WatchSettings.Hook;
import io.stockhub.app.settings.WatchSettings.Security;
import io.stockhub.app.settings.WatchSettings.SelfTest;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is watched and who is told; what only code can check becomes a finding. */
final class WatchReader {
    private static final int PORT_DEFAULT = 587;
    private static final int KEY_LENGTH_MIN = 32;
    private static final int SECRET_BYTES_MIN = 24;
    private static final int SECRET_BYTES_MAX = 64;
    private static final Duration SELF_TEST_EVERY = Duration.ofDays(7);

    private final SecretReferences secrets;
    private final Findings findings;

    WatchReader(SecretReferences secrets, Findings findings) {
        this.secrets = secrets;
        this.findings = findings;
    }

    WatchSettings read(JsonNode root) {
        JsonNode alerts = root.path("alerts");
        Map<String, Duration> delays = new HashMap<>();
        Map<String, SelfTest> selfTests = new HashMap<>();
        for (JsonNode channel : root.path("channels")) {
            String id = channel.path("id").asText();
            if (channel.has("alertDelay")) {
                delays.put(id, Units.duration(channel.get("alertDelay").asText()));
            }
            if (channel.has("selfTest")) {
                JsonNode test = channel.get("selfTest");
                selfTests.put(
                        id, new SelfTest(test.path("sku").asText(), duration(test.path("every"), SELF_TEST_EVERY)));
            }
        }
        return new WatchSettings(
                hooks(alerts.path("webhooks")),
                alerts.has("email") ? email(alerts.get("email")) : null,
                duration(alerts.path("delay"), WatchSettings.DELAY_DEFAULT),
                delays,
                alerts.has("exposedUnits") ? alerts.get("exposedUnits").asLong() : null,
                alerts.has("moneyAtStake")
                        ? new BigDecimal(alerts.get("moneyAtStake").asText())
                        : WatchSettings.MONEY_DEFAULT,
                selfTests,
                texts(root.path("outbound").path("allow")),
                key(root.path("outbound")));
    }

    private static Duration duration(JsonNode node, Duration otherwise) {
        return node.isTextual() ? Units.duration(node.asText()) : otherwise;
    }

    private List<Hook> hooks(JsonNode list) {
        List<Hook> hooks = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode node = list.get(i);
            String id = node.path("id").asText();
            if (!ids.add(id)) {
                findings.add(List.of("alerts", "webhooks", i, "id"), "\"" + id + "\" is given twice");
            }
            List<Object> path = List.of("alerts", "webhooks", i, "secret");
            SecretValue secret = secrets.resolve(node.path("secret").asText(), path);
            if (!secret.reveal().isEmpty() && !isWebhookSecret(secret.reveal())) {
                findings.add(
                        path,
                        "is no webhook secret (expected: whsec_ and 24 to 64 bytes in base64; make one: echo whsec_$(openssl"
                                + " rand -base64 32))");
            }
            URI url = url(node.path("url").asText(), List.of("alerts", "webhooks", i, "url"));
            if (url != null) {
                hooks.add(new Hook(id, url, secret));
            }
        }
        return hooks;
    }

    private static boolean isWebhookSecret(String text) {
        try {
            int bytes = text.startsWith("whsec_")
                    ? Base64.getDecoder().decode(text.substring("whsec_".length())).length
                    : 0;
            return bytes >= SECRET_BYTES_MIN && bytes <= SECRET_BYTES_MAX;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    private @Nullable URI url(String text, List<Object> path) {
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException notAUrl) {
            // Named below, like every other wrong URL.
        }
        findings.add(path, "(expected: an https URL with a host, without user and fragment)");
        return null;
    }

    private Email email(JsonNode node) {
        boolean login = node.has("user") && node.has("password");
        if (node.has("user") != node.has("password")) {
            findings.add(List.of("alerts", "email"), "user and password (expected: both or none)");
        }
        return new Email(
                node.path("host").asText(),
                node.path("port").asInt(PORT_DEFAULT),
                Security.valueOf(node.path("security").asText("starttls").toUpperCase(Locale.ROOT)),
                login ? node.get("user").asText() : null,
                login ? secrets.resolve(node.get("password").asText(), List.of("alerts", "email", "password")) : null,
                node.path("from").asText(),
                texts(node.path("to")));
    }

    private @Nullable SecretValue key(JsonNode outbound) {
        if (!outbound.has("key")) {
            return null;
        }
        List<Object> path = List.of("outbound", "key");
        SecretValue key = secrets.resolve(outbound.get("key").asText(), path);
        if (!key.reveal().isEmpty() && key.reveal().length() < KEY_LENGTH_MIN) {
            findings.add(path, "is too short (expected: at least 32 characters; make one: openssl rand -base64 32)");
        }
        return key;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.asText()));
        return texts;
    }
}
