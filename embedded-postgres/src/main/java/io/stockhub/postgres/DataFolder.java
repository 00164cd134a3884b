package io.stockhub.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data folder and the files beside it, all named after it ({@code pg}, {@code pg.lock}, {@code pg.log} …). */
record DataFolder(Path data) {

    /** Symbolic links are followed, so that two ways to one folder meet in one lock. Creates the parent when missing. */
    static DataFolder at(Path dataDirectory) {
        Path absolute = dataDirectory.toAbsolutePath().normalize();
        try {
            if (Files.exists(absolute)) {
                return new DataFolder(absolute.toRealPath());
            }
            Path parent = Files.createDirectories(absolute.getParent());
            return new DataFolder(parent.toRealPath().resolve(absolute.getFileName()));
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "data folder " + absolute + ": cannot be created (" + e + "); choose another one", e);
        }
    }

    Path parent() {
        return data.getParent();
    }

    Path sibling(String ending) {
        return data.resolveSibling(data.getFileName() + "." + ending);
    }

    Path lockFile() {
        return sibling("lock");
    }

    Path log() {
        return sibling("log");
    }

    Path portFile() {
        return sibling("port");
    }

    Path passwordFile() {
        return sibling("password");
    }

    Path adminPasswordFile() {
        return sibling("admin-password");
    }

    Path staging() {
        return sibling("init");
    }

    Path postmasterFile() {
        return data.resolve("postmaster.pid");
    }

    boolean isInitialised() {
        return Files.exists(data.resolve("PG_VERSION"));
    }

    /** Refuses a folder of another major version, or one with other contents, before anything in it is touched. */
    void check(String major) throws IOException {
        if (isInitialised()) {
            String found = Files.readString(data.resolve("PG_VERSION")).strip();
            if (!found.equals(major)) {
                throw new EmbeddedPostgresException("data folder " + data + ": holds data of PostgreSQL " + found
                        + " (expected: " + major + "); move it away, or upgrade it with pg_upgrade");
            }
        } else if (Files.exists(data) && !FileTree.isEmptyDirectory(data)) {
            throw new EmbeddedPostgresException("data folder " + data
                    + ": is not empty and holds no PostgreSQL data; choose another one, or move its contents away");
        }
    }
}
