package io.stockhub.bench.sync.live;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Progress;
import io.stockhub.fixtures.sandbox.QuantityWrite;
import io.stockhub.fixtures.sandbox.SandboxSettings;
import io.stockhub.fixtures.sandbox.Sandboxes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A hub that runs, the channels around it, and what they sell. */
final class Town implements AutoCloseable {
    static final long PLENTY = 100_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int PAGE = 50_000;
    private static final Duration SLOW = Duration.ofSeconds(10);

    /** How fast and how patiently channels are used. */
    enum Timing {
        /** Far above what channels allow, so that the figures are the hub's and the machine's. */
        FAST("timing: {poll: 5s, lookBack: 60s, safetyLag: 0s, appliedWithin: 0s, requestsPerSecond: 2000, burst: 400,"
                + " retryFirst: 500ms, retryMax: 4s, breakerOpen: 3s, timeout: 20s}"),
        /** So that a tenth of the calls reads a few thousand items in a minute, before orders are read again. */
        READ_BACK(
                "timing: {poll: 100s, lookBack: 60s, safetyLag: 0s, appliedWithin: 0s, requestsPerSecond: 400, burst: 100,"
                        + " retryFirst: 500ms, retryMax: 4s, breakerOpen: 3s, timeout: 20s, readBackAfter: 1s}"),
        /** As the connectors' manifests state them. */
        MANIFEST("");

        private final String text;

