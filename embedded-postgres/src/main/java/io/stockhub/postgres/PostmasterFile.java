package io.stockhub.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a server says about itself in {@code postmaster.pid} (PostgreSQL docs, "Database File Layout"): pid first. */
record PostmasterFile(long pid) {

    static Optional<PostmasterFile> read(Path file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            return lines.isEmpty() ? Optional.empty() : parse(lines.get(0));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<PostmasterFile> parse(String firstLine) {
        try {
            // A server in single-user mode writes its pid negated.
            return Optional.of(new PostmasterFile(Math.abs(Long.parseLong(firstLine.strip()))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Whether the process is a PostgreSQL on this very folder: pids are used again, so a live pid alone says nothing. */
    boolean serves(Path data) {
        if (!isAlive()) {
            return false;
        }
        List<String> command = commandLine();
        if (command.isEmpty()
                || !Path.of(command.get(0)).getFileName().toString().startsWith("postgres")) {
            return false;
        }
        return command.contains(data.toString()) || worksIn(data);
    }

    /** Empty for a process that has ended and was not reaped yet. */
    private List<String> commandLine() {
        Path linux = Path.of("/proc/" + pid + "/cmdline");
        try {
            if (Files.exists(linux)) {
                String line = Files.readString(linux, StandardCharsets.UTF_8);
                return line.isEmpty() ? List.of() : List.of(line.split("\0"));
            }
        } catch (IOException e) {
            return List.of();
        }
        ProcessHandle.Info info = ProcessHandle.of(pid).map(ProcessHandle::info).orElseThrow();
        String arguments = info.arguments().map(all -> String.join("\0", all)).orElse("");
        return info.command()
                .map(c -> List.of((c + "\0" + arguments).split("\0")))
                .orElse(List.of());
    }

    /** A postmaster works inside its data folder, also after that was renamed. */
    private boolean worksIn(Path data) {
        try {
            return Files.isSameFile(Path.of("/proc/" + pid + "/cwd"), data);
        } catch (IOException e) {
            return false;
        }
    }
}
