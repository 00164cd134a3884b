package io.stockhub.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The port to listen on: the one asked for, or the one of the last run when free, or any. */
final class Ports {
    private Ports() {}

    static int choose(int wanted, Path remembered) throws IOException {
        if (wanted != 0) {
            if (!isFree(wanted)) {
                throw taken(wanted, "");
            }
            return wanted;
        }
        int last = read(remembered);
        return last != 0 && isFree(last) ? last : any();
    }

    static EmbeddedPostgresException taken(int port, String log) {
        return new EmbeddedPostgresException(("port: " + port
                        + " is taken by another program (expected: a free one); stop that program, choose another port, or"
                        + " 0 for any.\n" + log)
                .strip());
    }

    static void remember(int port, Path file) throws IOException {
        if (read(file) != port) {
            Files.writeString(file, port + "\n");
        }
    }

    static int any() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, loopback())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByName("127.0.0.1");
    }

    private static int read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            int port = Integer.parseInt(Files.readString(file).strip());
            return port > 0 && port < 65536 ? port : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
