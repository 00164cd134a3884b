package io.stockhub.app.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stockhub.routes.ChannelDesk;
import io.stockhub.stock.Detail;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockQueries.SkuStock;
import io.stockhub.stock.StockState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One SKU on the wire, now or as of a moment.
 *
 * @param expected what is on its way to us, by date; null is a date that nobody named
 * @param components what one unit of a bundle is made of; left out for other SKUs
 * @param asOf the moment that was asked for; left out for now
 */
record StockView(
        String sku,
        List<Location> locations,
        List<Channel> channels,
        List<Expected> expected,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Component> components,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AsOf asOf) {

    /**
     * {@code available} and {@code reserved} are always there, other states where they are not zero; {@code details}
     * only where there is more than plain units.
     */
    record Location(
            String location,
            Map<String, Long> states,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Units> details) {}

    /** Units that something tells apart; what does not apply is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Units(
            String state,
            long quantity,
            @Nullable String lot,
            @Nullable LocalDate expiry,
            @Nullable String serial,
            @Nullable String bin,
            @Nullable String pool,
            @Nullable String holder) {}

    /**
     * {@code ats} and {@code dirtySince} are of now alone: null in the past; what became of a number after it was confirmed
     * is left out there.
     */
    record Channel(
            String channel,
            @Nullable Long ats,
            @Nullable Long wanted,
            @Nullable Long sent,
            @Nullable Long confirmed,
            @Nullable Instant dirtySince,
            @JsonInclude(JsonInclude.Include.NON_NULL) ChannelDesk.@Nullable Proof proof) {}

    record Expected(@Nullable LocalDate date, long quantity) {}

    record Component(String sku, long quantity) {}

    record AsOf(@Nullable Instant at, @Nullable Instant knownAt) {}

    static StockView now(String sku, SkuStock stock, List<ChannelDesk.Listing> listings) {
        return of(sku, stock, listings.stream().map(StockView::channel).toList(), null);
    }

    static StockView past(String sku, StockQueries.AsOf asOf, SkuStock stock, List<ChannelDesk.Told> told) {
        List<Channel> channels = told.stream()
                .map(one -> new Channel(one.channel(), null, one.wanted(), one.sent(), one.confirmed(), null, null))
                .toList();
        return of(sku, stock, channels, new AsOf(asOf.at(), asOf.knownAt()));
    }

    private static StockView of(String sku, SkuStock stock, List<Channel> channels, @Nullable AsOf asOf) {
        return new StockView(
                sku,
                stock.places().stream().map(StockView::location).toList(),
                channels,
                stock.expected().stream()
                        .map(one -> new Expected(one.date(), one.quantity()))
                        .toList(),
                stock.components().stream()
                        .map(one -> new Component(one.sku(), one.quantity()))
                        .toList(),
                asOf);
    }

    private static Location location(StockQueries.Place place) {
        Map<String, Long> states = new TreeMap<>();
        states.put(StockState.AVAILABLE.code(), 0L);
        states.put(StockState.RESERVED.code(), 0L);
        place.states().forEach((state, quantity) -> states.put(state.code(), quantity));
        return new Location(
                place.location(),
                states,
                place.details().stream().map(StockView::units).toList());
    }

    private static Units units(StockQueries.HeldUnits units) {
        Detail detail = units.detail();
        return new Units(
                units.state().code(),
                units.quantity(),
                orNull(detail.lot()),
                units.expiry(),
                orNull(detail.serial()),
                orNull(detail.bin()),
                orNull(detail.pool()),
                orNull(detail.holder()));
    }

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Channel channel(ChannelDesk.Listing listing) {
        return new Channel(
                listing.channel(),
                listing.ats(),
                listing.wanted(),
                listing.sent(),
                listing.confirmed(),
                listing.dirtySince(),
                listing.proof());
    }
}
