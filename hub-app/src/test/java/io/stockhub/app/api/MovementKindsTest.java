package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.WebTest;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.Goods;
import io.stockhub.stock.MoveDetails;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.RefusalCode;
import io.stockhub.stock.StockState;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of movement over HTTP: what is read, and what is refused before the ledger hears of it. */
class MovementKindsTest extends WebTest {
    private static final String PATH = "/api/v1/movements";
    private static final Instant NOW = Instant.parse("2026-09-04T10:15:00Z");

    private HttpResponse<String> move(String body) {
        return post("warehouse", PATH, body.replace('\'', '"'));
    }

    private Command.Move moved(String body) {
        hub.answers = command -> new Answer.Moved(41, NOW, false);
        HttpResponse<String> response = move(body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return (Command.Move) hub.commands.getLast();
    }

    private void refused(String body, String field, String expected) {
        HttpResponse<String> response = move(body);
        assertProblem(response, 422, "invalid-field", field);
        assertThat(json(response).get("detail").asText()).contains(expected);
        assertThat(hub.commands).isEmpty();
    }

    @Test
    void aReceiptNamesLotExpiryBinPoolStateAndCost() {
        Command.Move receipt = moved(
                """
                {'kind':'receipt','location':'JKT','reference':'PO-1','lines':[
                 {'sku':'MILK','quantity':12,'lot':'L-7','expiry':'2027-01-31','bin':'A-01','pool':'eu',
                  'to':'inspection','unitCost':4.205000},
                 {'sku':'PHONE','quantity':1,'serial':'S-1','unitCost':'199.99'}]}""");

        assertThat(receipt.lines())
                .containsExactly(
                        new Command.Line(
                                "MILK",
                                12,
                                Goods.ANY
                                        .withLot("L-7", LocalDate.parse("2027-01-31"))
                                        .withBin("A-01")
                                        .withPool("eu")
                                        .withTo(StockState.INSPECTION)
                                        .withUnitCost(new BigDecimal("4.205000"))),
                        new Command.Line(
                                "PHONE",
                                1,
                                Goods.ANY.withSerials(List.of("S-1")).withUnitCost(new BigDecimal("199.99"))));
    }

    @Test
    void aTransferNamesWhereItGoesAndWhenItArrives() {
        Command.Move transfer = moved(
                """
                {'kind':'transfer-ship','location':'JKT','to':'SUB','reference':'TR-1',
                 'expectedAt':'2026-09-06T12:00:00+07:00','lines':[{'sku':'TEE','quantity':4}]}""");
        assertThat(transfer.details()).isEqualTo(MoveDetails.to("SUB", Instant.parse("2026-09-06T05:00:00Z")));

        Command.Move last = moved(
                """
                {'kind':'transfer-receive','location':'SUB','reference':'TR-1','last':true,
                 'lines':[{'sku':'TEE','quantity':3,'to':'damaged'}]}""");
        assertThat(last.details()).isEqualTo(MoveDetails.lastReceipt());
        assertThat(last.lines().getFirst().goods().to()).isEqualTo(StockState.DAMAGED);
    }

    @Test
    void aPutawayNamesBinsAndPools() {
        Command.Move putaway = moved(
                """
                {'kind':'putaway','location':'JKT','lines':[
                 {'sku':'TEE','quantity':4,'from':'damaged','bin':'DOCK','toBin':'A-01','pool':'eu','toPool':''}]}""");
        assertThat(putaway.lines().getFirst().goods())
                .isEqualTo(Goods.ANY
                        .withFrom(StockState.DAMAGED)
                        .withBin("DOCK")
                        .withToBin("A-01")
                        .withPool("eu")
                        .withToPool(""));
    }

    @Test
    void aReturnNamesItsOrder() {
        Command.Move back = moved(
                """
                {'kind':'return','location':'JKT','order':{'channel':'shop','orderRef':'1001'},
                 'lines':[{'sku':'TEE','quantity':1}]}""");
        assertThat(back.details()).isEqualTo(MoveDetails.ofOrder("shop", "1001"));
    }

    @Test
    void aCountMayFindNothingAndSaysWhatTheBooksSaid() {
        Command.Move count = moved(
                """
                {'kind':'count','location':'JKT','reference':'COUNT-9','lines':[
                 {'sku':'TEE','quantity':0,'bin':'A-01'},{'sku':'CAP','quantity':3,'booked':4}]}""");
        assertThat(count.lines())
                .containsExactly(
                        new Command.Line("TEE", 0, Goods.ANY.withBin("A-01")),
                        new Command.Line("CAP", 3, Goods.ANY.withBooked(4)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expect|'reference':'PO-1'|",
                "disposition||,'to':'available'",
                "damage||,'from':'inspection','toBin':'Q'",
                "block|'holder':'ACME'|",
                "unblock|'holder':'ACME'|",
                "assembly||,'lot':'L'",
                "write-off|'holder':'ACME'|,'from':'blocked'",
                "transfer-loss|'reference':'TR-1'|",
                "adjustment|'reason':'found'|,'to':'damaged'",
                "receipt|'reportedBy':'fba'|"
            })
    void everyKindThatStandsAloneIsTaken(String kind, String head, String line) {
        Command.Move command = moved("{'kind':'" + kind + "','location':'JKT'," + (head == null ? "" : head + ",")
                + "'lines':[{'sku':'TEE','quantity':2" + (line == null ? "" : line) + "}]}");
        assertThat(command.kind()).isEqualTo(MovementKind.of(kind));
    }

    @Test
    void nothingToMoveIsSaidSo() {
        hub.answers = command -> new Answer.Moved(0, NOW, false);
        HttpResponse<String> response = move("{'kind':'count','location':'JKT','lines':[{'sku':'TEE','quantity':3}]}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"movementId\":null,\"sequence\":null,\"recordedAt\":\"2026-09-04T10:15:00Z\"}");
    }

    @Test
    void aReversalNamesTheMovementThatItUndoes() {
        hub.answers = command -> new Answer.Moved(42, NOW, false);
        HttpResponse<String> response = move("{'kind':'reversal','movement':'41','reason':'wrong document'}");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(hub.commands).containsExactly(new Command.Reverse(41, "wrong document", "wanda", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'kind':'reversal'}|movement|missing",
                "{'kind':'reversal','movement':'x'}|movement|string of digits",
                "{'kind':'reversal','movement':'-1'}|movement|string of digits",
                "{'kind':'reversal','movement':41}|movement|a string",
                "{'kind':'reversal','movement':'41','location':'JKT'}|location|kind, movement, reason",
                "{'kind':'reversal','movement':'41','lines':[]}|lines|kind, movement, reason",
                "{'kind':'receipt','location':'JKT','movement':'41','lines':[]}|movement|unknown field"
            })
    void aReversalTakesNothingElse(String body, String field, String expected) {
        refused(body, field, expected);
    }

    @Test
    void whatCannotBeReversedNamesTheMovement() {
        hub.answers = command -> new Answer.UnknownMovement(41);
        assertProblem(move("{'kind':'reversal','movement':'41'}"), 404, "unknown-movement", "movement");
        hub.answers = command -> new Answer.Refused(RefusalCode.ALREADY_REVERSED, "movementId", "41 was reversed");
        assertProblem(move("{'kind':'reversal','movement':'41'}"), 409, "already-reversed", "movement");
        hub.answers = command -> new Answer.InsufficientStock(List.of(new Answer.Shortage(0, "TEE", 3, 1)));
        assertProblem(move("{'kind':'reversal','movement':'41'}"), 409, "insufficient-stock", "movement");
        hub.answers = command -> new Answer.NotHeld(0, "TEE", 3, 1);
        assertProblem(move("{'kind':'reversal','movement':'41'}"), 409, "not-held", "movement");
    }

    @ParameterizedTest
    @EnumSource(RefusalCode.class)
    void everyRefusalIsAProblemOfItsName(RefusalCode code) {
        hub.answers = command -> new Answer.Refused(code, "lines[0].lot", "\"L\" (expected: another)");
        HttpResponse<String> response =
                move("{'kind':'receipt','location':'JKT','lines':[{'sku':'TEE','quantity':3}]}");
        assertThat(response.statusCode()).isIn(404, 409, 422);
        assertProblem(response, response.statusCode(), code.code(), "lines[0].lot");
        assertThat(json(response).get("detail").asText()).isEqualTo("lines[0].lot: \"L\" (expected: another)");
    }

    /** Head, then line; the rest is right. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "receipt||,'serial':'a','serials':['a']|lines[0].serial|one of the two",
                "receipt||,'serial':7|lines[0].serial|a string",
                "receipt||,'serials':'a'|lines[0].serials|a list",
                "receipt||,'serials':[7,8]|lines[0].serials[0]|a string",
                "receipt||,'serials':['a','a']|lines[0].serials[1]|twice",
                "receipt||,'serials':['a']|lines[0].serials|one a unit",
                "receipt||,'serials':['a','']|lines[0].serials[1]|missing",
                "receipt||,'serials':['a','\\ud800']|lines[0].serials[1]|half a character",
                "receipt||,'expiry':'2027-02-30'|lines[0].expiry|a day that exists",
                "receipt||,'expiry':'31.01.2027'|lines[0].expiry|a day such as",
                "receipt||,'expiry':'+99999-01-01'|lines[0].expiry|a day such as",
                "receipt||,'expiry':'0001-01-01'|lines[0].expiry|a day such as",
                "receipt||,'expiry':20270131|lines[0].expiry|a string",
                "receipt||,'unitCost':-1|lines[0].unitCost|0 to 1000000000",
                "receipt||,'unitCost':'4,20'|lines[0].unitCost|a decimal number",
                "receipt||,'unitCost':'1e3'|lines[0].unitCost|a decimal number",
                "receipt||,'unitCost':1e999999999|lines[0].unitCost|at most 30 digits",
                "receipt||,'unitCost':1e-999999999|lines[0].unitCost|at most 30 digits",
                "receipt||,'unitCost':0.0000001|lines[0].unitCost|at most 6 decimals",
                "receipt||,'unitCost':true|lines[0].unitCost|a decimal number",
                "receipt||,'unitCost':[1]|lines[0].unitCost|a decimal number",
                "receipt||,'to':'sold'|lines[0].to|available, inspection, damaged",
                "receipt||,'to':'Available'|lines[0].to|available, inspection, damaged",
                "receipt||,'to':'blocked'|lines[0].to|available, inspection, damaged",
                "receipt||,'to':3|lines[0].to|a string",
                "receipt||,'from':'available'|lines[0].from|not taken by a receipt",
                "receipt||,'from':'nowhere'|lines[0].from|not taken by a receipt",
                "receipt||,'toBin':'A'|lines[0].toBin|not taken by a receipt",
                "receipt||,'booked':1|lines[0].booked|not taken by a receipt",
                "receipt||,'colour':'red'|lines[0].colour|unknown field",
                "receipt||,'bin':''|lines[0].bin|missing",
                "receipt||,'lot':''|lines[0].lot|missing",
                "receipt|'to':'SUB',||to|not taken by a receipt",
                "receipt|'holder':'A',||holder|not taken by a receipt",
                "receipt|'last':true,||last|not taken by a receipt",
                "receipt|'last':'yes',||last|true or false",
                "receipt|'order':{'channel':'s','orderRef':'1'},||order|not taken by a receipt",
                "receipt|'expectedAt':'2026-09-06T12:00:00Z',||expectedAt|not taken by a receipt",
                "receipt|'colour':'red',||colour|unknown field",
                "receipt|'reportedBy':'',||reportedBy|missing",
                "return|'order':{'channel':'s'},||order.orderRef|missing",
                "return|'order':{'orderRef':'1'},||order.channel|missing",
                "return|'order':{'channel':'s','orderRef':'1','line':2},||order.line|unknown field",
                "return|'order':'1001',||order|an object",
                "expect|||reference|missing",
                "expect|'reference':'PO-1',|,'bin':'A'|lines[0].bin|not taken by a expect",
                "expect|'reference':'PO-1',|,'serials':['a','b']|lines[0].serials|not taken by a expect",
                "expect|'reference':'PO-1','expectedAt':'soon',||expectedAt|a time with offset",
                "transfer-ship|'reference':'T',||to|missing",
                "transfer-ship|'to':'SUB',||reference|missing",
                "transfer-receive|||reference|missing",
                "transfer-loss|||reference|missing",
                "block|||holder|missing",
                "unblock|||holder|missing",
                "disposition|||lines[0].to|missing",
                "disposition||,'to':'reserved'|lines[0].to|available, refurbish, damaged, disposed",
                "putaway|||lines[0].toBin|toBin or toPool",
                "damage||,'from':'blocked'|lines[0].from|available, inspection, refurbish",
                "count||,'booked':-1|lines[0].booked|0 to 1000000000",
                "count||,'booked':1.5|lines[0].booked|an integer",
                "count||,'booked':1000000001|lines[0].booked|0 to 1000000000"
            })
    void aWrongFieldIsNamedWithWhatIsExpected(String kind, String head, String line, String field, String expected) {
        refused(
                "{'kind':'" + kind + "','location':'JKT'," + (head == null ? "" : head)
                        + "'lines':[{'sku':'TEE','quantity':2" + (line == null ? "" : line) + "}]}",
                field,
                expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "receipt|-1|>= 1",
                "receipt|0|>= 1",
                "count|-1|>= 1",
                "adjustment|0|not 0",
                "write-off|0|>= 1",
                "expect|-1|>= 1",
                "transfer-ship|1000000001|at most 1000000000"
            })
    void aQuantityOutOfRangeIsRefused(String kind, String quantity, String expected) {
        String more = kind.equals("expect") ? "'reference':'P'," : "";
        more = kind.startsWith("transfer") ? "'reference':'T','to':'SUB'," : more;
        refused(
                "{'kind':'" + kind + "','location':'JKT'," + more + "'lines':[{'sku':'TEE','quantity':" + quantity
                        + "}]}",
                "lines[0].quantity",
                expected);
    }

    @Test
    void oneShelfIsCountedOnce() {
        refused(
                "{'kind':'count','location':'JKT','lines':[{'sku':'A','quantity':1,'bin':'X'},"
                        + "{'sku':'A','quantity':2,'bin':'Y'},{'sku':'A','quantity':3,'bin':'X'}]}",
                "lines[2].sku",
                "counted twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"location", "reference", "reason", "reportedBy", "lines[0].sku", "lines[0].lot"})
    void aTextThatIsTooLongIsRefused(String field) {
        String name = field.replace("lines[0].", "");
        String value = "'" + name + "':'" + "x".repeat(251) + "'";
        boolean ofLine = field.startsWith("lines");
        refused(
                "{'kind':'receipt'" + (ofLine || !name.equals("location") ? ",'location':'JKT'" : "")
                        + (ofLine ? "" : "," + value) + ",'lines':[{'quantity':1"
                        + (name.equals("sku") ? "" : ",'sku':'A'") + (ofLine ? "," + value : "") + "}]}",
                field,
                "expected: at most");
    }

    @Test
    void oneThousandLinesAreTakenAndOneMoreIsNot() {
        assertThat(moved(receiptOf(1_000)).lines()).hasSize(1_000);
        hub.commands.clear();
        refused(receiptOf(1_001), "lines", "at most 1000");
    }

    private static String receiptOf(int lines) {
        return "{'kind':'receipt','location':'JKT','lines':["
                + IntStream.range(0, lines)
                        .mapToObj(i -> "{'sku':'A','quantity':1}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    @Test
    void moreSerialsThanALineMayHaveAreRefused() {
        String serials = IntStream.range(0, 1_001).mapToObj(i -> "'s" + i + "'").collect(Collectors.joining(","));
        refused(
                "{'kind':'receipt','location':'JKT','lines':[{'sku':'A','quantity':1001,'serials':[" + serials + "]}]}",
                "lines[0].serials",
                "at most 1000");
    }

    @Test
    void whoMayOnlyReadMovesNothing() {
        JsonNode answer = json(post("planner", PATH, "{}"));
        assertThat(answer.get("type").asText()).isEqualTo("/problems/forbidden");
        assertThat(hub.commands).isEmpty();
    }
}
