package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.StockQueries;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A day at the warehouse's desks, on a whole hub. */
class DesksIT {
    private final HubUnderTest hub = HubUnderTest.shared();
    private final StockMaster master = hub.context.getBean(StockMaster.class);

    @Test
    void anInboundIsReconciledBeforeItCloses() {
        String sku = hub.newSku(0);
        String inbound = "/api/v1/inbounds/NORTH/ASN-" + sku;
        move(MovementKind.EXPECT, "ASN-" + sku, sku, 10);
        move(MovementKind.RECEIPT, "ASN-" + sku, sku, 8);

        assertThat(hub.api.get(inbound).body().at("/lines/0/expected").asLong()).isEqualTo(2);
        Api.Reply refused = hub.api.post(inbound + "/close", "");
        assertThat(refused.status()).isEqualTo(409);
        JsonNode missing = refused.body().at("/missing/0");
        Api.Reply closed = hub.api.post(
                inbound + "/close",
                "{\"resolutions\":[{\"sku\":\"%s\",\"kind\":\"%s\",\"resolution\":\"claimed\"}]}"
                        .formatted(
                                missing.path("sku").asText(),
                                missing.path("kind").asText()));

        assertThat(closed.status()).as("%s", closed.body()).isEqualTo(200);
        assertThat(closed.body().path("state").asText()).isEqualTo("closed");
        assertThat(hub.api.post(inbound + "/close", "").status()).isEqualTo(409);
        hub.assertLedgerHolds();
    }

    @Test
    void aCountCorrectsTheStockAndTheChannelsAreTold() {
        String sku = hub.newSku(9);
        hub.awaitListed(sku, 9);
        Api.Reply opened = hub.api.post(
                "/api/v1/counts",
                "{\"location\":\"NORTH\",\"tolerance\":5,\"lines\":[{\"sku\":\"%s\"}]}".formatted(sku));
        assertThat(opened.status()).as("%s", opened.body()).isEqualTo(201);
        String count = "/api/v1/counts/" + opened.body().path("countId").asText();
        hub.api.post(count + "/entries", "{\"lines\":[{\"sku\":\"%s\",\"quantity\":7}]}".formatted(sku));

        Api.Reply posted = hub.api.post(count + "/post", "");
        Api.Reply again = hub.api.post(count + "/post", "");

        assertThat(posted.body().path("state").asText()).as("%s", posted.body()).isEqualTo("posted");
        assertThat(again.status()).isEqualTo(200);
        hub.awaitListed(sku, 7);
        hub.assertLedgerHolds();
    }

    @Test
    void aHoldComesBackByItself() {
        String sku = hub.newSku(3);
        Answer answer = master.execute(new Command.Reserve(
                "phone",
                "cart-" + sku,
                Command.Policy.ALL_OR_NOTHING,
                null,
                null,
                "e2e",
                null,
                new Command.Terms(null, null, Duration.ofSeconds(1)),
                List.of(new Command.Line(sku, 2))));
        long id = ((Answer.Held) answer).reservation().reservationId();

        await("the hold to run out").atMost(HubUnderTest.PATIENCE).untilAsserted(() -> assertThat(hub.context
                        .getBean(StockQueries.class)
                        .reservation(id)
                        .orElseThrow()
                        .status())
                .isEqualTo(Reservation.Status.EXPIRED));
        assertThat(hub.available(sku)).isEqualTo(3);
        assertThat(hub.api
                        .get("/api/v1/reservations/leaks")
                        .body()
                        .path("leaks")
                        .toString())
                .doesNotContain(sku);
    }

    private void move(MovementKind kind, String reference, String sku, long quantity) {
        Answer answer = master.execute(new Command.Move(
                kind, "NORTH", reference, null, null, "e2e", null, List.of(new Command.Line(sku, quantity))));
        assertThat(answer).isInstanceOf(Answer.Moved.class);
    }
}
