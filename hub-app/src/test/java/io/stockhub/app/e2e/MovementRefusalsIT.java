package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the real ledger refuses, with status, type and field; nothing of it moves anything. */
class MovementRefusalsIT {
    private static final Warehouse HOUSE = new Warehouse();
    private static final String TEE = HOUSE.sku("TEE", "");
    private static final String MILK = HOUSE.sku("MILK", ",'tracking':'lot'");
    private static final String PHONE = HOUSE.sku("PHONE", ",'tracking':'serial'");
    private static final String SET = HOUSE.sku("SET", ",'components':[{'sku':'" + TEE + "','quantity':2}]");
    private static final String TRANSFER = HOUSE.name("TR");
    private static final String BINNED = HOUSE.name("BINNED");
    private static final String FBA = HOUSE.name("FBA");
    private static final String REVERSED;
    private static final String REVERSAL;

    static {
        assertThat(HOUSE.hub
                        .api
                        .put("/api/v1/locations/" + BINNED, Warehouse.json("{'title':'B'}"))
                        .status())
                .isEqualTo(201);
        Api.Reply bins = HOUSE.hub.api.put(
                "/api/v1/locations/" + BINNED + "/bins", Warehouse.json("{'bins':[{'bin':'A-01'},{'bin':'A-02'}]}"));
        assertThat(bins.status()).as("%s", bins.body()).isLessThan(300);
        Api.Reply fba = HOUSE.hub.api.put(
                "/api/v1/locations/" + FBA, Warehouse.json("{'title':'F','kind':'marketplace','managedBy':'amazon'}"));
        assertThat(fba.status()).as("%s", fba.body()).isEqualTo(201);
        HOUSE.receive("NORTH", TEE, 10);
        HOUSE.move("{'kind':'receipt','location':'NORTH','lines':[{'sku':'" + MILK
                + "','quantity':5,'lot':'L1','expiry':'2031-01-31'},{'sku':'" + PHONE
                + "','quantity':1,'serial':'S1'}]}");
        HOUSE.move("{'kind':'receipt','location':'" + BINNED + "','lines':[{'sku':'" + TEE
                + "','quantity':1,'bin':'A-01'}]}");
        HOUSE.move("{'kind':'transfer-ship','location':'NORTH','to':'SOUTH','reference':'" + TRANSFER
                + "','lines':[{'sku':'" + TEE + "','quantity':1},{'sku':'" + MILK + "','quantity':1}]}");
        REVERSED = HOUSE.receive("NORTH", TEE, 1);
        REVERSAL = HOUSE.move("{'kind':'reversal','movement':'" + REVERSED + "'}");
    }

    private record Refusal(String body, int status, String type, String field) {}

