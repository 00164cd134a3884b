package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A warehouse at work over HTTP, against the real ledger; after each part the ledger holds. */
class MovementsIT {
    private final Warehouse house = new Warehouse();

    @AfterEach
    void theLedgerHolds() {
        house.hub.assertLedgerHolds();
    }

    @Test
    void anAnnouncedInboundArrivesShortOverAndDamaged() {
        String shortSku = house.sku("SHORT", ",'units':{'CA':12}");
        String overSku = house.sku("OVER", "");
        String po = house.name("PO");
        String announcement = "{'kind':'expect','location':'NORTH','reference':'" + po
                + "','expectedAt':'2030-01-01T08:00:00+07:00','lines':[{'sku':'" + shortSku
                + "','quantity':1,'unit':'CA'},{'sku':'" + overSku + "','quantity':5}]}";
        house.move(announcement);
        assertThat(house.stock(shortSku)).isEqualTo(Map.of("NORTH expected", 12L));

        Api.Reply again = house.post("movements", announcement);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().get("movementId").isNull()).isTrue();

        house.move("{'kind':'receipt','location':'NORTH','reference':'" + po + "','lines':[{'sku':'" + shortSku
                + "','quantity':0.5,'unit':'CA'},{'sku':'" + shortSku + "','quantity':1,'to':'damaged'},{'sku':'"
                + overSku + "','quantity':7,'unitCost':'4.25'}]}");

