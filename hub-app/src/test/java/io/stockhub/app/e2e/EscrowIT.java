package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SKUs whose units are divided among the channels, on a running hub with its four sandboxes. */
class EscrowIT {
    private final HubUnderTest hub = HubUnderTest.shared();

    @AfterEach
    void putBack() {
        HubUnderTest.CHANNELS.forEach(channel -> hub.sandbox.delete("/sandbox/" + channel + "/faults"));
        rules("{}");
        hub.assertLedgerHolds();
    }

    private void rules(String document) {
        Api.Reply reply = hub.api.put("/api/v1/rules", document);
        assertThat(reply.status()).as("%s", reply.body()).isIn(200, 201, 204);
    }

    private String inEscrow(long quantity) {
        String sku = hub.newSku(0);
        rules("{\"selling\":{\"skus\":{\"" + sku + "\":\"escrow\"}}}");
        hub.receive(sku, quantity);
        return sku;
    }

    private long listedInAll(String sku) {
        return HubUnderTest.CHANNELS.stream()
                .mapToLong(channel -> hub.listed(channel, sku))
                .sum();
    }

    @Test
    void theChannelsAreToldPartsThatAddUpToWhatThereIs() {
        String sku = inEscrow(12);

        await().atMost(HubUnderTest.PATIENCE).untilAsserted(() -> {
            assertThat(listedInAll(sku)).isEqualTo(12);
            HubUnderTest.CHANNELS.forEach(
                    channel -> assertThat(hub.listed(channel, sku)).as(channel).isBetween(2L, 5L));
        });
    }

    @Test
    void sharingSaysHowMuchCouldBeOversoldAndEscrowThatNothingCan() {
        String shared = hub.newSku(6);
        hub.awaitListed(shared, 6);
        await().atMost(HubUnderTest.PATIENCE)
                .untilAsserted(() ->
                        assertThat(exposure(shared).path("worst").asLong()).isEqualTo(18));

        String sku = inEscrow(6);
        await().atMost(HubUnderTest.PATIENCE)
                .untilAsserted(
                        () -> assertThat(exposure(sku).path("open").asLong()).isEqualTo(6));

        assertThat(exposure(sku).path("worst").asLong()).isZero();
        assertThat(exposure(sku).path("divided").asBoolean()).isTrue();
        assertThat(exposure(sku).path("slices")).hasSize(4);
    }

    private JsonNode exposure(String sku) {
        return hub.api.get("/api/v1/exposure?sku=" + sku).body().path("skus").path(0);
    }

    @Test
    void whatChannelsMaySellNobodyElseIsPromised() {
        String sku = inEscrow(8);
        await().atMost(HubUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(listedInAll(sku)).isEqualTo(8));

        Api.Reply refused = reserve(sku, "till-1");
        assertThat(refused.status()).as("%s", refused.body()).isEqualTo(409);

        rules("{}");
        hub.awaitListed(sku, 8);
        assertThat(reserve(sku, "till-2").status()).isEqualTo(201);
    }

    private Api.Reply reserve(String sku, String order) {
        return hub.api.post(
                "/api/v1/reservations",
                """
                {"channel":"till","orderRef":"%s-%s","lines":[{"sku":"%s","quantity":1}]}"""
                        .formatted(order, sku, sku));
    }

    @Test
    void buyersEverywhereAtOnceAndAChannelThatDoesNotAnswerBuyExactlyWhatThereIs() throws Exception {
        int units = 24;
        String sku = inEscrow(units);
        await().atMost(HubUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(listedInAll(sku)).isEqualTo(units));
        hub.fault("walmart", "{\"kind\":\"timeout\",\"count\":2}");
        hub.fault("ebay", "{\"kind\":\"status\",\"status\":503,\"count\":3}");
        AtomicInteger sold = new AtomicInteger();
        long seed = System.nanoTime();
        System.out.println("seed " + seed);

        try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(i -> buyers.submit(() -> buy(sku, units, sold, new Random(seed + i))))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(sold).hasValue(units);
        await().atMost(HubUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(hub.reserved(sku)).isEqualTo(units));
        assertThat(hub.available(sku)).isZero();
        assertThat(listedInAll(sku)).isZero();
        for (JsonNode order : hub.api
                .get("/api/v1/reservations?sku=" + sku + "&limit=100")
                .body()
                .path("reservations")) {
            assertThat(order.path("status").asText()).as("%s", order).isNotEqualTo("backordered");
        }
    }

    /** Buys wherever there is something, until all is sold. */
    private void buy(String sku, int units, AtomicInteger sold, Random random) {
        long end = System.nanoTime() + 2 * HubUnderTest.PATIENCE.toNanos();
        while (sold.get() < units && System.nanoTime() < end) {
            String channel = HubUnderTest.CHANNELS.get(random.nextInt(HubUnderTest.CHANNELS.size()));
            if (hub.listed(channel, sku) > 0) {
                Api.Reply reply = hub.sandbox.post(
                        "/sandbox/" + channel + "/orders",
                        "{\"lines\":[{\"sku\":\"%s\",\"quantity\":1}]}".formatted(sku));
                if (reply.status() == 201) {
                    sold.incrementAndGet();
                }
            }
        }
    }
}
