package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.stock.Command;
import io.stockhub.stock.routing.Candidate;
import io.stockhub.stock.routing.RoutingDesk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where an order would ship from, and why, without reserving anything. */
@RestController
class RoutingController {
    private static final Set<String> FIELDS = Set.of("channel", "customer", "priority", "shipTo", "lines");

    private final RoutingDesk routing;
    private final BaseUnits units;

    RoutingController(RoutingDesk routing, BaseUnits units) {
        this.routing = routing;
        this.units = units;
    }

    /** {@code unlisted} is how many further ways there were. */
    record RoutingView(List<ReservationView.Line> lines, List<Candidate> candidates, int unlisted) {}

    @PostMapping("/api/v1/routing/try")
    RoutingView tryOut(Fields body) {
        body.allow(FIELDS, Set.of());
        List<Command.Line> lines = CommandBody.lines(body, units);
        Map<String, Long> demand = new LinkedHashMap<>();
        lines.forEach(line -> demand.merge(line.sku(), line.quantity(), Long::sum));
        Command.Terms terms = OrderBody.terms(body);
        RoutingDesk.Question question = new RoutingDesk.Question(
                body.text("channel"),
                terms.customer(),
                terms.priority(),
                OrderBody.shipTo(body.optionalObject("shipTo")),
                demand);
        return switch (routing.tryOut(question)) {
            case RoutingDesk.Trial.Routed routed ->
                new RoutingView(
                        routed.lines().stream().map(ReservationView::line).toList(),
                        routed.plan().candidates(),
                        routed.plan().unlisted());
            case RoutingDesk.Trial.UnknownSku unknown ->
                throw Problem.ofField(
                                ProblemType.UNKNOWN_SKU,
                                "lines[" + unknown.line() + "].sku",
                                "\"" + unknown.sku() + "\" (expected: a SKU that exists)")
                        .asException();
        };
    }
}
