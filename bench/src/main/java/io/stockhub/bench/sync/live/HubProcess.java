package io.stockhub.bench.sync.live;

import io.stockhub.bench.BrokenPromiseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The hub as {@code ./stockhub run} starts it, with the database that it starts itself. From the built jar where the
 * launcher says where it is, else from this JVM's class path.
 */
final class HubProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(40);
    private static final int TAIL = 15;
    private static final List<String> SETTINGS =
            List.of("STOCKHUB_", "SPRING_", "SERVER_", "MANAGEMENT_", "CAMEL_", "LOGGING_");

    /**
     * Processor time since the start.
     *
     * @param hub of the hub's JVM
     * @param database of the server and of those of its processes that live
     */
    record Cpu(Duration hub, Duration database) {
        Cpu since(Cpu before) {
            return new Cpu(hub.minus(before.hub), database.minus(before.database));
        }
    }

    private final Process process;
    private final Path data;
    private final int port;
    private final Thread stopper = new Thread(this::stop, "bench-hub-stop");

    private HubProcess(Process process, Path data, int port) {
        this.process = process;
        this.data = data;
        this.port = port;
    }

    /** Returns when its flows run. What it says is in {@code data/hub.log}. */
    static HubProcess start(Path config, Path data) throws InterruptedException {
        try {
            Files.createDirectories(data);
            int port = freePort();
            ProcessBuilder builder = new ProcessBuilder(command(config, data, port))
                    .directory(data.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log(data).toFile()));
            builder.environment().keySet().removeIf(name -> SETTINGS.stream().anyMatch(name::startsWith));
            Process process = builder.start();
            process.getOutputStream().close();
            HubProcess hub = new HubProcess(process, data, port);
            Runtime.getRuntime().addShutdownHook(hub.stopper);
            hub.awaitFlows();
            return hub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path config, Path data, int port) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        int version = Runtime.version().feature();
        if (version >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (version >= 25) {
            command.add("-XX:+UseCompactObjectHeaders");
        }
        String more = System.getenv("STOCKHUB_BENCH_HUB_OPTS");
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.strip().split("\\s+")));
        }
        String home = System.getProperty("stockhub.home");
        Path jar = Path.of(home == null ? "" : home, "hub-app", "target", "stockhub.jar");
        if (home != null && Files.isRegularFile(jar)) {
            command.addAll(List.of("-Dstockhub.home=" + home, "-jar", jar.toString()));
        } else {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.stockhub.app.Main"));
        }
        command.addAll(List.of("run", "--port", String.valueOf(port)));
        command.addAll(List.of("--config", config.toString(), "--data", data.toString()));
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitFlows() throws InterruptedException {
        Http http = new Http(url());
        Script.Request health = new Script.Request("GET", "/actuator/health", Map.of(), "");
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (http.answer(health).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            Thread.sleep(100);
        }
        boolean died = !process.isAlive();
        String tail = tail();
        close();
        throw new BrokenPromiseException("The hub " + (died ? "ended" : "did not become healthy within " + START)
                + " while it was starting. The end of its log:\n" + tail);
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log(data));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }

    private static Path log(Path data) {
        return data.resolve("hub.log");
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Cpu cpu() {
        Duration database = postmaster().stream()
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .map(HubProcess::time)
                .reduce(Duration.ZERO, Duration::plus);
        return new Cpu(time(process.toHandle()), database);
    }

    private static Duration time(ProcessHandle handle) {
        return handle.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private Optional<ProcessHandle> postmaster() {
        try {
            List<String> lines = Files.readAllLines(data.resolve("pg").resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the hub, and it its database. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException e) {
            // The end of this JVM has begun, and the hook has done it.
        }
    }
}
