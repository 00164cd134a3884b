package io.stockhub.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A test of the web side over real HTTP, with one key per role: {@code key-of-<role>}. */
@SpringBootTest(
        classes = SlimHub.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "stockhub.demo=true",
            "stockhub.keys[0].name=anna",
            "stockhub.keys[0].role=admin",
            "stockhub.keys[0].key=key-of-admin",
            "stockhub.keys[1].name=otto",
            "stockhub.keys[1].role=operations",
            "stockhub.keys[1].key=key-of-operations",
            "stockhub.keys[2].name=wanda",
            "stockhub.keys[2].role=warehouse",
            "stockhub.keys[2].key=key-of-warehouse",
            "stockhub.keys[3].name=paul",
            "stockhub.keys[3].role=planner",
            "stockhub.keys[3].key=key-of-planner",
            "stockhub.keys[4].name=fritz",
            "stockhub.keys[4].role=finance",
            "stockhub.keys[4].key=key-of-finance",
            "stockhub.keys[5].name=vera",
            "stockhub.keys[5].role=viewer",
            "stockhub.keys[5].key=key-of-viewer"
        })
@AutoConfigureObservability(tracing = false)
public abstract class WebTest {
    protected static final ObjectMapper JSON = new ObjectMapper();
    /** Follows no redirects and keeps no cookies. */
    protected final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    protected FakeHub hub;

    @LocalServerPort
    protected int port;

    @BeforeEach
    void forgetEverything() {
        hub.reset();
    }

    protected URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /** A request with the key of a role; null for none. */
    protected HttpRequest.Builder as(String role, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return role == null ? request : request.header("Authorization", "Bearer key-of-" + role);
    }

    protected HttpResponse<String> get(String role, String path) {
        return send(as(role, path));
    }

    protected HttpResponse<String> post(String role, String path, String json) {
        return send(as(role, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    protected HttpResponse<String> put(String role, String path, String json) {
        return send(as(role, path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    protected HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError("no answer", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    protected static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException noJson) {
            throw new AssertionError("not JSON: " + response.body(), noJson);
        }
    }
}
