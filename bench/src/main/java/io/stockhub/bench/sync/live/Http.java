package io.stockhub.bench.sync.live;

import io.stockhub.bench.BrokenPromiseException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;

/** Calls one server; each caller waits for its answer on a thread of its own. */
final class Http {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final URI base;

    Http(URI base) {
        this.base = base;
    }

    /** @throws BrokenPromiseException when the answer is none, or not a 2xx */
    String call(Script.Request request) throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = answer(request);
        } catch (IOException e) {
            throw new BrokenPromiseException(request.method() + " " + request.path() + " was not answered: " + e, e);
        }
        if (response.statusCode() / 100 != 2) {
            throw new BrokenPromiseException(request.method() + " " + request.path() + " was answered "
                    + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    HttpResponse<String> answer(Script.Request request) throws IOException, InterruptedException {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + request.path())).timeout(TIMEOUT);
        request.headers().forEach(builder::header);
        HttpRequest.BodyPublisher body = request.body().isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(request.body());
        return client.send(builder.method(request.method(), body).build(), HttpResponse.BodyHandlers.ofString());
    }
}
