package io.stockhub.app.api;

import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.ChannelDesk.Exposure;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How many units could be oversold at this moment, in the worst case. */
@RestController
class ExposureController {
    private final ChannelDesk channels;

    ExposureController(ChannelDesk channels) {
        this.channels = channels;
    }

    /**
     * @param skus those that exist, by SKU
     * @param unknown SKUs of the call that nobody created
     */
    record View(List<Exposure> skus, List<String> unknown) {}

    @GetMapping("/api/v1/exposure")
    View get(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("sku"), Set.of(), Set.of("sku"));
        Set<String> asked = query.texts("sku", AvailabilityController.SKUS_MAX);
        List<Exposure> found = channels.exposure(List.copyOf(asked));
        Set<String> unknown = new LinkedHashSet<>(asked);
        found.forEach(one -> unknown.remove(one.sku()));
        return new View(found, List.copyOf(unknown));
    }
}
