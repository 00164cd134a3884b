package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.WebTest;
import io.stockhub.routes.ChannelDesk.Listing;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockState;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StockReadsTest extends WebTest {
    private static final Instant NOW = Instant.parse("2026-09-04T10:15:00Z");

    private void posting(long movement, int line) {
        hub.postings.add(new StockQueries.PostingView(
                movement,
                line,
                MovementKind.RECEIPT,
                "PO",
                null,
                "otto",
                NOW,
                NOW,
                "JKT",
                StockState.SUPPLIER,
                StockState.AVAILABLE,
                3));
    }

    @Test
    void stockIsByLocationWithZerosWrittenOut() {
        hub.stock.put("A", List.of(new StockQueries.LocationStock("JKT", Map.of(StockState.AVAILABLE, 5L))));
        hub.listings.put("A", List.of(new Listing("amazon", "A", 5, 5L, 3L, null, NOW, "slow")));
        HttpResponse<String> response = get("viewer", "/api/v1/stock/A");
        assertThat(response.body())
                .isEqualTo(
                        "{\"sku\":\"A\",\"locations\":[{\"location\":\"JKT\",\"states\":{\"available\":5,\"reserved\":0}}],"
                                + "\"channels\":[{\"channel\":\"amazon\",\"ats\":5,\"wanted\":5,\"sent\":3,\"confirmed\":null,"
                                + "\"dirtySince\":\"2026-09-04T10:15:00Z\"}],\"expected\":[]}");
    }

    @Test
    void anUnknownSkuIsNotFound() {
        assertProblem(get("viewer", "/api/v1/stock/NOPE"), 404, "not-found", null);
        assertProblem(get("viewer", "/api/v1/stock/NOPE/movements"), 404, "not-found", null);
        assertProblem(get("viewer", "/api/v1/stock/NOPE/why?channel=amazon"), 404, "not-found", null);
    }

    @Test
    void theListIsPagedByKey() {
        for (String sku : List.of("A", "B", "C")) {
            hub.totals.put(sku, new StockQueries.SkuTotals(sku, "Title " + sku, 1, 0));
        }
        assertThat(get("viewer", "/api/v1/stock?limit=2").body())
                .isEqualTo("{\"skus\":[{\"sku\":\"A\",\"title\":\"Title A\",\"available\":1,\"reserved\":0},"
                        + "{\"sku\":\"B\",\"title\":\"Title B\",\"available\":1,\"reserved\":0}],\"next\":\"B\"}");
        HttpResponse<String> last = get("viewer", "/api/v1/stock?limit=2&after=B");
        assertThat(json(last).at("/skus/0/sku").asText()).isEqualTo("C");
        assertThat(json(last).get("next").isNull()).isTrue();
        assertThat(json(get("viewer", "/api/v1/stock?q=title%20c")).get("skus")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "limit=1&limit=2", "limt=3", "after=%00"})
    void wrongParametersAreNamed(String query) {
        String field = query.substring(0, query.indexOf('='));
        assertProblem(get("viewer", "/api/v1/stock?" + query), 422, "invalid-field", field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/stock/A?at=2026-01-01T00:00:00Z", "/api/v1/stock/A?knownAt=x", "/api/v1/stock?at=x"})
    void timesInThePastAreNotAvailableYet(String path) {
        HttpResponse<String> response = get("viewer", path);
        assertProblem(response, 422, "unsupported-parameter", path.contains("knownAt") ? "knownAt" : "at");
        assertThat(json(response).get("detail").asText()).contains("not available yet");
    }

    @Test
    void pagesOfPostingsEndBetweenMovements() {
        hub.stock.put("A", List.of());
        posting(1, 0);
        posting(2, 0);
        posting(2, 1);
        posting(3, 0);
        HttpResponse<String> first = get("viewer", "/api/v1/stock/A/movements?limit=2");
        assertThat(json(first).get("postings")).hasSize(1);
        assertThat(json(first).get("next").asText()).isEqualTo("1");
        HttpResponse<String> second = get("viewer", "/api/v1/stock/A/movements?limit=2&after=1");
        assertThat(json(second).get("postings")).hasSize(2);
        HttpResponse<String> third = get("viewer", "/api/v1/stock/A/movements?limit=2&after=2");
        assertThat(json(third).get("postings")).hasSize(1);
        assertThat(json(third).get("next").isNull()).isTrue();
    }

    @Test
    void aMovementLargerThanAPageIsAPageOfItsOwn() {
        hub.stock.put("A", List.of());
        for (int line = 0; line < 5; line++) {
            posting(1, line);
        }
        posting(2, 0);
        HttpResponse<String> response = get("viewer", "/api/v1/stock/A/movements?limit=2");
        assertThat(json(response).get("postings")).hasSize(5);
        assertThat(json(response).get("next").asText()).isEqualTo("1");
    }

    @Test
    void aPostingSaysWhatMovedWhereAndWhy() {
        hub.stock.put("A", List.of());
        posting(41, 0);
        assertThat(json(get("viewer", "/api/v1/stock/A/movements"))
                        .at("/postings/0")
                        .toString())
                .isEqualTo(
                        "{\"movementId\":\"41\",\"sequence\":41,\"line\":0,\"kind\":\"receipt\",\"reference\":\"PO\","
                                + "\"reason\":null,\"actor\":\"otto\",\"occurredAt\":\"2026-09-04T10:15:00Z\","
                                + "\"recordedAt\":\"2026-09-04T10:15:00Z\",\"location\":\"JKT\",\"from\":\"supplier\","
                                + "\"to\":\"available\",\"quantity\":3}");
    }

    @Test
    void theLedgersReportSaysWhetherItHolds() {
        hub.report = new StockQueries.LedgerReport(2, 3, 4, 0, 1, 0, 0);
        assertThat(get("finance", "/api/v1/ledger/verify").body())
                .isEqualTo("{\"movements\":2,\"postings\":3,\"balances\":4,\"imbalanced\":0,\"negative\":1,"
                        + "\"balanceMismatch\":0,\"reservationMismatch\":0,\"passes\":false}");
    }
}
