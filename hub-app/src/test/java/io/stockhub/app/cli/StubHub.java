package io.stockhub.app.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real HTTP server that answers what a test wrote down and remembers what it was asked. */
final class StubHub implements AutoCloseable {
    record Asked(String call, String body, Map<String, List<String>> headers) {}

    private record Said(int status, String body) {}

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<Said>> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    StubHub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException why) {
            throw new UncheckedIOException(why);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Answers {@code call} ("GET /path?query"); several answers come one after the other, the last one stays. */
    StubHub on(String call, int status, String body) {
        answers.computeIfAbsent(call, none -> new ArrayDeque<>()).add(new Said(status, body));
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(call, body, exchange.getRequestHeaders()));
        Deque<Said> left =
                answers.getOrDefault(call, new ArrayDeque<>(List.of(new Said(418, "nobody expected " + call))));
        Said said = left.size() > 1 ? left.poll() : left.peek();
        byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
