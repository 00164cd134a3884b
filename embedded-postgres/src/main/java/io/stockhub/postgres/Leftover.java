package io.stockhub.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears what a killed run left behind in a data folder: a server without its JVM, or a pid file without its server. */
final class Leftover {
    private static final Logger LOG = LoggerFactory.getLogger(Leftover.class);
    private static final int FAST_SECONDS = 60;
    private static final int IMMEDIATE_SECONDS = 20;
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private Leftover() {}

    static void clear(Server server, DataFolder folder) throws IOException {
        Optional<PostmasterFile> found = PostmasterFile.read(folder.postmasterFile());
        if (found.isEmpty()) {
            // Cut short when it was written: the server would wait for its writer.
            Files.deleteIfExists(folder.postmasterFile());
            return;
        }
        PostmasterFile postmaster = found.get();
        if (postmaster.serves(folder.data())) {
            LOG.warn(
                    "Stopping PostgreSQL (process {}) that an earlier run left on {}", postmaster.pid(), folder.data());
            stop(server, postmaster, folder);
        } else if (postmaster.isAlive()) {
            // The server would take the other process for itself and refuse. A dead pid it handles on its own.
            LOG.info("Removing the old pid file of {}: process {} is another program", folder.data(), postmaster.pid());
            Files.deleteIfExists(folder.postmasterFile());
        }
    }

    static void stop(Server server, PostmasterFile postmaster, DataFolder folder) {
        if (server.stop("fast", FAST_SECONDS) || !postmaster.serves(folder.data())) {
            return;
        }
        if (server.stop("immediate", IMMEDIATE_SECONDS) || !postmaster.serves(folder.data())) {
            return;
        }
        kill(postmaster);
        if (postmaster.serves(folder.data())) {
            throw new EmbeddedPostgresException("PostgreSQL (process " + postmaster.pid() + ") on " + folder.data()
                    + " does not stop; end it by hand (kill -INT " + postmaster.pid() + ") and start again");
        }
    }

    /** As hard as a power cut, which the data survives. */
    static void kill(PostmasterFile postmaster) {
        ProcessHandle.of(postmaster.pid()).ifPresent(process -> {
            process.destroyForcibly();
            try {
                process.onExit().get(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                LOG.debug("Process {} has not been seen to end", postmaster.pid(), e);
            }
        });
    }
}
