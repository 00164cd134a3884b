package io.stockhub.app;

import io.stockhub.app.settings.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Keeps the process id of this hub in {@code DATA/hub.pid}: written before anything slow starts, so that a hub that
 * hangs can be found, and removed when it stops or fails by itself. A second hub on the same folder is refused before it
 * touches the file; the lock that decides it ends with the process, however that ends.
 */
final class PidFile implements ApplicationListener<ApplicationEvent> {
    private @Nullable Path written;
    private @Nullable FileChannel lock;

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
            write(Path.of(prepared.getEnvironment().getProperty("stockhub.data", "data")));
        } else if (event instanceof ContextClosedEvent closed
                && closed.getApplicationContext().getParent() == null) {
            remove();
        } else if (event instanceof ApplicationFailedEvent) {
            remove();
        }
    }

    private void write(Path data) {
        try {
            Files.createDirectories(data);
            lock(data);
            Path file = data.resolve("hub.pid");
            Path draft = data.resolve("hub.pid.new");
            Files.writeString(draft, own());
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            written = file;
        } catch (IOException why) {
            throw new UncheckedIOException("cannot write to the data folder " + data.toAbsolutePath(), why);
        }
    }

    private void lock(Path data) throws IOException {
        FileChannel channel =
                FileChannel.open(data.resolve("hub.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean free;
        try {
            free = channel.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            free = false;
        }
        if (!free) {
            channel.close();
            Path pid = data.resolve("hub.pid");
            String who =
                    Files.exists(pid) ? ", process " + Files.readString(pid).strip() : "";
            throw new SettingsException(List.of("data: another hub runs on " + data.toAbsolutePath() + who
                    + " (expected: a folder of its own for each hub; stop the other, or give --data another one)"));
        }
        lock = channel;
    }

    private void remove() {
        try {
            if (lock != null) {
                lock.close();
                lock = null;
            }
            // Another hub may have taken the folder over since.
            if (written != null
                    && Files.exists(written)
                    && Files.readString(written).equals(own())) {
                Files.delete(written);
            }
        } catch (IOException why) {
            throw new UncheckedIOException("cannot remove " + written, why);
        }
    }

    private static String own() {
        return ProcessHandle.current().pid() + "\n";
    }
}
