package io.stockhub.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/** The usual place for files that can be made again: {@code $XDG_CACHE_HOME/stockhub} or {@code ~/.cache/stockhub}. */
final class CacheFolder {
    private static final long DAC_READ_SEARCH = 1L << 2;

    private CacheFolder() {}

    static Path standard() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        if (xdg != null && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg, "stockhub");
        }
        Path home = Path.of(System.getProperty("user.home")).toAbsolutePath();
        // In a container root's home is closed to the user that the server runs as, and no right to pass can be given.
        if (home.equals(Path.of("/root")) && !isOpen(home) && !mayPassClosedFolders(readStatus())) {
            return Path.of("/var/cache/stockhub");
        }
        return home.resolve(".cache").resolve("stockhub");
    }

    private static boolean isOpen(Path folder) {
        try {
            return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Reads the effective capabilities (proc(5), "CapEff"). */
    static boolean mayPassClosedFolders(@Nullable String processStatus) {
        return processStatus != null
                && processStatus
                        .lines()
                        .filter(line -> line.startsWith("CapEff:"))
                        .mapToLong(
                                line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                        .anyMatch(capabilities -> (capabilities & DAC_READ_SEARCH) != 0);
    }

    private static @Nullable String readStatus() {
        try {
            return Files.readString(Path.of("/proc/self/status"));
        } catch (IOException e) {
            return null;
        }
    }
}
