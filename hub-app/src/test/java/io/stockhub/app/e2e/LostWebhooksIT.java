package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A marketplace that pushes its orders, and of which a webhook does not arrive. */
class LostWebhooksIT {
    private static final String SHOP = "shopify";
    private static final String NO_WEBHOOK =
            "{\"kind\":\"status\",\"status\":500,\"count\":1000000,\"on\":\"webhooks\"}";

    private final HubUnderTest hub = HubUnderTest.shared();

    @AfterEach
    void theLedgerHolds() {
        hub.sandbox.delete("/sandbox/" + SHOP + "/faults");
        hub.assertLedgerHolds();
    }

    private List<JsonNode> webhooks(String order) {
        return StreamSupport.stream(
                        hub.sandbox
                                .get("/sandbox/" + SHOP + "/calls?limit=10000")
                                .body()
                                .path("calls")
                                .spliterator(),
                        false)
                .filter(call -> call.path("path").asText().equals("/webhooks/" + SHOP))
                .filter(call -> call.path("orderRef").asText().equals(order))
                .toList();
    }

    private boolean arrived(String order) {
        return webhooks(order).stream().anyMatch(call -> call.path("status").asInt() == 200);
    }

    @Test
    void anOrderWhoseWebhookIsLostArrivesByReadingAndIsNotTakenTwiceWhenTheWebhookComesAfterAll() {
        String sku = hub.newSku(10);
        hub.awaitListed(sku, 10);
        hub.fault(SHOP, NO_WEBHOOK);

        String order = hub.buyAt(SHOP, sku, 3);

        hub.awaitListed(sku, 7);
        assertThat(hub.reserved(sku)).isEqualTo(3);
        assertThat(arrived(order)).as("%s", webhooks(order)).isFalse();

        hub.sandbox.delete("/sandbox/" + SHOP + "/faults");
        await().atMost(HubUnderTest.PATIENCE).until(() -> arrived(order));
        hub.buyAt(SHOP, sku, 1);
        hub.awaitListed(sku, 6);
        assertThat(hub.reserved(sku)).isEqualTo(4);
        assertThat(hub.available(sku)).isEqualTo(6);
    }

    @Test
    void anOrderWithMoreLinesThanAPageHoldsArrivesByReadingToo() {
        String sku = hub.newSku(30);
        hub.awaitListed(sku, 30);
        hub.fault(SHOP, NO_WEBHOOK);
        String line = "{\"sku\":\"" + sku + "\",\"quantity\":1}";

        assertThat(hub.sandbox
                        .post(
                                "/sandbox/" + SHOP + "/orders",
                                "{\"lines\":[" + String.join(",", java.util.Collections.nCopies(12, line)) + "]}")
                        .status())
                .isEqualTo(201);

        hub.awaitListed(sku, 18);
        assertThat(hub.reserved(sku)).isEqualTo(12);
    }
}
