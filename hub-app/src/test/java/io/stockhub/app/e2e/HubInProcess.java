package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A hub in a process of its own, which can be frozen and thawed. */
final class HubInProcess implements AutoCloseable {
    final Api api;
    private final Process process;
    private final Path log;

    private HubInProcess(Api api, Process process, Path log) {
        this.api = api;
        this.process = process;
        this.log = log;
    }

    /** Starts one; it may not answer yet. */
    static HubInProcess start(Path data, Path config) throws IOException {
        int port = HubUnderTest.freePort();
        Path log = Files.createDirectories(data).resolve("hub.log");
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.stockhub.app.Main",
                "run",
                "--port",
                String.valueOf(port),
                "--config",
                config.toString(),
                "--data",
                data.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new HubInProcess(
                new Api("http://localhost:" + port, Map.of("Authorization", "Bearer " + HubConfig.ADMIN)),
                process,
                log);
    }

    HubInProcess awaitHealthy() {
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(process.isAlive()).as("the hub's log: %s", log).isTrue();
            try {
                return api.get("/actuator/health").status() == 200;
            } catch (UncheckedIOException notYet) {
                return false;
            }
        });
        return this;
    }

    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
