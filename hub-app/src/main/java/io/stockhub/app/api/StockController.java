package io.stockhub.app.api;

import io.stockhub.app.problem.ProblemType;
import io.stockhub.routes.ChannelDesk;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockQueries.LedgerReport;
import io.stockhub.stock.StockQueries.SkuTotals;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Reads of the stock master. */
@RestController
class StockController {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1_000;
    private static final String WHAT = "SKU";

    private final StockQueries stock;
    private final ChannelDesk channels;

    StockController(StockQueries stock, ChannelDesk channels) {
        this.stock = stock;
        this.channels = channels;
    }

    /** {@code next} is the {@code after} of the next page; null on the last. */
    record SkuPage(List<SkuTotals> skus, @Nullable String next) {}

    @GetMapping("/api/v1/stock")
    SkuPage list(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("after", "limit", "q"), Set.of("at", "knownAt"));
        int limit = query.limit(LIMIT_DEFAULT, LIMIT_MAX);
        List<SkuTotals> found = stock.list(query.text("after"), limit + 1, query.text("q"));
        boolean more = found.size() > limit;
        List<SkuTotals> page = more ? found.subList(0, limit) : found;
        return new SkuPage(page, more ? page.get(limit - 1).sku() : null);
    }

    @GetMapping("/api/v1/stock/{sku}")
    StockView get(@PathVariable String sku, HttpServletRequest request) {
        Query.of(request, Set.of(), Set.of("at", "knownAt"));
        return stock.stock(sku)
                .map(locations -> StockView.of(sku, locations, channels.listings(sku)))
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, WHAT, sku));
    }

    @GetMapping("/api/v1/stock/{sku}/movements")
    PostingPage movements(@PathVariable String sku, HttpServletRequest request) {
        Query query = Query.of(request, Set.of("after", "limit"), Set.of("at", "knownAt"));
        int limit = query.limit(LIMIT_DEFAULT, LIMIT_MAX);
        Long after = query.positive("after");
        if (stock.stock(sku).isEmpty()) {
            throw Ids.absent(ProblemType.NOT_FOUND, WHAT, sku);
        }
        return PostingPage.of(stock, sku, after == null ? 0 : after, limit);
    }

    /** {@code passes}: all but the first three are zero. */
    record LedgerView(
            long movements,
            long postings,
            long balances,
            long imbalanced,
            long negative,
            long balanceMismatch,
            long reservationMismatch,
            boolean passes) {}

    @GetMapping("/api/v1/ledger/verify")
    LedgerView verify() {
        LedgerReport report = stock.verify();
        return new LedgerView(
                report.movements(),
                report.postings(),
                report.balances(),
                report.imbalanced(),
                report.negative(),
                report.balanceMismatch(),
                report.reservationMismatch(),
                report.passes());
    }
}
