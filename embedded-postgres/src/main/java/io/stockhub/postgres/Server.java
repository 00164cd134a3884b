package io.stockhub.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The server's own programs, run as the right user on one data folder: initdb, start, stop. */
final class Server {
    static final String ADMIN = "postgres";

    private static final Duration INIT_LIMIT = Duration.ofMinutes(5);
    /** Recovery after a crash may be long; pg_ctl returns early when the server gives up. */
    private static final int START_SECONDS = 600;

    private static final long LOG_BYTES_MAX = 16L << 20;
    private static final int LOG_TAIL_BYTES = 8192;

    private final Binaries binaries;
    private final RunAs runAs;
    private final DataFolder folder;

    Server(Binaries binaries, RunAs runAs, DataFolder folder) {
        this.binaries = binaries;
        this.runAs = runAs;
        this.folder = folder;
    }

    /** Makes the data folder in a folder beside it and renames it when whole, so that a killed run leaves no half one. */
    void initialise(String adminPassword) throws IOException {
        Path staging = folder.staging();
        FileTree.delete(staging);
        Files.createDirectory(staging);
        FileTree.setMode(staging, 0700);
        Path passwordFile = staging.resolve("password");
        Password.writePrivately(passwordFile, adminPassword);
        runAs.own(passwordFile);
        runAs.own(staging);
        initdb(staging.resolve("data"), passwordFile);
        Files.deleteIfExists(folder.data());
        Files.move(staging.resolve("data"), folder.data(), StandardCopyOption.ATOMIC_MOVE);
        FileTree.syncDirectory(folder.parent());
        FileTree.delete(staging);
    }

    private void initdb(Path target, Path passwordFile) {
        Command.Result result = run(
                INIT_LIMIT,
                "initdb",
                "--pgdata=" + target,
                "--username=" + ADMIN,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums");
        if (!result.ok()) {
            throw new EmbeddedPostgresException("data folder " + folder.data()
                    + ": initdb failed; it needs 80 MB of space and a user with an entry in /etc/passwd. It said:\n"
                    + lastLines(result.output()));
        }
    }

    /** Moves an old log aside and makes sure that the server may write the new one. */
    void prepareLog() throws IOException {
        Path log = folder.log();
        if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
            Files.move(log, folder.sibling("log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(log)) {
            Files.createFile(log);
        }
        FileTree.setMode(log, 0600);
        runAs.own(log);
    }

    /** Starts and waits until the server answers. On failure the message is what the server logged. */
    Attempt start(Map<String, String> settings) throws IOException {
        long logged = Files.size(folder.log());
        Command.Result result = run(
                Duration.ofSeconds(START_SECONDS + 30L),
                "pg_ctl",
                "start",
                "--wait",
                "--silent",
                "--timeout=" + START_SECONDS,
                "--pgdata=" + folder.data(),
                "--log=" + folder.log(),
                "--options=" + options(settings));
        return result.ok() ? Attempt.STARTED : Attempt.failed(logSince(logged) + "\n" + result.output());
    }

    /** True when the server has ended. {@code mode} is fast or immediate (PostgreSQL docs, "pg_ctl"). */
    boolean stop(String mode, int seconds) {
        return run(
                        Duration.ofSeconds(seconds + 10L),
                        "pg_ctl",
                        "stop",
                        "--wait",
                        "--silent",
                        "--mode=" + mode,
                        "--timeout=" + seconds,
                        "--pgdata=" + folder.data())
                .ok();
    }

    void takeOwnership() throws IOException {
        runAs.ownAll(folder.data());
        FileTree.setMode(folder.data(), 0700);
    }

    private Command.Result run(Duration limit, String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(binaries.program(program)));
        command.addAll(List.of(arguments));
        return Command.run(runAs.command(command), limit);
    }

    /** pg_ctl hands these to a shell. Values hold no quotes: {@link ServerSettings#check}. */
    private String options(Map<String, String> settings) {
        String quote = binaries.platform().windows() ? "\"" : "'";
        return settings.entrySet().stream()
                .map(s -> "-c " + quote + s.getKey() + "=" + s.getValue() + quote)
                .collect(Collectors.joining(" "));
    }

    private String logSince(long position) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.log(), StandardOpenOption.READ)) {
            long from = Math.max(position, channel.size() - LOG_TAIL_BYTES);
            ByteBuffer tail = ByteBuffer.allocate((int) Math.max(0, channel.size() - from));
            while (tail.hasRemaining() && channel.read(tail, from + tail.position()) > 0) {}
            return lastLines(new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8));
        }
    }

    private static String lastLines(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /** The end of one attempt to start; {@code log} is what the server said when it failed. */
    record Attempt(boolean started, String log) {
        static final Attempt STARTED = new Attempt(true, "");

        static Attempt failed(String log) {
            return new Attempt(false, log.strip());
        }

        boolean portTaken() {
            return log.contains("could not create any TCP/IP sockets") || log.contains("Address already in use");
        }

        /** A server of a killed run is not gone yet: its pid is not reaped, or one of its processes still ends. */
        boolean leftover() {
            return log.contains("lock file \"postmaster.pid\" already exists")
                    || log.contains("pre-existing shared memory block");
        }
    }
}
