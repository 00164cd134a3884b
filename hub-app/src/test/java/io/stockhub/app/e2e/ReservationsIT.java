package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ReservationsIT {
    private final HubUnderTest hub = HubUnderTest.shared();

    @Test
    void twoHundredBuyersOfFiftyUnitsGetExactlyFifty() throws Exception {
        String sku = hub.newSku(50);

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String order = sku + "-" + i;
                answers.add(buyers.submit(() -> hub.api
                        .post("/api/v1/reservations", reservation(order, sku, 1))
                        .status()));
            }
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
        }

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(50);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(150);
        assertThat(hub.available(sku)).isZero();
        assertThat(hub.reserved(sku)).isEqualTo(50);
        hub.awaitListed(sku, 0);
        hub.assertLedgerHolds();
    }

    @Test
    void aReservationIsShippedAndItsStockIsGone() {
        String sku = hub.newSku(5);
        Api.Reply reserved = hub.api.post("/api/v1/reservations", reservation("ship-" + sku, sku, 3));
        String id = reserved.body().path("reservationId").asText();

        Api.Reply shipped = hub.api.post("/api/v1/reservations/" + id + "/ship", "");

        assertThat(shipped.status()).as("%s", shipped.body()).isEqualTo(200);
        assertThat(hub.available(sku)).isEqualTo(2);
        assertThat(hub.reserved(sku)).isZero();
        assertThat(hub.api.post("/api/v1/reservations/" + id + "/cancel", "").status())
                .isEqualTo(409);
        hub.assertLedgerHolds();
    }

    @Test
    void aCancelledReservationComesBackToEveryChannel() {
        String sku = hub.newSku(5);
        Api.Reply reserved = hub.api.post("/api/v1/reservations", reservation("cancel-" + sku, sku, 3));
        hub.awaitListed(sku, 2);

        hub.api.post(
                "/api/v1/reservations/" + reserved.body().path("reservationId").asText() + "/cancel", "");

        hub.awaitListed(sku, 5);
    }

    private static String reservation(String order, String sku, long quantity) {
        return """
                {"channel":"phone","orderRef":"%s","policy":"all-or-nothing","lines":[{"sku":"%s","quantity":%d}]}"""
                .formatted(order, sku, quantity);
    }
}
