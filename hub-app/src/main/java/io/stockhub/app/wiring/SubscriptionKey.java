package io.stockhub.app.wiring;

import io.stockhub.app.settings.SecretValue;
import io.stockhub.app.settings.StockhubSettings;
import io.stockhub.connectors.Secret;
import io.stockhub.routes.subscriptions.SecretKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The key of which the secrets of subscriptions are made: that of the settings, or one of the hub's own. */
final class SubscriptionKey {
    private static final int BYTES = 32;

    private SubscriptionKey() {}

    static SecretKey of(StockhubSettings settings) {
        SecretValue given = settings.watch().key();
        return new SecretKey(Secret.of(given == null ? own(settings.data()) : given.reveal()));
    }

    private static String own(Path data) {
        Path file = data.resolve("subscriptions.key");
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It is there as a whole or not at all, and only for us. */
    private static void make(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling("subscriptions.key.part");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, Base64.getEncoder().encodeToString(key));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
