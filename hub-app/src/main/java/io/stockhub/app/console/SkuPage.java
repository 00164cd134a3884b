package io.stockhub.app.console;

import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.ChannelDesk.Exposure;
import io.stockhub.routes.ChannelDesk.Listing;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockQueries.AsOf;
import io.stockhub.stock.StockQueries.SkuStock;
import io.stockhub.stock.StockState;
import io.stockhub.stock.availability.AvailabilityDesk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One SKU: where its units are, what each channel was told, why that number, and what could go wrong with it. */
@Controller
class SkuPage {
    private final StockQueries stock;
    private final ChannelDesk channels;
    private final AvailabilityDesk availability;
    private final Catalogue catalogue;

    SkuPage(StockQueries stock, ChannelDesk channels, AvailabilityDesk availability, Catalogue catalogue) {
        this.stock = stock;
        this.catalogue = catalogue;
        this.channels = channels;
        this.availability = availability;
    }

    /** @param units one for each state of the table, in its order */
    record Place(String location, List<Units> units) {}

    record Units(String state, String number, boolean some) {}

    /** @param note what a person wants to know about the numbers of the row; null when all is well */
    record Told(
            String channel,
            String wanted,
            String sent,
            String accepted,
            String applied,
            String verified,
            @Nullable String verifiedAt,
            @Nullable String note,
            String whyHref,
            boolean current) {
        static Told of(Listing listing, String whyHref, boolean current) {
            return new Told(
                    listing.channel(),
                    number(listing.wanted()),
                    number(listing.sent()),
                    number(listing.confirmed()),
                    number(listing.proof().applied()),
                    number(listing.proof().verified()),
                    listing.proof().verifiedAt() == null
                            ? null
                            : Words.time(listing.proof().verifiedAt()),
                    note(listing),
                    whyHref,
                    current);
        }

        private static @Nullable String note(Listing listing) {
            if (listing.dirtySince() == null || Objects.equals(listing.wanted(), listing.confirmed())) {
                return null;
            }
            String since = "On its way since " + Words.time(listing.dirtySince());
            return listing.lastError() == null ? since : since + ": " + listing.lastError();
        }

        private static String number(@Nullable Long number) {
            return number == null ? "–" : Words.number(number);
        }
    }

    @GetMapping("/stock")
    String page(
            @RequestParam String sku,
            @RequestParam(required = false) @Nullable String channel,
            Authentication who,
            Model model) {
        Visitor.addTo(model, who);
        SkuStock found = stock.stock(sku, AsOf.NOW)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no SKU “" + sku + "”."));
        List<Listing> listings = channels.listings(sku);
        String chosen = Said.orNull(channel) != null || listings.isEmpty()
                ? Said.orNull(channel)
                : listings.getFirst().channel();
        model.addAttribute("sku", sku);
        model.addAttribute("title", catalogue.sku(sku).map(Catalogue.Sku::title).orElse(null));
        addPlaces(model, found);
        model.addAttribute(
                "told",
                listings.stream()
                        .map(listing -> Told.of(
                                listing,
                                Said.sku(sku) + "&channel=" + Said.encode(listing.channel()) + "#why",
                                listing.channel().equals(chosen)))
                        .toList());
        model.addAttribute("components", found.components());
        model.addAttribute(
                "expected",
                found.expected().stream()
                        .map(one -> Words.count(one.quantity(), "unit", "units")
                                + (one.date() == null ? ", nobody said when" : " on " + one.date()))
                        .toList());
        model.addAttribute(
                "why", chosen == null ? null : availability.why(sku, chosen).orElse(null));
        Exposure exposure = channels.exposure(List.of(sku)).stream().findFirst().orElse(null);
        model.addAttribute("exposure", exposure);
        model.addAttribute("inboxHref", "/inbox?q=" + Said.encode(sku));
        return "sku";
    }

    /** Columns are the states that any location has, available and reserved always. */
    private static void addPlaces(Model model, SkuStock found) {
        Map<StockState, Long> totals = new EnumMap<>(StockState.class);
        totals.put(StockState.AVAILABLE, 0L);
        totals.put(StockState.RESERVED, 0L);
        found.places()
                .forEach(place -> place.states().forEach((state, units) -> totals.merge(state, units, Long::sum)));
        List<Place> places = new ArrayList<>();
        found.places().forEach(place -> places.add(new Place(place.location(), units(totals, place.states()))));
        model.addAttribute("states", totals.keySet().stream().map(SkuPage::name).toList());
        model.addAttribute("places", places);
        model.addAttribute("totals", units(totals, totals));
    }

    private static List<Units> units(Map<StockState, Long> columns, Map<StockState, Long> units) {
        return columns.keySet().stream()
                .map(state -> {
                    long number = units.getOrDefault(state, 0L);
                    return new Units(name(state), Words.number(number), number != 0);
                })
                .toList();
    }

    private static String name(StockState state) {
        String words = state.code().replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
