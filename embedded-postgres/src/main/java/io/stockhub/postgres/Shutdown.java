package io.stockhub.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of one server: asked for, or because the JVM ends. */
final class Shutdown {
    /** How a server ends. */
    enum Manner {
        /** By {@link #stop()}, or when the JVM ends and the clients have left. */
        ORDERLY,
        /** Only when the JVM ends, at once; then its folder is deleted. */
        WITH_THE_JVM
    }

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    private static final Duration CLIENTS_LIMIT = Duration.ofSeconds(15);
    private static final Duration CLIENTS_PAUSE = Duration.ofMillis(100);

    private final Server server;
    private final DataFolder folder;
    private final FolderLock lock;
    private final Manner manner;
    private final Thread hook = new Thread(this::atJvmEnd, "stockhub-postgres-stop");
    private final ReentrantLock stopping = new ReentrantLock();
    private volatile Startup.@Nullable Started started;
    private volatile boolean stopped;

    Shutdown(Server server, DataFolder folder, FolderLock lock, Manner manner) {
        this.server = server;
        this.folder = folder;
        this.lock = lock;
        this.manner = manner;
    }

    /** Before the server starts, so that no moment is left in which the JVM's end would leave it behind. */
    void register() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void watch(Startup.Started now) {
        started = now;
    }

    boolean stopped() {
        return stopped;
    }

    /** Starts again unless the end has begun; the end waits for it. Null when it has. */
    Startup.@Nullable Started again(Supplier<Startup.Started> start) {
        stopping.lock();
        try {
            if (stopped) {
                return null;
            }
            Startup.Started now = start.get();
            started = now;
            return now;
        } finally {
            stopping.unlock();
        }
    }

    /** After a start that failed: nothing runs. */
    void abandon() {
        stopped = true;
        unregister();
        lock.release();
    }

    void stop() {
        if (manner == Manner.ORDERLY) {
            stopOnce();
            unregister();
        }
    }

    private void stopOnce() {
        stopping.lock();
        try {
            if (!stopped) {
                stopServer();
                stopped = true;
                lock.release();
            }
        } finally {
            stopping.unlock();
        }
    }

    private void stopServer() {
        try {
            PostmasterFile.read(folder.postmasterFile())
                    .filter(postmaster -> postmaster.serves(folder.data()))
                    .ifPresent(postmaster -> Leftover.stop(server, postmaster, folder));
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    folder.postmasterFile() + ": cannot be read (" + e + "); stop the server by hand", e);
        }
    }

    private void atJvmEnd() {
        try {
            if (manner == Manner.ORDERLY) {
                awaitClients();
                stopOnce();
            } else {
                server.stop("immediate", 20);
                FileTree.delete(folder.parent());
            }
        } catch (RuntimeException | IOException e) {
            LOG.warn("PostgreSQL was not stopped; the next start will do so", e);
        }
    }

    /** All hooks run at once: the hub's may still be writing its last rows. */
    private void awaitClients() {
        Startup.Started server = started;
        if (server == null || stopped) {
            return;
        }
        long deadline = System.nanoTime() + CLIENTS_LIMIT.toNanos();
        try (Connection admin = server.database().connect("postgres", Server.ADMIN, server.adminPassword())) {
            while (!stopped && Database.otherClients(admin) > 0 && System.nanoTime() < deadline) {
                LockSupport.parkNanos(CLIENTS_PAUSE.toNanos());
            }
        } catch (SQLException e) {
            LOG.debug("PostgreSQL ended before its clients were counted", e);
        }
    }

    private void unregister() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.trace("The JVM ends already", e);
        }
    }
}
