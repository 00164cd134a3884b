package io.stockhub.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one server per JVM for tests and benchmarks, in a folder that goes with it. */
final class Temporary {
    static final String FOLDER_PREFIX = "stockhub-pg-";

    private static final Logger LOG = LoggerFactory.getLogger(Temporary.class);
    /** Younger folders may be about to be locked by the JVM that makes them. */
    private static final Duration SWEEP_AGE = Duration.ofMinutes(2);

    private static final Map<String, String> SMALL = Map.of(
            "shared_buffers", "32MB",
            "min_wal_size", "32MB",
            "max_wal_size", "256MB",
            "autovacuum_naptime", "5s");

    private static @Nullable EmbeddedPostgres shared;

    private Temporary() {}

    static synchronized EmbeddedPostgres shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static EmbeddedPostgres start() {
        try {
            Path root = Path.of(System.getProperty("java.io.tmpdir"));
            Path folder = Files.createTempDirectory(root, FOLDER_PREFIX);
            sweep(root, Files.getOwner(folder), Instant.now().minus(SWEEP_AGE));
            FileTree.setMode(folder, 0711);
            EmbeddedPostgres.Settings settings = EmbeddedPostgres.Settings.in(folder.resolve("pg"));
            return EmbeddedPostgres.start(settings.withServerSettings(SMALL), Shutdown.Manner.WITH_THE_JVM);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "temporary folder cannot be made (" + e + "); free some space or set -Djava.io.tmpdir", e);
        }
    }

    /** Ends the servers of killed JVMs and deletes their folders: nobody else ever would. */
    static void sweep(Path root, UserPrincipal owner, Instant olderThan) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(root)) {
            folders = all.filter(path -> path.getFileName().toString().startsWith(FOLDER_PREFIX))
                    .toList();
        }
        for (Path folder : folders) {
            try {
                if (isOurs(folder, owner)) {
                    sweepOne(folder, olderThan);
                }
            } catch (IOException | RuntimeException e) {
                LOG.debug("{} of a killed run stays", folder, e);
            }
        }
    }

    /** Others may put anything into a temporary folder, also under this name. */
    private static boolean isOurs(Path folder, UserPrincipal owner) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner);
    }

    private static void sweepOne(Path folder, Instant olderThan) throws IOException {
        DataFolder data = DataFolder.at(folder.toRealPath().resolve("pg"));
        if (!Files.exists(data.lockFile())
                || Files.getLastModifiedTime(data.lockFile()).toInstant().isAfter(olderThan)) {
            return;
        }
        Optional<FolderLock> lock = FolderLock.tryTake(data.lockFile());
        if (lock.isEmpty()) {
            return;
        }
        try {
            Optional<PostmasterFile> postmaster = PostmasterFile.read(data.postmasterFile());
            if (postmaster.isPresent() && postmaster.get().serves(data.data())) {
                LOG.info(
                        "Ending PostgreSQL (process {}) of a killed run",
                        postmaster.get().pid());
                Leftover.kill(postmaster.get());
            }
            FileTree.delete(folder);
        } finally {
            lock.get().release();
        }
    }
}
