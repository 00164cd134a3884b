package io.stockhub.app.api;

import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockQueries.PostingView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Postings of a SKU, newest last; {@code next} is the {@code after} of the next page, null on the last. */
record PostingPage(String sku, List<Posting> postings, @Nullable String next) {
    /** More postings of one SKU than one movement can have: 1,000 lines at a few locations each. */
    private static final int MOVEMENT_MAX = 100_000;

    record Posting(
            String movementId,
            long sequence,
            int line,
            String kind,
            @Nullable String reference,
            @Nullable String reason,
            String actor,
            Instant occurredAt,
            Instant recordedAt,
            String location,
            String from,
            String to,
            long quantity) {}

    /**
     * Pages end between movements, since the next page starts after a movement: postings of a movement that does not
     * fit go to the next page, and a movement larger than a page is a page of its own.
     */
    static PostingPage of(StockQueries stock, String sku, long after, int limit) {
        List<PostingView> found = stock.postings(sku, after, limit + 1);
        if (found.size() <= limit) {
            return page(sku, found, null);
        }
        long cut = found.get(limit).movementId();
        List<PostingView> whole =
                found.stream().filter(posting -> posting.movementId() < cut).toList();
        if (whole.isEmpty()) {
            whole = stock.postings(sku, after, MOVEMENT_MAX).stream()
                    .filter(posting -> posting.movementId() == cut)
                    .toList();
        }
        return page(sku, whole, whole.get(whole.size() - 1).movementId());
    }

    private static PostingPage page(String sku, List<PostingView> postings, @Nullable Long next) {
        return new PostingPage(
                sku, postings.stream().map(PostingPage::view).toList(), next == null ? null : Long.toString(next));
    }

    private static Posting view(PostingView posting) {
        return new Posting(
                Long.toString(posting.movementId()),
                posting.movementId(),
                posting.line(),
                posting.kind().code(),
                posting.reference(),
                posting.reason(),
                posting.actor(),
                posting.occurredAt(),
                posting.recordedAt(),
                posting.location(),
                posting.from().code(),
                posting.to().code(),
                posting.quantity());
    }
}
