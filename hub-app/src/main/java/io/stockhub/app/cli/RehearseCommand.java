package io.stockhub.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * For the launcher: a hub with an empty database of its own does once what hubs do, and ends. What its JVM loaded and
 * compiled meanwhile is what the launcher keeps for quicker starts. It reaches nobody: its one channel is a port of this
 * machine where nothing listens.
 */
@Command(name = "rehearse", hidden = true, description = "Start a hub for a moment, so that the JVM learns how.")
final class RehearseCommand implements Callable<Integer> {
    private static final String CONFIG = "/stockhub/rehearsal.yaml";
    private static final String KEY = "rehearsal-key";
    private static final int ROUNDS = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder for all that the rehearsal needs")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        try (InputStream own = Objects.requireNonNull(RehearseCommand.class.getResourceAsStream(CONFIG))) {
            Files.copy(own, config.resolve("stockhub.yaml"), StandardCopyOption.REPLACE_EXISTING);
        }
        int port = freePort();
        StockhubCommand.HubStarter starter = ((StockhubCommand) spec.root().userObject()).starter();
        try (AutoCloseable hub = starter.start(
                "--server.port=" + port,
                "--stockhub.config=" + config,
                "--stockhub.data=" + folder.resolve("data"),
                "--stockhub.demo=true")) {
            perform(URI.create("http://127.0.0.1:" + port));
        }
        return 0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void perform(URI hub) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        send(http, hub, "PUT", "/api/v1/skus/REHEARSAL", "{\"title\":\"Rehearsal\"}");
        for (int round = 0; round < ROUNDS; round++) {
            send(
                    http,
                    hub,
                    "POST",
                    "/api/v1/movements",
                    "{\"kind\":\"receipt\",\"location\":\"STAGE\",\"lines\":[{\"sku\":\"REHEARSAL\",\"quantity\":2}]}");
            send(
                    http,
                    hub,
                    "POST",
                    "/api/v1/reservations",
                    "{\"channel\":\"stage\",\"orderRef\":\"" + System.nanoTime()
                            + "\",\"lines\":[{\"sku\":\"REHEARSAL\",\"quantity\":1}]}");
            send(http, hub, "GET", "/api/v1/stock", "");
            send(http, hub, "GET", "/api/v1/stock/REHEARSAL", "");
        }
        for (String path : new String[] {
            "/actuator/health/liveness",
            "/actuator/prometheus",
            "/api/v1/stock/REHEARSAL/why?channel=stage",
            "/api/v1/stock/REHEARSAL/movements",
            "/api/v1/channels",
            "/api/v1/dead-letters",
            "/api/v1/ledger/verify",
            "/login"
        }) {
            send(http, hub, "GET", path, "");
        }
    }

    private static void send(HttpClient http, URI hub, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(hub.resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new CliFailure(method + " " + path + " answers " + response.statusCode() + ": " + response.body());
        }
    }
}