        assertThat(house.stock(shortSku))
                .isEqualTo(Map.of("NORTH available", 6L, "NORTH damaged", 1L, "NORTH expected", 5L));
        assertThat(house.stock(overSku)).isEqualTo(Map.of("NORTH available", 7L));
    }

    @Test
    void nothingToMoveIsAnsweredTheSameWayUnderTheSameKey() {
        String sku = house.sku("CALM", "");
        house.receive("NORTH", sku, 4);
        String count =
                Warehouse.json("{'kind':'count','location':'NORTH','lines':[{'sku':'" + sku + "','quantity':4}]}");
        for (String replayed : new String[] {null, "true"}) {
            Api.Reply reply = house.hub.api.send(
                    "POST",
                    "/api/v1/movements",
                    count.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    Map.of("Idempotency-Key", "calm-" + sku));
            assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
            assertThat(reply.body().get("movementId").isNull()).isTrue();
            assertThat(reply.headers().containsKey("idempotent-replayed")).isEqualTo(replayed != null);
        }
    }

    @Test
    void aBundleIsPutAwayOrderedPickedCancelledShippedAndComesBack() {
        String cup = house.sku("CUP", "");
        String spoon = house.sku("SPOON", "");
        String set = house.sku(
                "SET", ",'components':[{'sku':'" + cup + "','quantity':1},{'sku':'" + spoon + "','quantity':2}]");
        house.move("{'kind':'receipt','location':'NORTH','lines':[{'sku':'" + cup
                + "','quantity':5,'bin':'DOCK'},{'sku':'" + spoon + "','quantity':10,'bin':'DOCK'}]}");
        house.move("{'kind':'putaway','location':'NORTH','lines':[{'sku':'" + cup
                + "','quantity':5,'bin':'DOCK','toBin':'A-01'}]}");

        JsonNode order = house.order(house.name("O"), set, 3, ",'customer':'ACME','priority':2");
        String id = order.path("reservationId").asText();
        assertThat(order.at("/lines/0/allocations").toString()).isEqualTo("[{\"location\":\"NORTH\",\"quantity\":3}]");
        assertThat(order.at("/lines/0/components/1/sku").asText()).isEqualTo(spoon);
        assertThat(order.at("/lines/0/components/1/allocations/0/quantity").asLong())
                .isEqualTo(6);

        house.done(id, "pick", "{'lines':[{'sku':'" + set + "','quantity':2}]}");
        assertThat(house.stock(spoon))
                .isEqualTo(Map.of("NORTH available", 4L, "NORTH reserved", 2L, "NORTH picked", 4L));
        house.done(id, "cancel", "{'lines':[{'sku':'" + set + "','quantity':2}]}");
        assertThat(house.stock(spoon)).isEqualTo(Map.of("NORTH available", 8L, "NORTH picked", 2L));
        JsonNode shipped = house.done(id, "ship", "");
        assertThat(shipped.path("status").asText()).isEqualTo("shipped");
        assertThat(house.stock(cup)).isEqualTo(Map.of("NORTH available", 4L));
        house.refused(house.post("reservations/" + id + "/cancel", ""), 409, "not-held", "lines");

        JsonNode detail = house.hub.api.get("/api/v1/reservations/" + id).body();
        assertThat(detail.at("/lines/0/units/0/bin").asText()).isIn("A-01", "DOCK");
        assertThat(detail.path("customer").asText()).isEqualTo("ACME");
        String orderRef = detail.path("orderRef").asText();
        JsonNode found = house.hub
                .api
                .get("/api/v1/reservations?channel=shop&orderRef=" + orderRef)
                .body();
        assertThat(found.path("reservations")).hasSize(1);
        assertThat(found.at("/reservations/0")).isEqualTo(detail);

        String back = "{'kind':'return','location':'SOUTH','reference':'RMA','order':{'channel':'shop','orderRef':'"
                + orderRef + "'},'lines':[{'sku':'" + set + "','quantity':1}]}";
        house.move(back);
        assertThat(house.stock(spoon)).isEqualTo(Map.of("NORTH available", 8L, "SOUTH inspection", 2L));
        house.refused(house.post("movements", back), 409, "not-held", "lines[0].quantity");
        house.move("{'kind':'disposition','location':'SOUTH','lines':[{'sku':'" + spoon
                + "','quantity':1,'to':'available'},{'sku':'" + spoon + "','quantity':1,'to':'disposed'},{'sku':'" + cup
                + "','quantity':1,'to':'refurbish'}]}");
        assertThat(house.stock(spoon)).isEqualTo(Map.of("NORTH available", 8L, "SOUTH available", 1L));
        assertThat(house.stock(cup)).isEqualTo(Map.of("NORTH available", 4L, "SOUTH refurbish", 1L));
    }

    @Test
    void unitsAreDamagedBlockedForACustomerCountedAndWrittenOff() {
        String sku = house.sku("TEE", "");
        house.receive("NORTH", sku, 20);
        String line = "'lines':[{'sku':'" + sku + "','quantity':%d%s}]}";

        house.move("{'kind':'damage','location':'NORTH','reason':'fork lift'," + line.formatted(2, ""));
        house.move("{'kind':'block','location':'NORTH','holder':'ACME'," + line.formatted(5, ""));
        house.refused(
                house.post(
                        "movements", "{'kind':'unblock','location':'NORTH','holder':'OTHER'," + line.formatted(1, "")),
                409,
                "insufficient-stock",
                "lines[0].quantity");
        house.move("{'kind':'unblock','location':'NORTH','holder':'ACME'," + line.formatted(3, ""));
        assertThat(house.stock(sku))
                .isEqualTo(Map.of("NORTH available", 16L, "NORTH damaged", 2L, "NORTH blocked", 2L));

        String count = house.move("{'kind':'count','location':'NORTH','reference':'COUNT-9'," + line.formatted(14, ""));
        assertThat(house.stock(sku)).containsEntry("NORTH available", 14L);
        house.move("{'kind':'reversal','movement':'" + count + "','reason':'counted the wrong shelf'}");
        assertThat(house.stock(sku)).containsEntry("NORTH available", 16L);
        house.move("{'kind':'count','location':'NORTH','reference':'COUNT-10'," + line.formatted(10, ",'booked':12"));
        assertThat(house.stock(sku)).containsEntry("NORTH available", 14L);

        house.move("{'kind':'write-off','location':'NORTH'," + line.formatted(2, ",'from':'damaged'"));
        house.move("{'kind':'write-off','location':'NORTH','holder':'ACME'," + line.formatted(2, ",'from':'blocked'"));
        house.move("{'kind':'adjustment','location':'NORTH','reason':'found'," + line.formatted(-4, ""));
        assertThat(house.stock(sku)).isEqualTo(Map.of("NORTH available", 10L));
    }

    @Test
    void aTransferArrivesInPartsAndTheRestIsLost() {
        String sku = house.sku("MOVE", "");
        String other = house.sku("ALSO", "");
        house.receive("NORTH", sku, 10);
        house.receive("NORTH", other, 2);
        String transfer = house.name("TR");
        house.move("{'kind':'transfer-ship','location':'NORTH','to':'SOUTH','reference':'" + transfer
                + "','expectedAt':'2030-01-01T08:00:00Z','lines':[{'sku':'" + sku + "','quantity':6},{'sku':'" + other
                + "','quantity':2}]}");
        assertThat(house.stock(sku)).isEqualTo(Map.of("NORTH available", 4L, "SOUTH in_transit", 6L));

        String receive = "{'kind':'transfer-receive','location':'SOUTH','reference':'" + transfer
                + "','lines':[{'sku':'" + sku + "','quantity':";
        house.move(receive + "2}]}");
        house.move(receive + "1,'to':'damaged'}]}");
        house.move("{'kind':'transfer-loss','location':'SOUTH','reference':'" + transfer + "','lines':[{'sku':'" + sku
                + "','quantity':1}]}");
        assertThat(house.stock(sku))
                .isEqualTo(Map.of(
                        "NORTH available", 4L, "SOUTH available", 2L, "SOUTH damaged", 1L, "SOUTH in_transit", 2L));
        house.move(receive + "1}],'last':true}");

        assertThat(house.stock(sku))
                .isEqualTo(Map.of("NORTH available", 4L, "SOUTH available", 3L, "SOUTH damaged", 1L));
        assertThat(house.stock(other))
                .as("the other SKU of the transfer never came")
                .isEmpty();
    }

    @Test
    void aKitIsMadeOfItsComponentsAndTakenApartByAReversal() {
        String leg = house.sku("LEG", "");
        String top = house.sku("TOP", "");
        String table = house.sku(
                "TABLE",
                ",'assembled':true,'components':[{'sku':'" + leg + "','quantity':4},{'sku':'" + top
                        + "','quantity':1}]");
        house.receive("NORTH", leg, 9);
        house.receive("NORTH", top, 5);
        String assembly = "{'kind':'assembly','location':'NORTH','lines':[{'sku':'" + table + "','quantity':";
        String made = house.move(assembly + "2}]}");
        assertThat(house.stock(table)).isEqualTo(Map.of("NORTH available", 2L));
        assertThat(house.stock(leg)).isEqualTo(Map.of("NORTH available", 1L));
        house.refused(house.post("movements", assembly + "1}]}"), 409, "insufficient-stock", "lines[0].quantity");

        house.move("{'kind':'reversal','movement':'" + made + "'}");
        assertThat(house.stock(table)).isEmpty();
        assertThat(house.stock(leg)).isEqualTo(Map.of("NORTH available", 9L));
    }

    @Test
    void lotsThatExpireFirstGoFirstAndSerialsAreNamed() {
        String milk = house.sku("MILK", ",'tracking':'lot'");
        String phone = house.sku("PHONE", ",'tracking':'serial'");
        house.move("{'kind':'receipt','location':'NORTH','lines':[{'sku':'" + milk
                + "','quantity':3,'lot':'LATE','expiry':'2031-01-31'},{'sku':'" + milk
                + "','quantity':2,'lot':'SOON','expiry':'2030-01-31'},{'sku':'" + phone
                + "','quantity':2,'serials':['S1','S2']},{'sku':'" + phone + "','quantity':1,'serial':'S3'}]}");

        String milkOrder =
                house.order(house.name("O"), milk, 3, "").path("reservationId").asText();
        JsonNode units =
                house.hub.api.get("/api/v1/reservations/" + milkOrder).body().at("/lines/0/units");
        assertThat(units).hasSize(2);
        for (JsonNode unit : units) {
            assertThat(unit.path("quantity").asLong())
                    .isEqualTo(unit.path("lot").asText().equals("SOON") ? 2 : 1);
        }
        house.move("{'kind':'adjustment','location':'NORTH','lines':[{'sku':'" + phone
                + "','quantity':-1,'serial':'S2'}]}");
        assertThat(house.stock(phone)).isEqualTo(Map.of("NORTH available", 2L));
    }

    @Test
    void aCartHoldsItsUnitsUntilItIsConfirmed() {
        String sku = house.sku("CART", "");
        house.receive("NORTH", sku, 1);
        JsonNode cart = house.order(house.name("C"), sku, 1, ",'holdFor':'PT15M'");
        String id = cart.path("reservationId").asText();
        assertThat(cart.path("status").asText()).isEqualTo("held");
        house.refused(house.post("reservations/" + id + "/pick", ""), 409, "not-confirmed", "reservationId");
        house.refused(house.post("reservations/" + id + "/ship", ""), 409, "not-confirmed", "reservationId");
        assertThat(house.done(id, "confirm", "").path("status").asText()).isEqualTo("reserved");
        house.done(id, "pick", "");
        assertThat(house.done(id, "ship", "").path("status").asText()).isEqualTo("shipped");
    }
}
