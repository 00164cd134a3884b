package io.stockhub.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Talks to a running hub. Every failure is a {@link CliFailure} that says what to do next. */
final class HubClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Checking a large ledger takes its time. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(10);

    private final URI url;
    private final @Nullable String key;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    HubClient(URI url, @Nullable String key) {
        this.url = url;
        this.key = key;
    }

    /** An answer with a status below 300: as it came, and read. */
    record Reply(String body, JsonNode json) {}

    Reply get(String path) {
        return send(request(path).GET());
    }

    Reply post(String path, @Nullable JsonNode body) {
        if (body == null) {
            return send(request(path).POST(BodyPublishers.noBody()));
        }
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    Reply post(String path, byte[] body, String contentType) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)));
    }

    Reply put(String path, byte[] body, String contentType) {
        return send(request(path).header("Content-Type", contentType).PUT(BodyPublishers.ofByteArray(body)));
    }

    /** Answers nothing when it is done. */
    void delete(String path) {
        HttpResponse<String> response = exchange(request(path).DELETE());
        if (response.statusCode() >= 300) {
            throw refused(response.statusCode(), response.body(), read(response.body()));
        }
    }

    /** A part of a path or query, encoded. */
    static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        String base = url.toString().replaceAll("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER_TIMEOUT)
                .header("Accept", "application/json");
        if (key != null && !key.isBlank()) {
            request.header("Authorization", "Bearer " + key.strip());
        }
        return request;
    }

    private Reply send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request);
        JsonNode json = read(response.body());
        if (response.statusCode() >= 300) {
            throw refused(response.statusCode(), response.body(), json);
        }
        if (json == null) {
            throw new CliFailure(url + " answers, but it is no Stockhub hub. Check --url.");
        }
        return new Reply(response.body(), json);
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new CliFailure(
                    "Cannot reach " + url + ". Is the hub running? Start it with ./stockhub run or ./stockhub demo.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CliFailure("Stopped.");
        } catch (IllegalArgumentException wrongHeader) {
            throw new CliFailure("The key holds a character that no key has. Check --key and STOCKHUB_KEY.");
        }
    }

    private CliFailure refused(int status, String body, @Nullable JsonNode json) {
        if (json == null || !json.has("type")) {
            return new CliFailure(url + " answers " + status
                    + ", but not as a Stockhub hub does. Check --url and what is in between.");
        }
        String what = json.path("detail").asText(json.path("title").asText());
        return new CliFailure(Table.printable(what) + next(status), body);
    }

    private String next(int status) {
        return switch (status) {
            case 401 ->
                key == null
                        ? System.lineSeparator() + "Give your key with --key KEY or in STOCKHUB_KEY."
                        : System.lineSeparator() + "Check --key and STOCKHUB_KEY; the keys are in stockhub.yaml.";
            case 403 -> System.lineSeparator() + "Use a key with another role, or ask an administrator.";
            case 503 -> System.lineSeparator() + "Try again in a moment.";
            case 500 -> System.lineSeparator() + "Look into the log of the hub.";
            default -> "";
        };
    }

    private static @Nullable JsonNode read(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node.isContainerNode() ? node : null;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }
}
