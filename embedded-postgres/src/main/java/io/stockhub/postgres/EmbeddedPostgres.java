package io.stockhub.postgres;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own, started from binaries on the class path, as durable as any other: {@code fsync},
 * {@code full_page_writes} and {@code synchronous_commit} are on and checked after each start, pages have checksums,
 * logins need a password (SCRAM), and it listens on 127.0.0.1 alone.
 *
 * <p>The data survives {@code kill -9} of this JVM, of the server, or of both: the next start stops what was left
 * running and the server recovers. One JVM at a time may use a data folder. As root the server runs as another user, to
 * whom the data folder then belongs; folders above it are never changed. Beside the data folder, named after it
 * ({@code pg.…} for a folder {@code pg}), lie the log, the passwords, the port and the lock.
 *
 * <p>The databases {@code stockhub} (for the hub) and {@code postgres} always exist and belong to {@link #user()}, who
 * may create more but is no superuser.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final Settings settings;
    private final DataFolder folder;
    private final Shutdown shutdown;
    private volatile Startup.Started started;

    private EmbeddedPostgres(Settings settings, DataFolder folder, Startup.Started started, Shutdown shutdown) {
        this.settings = settings;
        this.folder = folder;
        this.started = started;
        this.shutdown = shutdown;
    }

    /**
     * Where and how to run.
     *
     * @param dataDirectory holds the database; made when missing, otherwise it must be empty or hold one made here
     * @param cacheDirectory where the programs are unpacked once (60 MB) for all data folders of this machine
     * @param port 1 to 65535, or 0: the port of the last run on this folder if it is free, else any
     * @param serverSettings PostgreSQL settings by name, such as {@code max_connections}; those that make the server
     *     durable cannot be switched off, and those that the launcher sets (port, addresses, files) are refused
     */
    public record Settings(Path dataDirectory, Path cacheDirectory, int port, Map<String, String> serverSettings) {
        /** @throws EmbeddedPostgresException naming the setting at fault and what was expected */
        public Settings {
            if (port < 0 || port > 65535) {
                throw new EmbeddedPostgresException("port: " + port + " (expected: 0 to 65535)");
            }
            serverSettings = Map.copyOf(serverSettings);
            ServerSettings.check(serverSettings);
        }

        /** Any free port, 512 MB of shared buffers, 4 GB of log between checkpoints, 100 connections, the user's cache folder. */
        public static Settings in(Path dataDirectory) {
            return new Settings(dataDirectory, CacheFolder.standard(), 0, Map.of());
        }

        public Settings withPort(int port) {
            return new Settings(dataDirectory, cacheDirectory, port, serverSettings);
        }

        public Settings withServerSettings(Map<String, String> settings) {
            return new Settings(dataDirectory, cacheDirectory, port, settings);
        }
    }

    /**
     * Starts the server and returns when it answers. The first start on a folder takes some seconds, later ones less
     * than one, one after a crash as long as recovery takes. The server stops with {@link #close()} or, after its clients
     * have left (15 s at most), when the JVM ends.
     *
     * @throws EmbeddedPostgresException when it cannot run; the message says what to do
     */
    public static EmbeddedPostgres start(Settings settings) {
        return start(settings, Shutdown.Manner.ORDERLY);
    }

    static EmbeddedPostgres start(Settings settings, Shutdown.Manner manner) {
        DataFolder folder = DataFolder.at(settings.dataDirectory());
        FolderLock lock = FolderLock.take(folder);
        Shutdown shutdown = null;
        try {
            Startup startup = new Startup(settings, folder);
            shutdown = new Shutdown(startup.server(), folder, lock, manner);
            shutdown.register();
            Startup.Started started = startup.run();
            shutdown.watch(started);
            return new EmbeddedPostgres(settings, folder, started, shutdown);
        } catch (RuntimeException e) {
            if (shutdown == null) {
                lock.release();
            } else {
                shutdown.abandon();
            }
            throw e;
        }
    }

    /**
     * The server that all tests or benchmarks of this JVM share: started at the first call in a temporary folder, with
     * less memory but as durable as any, and deleted when the JVM ends (or by a later run, if this one is killed).
     * {@link #close()} does nothing on it, since others may still use it.
     */
    public static EmbeddedPostgres temporary() {
        return Temporary.shared();
    }

    /** Without user and password, which are {@link #user()} and {@link #password()}. */
    public String jdbcUrl(String database) {
        return started.database().url(database);
    }

    /** The role that owns the databases. */
    public String user() {
        return Database.USER;
    }

    /** The same on every start on this data folder. */
    public String password() {
        return started.password();
    }

    public int port() {
        return started.port();
    }

    /** Of the server's main process. */
    public long pid() {
        return started.pid();
    }

    /**
     * Creates an empty database that belongs to {@link #user()}.
     *
     * @param prefix a lower-case letter, then up to 39 of a-z, 0-9 and _
     * @return its name: the prefix, an underscore and eight random characters
     */
    public String createDatabase(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new EmbeddedPostgresException(
                    "prefix: \"" + prefix + "\" (expected: a lower-case letter, then up to 39 of a-z, 0-9 and _)");
        }
        String name = prefix + "_" + String.format("%08x", RANDOM.nextInt());
        try (Connection connection = started.database().connect("postgres", user(), password())) {
            Database.create(connection, name);
            return name;
        } catch (SQLException e) {
            throw new EmbeddedPostgresException(
                    "database " + name + " cannot be created (" + e.getMessage() + "); is the server still running?",
                    e);
        }
    }

    /**
     * From now on a server that dies alone, killed or out of memory, is started again on its port; it recovers, and its
     * clients connect anew. Looks once a second; what cannot be started is tried again, and told in the log each time.
     */
    public void keepRunning() {
        Thread.ofPlatform().daemon().name("stockhub-postgres-watch").start(this::watch);
    }

    private void watch() {
        while (!shutdown.stopped()) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            if (!isAlive() && !shutdown.stopped()) {
                restart();
            }
        }
    }

    private boolean isAlive() {
        return ProcessHandle.of(started.pid()).map(ProcessHandle::isAlive).orElse(false);
    }

    private void restart() {
        LOG.warn("PostgreSQL (process {}) has died; it is started again.", started.pid());
        try {
            Settings samePort = settings.withPort(started.port());
            Startup.Started now = shutdown.again(() -> new Startup(samePort, folder).run());
            started = now == null ? started : now;
        } catch (RuntimeException e) {
            LOG.error("PostgreSQL could not be started again; it is tried once more.", e);
        }
    }

    /** Rolls back open transactions, ends connections and stops; when it returns the folder is free. Repeats do nothing. */
    public void stop() {
        shutdown.stop();
    }

    @Override
    public void close() {
        stop();
    }
}
