package io.stockhub.bench.sync.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.sync.live.Arrivals.Sold;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the sandboxes and the machine take by themselves: at the rate of the sales, the requests that tell the other
 * channels a number, made by the benchmark without a hub between.
 */
final class Yardstick {
    private static final String SKU = "YARDSTICK";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Town town;

    Yardstick(Town town) {
        this.town = town;
    }

    /** Milliseconds from the moment at which each request was to leave to its arrival, by channel. */
    Map<String, double[]> run(double perSecond, Duration warmUp, Duration measured) throws InterruptedException {
        int warm = (int) Math.round(warmUp.toMillis() / 1_000.0 * perSecond);
        int count = warm + (int) Math.round(measured.toMillis() / 1_000.0 * perSecond);
        long start = count + 1L;
        Map<String, String> tokens = new HashMap<>();
        Map<String, Long> before = new HashMap<>();
        for (Script.Other other : town.script.others()) {
            town.sandboxes.list(other.id(), Map.of(SKU, start));
            before.put(other.id(), town.sandboxes.written(other.id()));
            tokens.put(other.id(), token(other));
        }
        Sold[] sent = new Sold[count];
        Pacer.run(perSecond, count, (i, planned) -> {
            sent[i] = new Sold(SKU, i + 1, planned, i >= warm);
            List<Thread> calls = town.script.others().stream()
                    .map(other ->
                            Thread.ofVirtual().unstarted(() -> write(other, tokens.get(other.id()), start - i - 1)))
                    .toList();
            calls.forEach(Thread::start);
            for (Thread call : calls) {
                call.join();
            }
        });
        Map<String, double[]> millis = new LinkedHashMap<>();
        for (Script.Other other : town.script.others()) {
            millis.put(
                    other.id(),
                    Arrivals.millis(
                            Arrays.asList(sent), Map.of(SKU, start), town.writes(other.id(), before.get(other.id()))));
        }
        return millis;
    }

    private void write(Script.Other other, String token, long quantity) {
        try {
            town.sandboxHttp()
                    .call(other.write().with(Map.of("sku", SKU, "token", token, "quantity", String.valueOf(quantity))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String token(Script.Other other) throws InterruptedException {
        String answer = town.sandboxHttp().call(other.token());
        try {
            return JSON.readTree(answer).path("access_token").asText();
        } catch (JsonProcessingException e) {
            throw new BrokenPromiseException("no token: " + answer, e);
        }
    }
}
