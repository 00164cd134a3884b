package io.stockhub.connectors.webhook;

import io.stockhub.connectors.Account;
import io.stockhub.connectors.Manifest.Webhook;
import io.stockhub.connectors.Manifest.Webhook.Signature;
import io.stockhub.connectors.Secret;
import io.stockhub.connectors.WebhookCheck;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks the keyed hash of a message over its raw bytes. The account's secret may hold several keys with commas
 * between them, so that keys can be changed without a gap: a message signed with any of them is good.
 */
public final class WebhookVerifier {

    private static final int ID_MAX = 200;

    private WebhookVerifier() {}

    /** @param headers names in lower case */
    public static WebhookCheck verify(
            Account account, @Nullable Webhook webhook, Map<String, String> headers, byte[] body) {
        if (webhook == null) {
            return new WebhookCheck.Rejected("connector " + account.connector() + " takes no webhooks");
        }
        Signature rule = webhook.signature();
        String given = headers.get(rule.header());
        if (given == null || given.isBlank()) {
            return new WebhookCheck.Rejected("header " + rule.header() + ": missing");
        }
        List<String> keys = keys(account, rule.secret());
        if (keys.isEmpty()) {
            return new WebhookCheck.Rejected("accounts." + account.id() + ".secrets." + rule.secret() + ": missing");
        }
        if (!matchesAny(keys, rule, given.trim(), body)) {
            return new WebhookCheck.Rejected("header " + rule.header() + ": is not the signature of this body");
        }
        return accepted(webhook, headers, body);
    }

    private static WebhookCheck accepted(Webhook webhook, Map<String, String> headers, byte[] body) {
        String topic = webhook.topicHeader() == null ? "" : headers.getOrDefault(webhook.topicHeader(), "");
        return new WebhookCheck.Accepted(
                messageId(webhook, headers, body), topic, webhook.topics().get(topic));
    }

    private static String messageId(Webhook webhook, Map<String, String> headers, byte[] body) {
        String id = webhook.idHeader() == null ? null : headers.get(webhook.idHeader());
        return id == null || id.isBlank() || id.length() > ID_MAX ? "sha256:" + sha256(body) : id.trim();
    }

    // Every key is tried, and each comparison takes the same time wherever the difference is.
    private static boolean matchesAny(List<String> keys, Signature rule, String given, byte[] body) {
        byte[] seen = spelled(rule, given).getBytes(StandardCharsets.UTF_8);
        boolean match = false;
        for (String key : keys) {
            byte[] wanted = encoded(rule, mac(rule.algorithm(), key, body)).getBytes(StandardCharsets.UTF_8);
            match |= MessageDigest.isEqual(wanted, seen);
        }
        return match;
    }

    private static String spelled(Signature rule, String given) {
        return rule.encoding() == Signature.Encoding.HEX ? given.toLowerCase(Locale.ROOT) : given;
    }

    private static String encoded(Signature rule, byte[] hash) {
        return switch (rule.encoding()) {
            case BASE64 -> Base64.getEncoder().encodeToString(hash);
            case HEX -> HexFormat.of().formatHex(hash);
        };
    }

    private static byte[] mac(String algorithm, String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is not available", e);
        }
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> keys(Account account, String name) {
        Secret secret = account.secrets().get(name);
        if (secret == null) {
            return List.of();
        }
        return Arrays.stream(secret.reveal().split(","))
                .map(String::trim)
                .filter(key -> !key.isEmpty())
                .toList();
    }
}
