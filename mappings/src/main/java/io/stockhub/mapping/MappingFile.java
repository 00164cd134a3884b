package io.stockhub.mapping;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One mapping file as found.
 *
 * @param name {@code <system>/<action>}
 * @param origin where it lies, for people
 * @param text the expression
 */
record MappingFile(String name, String origin, String text) {

    String action() {
        return name.substring(name.indexOf('/') + 1);
    }

    MappingRef ref() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new MappingRef(name, HexFormat.of().formatHex(hash).substring(0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
