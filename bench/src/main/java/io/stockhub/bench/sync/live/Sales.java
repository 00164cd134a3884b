package io.stockhub.bench.sync.live;

import io.stockhub.bench.Progress;
import io.stockhub.bench.sync.live.Arrivals.Sold;
import io.stockhub.fixtures.sandbox.QuantityWrite;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Customers of the seller, who come at a fixed rate and buy one unit each of SKUs of which few sell often (zipf, s = 1).
 * The seller lowers its own number and calls the hub at once; the hub's other channels have to be told.
 */
final class Sales {
    /** Ids of orders must not repeat within one hub. */
    private static final AtomicLong ORDERS = new AtomicLong(7_000_000_000_000L);

    private final Town town;
    private final SplittableRandom random;
    private final double[] cumulated;

    Sales(Town town, long seed) {
        this.town = town;
        this.random = new SplittableRandom(seed);
        this.cumulated = new double[town.skus.size()];
        double sum = 0;
        for (int i = 0; i < cumulated.length; i++) {
            sum += 1.0 / (i + 1);
            cumulated[i] = sum;
        }
    }

    /**
     * What was sold and what each channel was told meanwhile.
     *
     * @param cpu of the hub in the time that counts
     * @param wall the time that counts
     */
    record Run(
            List<Sold> sold,
            Map<String, Map<String, Long>> start,
            Map<String, Long> writesBefore,
            HubProcess.Cpu cpu,
            Duration wall) {

        /** What the SKUs are to be listed with in the end, where all begin with the same. */
        Map<String, Long> end(String channel) {
            Map<String, Long> end = new HashMap<>(start.get(channel));
            sold.forEach(sale -> end.merge(sale.sku(), -1L, Long::sum));
            return end;
        }
    }

    /** Sells until the hub has compiled what it runs, and waits until each channel knows of it. */
    void warmUp(double perSecond, Duration time, Progress progress) throws InterruptedException {
        progress.detail("warming up");
        settle(run(perSecond, Duration.ZERO, time));
    }

    /** Waits until each channel lists what it should after all these sales, and the hub knows that it does. */
    void settle(Run run) throws InterruptedException {
        for (String channel : town.script.channels()) {
            town.awaitListed(run.end(channel)::get, List.of(channel));
        }
        town.awaitConfirmed(town.script.channels());
    }

    /** Sells for so long; returns when the hub has taken each sale, which is not when the channels know of it. */
    Run run(double perSecond, Duration warmUp, Duration measured) throws InterruptedException {
        Map<String, Map<String, Long>> start = new LinkedHashMap<>();
        Map<String, Long> before = new LinkedHashMap<>();
        for (String channel : town.script.channels()) {
            start.put(channel, town.listed(channel));
            before.put(channel, town.sandboxes.written(channel));
        }
        int warm = (int) Math.round(warmUp.toMillis() / 1_000.0 * perSecond);
        int count = (int) Math.round(measured.toMillis() / 1_000.0 * perSecond);
        Map<String, Integer> sold = new HashMap<>();
        List<String> choices = new ArrayList<>();
        List<Integer> nths = new ArrayList<>();
        for (int i = 0; i < warm + count; i++) {
            String sku = sku();
            choices.add(sku);
            nths.add(sold.merge(sku, 1, Integer::sum));
        }
        Sold[] sales = new Sold[warm + count];
        Http http = town.hubHttp();
        AtomicReference<Reading> reading = new AtomicReference<>(read());
        Pacer.run(perSecond, sales.length, (i, planned) -> {
            if (i == warm) {
                reading.set(read());
            }
            sales[i] = sell(http, new Sold(choices.get(i), nths.get(i), planned, i >= warm));
        });
        Reading began = reading.get();
        return new Run(
                Arrays.asList(sales),
                start,
                before,
                town.hub().cpu().since(began.cpu()),
                Duration.ofNanos(System.nanoTime() - began.nanos()));
    }

    /** What the hub had used when. */
    private record Reading(HubProcess.Cpu cpu, long nanos) {}

    private Reading read() {
        return new Reading(town.hub().cpu(), System.nanoTime());
    }

    private String sku() {
        double at = random.nextDouble() * cumulated[cumulated.length - 1];
        int place = Arrays.binarySearch(cumulated, at);
        return town.skus.get(Math.min(place < 0 ? -place - 1 : place, cumulated.length - 1));
    }

    private Sold sell(Http http, Sold sale) throws InterruptedException {
        Script.Sale way = town.script.sale();
        town.sandboxes.lower(way.channel(), sale.sku(), 1);
        Script.Request request = way.request()
                .with(Map.of(
                        "id",
                        String.valueOf(ORDERS.incrementAndGet()),
                        "sku",
                        sale.sku(),
                        "at",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        Map<String, String> signed = new HashMap<>(request.headers());
        signed.put(
                way.signature(), signature(request.body(), town.script.secrets().get(way.secret())));
        http.call(new Script.Request(request.method(), request.path(), signed, request.body()));
        return sale;
    }

    private static String signature(String body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the channel knows of all sales; milliseconds from each one to the request that told it. */
    double[] millis(Run run, String channel) throws InterruptedException {
        town.awaitListed(run.end(channel)::get, List.of(channel));
        List<QuantityWrite> writes = town.writes(channel, run.writesBefore().get(channel));
        return Arrivals.millis(run.sold(), run.start().get(channel), writes);
    }
}
