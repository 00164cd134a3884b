package io.stockhub.app.console;

import io.stockhub.routes.ChannelDesk.Listing;
import io.stockhub.stock.StockQueries.SkuTotals;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The table of SKUs: one column per channel.
 *
 * @param nextHref link to the next page; null on the last
 */
record StockTable(List<String> channels, List<Row> rows, @Nullable String nextHref) {

    /** Which part of the stock a visitor looks at. */
    record View(@Nullable String query, @Nullable String after) {
        static View of(@Nullable String query, @Nullable String after) {
            return new View(blankToNull(query), blankToNull(after));
        }

        /** The same search, starting after a SKU. */
        String hrefAfter(String sku) {
            return "/?" + (query == null ? "" : "q=" + encode(query) + "&") + "after=" + encode(sku);
        }

        private static @Nullable String blankToNull(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    record Row(String sku, String href, String title, long available, long reserved, List<Cell> cells) {}

    /**
     * What a channel shows of a SKU.
     *
     * @param confirmed what the channel accepted last, or a dash
     * @param next the number on its way; null when there is none
     * @param error why the last try failed; null when it did not
     */
    record Cell(String channel, String confirmed, @Nullable Long next, @Nullable String error) {
        private static final String NOTHING = "–";

        static Cell of(String channel, @Nullable Listing listing) {
            if (listing == null) {
                return new Cell(channel, NOTHING, null, null);
            }
            boolean onItsWay = listing.wanted() != null && !Objects.equals(listing.wanted(), listing.confirmed());
            return new Cell(
                    channel,
                    listing.confirmed() == null ? NOTHING : listing.confirmed().toString(),
                    onItsWay ? listing.wanted() : null,
                    onItsWay ? listing.lastError() : null);
        }
    }

    static StockTable of(View view, List<String> channels, List<SkuTotals> found, List<Listing> listings, int size) {
        List<SkuTotals> page = found.size() > size ? found.subList(0, size) : found;
        Map<String, Map<String, Listing>> bySku = new HashMap<>();
        listings.forEach(listing ->
                bySku.computeIfAbsent(listing.sku(), none -> new HashMap<>()).put(listing.channel(), listing));
        List<Row> rows = page.stream()
                .map(sku -> row(sku, channels, bySku.getOrDefault(sku.sku(), Map.of())))
                .toList();
        String next = found.size() > size ? view.hrefAfter(page.get(size - 1).sku()) : null;
        return new StockTable(channels, rows, next);
    }

    private static Row row(SkuTotals sku, List<String> channels, Map<String, Listing> listings) {
        List<Cell> cells = channels.stream()
                .map(channel -> Cell.of(channel, listings.get(channel)))
                .toList();
        return new Row(sku.sku(), Said.sku(sku.sku()), sku.title(), sku.available(), sku.reserved(), cells);
    }
}
