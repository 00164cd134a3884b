package io.stockhub.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** Another JVM that starts a server and keeps it, until it is told to end or is killed. */
final class ChildJvm implements AutoCloseable {
    private final Path data;
    private final Process process;
    private final String answer;

    private ChildJvm(Path data, Process process, String answer) {
        this.data = data;
        this.process = process;
        this.answer = answer;
    }

    /** Returns when the child's server runs, or could not be started. */
    static ChildJvm starting(Path dataDirectory) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildJvm.class.getName(),
                        dataDirectory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new ChildJvm(dataDirectory, process, String.valueOf(output.readLine()));
    }

    /** "pid N", or "refused: " and why. */
    String answer() {
        return answer;
    }

    long serverPid() {
        return Long.parseLong(answer.substring("pid ".length()));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** To the server, by the port and password that lie beside its data. */
    Connection connect() throws IOException, SQLException {
        String port = Files.readString(data.resolveSibling("pg.port")).strip();
        String password = Files.readString(data.resolveSibling("pg.password")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/stockhub", "stockhub", password);
    }

    /** As Ctrl-C or a service manager ends a program: shutdown hooks run. */
    void signalToEnd() {
        process.destroy();
    }

    void terminate() throws InterruptedException {
        signalToEnd();
        process.waitFor(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    public static void main(String[] arguments) throws IOException {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgres.Settings.in(Path.of(arguments[0])));
            System.out.println("pid " + postgres.pid());
        } catch (EmbeddedPostgresException e) {
            System.out.println("refused: " + e.getMessage().replace("\n", " | "));
            return;
        }
        System.in.read();
    }
}
