package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.WebTest;
import io.stockhub.routes.ChannelDesk.Listing;
import io.stockhub.routes.ChannelDesk.Proof;
import io.stockhub.routes.ChannelDesk.Sequences;
import io.stockhub.routes.ChannelDesk.Told;
import io.stockhub.stock.Detail;
import io.stockhub.stock.LedgerCheck;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockQueries.AsOf;
import io.stockhub.stock.StockQueries.VerifyMode;
import io.stockhub.stock.StockState;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
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
                3,
                "JKT",
                Detail.NONE,
                Detail.NONE,
                null,
                null,
                null,
                3,
                3));
    }

    @Test
    void stockIsByLocationWithZerosWrittenOut() {
        hub.stock.put("A", List.of(new StockQueries.LocationStock("JKT", Map.of(StockState.AVAILABLE, 5L))));
        hub.listings.put(
                "A",
                List.of(new Listing(
                        "amazon",
                        "A",
                        5,
                        5L,
                        3L,
                        null,
                        NOW,
                        "slow",
                        new Proof(2L, 1L, NOW, new Sequences(9, 8L, 7L, 6L, null)))));
        HttpResponse<String> response = get("viewer", "/api/v1/stock/A");
        assertThat(response.body())
                .isEqualTo(
                        "{\"sku\":\"A\",\"locations\":[{\"location\":\"JKT\",\"states\":{\"available\":5,\"reserved\":0}}],"
                                + "\"channels\":[{\"channel\":\"amazon\",\"ats\":5,\"wanted\":5,\"sent\":3,\"confirmed\":null,"
                                + "\"dirtySince\":\"2026-09-04T10:15:00Z\",\"proof\":{\"applied\":2,\"verified\":1,"
                                + "\"verifiedAt\":\"2026-09-04T10:15:00Z\",\"sequences\":{\"wanted\":9,\"sent\":8,\"confirmed\":7,"
                                + "\"applied\":6,\"verified\":null}}}],\"expected\":[]}");
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

    @Test
    void theListIsOfNowAlone() {
        assertProblem(get("viewer", "/api/v1/stock?at=2026-01-01T00:00:00Z"), 422, "unsupported-parameter", "at");
    }

    @Test
    void aPastMomentIsAskedForByWhatHadHappenedAndByWhatWasKnown() {
        hub.skuStock.put("A", new StockQueries.SkuStock(List.of(), List.of(), List.of()));
        hub.told.put("A", List.of(new Told("amazon", 5, 4L, null)));

        HttpResponse<String> response =
                get("viewer", "/api/v1/stock/A?at=2026-01-01T07:00:00%2B07:00&knownAt=2026-01-02T00:00:00Z");

        assertThat(hub.asked)
                .isEqualTo(new AsOf(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z")));
        assertThat(response.body())
                .isEqualTo("{\"sku\":\"A\",\"locations\":[],\"channels\":[{\"channel\":\"amazon\",\"ats\":null,"
                        + "\"wanted\":5,\"sent\":4,\"confirmed\":null,\"dirtySince\":null}],\"expected\":[],"
                        + "\"asOf\":{\"at\":\"2026-01-01T00:00:00Z\",\"knownAt\":\"2026-01-02T00:00:00Z\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at=yesterday",
                "at=2026-01-01",
                "at=2026-01-01T00:00:00",
                "knownAt=2026-01-01T00:00:00",
                "knownAt=2199-01-01T00:00:00Z",
                "knownAt=x"
            })
    void aTimeThatIsNoneOrCannotBeKnownYetIsNamed(String query) {
        hub.stock.put("A", List.of());
        assertProblem(
                get("viewer", "/api/v1/stock/A?" + query),
                422,
                "invalid-field",
                query.substring(0, query.indexOf('=')));
    }

    @Test
    void unitsThatSomethingTellsApartAreListedAndWhatComesIsByDate() {
        hub.skuStock.put(
                "A",
                new StockQueries.SkuStock(
                        List.of(new StockQueries.Place(
                                "JKT",
                                Map.of(StockState.AVAILABLE, 5L),
                                List.of(new StockQueries.HeldUnits(
                                        StockState.AVAILABLE,
                                        new Detail("L-1", "", "A-01", "", ""),
                                        LocalDate.parse("2027-01-31"),
                                        5)))),
                        List.of(
                                new StockQueries.Expected(LocalDate.parse("2026-12-01"), 7),
                                new StockQueries.Expected(null, 2)),
                        List.of(new StockQueries.Component("B", 2))));
        assertThat(get("viewer", "/api/v1/stock/A").body())
                .isEqualTo("{\"sku\":\"A\",\"locations\":[{\"location\":\"JKT\",\"states\":{\"available\":5,"
                        + "\"reserved\":0},\"details\":[{\"state\":\"available\",\"quantity\":5,\"lot\":\"L-1\","
                        + "\"expiry\":\"2027-01-31\",\"bin\":\"A-01\"}]}],\"channels\":[],\"expected\":["
                        + "{\"date\":\"2026-12-01\",\"quantity\":7},{\"date\":null,\"quantity\":2}],"
                        + "\"components\":[{\"sku\":\"B\",\"quantity\":2}]}");
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
                                + "\"to\":\"available\",\"quantity\":3,\"onHand\":3,\"available\":3}");
    }

    @Test
    void aPostingNamesItsOrderItsUnitsAndTheMovementThatItUndoes() {
        hub.stock.put("A", List.of());
        hub.postings.add(new StockQueries.PostingView(
                42,
                0,
                MovementKind.TRANSFER_SHIP,
                "T-1",
                null,
                "otto",
                NOW,
                NOW,
                "SUB",
                StockState.AVAILABLE,
                StockState.IN_TRANSIT,
                3,
                "JKT",
                new Detail("L-1", "", "A-01", "", ""),
                new Detail("L-1", "", "", "", "T-1"),
                new StockQueries.OrderRef(9, "shop", "1001"),
                40L,
                43L,
                10,
                8));
        assertThat(json(get("viewer", "/api/v1/stock/A/movements"))
                        .at("/postings/0")
                        .toString())
                .contains("\"location\":\"SUB\"", "\"fromLocation\":\"JKT\"", "\"lot\":\"L-1\"")
                .contains("\"fromBin\":\"A-01\"", "\"holder\":\"T-1\"", "\"onHand\":10,\"available\":8")
                .contains("\"order\":{\"reservationId\":\"9\",\"channel\":\"shop\",\"orderRef\":\"1001\"}")
                .contains("\"reverses\":\"40\",\"reversedBy\":\"43\"")
                .doesNotContain("serial", "\"bin\"");
    }

    @Test
    void theLedgersReportSaysWhetherItHoldsAndNamesWhatDoesNot() {
        hub.report = new StockQueries.LedgerReport(
                VerifyMode.FULL,
                2,
                3,
                4,
                1,
                new StockQueries.SealPoint(1, 17, "ab", NOW),
                Map.of(LedgerCheck.NEGATIVE, 1L),
                List.of(new StockQueries.LedgerFinding(LedgerCheck.NEGATIVE, "A at JKT available", "holds -1")));
        assertThat(get("finance", "/api/v1/ledger/verify").body())
                .isEqualTo("{\"mode\":\"full\",\"movements\":2,\"postings\":3,\"balances\":4,\"imbalanced\":0,"
                        + "\"negative\":1,\"balanceMismatch\":0,\"reservationMismatch\":0,\"overAllocated\":0,"
                        + "\"serialMismatch\":0,\"changed\":0,\"missing\":0,\"inserted\":0,\"brokenLink\":0,"
                        + "\"noPostings\":0,\"noAccount\":0,\"dangling\":0,\"duplicate\":0,\"passes\":false,\"unsealed\":1,"
                        + "\"until\":{\"position\":1,\"movementId\":\"17\",\"hash\":\"ab\","
                        + "\"sealedAt\":\"2026-09-04T10:15:00Z\"},\"findings\":[{\"check\":\"negative\","
                        + "\"what\":\"A at JKT available\",\"detail\":\"holds -1\"}]}");
    }

    @Test
    void theCheckOfWhatIsNewIsAskedForByName() {
        assertThat(json(get("finance", "/api/v1/ledger/verify?mode=incremental"))
                        .get("mode")
                        .asText())
                .isEqualTo("incremental");
        assertProblem(get("finance", "/api/v1/ledger/verify?mode=fast"), 422, "invalid-field", "mode");
    }
}
