package io.stockhub.app.security;

import io.stockhub.app.settings.KeySettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/** The keys of this installation, kept as SHA-256 only. */
final class ApiKeys {
    private record Entry(byte[] hash, Caller caller) {}

    private final List<Entry> entries;

    ApiKeys(List<KeySettings> keys) {
        entries = keys.stream()
                .map(key -> new Entry(sha256(key.key().reveal()), new Caller(key.name(), Role.of(key.role()))))
                .toList();
    }

    /** Whose key it is. Compares with every key in constant time: the time says nothing about how near it was. */
    Optional<Caller> caller(String presented) {
        byte[] hash = sha256(presented);
        Optional<Caller> found = Optional.empty();
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.hash(), hash)) {
                found = Optional.of(entry.caller());
            }
        }
        return found;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