    /** By name: head fields; lines; status, type, field. */
    private static Map<String, Refusal> refusals() {
        Map<String, Refusal> refusals = new LinkedHashMap<>();
        refusals.put("an unknown SKU", of("receipt", "NORTH", "", "NOPE", 1, "", 422, "unknown-sku", "lines[0].sku"));
        refusals.put("an unknown location", of("receipt", "MARS", "", TEE, 1, "", 422, "unknown-location", "location"));
        refusals.put(
                "a receipt of a bundle",
                of("receipt", "NORTH", "", SET, 1, "", 422, "bundle-without-stock", "lines[0].sku"));
        refusals.put(
                "a count of a bundle",
                of("count", "NORTH", "", SET, 1, "", 422, "bundle-without-stock", "lines[0].sku"));
        refusals.put("an assembly of no kit", of("assembly", "NORTH", "", TEE, 1, "", 422, "no-kit", "lines[0].sku"));
        refusals.put(
                "an expiry without its lot",
                of("receipt", "NORTH", "", MILK, 1, ",'expiry':'2031-01-31'", 422, "lot-missing", "lines[0].lot"));
        refusals.put(
                "no lot where one is needed",
                of("receipt", "NORTH", "", MILK, 1, "", 422, "lot-missing", "lines[0].lot"));
        refusals.put(
                "a lot where none is kept",
                of("receipt", "NORTH", "", TEE, 1, ",'lot':'L1'", 422, "not-tracked", "lines[0].lot"));
        refusals.put(
                "a known lot with another expiry",
                of(
                        "receipt",
                        "NORTH",
                        "",
                        MILK,
                        1,
                        ",'lot':'L1','expiry':'2032-01-31'",
                        422,
                        "lot-differs",
                        "lines[0].expiry"));
        refusals.put(
                "no serial where one is needed",
                of("receipt", "NORTH", "", PHONE, 1, "", 422, "serials-missing", "lines[0].serials"));
        refusals.put(
                "serials where none are kept",
                of("receipt", "NORTH", "", TEE, 1, ",'serial':'X'", 422, "not-tracked", "lines[0].serials"));
        refusals.put(
                "a serial that is here",
                of("receipt", "SOUTH", "", PHONE, 1, ",'serial':'S1'", 409, "serial-known", "lines[0].serials[0]"));
        refusals.put(
                "a count of serials",
                of("count", "NORTH", "", PHONE, 1, ",'serial':'S1'", 422, "serials-not-counted", "lines[0].sku"));
        refusals.put(
                "an unknown bin",
                of("receipt", BINNED, "", TEE, 1, ",'bin':'Z-99'", 422, "unknown-bin", "lines[0].bin"));
        refusals.put(
                "a putaway into an unknown bin",
                of(
                        "putaway",
                        BINNED,
                        "",
                        TEE,
                        1,
                        ",'bin':'A-01','toBin':'Z-99'",
                        422,
                        "unknown-bin",
                        "lines[0].toBin"));
        refusals.put(
                "a location that a channel runs",
                of("receipt", FBA, "", TEE, 1, "", 422, "read-only-location", "location"));
        refusals.put(
                "another channel's report",
                of("receipt", FBA, ",'reportedBy':'ebay'", TEE, 1, "", 422, "read-only-location", "location"));
        refusals.put(
                "the day after tomorrow",
                of(
                        "receipt",
                        "NORTH",
                        ",'occurredAt':'2999-01-01T00:00:00Z'",
                        TEE,
                        1,
                        "",
                        422,
                        "in-the-future",
                        "occurredAt"));
        refusals.put(
                "more than there is",
                of("damage", "NORTH", "", TEE, 999, "", 409, "insufficient-stock", "lines[0].quantity"));
        refusals.put(
                "a negative receipt",
                of("receipt", "NORTH", "", TEE, -1, "", 422, "invalid-field", "lines[0].quantity"));
        refusals.put(
                "a transfer to itself",
                of(
                        "transfer-ship",
                        "NORTH",
                        ",'reference':'T-X','to':'NORTH'",
                        TEE,
                        1,
                        "",
                        422,
                        "same-location",
                        "to"));
        refusals.put(
                "a transfer to nowhere",
                of(
                        "transfer-ship",
                        "NORTH",
                        ",'reference':'T-X','to':'MARS'",
                        TEE,
                        1,
                        "",
                        422,
                        "unknown-location",
                        "to"));
        refusals.put(
                "the same transfer twice",
                of(
                        "transfer-ship",
                        "NORTH",
                        ",'reference':'" + TRANSFER + "','to':'SOUTH'",
                        TEE,
                        1,
                        "",
                        409,
                        "transfer-exists",
                        "reference"));
        refusals.put(
                "an unknown transfer",
                of(
                        "transfer-receive",
                        "SOUTH",
                        ",'reference':'T-NONE'",
                        TEE,
                        1,
                        "",
                        422,
                        "unknown-transfer",
                        "reference"));
        refusals.put(
                "a transfer at the wrong door",
                of(
                        "transfer-receive",
                        "NORTH",
                        ",'reference':'" + TRANSFER + "'",
                        TEE,
                        1,
                        "",
                        422,
                        "wrong-location",
                        "location"));
        refusals.put(
                "more of a lot than the transfer carries",
                of(
                        "transfer-receive",
                        "SOUTH",
                        ",'reference':'" + TRANSFER + "'",
                        MILK,
                        2,
                        "",
                        409,
                        "not-in-transit",
                        "lines[0].quantity"));
        refusals.put(
                "a return of an unknown order",
                of(
                        "return",
                        "NORTH",
                        ",'order':{'channel':'shop','orderRef':'NONE'}",
                        TEE,
                        1,
                        "",
                        422,
                        "unknown-order",
                        "order"));
        refusals.put(
                "a state that the kind does not take",
                of("receipt", "NORTH", "", TEE, 1, ",'to':'blocked'", 422, "invalid-field", "lines[0].to"));
        refusals.put(
                "an unknown unit",
                of("receipt", "NORTH", "", TEE, 1, ",'unit':'CA'", 422, "invalid-field", "lines[0].unit"));
        refusals.put("a second reversal", reversal(REVERSED, 409, "already-reversed"));
        refusals.put("a reversal of a reversal", reversal(REVERSAL, 422, "is-a-reversal"));
        refusals.put("a reversal of nothing", reversal("999999999999", 404, "unknown-movement"));
        return refusals;
    }

