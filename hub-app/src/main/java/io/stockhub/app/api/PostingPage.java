package io.stockhub.app.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stockhub.stock.Detail;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockQueries.PostingView;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Postings of a SKU, newest last; {@code next} is the {@code after} of the next page, null on the last. */
record PostingPage(String sku, List<Posting> postings, @Nullable String next) {
    /** More postings of one SKU than one movement can have: 1,000 lines at a few locations each. */
    private static final int MOVEMENT_MAX = 100_000;

    /** The order that a posting was for. */
    record Order(String reservationId, String channel, String orderRef) {}

    /**
     * One posting; what does not apply is null or left out.
     *
     * @param location where the units are after it, {@code fromLocation} where they were when that is elsewhere
     * @param bin where the units are after it, {@code fromBin} before; both null where no bin is known
     * @param onHand units of the SKU inside our walls after it, at all locations; {@code available} of those
     */
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
            long quantity,
            long onHand,
            long available,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String fromLocation,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String lot,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String serial,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String fromBin,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String bin,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String fromPool,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String pool,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String holder,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Order order,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reverses,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reversedBy) {}

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
                posting.quantity(),
                posting.onHand(),
                posting.available(),
                posting.fromLocation().equals(posting.location()) ? null : posting.fromLocation(),
                either(posting, Detail::lot),
                either(posting, Detail::serial),
                StockView.orNull(posting.fromDetail().bin()),
                StockView.orNull(posting.toDetail().bin()),
                StockView.orNull(posting.fromDetail().pool()),
                StockView.orNull(posting.toDetail().pool()),
                either(posting, Detail::holder),
                order(posting.order()),
                id(posting.reverses()),
                id(posting.reversedBy()));
    }

    /** The outside world knows no lots and serials: what one of the two accounts says is so. */
    private static @Nullable String either(PostingView posting, Function<Detail, String> field) {
        String to = field.apply(posting.toDetail());
        return StockView.orNull(to.isEmpty() ? field.apply(posting.fromDetail()) : to);
    }

    private static @Nullable Order order(StockQueries.@Nullable OrderRef order) {
        return order == null
                ? null
                : new Order(Long.toString(order.reservationId()), order.channel(), order.orderRef());
    }

    private static @Nullable String id(@Nullable Long number) {
        return number == null ? null : Long.toString(number);
    }
}
