package io.stockhub.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One JVM per data folder: a file lock that the system releases when the JVM ends, however it ends. */
final class FolderLock {
    /**
     * Locks of this JVM. Asked before the file is opened, because POSIX drops a process's lock when the process closes
     * any other descriptor of the same file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static FolderLock take(DataFolder folder) {
        return tryTake(folder.lockFile())
                .orElseThrow(() -> new EmbeddedPostgresException("data folder " + folder.data() + ": in use by "
                        + holder(folder.lockFile()) + "; stop that one first, or choose another data folder"));
    }

    static Optional<FolderLock> tryTake(Path file) {
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        Optional<FolderLock> taken = Optional.empty();
        try {
            taken = lock(file);
            return taken;
        } catch (IOException e) {
            throw new EmbeddedPostgresException(file + ": cannot be locked (" + e + "); choose another data folder", e);
        } finally {
            if (taken.isEmpty()) {
                HELD.remove(file);
            }
        }
    }

    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedPostgresException(file + ": cannot be unlocked (" + e + ")", e);
        } finally {
            HELD.remove(file);
        }
    }

    private static Optional<FolderLock> lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            if (lock == null) {
                return Optional.empty();
            }
            String pid = ProcessHandle.current().pid() + "\n";
            channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return Optional.of(new FolderLock(file, channel));
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    private static String holder(Path file) {
        if (HELD.contains(file)) {
            return "this program already";
        }
        try {
            return "another program (process " + Files.readString(file).strip() + ")";
        } catch (IOException e) {
            return "another program";
        }
    }
}
