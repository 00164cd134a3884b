package io.stockhub.app.api;

import io.stockhub.app.problem.ProblemType;
import io.stockhub.routes.ChannelDesk;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockQueries.AsOf;
import io.stockhub.stock.StockQueries.SkuStock;
import io.stockhub.stock.StockQueries.SkuTotals;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
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
        AsOf asOf = asOf(Query.of(request, Set.of("at", "knownAt"), Set.of()));
        return stock.stock(sku, asOf)
                .map(found -> view(sku, asOf, found))
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, WHAT, sku));
    }

    private static AsOf asOf(Query query) {
        Instant knownAt = query.instant("knownAt");
        if (knownAt != null && knownAt.isAfter(Instant.now())) {
            throw query.invalid("knownAt", knownAt + " lies in the future (expected: now or earlier)");
        }
        return new AsOf(query.instant("at"), knownAt);
    }

    private StockView view(String sku, AsOf asOf, SkuStock found) {
        Instant told = asOf.told();
        return told == null
                ? StockView.now(sku, found, channels.listings(sku))
                : StockView.past(sku, asOf, found, channels.told(sku, told));
    }

    @GetMapping("/api/v1/stock/{sku}/movements")
    PostingPage movements(@PathVariable String sku, HttpServletRequest request) {
        Query query = Query.of(request, Set.of("after", "limit"), Set.of());
        int limit = query.limit(LIMIT_DEFAULT, LIMIT_MAX);
        Long after = query.positive("after");
        if (stock.stock(sku).isEmpty()) {
            throw Ids.absent(ProblemType.NOT_FOUND, WHAT, sku);
        }
        return PostingPage.of(stock, sku, after == null ? 0 : after, limit);
    }
}
