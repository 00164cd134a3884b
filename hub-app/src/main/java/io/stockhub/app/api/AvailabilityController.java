package io.stockhub.app.api;

import io.stockhub.app.problem.ProblemType;
import io.stockhub.stock.availability.AvailabilityDesk;
import io.stockhub.stock.availability.AvailabilityDesk.Offer;
import io.stockhub.stock.availability.AvailabilityDesk.Offers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What may be sold of many SKUs, in one call and one moment. Nothing is cached. */
@RestController
class AvailabilityController {
    static final int SKUS_MAX = 100;
    private static final Set<String> PARAMETERS = Set.of("sku", "channel");

    private final AvailabilityDesk availability;

    AvailabilityController(AvailabilityDesk availability) {
        this.availability = availability;
    }

    /**
     * @param skus in the order of the call
     * @param unknown SKUs of the call that nobody created
     */
    record View(List<Available> skus, List<String> unknown) {}

    /** {@code ats}: available to sell, by channel. */
    record Available(String sku, long available, long reserved, Map<String, Long> ats) {}

    @GetMapping("/api/v1/availability")
    View get(HttpServletRequest request) {
        Query query = Query.of(request, PARAMETERS, Set.of(), Set.of("sku"));
        Set<String> asked = query.texts("sku", SKUS_MAX);
        String channel = query.text("channel");
        Offers offers = availability.offers(asked);
        if (channel != null && !offers.channels().contains(channel)) {
            throw Ids.absent(ProblemType.NOT_FOUND, "channel", channel);
        }
        return view(asked, channel, offers.offers());
    }

    private static View view(Set<String> asked, @Nullable String channel, List<Offer> offers) {
        Map<String, Offer> bySku = new TreeMap<>();
        offers.forEach(offer -> bySku.put(offer.sku(), offer));
        List<Available> skus = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>(asked);
        for (String sku : asked) {
            Offer offer = bySku.get(sku);
            if (offer != null) {
                unknown.remove(sku);
                skus.add(new Available(sku, offer.available(), offer.reserved(), ats(offer, channel)));
            }
        }
        return new View(skus, List.copyOf(unknown));
    }

    private static Map<String, Long> ats(Offer offer, @Nullable String channel) {
        return channel == null ? offer.ats() : Map.of(channel, offer.ats().getOrDefault(channel, 0L));
    }
}
