package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MarketplacesIT {
    private final HubUnderTest hub = HubUnderTest.shared();

    static List<String> channels() {
        return HubUnderTest.CHANNELS;
    }

    @AfterEach
    void theLedgerHolds() {
        HubUnderTest.CHANNELS.forEach(channel -> hub.sandbox.delete("/sandbox/" + channel + "/faults"));
        hub.assertLedgerHolds();
    }

    @ParameterizedTest
    @MethodSource("channels")
    void anOrderOnOneMarketplaceLowersWhatEveryMarketplaceLists(String channel) {
        String sku = hub.newSku(10);
        hub.awaitListed(sku, 10);

        hub.buyAt(channel, sku, 3);

        hub.awaitListed(sku, 7);
        assertThat(hub.available(sku)).isEqualTo(7);
        assertThat(hub.reserved(sku)).isEqualTo(3);
        await().atMost(HubUnderTest.PATIENCE).untilAsserted(() -> {
            for (JsonNode listing : hub.stock(sku).path("channels")) {
                assertThat(listing.path("wanted").asLong()).isEqualTo(7);
                assertThat(listing.path("confirmed").asLong()).isEqualTo(7);
                assertThat(listing.path("dirtySince").isNull()).isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("channels")
    void anOrderThatArrivesTwiceIsReservedOnce(String channel) {
        String sku = hub.newSku(10);
        hub.awaitListed(sku, 10);
        hub.fault(channel, "{\"kind\":\"duplicate\",\"count\":3,\"on\":\"orders\"}");

        hub.buyAt(channel, sku, 2);
        hub.buyAt(channel, sku, 1);

        hub.awaitListed(sku, 7);
        assertThat(hub.reserved(sku)).isEqualTo(3);
    }

    @Test
    void ordersOfTheSameSecondAreAllTaken() {
        String sku = hub.newSku(60);
        hub.awaitListed(sku, 60);
        List<String> orders = new ArrayList<>();

        for (int i = 0; i < 10; i++) {
            for (String channel : HubUnderTest.CHANNELS) {
                orders.add(hub.buyAt(channel, sku, 1));
            }
        }

        assertThat(orders).doesNotHaveDuplicates();
        await().atMost(HubUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(hub.reserved(sku)).isEqualTo(40));
        hub.awaitListed(sku, 20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            500         | {"kind":"status","status":500,"count":2}
            503         | {"kind":"status","status":503,"count":2}
            throttled   | {"kind":"status","status":429,"count":2}
            retry-after | {"kind":"status","status":429,"retryAfter":1,"count":1}
            timeout     | {"kind":"timeout","count":1}
            reset       | {"kind":"reset","count":2}
            garbage     | {"kind":"garbage","count":2}
            slow        | {"kind":"slow","count":1}
            token       | {"kind":"status","status":500,"count":2,"on":"token"}
            orders      | {"kind":"status","status":502,"count":3,"on":"orders"}
            """)
    void whatGoesWrongForAWhileIsTriedAgainUntilEveryMarketplaceListsTheNumber(String name, String fault) {
        String sku = hub.newSku(5);
        hub.awaitListed(sku, 5);
        HubUnderTest.CHANNELS.forEach(channel -> hub.fault(channel, fault));

        hub.receive(sku, 4);

        hub.awaitListed(sku, 9);
        assertThat(deadLettersOf(sku)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("channels")
    void aNumberThatAMarketplaceAcceptsAndNeverAppliesIsFoundByReadingItBackAndSentAgain(String channel) {
        String sku = hub.newSku(5);
        hub.awaitListed(sku, 5);
        hub.fault(channel, "{\"kind\":\"accepted-not-applied\",\"count\":1}");

        hub.receive(sku, 4);

        hub.awaitListed(sku, 9);
        assertThat(deadLettersOf(sku)).isEmpty();
        JsonNode drift = hub.api
                .get("/api/v1/drifts?channel=" + channel + "&sku=" + sku)
                .body()
                .at("/drifts/0");
        assertThat(drift.path("cause").asText()).isEqualTo("lost-update");
        assertThat(drift.path("overwritten").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("channels")
    void whatSomebodyChangesAtAMarketplaceIsPutRightWhenItIsReconciled(String channel) {
        String sku = hub.newSku(5);
        hub.awaitListed(sku, 5);
        hub.sandbox.put(
                "/sandbox/" + channel + "/listings", "{\"listings\":[{\"sku\":\"" + sku + "\",\"quantity\":77}]}");
        assertThat(hub.api
                        .post("/api/v1/channels/" + channel + "/reconcile", "")
                        .status())
                .isEqualTo(202);

        hub.awaitListed(sku, 5);
    }

    @ParameterizedTest
    @MethodSource("channels")
    void aRefusedUpdateIsADeadLetterAndItsReplaySendsTodaysNumber(String channel) {
        String sku = "ONLY-NOT-AT-" + channel;
        HubUnderTest.CHANNELS.stream().filter(other -> !other.equals(channel)).forEach(other -> hub.listAt(other, sku));
        hub.createSku(sku);
        hub.receive(sku, 8);
        await().atMost(HubUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(deadLettersOf(sku)).hasSize(1));
        JsonNode letter = deadLettersOf(sku).getFirst();
        assertThat(letter.path("channel").asText()).isEqualTo(channel);
        assertThat(letter.path("kind").asText()).isEqualTo("permanent");

        hub.receive(sku, 1);
        hub.listAt(channel, sku);
        String replay = replay(letter.path("id").asText());

        assertThat(replay).isIn("applied", "superseded", "already-applied");
        hub.awaitListed(sku, 9);
        assertThat(deadLettersOf(sku)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("channels")
    void anOrderOfAnUnknownSkuIsADeadLetterAndItsReplayTakesEffectOnce(String channel) {
        String sku = "GHOST-" + channel;
        HubUnderTest.CHANNELS.forEach(other -> hub.listAt(other, sku));
        hub.sandbox.put(
                "/sandbox/" + channel + "/listings", "{\"listings\":[{\"sku\":\"" + sku + "\",\"quantity\":4}]}");
        String order = hub.buyAt(channel, sku, 2);
        // One that is pushed and read as well may be two, under one cause.
        await().atMost(HubUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(deadLettersOf(sku)).isNotEmpty());
        JsonNode letter = deadLettersOf(sku).getFirst();
        assertThat(letter.path("orderRef").asText()).isEqualTo(order);
        assertThat(letter.path("code").asText()).isEqualTo("stock.unknown_sku");

        assertThat(replay(letter.path("id").asText())).isEqualTo("failed");
        hub.createSku(sku);
        hub.receive(sku, 5);
        assertThat(replay(letter.path("id").asText())).isEqualTo("applied");
        assertThat(replay(letter.path("id").asText())).isEqualTo("already-applied");

        assertThat(hub.reserved(sku)).isEqualTo(2);
        hub.awaitListed(sku, 3);
    }

    @ParameterizedTest
    @MethodSource("channels")
    void anOrderForWhichThereIsNoStockIsKeptAndGetsTheNextGoodsBeforeAnybodyElse(String channel) {
        String sku = hub.newSku(0);
        hub.sandbox.put(
                "/sandbox/" + channel + "/listings", "{\"listings\":[{\"sku\":\"" + sku + "\",\"quantity\":2}]}");
        hub.buyAt(channel, sku, 2);
        await().atMost(HubUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(backorders(channel)).isPositive());

        hub.receive(sku, 5);

        assertThat(hub.reserved(sku)).isEqualTo(2);
        assertThat(hub.available(sku)).isEqualTo(3);
        hub.awaitListed(sku, 3);
    }

    private long backorders(String channel) {
        for (JsonNode health : hub.api.get("/api/v1/channels").body().path("channels")) {
            if (health.path("channel").asText().equals(channel)) {
                return health.path("backorders").asLong();
            }
        }
        return 0;
    }

    private List<JsonNode> deadLettersOf(String sku) {
        List<JsonNode> letters = new ArrayList<>();
        hub.api
                .get("/api/v1/dead-letters?sku=" + sku + "&state=open")
                .body()
                .path("deadLetters")
                .forEach(letter -> {
                    if (letter.path("state").asText().equals("open")) {
                        letters.add(letter);
                    }
                });
        return letters;
    }

    private String replay(String id) {
        Api.Reply started = hub.api.post("/api/v1/dead-letters/replay", "{\"ids\":[\"" + id + "\"]}");
        assertThat(started.status()).as("%s", started.body()).isEqualTo(202);
        String replayId = started.body().path("replayId").asText();
        await().atMost(HubUnderTest.PATIENCE)
                .until(() -> progress(replayId).path("state").asText().equals("done"));
        return progress(replayId).path("messages").path(0).path("outcome").asText();
    }

    private JsonNode progress(String replayId) {
        return hub.api.get("/api/v1/replays/" + replayId).body();
    }
}
