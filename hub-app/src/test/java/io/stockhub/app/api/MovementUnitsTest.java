package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.WebTest;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Command;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A case is never taken for a piece, and half a piece is never rounded. */
class MovementUnitsTest extends WebTest {
    private static final Instant NOW = Instant.parse("2026-09-04T10:15:00Z");

    @BeforeEach
    void aSkuInCasesAndPallets() {
        hub.skus.put(
                "TEE",
                Catalogue.Sku.builder("TEE", "Tee")
                        .unit("CA", 12)
                        .unit("PL", 480)
                        .build());
        hub.answers = command -> new Answer.Moved(41, NOW, false);
    }

    private HttpResponse<String> receive(String quantity, String unit) {
        return post(
                "warehouse",
                "/api/v1/movements",
                ("{'kind':'receipt','location':'JKT','lines':[{'sku':'CAP','quantity':1},{'sku':'TEE','quantity':"
                                + quantity + ",'unit':" + unit + "}]}")
                        .replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({
        "1,EA,1",
        "3.0,EA,3",
        "1,CA,12",
        "0.5,CA,6",
        "0.25,CA,3",
        "1e1,CA,120",
        "2,PL,960",
        "0.0125,PL,6",
        "1.50,CA,18"
    })
    void aQuantityIsConvertedExactly(String quantity, String unit, long pieces) {
        HttpResponse<String> response = receive(quantity, "'" + unit + "'");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(((Command.Move) hub.commands.getLast()).lines().get(1)).isEqualTo(new Command.Line("TEE", pieces));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "0.3|'CA'|lines[1].quantity|CA",
                "1.5|'EA'|lines[1].quantity|EA",
                "0.08333333333333|'CA'|lines[1].quantity|CA",
                "1|'BX'|lines[1].unit|\"BX\" (expected: EA, CA (12 EA) or PL (480 EA))",
                "1|'ca'|lines[1].unit|\"ca\"",
                "1|''|lines[1].unit|\"\"",
                "1|12|lines[1].unit|a string",
                "'1'|'CA'|lines[1].quantity|a number",
                "null|'CA'|lines[1].quantity|a number",
                "[1]|'CA'|lines[1].quantity|a number",
                "-1|'CA'|lines[1].quantity|>= 1",
                "0|'CA'|lines[1].quantity|>= 1",
                "100000000|'CA'|lines[1].quantity|at most 1000000000",
                "9e18|'CA'|lines[1].quantity|CA is too large",
                "1e999999999|'CA'|lines[1].quantity|30 digits",
                "1e-999999999|'CA'|lines[1].quantity|30 digits"
            })
    void whatIsNotWholeOrNotKnownIsRefusedAndTheUnitIsNamed(
            String quantity, String unit, String field, String expected) {
        HttpResponse<String> response = receive(quantity, unit);
        assertProblem(response, 422, "invalid-field", field);
        assertThat(json(response).get("detail").asText()).contains(expected);
        assertThat(hub.commands).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EA", "CA"})
    void aUnitOfAnUnknownSkuIsAnUnknownSku(String unit) {
        hub.skus.clear();
        assertProblem(receive("1", "'" + unit + "'"), 422, "unknown-sku", "lines[1].sku");
        assertThat(hub.commands).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reservations", "reservations/7/pick", "reservations/7/ship", "reservations/7/cancel"})
    void ordersAndTheirPartsMaySayCasesToo(String path) {
        hub.answers = command -> new Answer.Held(ReservationsTest.RESERVATION, false);
        String head = path.equals("reservations") ? "'channel':'s','orderRef':'1'," : "";
        HttpResponse<String> response = post(
                "admin",
                "/api/v1/" + path,
                ("{" + head + "'lines':[{'sku':'TEE','quantity':0.5,'unit':'CA'}]}").replace('\'', '"'));
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
        assertThat(hub.commands.getLast().toString()).contains("sku=TEE, quantity=6");
    }
}