    private static Refusal of(
            String kind,
            String location,
            String head,
            String sku,
            long quantity,
            String line,
            int status,
            String type,
            String field) {
        return new Refusal(
                "{'kind':'" + kind + "','location':'" + location + "'" + head + ",'lines':[{'sku':'" + sku
                        + "','quantity':" + quantity + line + "}]}",
                status,
                type,
                field);
    }

    private static Refusal reversal(String movement, int status, String type) {
        return new Refusal("{'kind':'reversal','movement':'" + movement + "'}", status, type, "movement");
    }

    @TestFactory
    Stream<DynamicTest> isRefusedAndNothingMoves() {
        return refusals().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Refusal refusal = entry.getValue();
                    Map<String, Long> before = HOUSE.stock(TEE);
                    HOUSE.refused(
                            HOUSE.post("movements", refusal.body()), refusal.status(), refusal.type(), refusal.field());
                    assertThat(HOUSE.stock(TEE)).isEqualTo(before);
                }));
    }

    @Test
    void whatWasUsedUpCannotBeReversed() {
        String sku = HOUSE.sku("USED", "");
        String receipt = HOUSE.receive("NORTH", sku, 3);
        HOUSE.order(HOUSE.name("O"), sku, 2, "");
        HOUSE.refused(
                HOUSE.post("movements", "{'kind':'reversal','movement':'" + receipt + "'}"),
                409,
                "insufficient-stock",
                "movement");
        HOUSE.hub.assertLedgerHolds();
    }

    @Test
    void aBundleOfTrackedPartsDoesNotComeBackWithoutTheirNames() {
        String lots = HOUSE.sku("LOTS", ",'tracking':'lot'");
        String box = HOUSE.sku("BOX", ",'components':[{'sku':'" + lots + "','quantity':2}]");
        HOUSE.move("{'kind':'receipt','location':'NORTH','lines':[{'sku':'" + lots + "','quantity':2,'lot':'L'}]}");
        String orderRef = HOUSE.name("O");
        String id = HOUSE.order(orderRef, box, 1, "").path("reservationId").asText();
        HOUSE.done(id, "ship", "");
        String back = "{'kind':'return','location':'NORTH',%s'lines':[{'sku':'%s','quantity':%d%s}]}";
        HOUSE.refused(
                HOUSE.post(
                        "movements",
                        back.formatted("'order':{'channel':'shop','orderRef':'" + orderRef + "'},", box, 1, "")),
                422,
                "lot-missing",
                "lines[0].sku");
        HOUSE.move(back.formatted("", lots, 2, ",'lot':'L'"));
        assertThat(HOUSE.stock(lots)).isEqualTo(Map.of("NORTH inspection", 2L));
        HOUSE.hub.assertLedgerHolds();
    }

    @Test
    void aReturnThatIsRefusedLeavesTheOrderAsItWas() {
        String sku = HOUSE.sku("BACK", "");
        HOUSE.receive("NORTH", sku, 3);
        String orderRef = HOUSE.name("O");
        String id = HOUSE.order(orderRef, sku, 3, "").path("reservationId").asText();
        HOUSE.done(id, "ship", "");
        String head = "{'kind':'return','location':'NORTH','order':{'channel':'shop','orderRef':'" + orderRef
                + "'},'lines':[{'sku':'" + sku + "','quantity':2}";
        HOUSE.refused(
                HOUSE.post("movements", head + ",{'sku':'" + sku + "','quantity':2}]}"),
                409,
                "not-held",
                "lines[1].quantity");
        HOUSE.move(head + ",{'sku':'" + sku + "','quantity':1}]}");
        assertThat(HOUSE.hub
                        .api
                        .get("/api/v1/reservations/" + id)
                        .body()
                        .at("/lines/0/returned")
                        .asLong())
                .isEqualTo(3);
    }

    @Test
    void aHoldThatRanOutIsNotConfirmed() {
        String sku = HOUSE.sku("LATE", "");
        HOUSE.receive("NORTH", sku, 1);
        String id = HOUSE.order(HOUSE.name("C"), sku, 1, ",'holdFor':'PT0.001S'")
                .path("reservationId")
                .asText();
        HOUSE.refused(HOUSE.post("reservations/" + id + "/confirm", ""), 409, "hold-expired", "reservationId");
    }
}
