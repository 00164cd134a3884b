package io.stockhub.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a short program to its end and keeps what it printed. */
final class Command {
    private Command() {}

    record Result(int exitCode, String output) {
        boolean ok() {
            return exitCode == 0;
        }
    }

    /** A program that is missing counts as failed with exit code 127, as in a shell. */
    static Result run(List<String> command, Duration limit) {
        Process process;
        try {
            process = builder(command).start();
            process.getOutputStream().close();
        } catch (IOException e) {
            return new Result(127, e.getMessage());
        }
        CompletableFuture<String> output = readInBackground(process);
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new Result(124, "no end within " + limit.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("interrupted while " + command.get(0) + " ran; start again", e);
        }
        return new Result(process.exitValue(), settled(output));
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The caller's folder may be closed to the user that the server runs as.
        builder.directory(Path.of("/").toAbsolutePath().toFile());
        Map<String, String> environment = builder.environment();
        if (File.separatorChar == '/') {
            // The server would keep the caller's secrets in its environment, and PG* variables would change its ways.
            environment.clear();
            environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        } else {
            environment.keySet().removeIf(name -> name.startsWith("PG"));
        }
        environment.put("LC_ALL", "C");
        return builder;
    }

    private static CompletableFuture<String> readInBackground(Process process) {
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                output.complete(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
            } catch (IOException e) {
                output.complete("");
            }
        });
        return output;
    }

    /** Where a server inherits the pipe, it never closes; then the exit code has to do. */
    private static String settled(CompletableFuture<String> output) {
        try {
            return output.get(2, TimeUnit.SECONDS);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
