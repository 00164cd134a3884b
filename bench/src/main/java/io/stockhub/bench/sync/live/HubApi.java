package io.stockhub.bench.sync.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhub.bench.BrokenPromiseException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The hub's HTTP interface, as everybody has it. */
final class HubApi {
    static final String LOCATION = "MAIN";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CALLERS = 16;
    private static final int LINES = 1_000;

    private final Http http;
    private final String key;

    HubApi(URI hub, String key) {
        this.http = new Http(hub);
        this.key = key;
    }

    /** So many units more, or fewer where negative, of a SKU. */
    record Change(String sku, long units) {}

    JsonNode call(String method, String path, String body) throws InterruptedException {
        String answer = http.call(new Script.Request(
                method, path, Map.of("Authorization", "Bearer " + key, "Content-Type", "application/json"), body));
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new BrokenPromiseException(method + " " + path + " was answered with what is no JSON", e);
        }
    }

    void create(List<String> skus) throws InterruptedException {
        each(skus, sku -> call("PUT", "/api/v1/skus/" + sku, "{\"title\":\"Item " + sku + "\"}"));
    }

    /** Receives so many units of each. */
    void receive(List<String> skus, long units) throws InterruptedException {
        for (int from = 0; from < skus.size(); from += LINES) {
            List<Change> lines = skus.subList(from, Math.min(skus.size(), from + LINES)).stream()
                    .map(sku -> new Change(sku, units))
                    .toList();
            move("receipt", lines);
        }
    }

    /** One movement. */
    void adjust(List<Change> lines) throws InterruptedException {
        move("adjustment", lines);
    }

    private void move(String kind, List<Change> lines) throws InterruptedException {
        StringBuilder body = new StringBuilder("{\"kind\":\"" + kind + "\",\"location\":\"" + LOCATION
                + "\",\"reference\":\"BENCH\",\"reason\":\"bench\",\"lines\":[");
        String separator = "";
        for (Change line : lines) {
            body.append(separator).append("{\"sku\":\"").append(line.sku());
            body.append("\",\"quantity\":").append(line.units()).append('}');
            separator = ",";
        }
        call("POST", "/api/v1/movements", body.append("]}").toString());
    }

    /**
     * A channel as the hub sees it.
     *
     * @param backlog listings whose number it has not confirmed yet
     */
    record Channel(long listings, long backlog) {}

    /** By id. */
    Map<String, Channel> channels() throws InterruptedException {
        Map<String, Channel> channels = new HashMap<>();
        for (JsonNode channel : call("GET", "/api/v1/channels", "").path("channels")) {
            channels.put(
                    channel.path("channel").asText(),
                    new Channel(
                            channel.path("listings").asLong(),
                            channel.path("backlog").asLong()));
        }
        return channels;
    }

    /** What the hub wants each channel to list, by channel and SKU. */
    Map<String, Map<String, Long>> wanted(List<String> skus) throws InterruptedException {
        Map<String, Map<String, Long>> wanted = new ConcurrentHashMap<>();
        each(skus, sku -> {
            for (JsonNode channel : call("GET", "/api/v1/stock/" + sku, "").path("channels")) {
                wanted.computeIfAbsent(channel.path("channel").asText(), id -> new ConcurrentHashMap<>())
                        .put(sku, channel.path("wanted").asLong(-1));
            }
        });
        return wanted;
    }

    private interface Call {
        void with(String sku) throws InterruptedException;
    }

    private static void each(List<String> skus, Call call) throws InterruptedException {
        Semaphore callers = new Semaphore(CALLERS);
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (String sku : skus) {
            callers.acquire();
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    call.with(sku);
                } catch (InterruptedException | RuntimeException e) {
                    failures.add(e);
                } finally {
                    callers.release();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new BrokenPromiseException(String.valueOf(failures.getFirst().getMessage()), failures.getFirst());
        }
    }
}