        Timing(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    final Script script = Script.read();
    final Sandboxes sandboxes;
    final List<String> skus;
    private final Http controls;
    private final Path folder;
    private HubProcess hub;
    private HubApi api;

    private Town(Path folder, Timing timing, int skus) throws InterruptedException {
        this.folder = folder;
        this.skus = IntStream.range(0, skus).mapToObj(i -> "BENCH-" + i).toList();
        sandboxes = Sandboxes.start(SandboxSettings.defaults().withSlow(SLOW));
        controls = new Http(sandboxes.baseUrl());
        try {
            hub = started(timing);
        } catch (RuntimeException | InterruptedException e) {
            sandboxes.close();
            throw e;
        }
        api = new HubApi(hub.url(), script.secrets().get("key"));
    }

    /** Returns when every channel lists every SKU with {@link #PLENTY}, told by the hub. */
    static Town open(Live live, Timing timing, int skus, Progress progress) throws InterruptedException {
        try {
            progress.detail("starting the hub");
            Path folder = Files.createTempDirectory(Files.createDirectories(live.folder()), "hub-");
            Town town = new Town(folder, timing, skus);
            try {
                town.load(progress);
                return town;
            } catch (RuntimeException | InterruptedException e) {
                town.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HubProcess started(Timing timing) throws InterruptedException {
        try {
            Path config = Files.createDirectories(folder.resolve("config"));
            Path secrets = Files.createDirectories(config.resolve("secrets"));
            for (Map.Entry<String, String> secret : script.secrets().entrySet()) {
                Files.writeString(secrets.resolve(secret.getKey()), secret.getValue());
            }
            Files.writeString(
                    config.resolve("stockhub.yaml"),
                    Script.fill(
                            Script.resource("stockhub.yaml"),
                            Map.of(
                                    "sandbox",
                                    sandboxes.baseUrl().toString(),
                                    "secrets",
                                    secrets.toString(),
                                    "timing",
                                    timing.text())));
            return HubProcess.start(config, folder.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the hub and starts it on the same data. */
    void restart(Timing timing) throws InterruptedException {
        hub.close();
        hub = started(timing);
        api = new HubApi(hub.url(), script.secrets().get("key"));
    }

    private void load(Progress progress) throws InterruptedException {
        progress.detail("loading " + skus.size() + " SKUs");
        Map<String, Long> nothing = new LinkedHashMap<>();
        skus.forEach(sku -> nothing.put(sku, 0L));
        script.channels().forEach(channel -> sandboxes.list(channel, nothing));
        api.create(skus);
        api.receive(skus, PLENTY);
        progress.detail("telling " + script.channels().size() + " channels of " + skus.size() + " SKUs each");
        awaitListed(sku -> PLENTY, script.channels());
        awaitConfirmed(script.channels());
    }

    HubApi api() {
        return api;
    }

    HubProcess hub() {
        return hub;
    }

    Http hubHttp() {
        return new Http(hub.url());
    }

    Http sandboxHttp() {
        return controls;
    }

    /** What a channel lists now, by SKU. */
    Map<String, Long> listed(String channel) {
        return sandboxes.listed(channel);
    }

    /** All that was written at the channel after this number. */
    List<QuantityWrite> writes(String channel, long after) {
        List<QuantityWrite> all = new ArrayList<>();
        for (long last = after; ; last = all.getLast().number()) {
            List<QuantityWrite> page = sandboxes.writes(channel, last, PAGE);
            all.addAll(page);
            if (page.isEmpty()) {
                return all;
            }
        }
    }

    /** What shall go wrong with so many requests at a channel that it is always. */
    void fault(String channel, String kind, int status) throws InterruptedException {
        String body = "{\"kind\":\"" + kind + "\",\"status\":" + status + ",\"count\":1000000,\"on\":\"all\"}";
        controls.call(new Script.Request("POST", "/sandbox/" + channel + "/faults", Map.of(), body));
    }

    /** The next quantity that is told goes wrong. */
    void faultOnce(String channel, String kind, int status) throws InterruptedException {
        String body = "{\"kind\":\"" + kind + "\"," + (status == 0 ? "" : "\"status\":" + status + ",")
                + "\"count\":1,\"on\":\"quantity\"}";
        controls.call(new Script.Request("POST", "/sandbox/" + channel + "/faults", Map.of(), body));
    }

    /** Returns when what shall go wrong there has, and the hub has nothing to tell that it has not given up. */
    void awaitNoFault(String channel) throws InterruptedException {
        Script.Request faults = new Script.Request("GET", "/sandbox/" + channel + "/faults", Map.of(), "");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!controls.call(faults).contains("[]")) {
            if (System.nanoTime() > end) {
                throw new BrokenPromiseException("a fault at " + channel + " was never met");
            }
            Thread.sleep(50);
        }
        Thread.sleep(500);
    }

    /** A customer buys there; the hub finds out when it reads the orders. */
    void sell(String channel, String sku, long units) throws InterruptedException {
        String body = "{\"lines\":[{\"sku\":\"" + sku + "\",\"quantity\":" + units + "}]}";
        controls.call(new Script.Request(
                "POST", "/sandbox/" + channel + "/orders", Map.of("Content-Type", "application/json"), body));
    }

    void repair(String channel) throws InterruptedException {
        controls.call(new Script.Request("DELETE", "/sandbox/" + channel + "/faults", Map.of(), ""));
    }

    /** @throws BrokenPromiseException when one of them does not list what it should in ten minutes */
    void awaitListed(Function<String, Long> expected, List<String> channels) throws InterruptedException {
        for (String channel : channels) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!wrong(channel, expected).isEmpty()) {
                if (System.nanoTime() > end) {
                    throw new BrokenPromiseException("a channel did not converge within " + PATIENCE.toMinutes()
                            + " minutes: " + wrong(channel, expected).getFirst() + " and "
                            + (wrong(channel, expected).size() - 1) + " more");
                }
                Thread.sleep(200);
            }
        }
    }

    private List<String> wrong(String channel, Function<String, Long> expected) {
        Map<String, Long> listed = listed(channel);
        return skus.stream()
                .filter(sku -> !expected.apply(sku).equals(listed.get(sku)))
                .map(sku -> sku + " is listed with " + listed.get(sku) + " (expected: " + expected.apply(sku) + ")")
                .toList();
    }

    void awaitConfirmed(List<String> channels) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (backlog(channels) > 0) {
            if (System.nanoTime() > end) {
                throw new BrokenPromiseException("the hub still has " + backlog(channels)
                        + " unconfirmed numbers after " + PATIENCE.toMinutes() + " minutes");
            }
            Thread.sleep(200);
        }
    }

    private long backlog(List<String> channels) throws InterruptedException {
        Map<String, HubApi.Channel> known = api.channels();
        return channels.stream()
                .mapToLong(channel -> known.get(channel).backlog())
                .sum();
    }

    /** @throws BrokenPromiseException when a channel lists anything but what the hub wants it to, by its own word */
    void verify() throws InterruptedException {
        Map<String, Map<String, Long>> wanted = api.wanted(skus);
        for (String channel : script.channels()) {
            List<String> wrong = wrong(channel, sku -> wanted.get(channel).get(sku));
            if (!wrong.isEmpty()) {
                throw new BrokenPromiseException("a channel does not list what the hub wants: " + wrong.getFirst()
                        + " and " + (wrong.size() - 1) + " more");
            }
        }
    }

    @Override
    public void close() {
        hub.close();
        sandboxes.close();
    }
}
