package io.stockhub.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;

/** Random passwords in files that their owner alone can read. */
final class Password {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Password() {}

    static String readOrCreate(Path file) throws IOException {
        if (Files.exists(file)) {
            String password = Files.readString(file).strip();
            if (!password.isEmpty()) {
                FileTree.setMode(file, 0600);
                return password;
            }
        }
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        write(file, password);
        return password;
    }

    /** Whole or not at all, also over a power cut: data whose password is lost would be lost too. */
    private static void write(Path file, String password) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        writePrivately(fresh, password);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        FileTree.syncDirectory(file.getParent());
    }

    static void writePrivately(Path file, String password) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file);
        FileTree.setMode(file, 0600);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap((password + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }
}
