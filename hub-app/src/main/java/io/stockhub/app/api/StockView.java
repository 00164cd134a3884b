package io.stockhub.app.api;

import io.stockhub.routes.ChannelDesk;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One SKU on the wire. {@code expected} is what is on its way to us; nothing is announced yet in this version. */
record StockView(String sku, List<Location> locations, List<Channel> channels, List<Expected> expected) {

    /** {@code available} and {@code reserved} are always there, other states where they are not zero. */
    record Location(String location, Map<String, Long> states) {}

    record Channel(
            String channel,
            long ats,
            @Nullable Long wanted,
            @Nullable Long sent,
            @Nullable Long confirmed,
            @Nullable Instant dirtySince) {}

    record Expected(String date, long quantity) {}

    static StockView of(String sku, List<StockQueries.LocationStock> stock, List<ChannelDesk.Listing> listings) {
        return new StockView(
                sku,
                stock.stream().map(StockView::location).toList(),
                listings.stream().map(StockView::channel).toList(),
                List.of());
    }

    private static Location location(StockQueries.LocationStock stock) {
        Map<String, Long> states = new TreeMap<>();
        states.put(StockState.AVAILABLE.code(), 0L);
        states.put(StockState.RESERVED.code(), 0L);
        stock.states().forEach((state, quantity) -> states.put(state.code(), quantity));
        return new Location(stock.location(), states);
    }

    private static Channel channel(ChannelDesk.Listing listing) {
        return new Channel(
                listing.channel(),
                listing.ats(),
                listing.wanted(),
                listing.sent(),
                listing.confirmed(),
                listing.dirtySince());
    }
}
