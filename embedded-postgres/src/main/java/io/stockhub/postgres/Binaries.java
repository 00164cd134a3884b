package io.stockhub.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The server's programs, unpacked once per version and platform into the cache folder. */
record Binaries(Path home, Platform platform, String version) {

    private static final List<String> PROGRAMS = List.of("postgres", "initdb", "pg_ctl");

    /** Unpacks when needed. Safe when several JVMs do so at once: each unpacks for itself, the first rename wins. */
    static Binaries in(Path cacheDirectory) {
        Platform platform = Platform.current();
        String version = shippedVersion();
        Binaries binaries =
                new Binaries(cacheDirectory.resolve("postgres-" + version + "-" + platform), platform, version);
        try {
            if (!binaries.complete()) {
                binaries.unpack(cacheDirectory);
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "cache folder " + cacheDirectory + ": PostgreSQL cannot be unpacked there (" + e
                            + "); free 80 MB or" + " set XDG_CACHE_HOME to a folder that can be written",
                    e);
        }
        return binaries;
    }

    String program(String name) {
        return path(name).toString();
    }

    /** The major version, which a data folder must match. */
    String major() {
        return version.substring(0, version.indexOf('.'));
    }

    private Path path(String program) {
        return home.resolve("bin").resolve(platform.program(program));
    }

    private boolean complete() {
        return PROGRAMS.stream().map(this::path).allMatch(Files::isExecutable)
                && Files.isDirectory(home.resolve("share"));
    }

    private void unpack(Path cacheDirectory) throws IOException {
        createReadableByAll(cacheDirectory);
        Path fresh = Files.createTempDirectory(cacheDirectory, ".unpacking-");
        try (InputStream archive = archive()) {
            extract(archive, fresh);
            FileTree.setMode(fresh, 0755);
            putInPlace(fresh);
        } finally {
            FileTree.delete(fresh);
        }
    }

    private void putInPlace(Path fresh) throws IOException {
        if (Files.exists(home) && !complete()) {
            Path broken = Files.createTempDirectory(home.getParent(), ".broken-");
            Files.move(home, broken.resolve("old"), StandardCopyOption.ATOMIC_MOVE);
            FileTree.delete(broken);
        }
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!complete()) {
                throw e;
            }
        }
    }

    private InputStream archive() {
        InputStream archive = Binaries.class.getResourceAsStream(platform.archive());
        if (archive == null) {
            throw new EmbeddedPostgresException("no PostgreSQL for " + platform + " on the class path ("
                    + platform.archive() + "); build on this machine, or use a PostgreSQL of your own by its URL");
        }
        return archive;
    }

    static void extract(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, target);
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path path = inside(target, target.resolve(entry.getName()));
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            inside(target, path.getParent().resolve(entry.getLinkName()));
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(path, inside(target, target.resolve(entry.getLinkName())));
        } else {
            Files.copy(tar, path);
            FileTree.setMode(path, (entry.getMode() & 0111) == 0 ? 0644 : 0755);
        }
    }

    private static Path inside(Path target, Path path) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(target)) {
            throw new IOException("archive entry outside of its folder: " + path);
        }
        return normal;
    }

    /** The server may run as another user than this JVM, whatever the umask says. Folders that exist stay as they are. */
    private static void createReadableByAll(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        createReadableByAll(directory.getParent());
        Files.createDirectories(directory);
        FileTree.setMode(directory, 0755);
    }

    private static String shippedVersion() {
        try (InputStream in = Binaries.class.getResourceAsStream("binaries.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
