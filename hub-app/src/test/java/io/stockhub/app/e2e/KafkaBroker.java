package io.stockhub.app.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/** A real broker (KRaft, one node) in a process of its own, from the jars that the module kafka-broker lays out. */
final class KafkaBroker implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final int controller;
    private Process process;

    private KafkaBroker(Path folder) throws IOException {
        this.folder = folder;
        port = HubUnderTest.freePort();
        controller = HubUnderTest.freePort();
        process = format();
    }

    /** A broker in a folder, running and answering. */
    static KafkaBroker start(Path folder) throws IOException {
        KafkaBroker broker = new KafkaBroker(folder);
        broker.start();
        return broker;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    private static Path jars() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("kafka-broker"))) {
            at = at.getParent();
        }
        return at.resolve("kafka-broker/target/lib");
    }

    private Path settings() throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(
                folder.resolve("server.properties"),
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s
                num.partitions=3
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                log.message.timestamp.type=CreateTime
                """
                        .formatted(port, controller, folder.resolve("data")));
    }

    private Process format() throws IOException {
        return run(
                "kafka.tools.StorageTool",
                "format",
                "-t",
                Uuid.randomUuid().toString(),
                "-c",
                settings().toString());
    }

    private Process run(String main, String... arguments) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                                "-cp",
                                jars() + "/*",
                                main),
                        Stream.of(arguments))
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("broker.log").toFile()))
                .start();
    }

    /** Starts it on the data that is there. */
    void start() throws IOException {
        join(process);
        process = run("kafka.Kafka", folder.resolve("server.properties").toString());
        await("the broker, log " + folder.resolve("broker.log"))
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the broker died, see " + folder.resolve("broker.log"));
                    }
                    return answers();
                });
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        join(process);
    }

    /** Loses everything it had: topics, records, offsets of readers. It must be dead. */
    void wipe() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        process = format();
    }

    private static void join(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
