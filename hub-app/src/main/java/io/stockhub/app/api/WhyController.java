package io.stockhub.app.api;

import io.stockhub.app.problem.ProblemType;
import io.stockhub.stock.availability.AvailabilityDesk;
import io.stockhub.stock.availability.Derivation;
import io.stockhub.stock.availability.Expected;
import io.stockhub.stock.availability.Promise;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a channel may sell of a SKU: how the number comes about, and what may be promised for later days. */
@RestController
class WhyController {
    private final AvailabilityDesk availability;

    WhyController(AvailabilityDesk availability) {
        this.availability = availability;
    }

    /** The tree: its {@code quantity} is the sum of its children's. */
    record Why(
            String sku,
            String channel,
            long ats,
            long rulesVersion,
            Node derivation,
            @Nullable String scarcest,
            List<Component> components) {}

    record Node(String title, long quantity, List<String> notes, List<Node> children) {}

    record Component(String sku, long perUnit, long bundles, Node derivation) {}

    @GetMapping("/api/v1/stock/{sku}/why")
    Why why(@PathVariable String sku, HttpServletRequest request) {
        String channel = channel(request);
        return availability
                .why(sku, channel)
                .map(WhyController::view)
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "SKU or channel", sku + " / " + channel));
    }

    private static Why view(Derivation found) {
        return new Why(
                found.sku(),
                found.channel(),
                found.ats(),
                found.rulesVersion(),
                node(found.tree()),
                found.scarcest(),
                found.components().stream()
                        .map(component -> new Component(
                                component.sku(), component.perUnit(), component.bundles(), node(component.tree())))
                        .toList());
    }

    private static Node node(Derivation.Node node) {
        return new Node(
                node.title(),
                node.quantity(),
                node.notes(),
                node.children().stream().map(WhyController::node).toList());
    }

    /** {@code backordered} by stocked SKU. */
    record PromiseView(
            String sku,
            String channel,
            long rulesVersion,
            List<Step> steps,
            Map<String, Long> backordered,
            List<Coming> expected,
            List<Coming> notCounted) {}

    record Step(String date, long quantity) {}

    record Coming(String sku, @Nullable String date, String location, long quantity, String reference) {}

    @GetMapping("/api/v1/stock/{sku}/promise")
    PromiseView promise(@PathVariable String sku, HttpServletRequest request) {
        String channel = channel(request);
        return availability
                .promise(sku, channel)
                .map(WhyController::view)
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "SKU or channel", sku + " / " + channel));
    }

    private static PromiseView view(Promise promise) {
        return new PromiseView(
                promise.sku(),
                promise.channel(),
                promise.rulesVersion(),
                promise.steps().stream()
                        .map(step -> new Step(step.date().toString(), step.quantity()))
                        .toList(),
                new TreeMap<>(promise.backordered()),
                promise.counted().stream().map(WhyController::coming).toList(),
                promise.notCounted().stream().map(WhyController::coming).toList());
    }

    private static Coming coming(Expected expected) {
        return new Coming(
                expected.sku(),
                expected.date() == null ? null : expected.date().toString(),
                expected.location(),
                expected.quantity(),
                expected.reference());
    }

    private static String channel(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("channel"), Set.of("at", "knownAt"));
        String channel = query.text("channel");
        if (channel == null) {
            throw query.invalid("channel", "missing (expected: the channel that is asked about)");
        }
        return channel;
    }
}
