package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.routes.Reconciliation;
import io.stockhub.routes.Reconciliation.Decided;
import io.stockhub.routes.Reconciliation.Decision;
import io.stockhub.routes.Reconciliation.Reading;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far the reading of a whole channel has come, and what people decide about drift. */
@RestController
class ReconciliationController {
    private final Reconciliation reconciliation;

    ReconciliationController(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @GetMapping("/api/v1/channels/{channel}/reconcile")
    Reading reading(@PathVariable String channel) {
        return reconciliation.reading(channel).orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "channel", channel));
    }

    @PostMapping("/api/v1/drifts/{id}/decide")
    DriftsController.View decide(@PathVariable String id, Fields body, Caller caller) {
        body.allow(Set.of("decision", "reason"), Set.of());
        String reason = body.text("reason");
        if (reason.isBlank()) {
            throw body.invalid("reason", "empty (expected: why it is right)");
        }
        long number = Ids.ofPath(id, ProblemType.NOT_FOUND, "drift");
        return switch (reconciliation.decide(number, decision(body), caller.name(), reason)) {
            case Decided.Done(var drift) -> DriftsController.View.of(drift);
            case Decided.NoSuchDrift() -> throw Ids.absent(ProblemType.NOT_FOUND, "drift", id);
            case Decided.NothingToDecide(String why) ->
                throw Problem.of(
                                ProblemType.WRONG_STATE,
                                "There is nothing to decide about drift " + id + ": " + why + ".")
                        .asException();
        };
    }

    private static Decision decision(Fields body) {
        String text = body.text("decision");
        return Arrays.stream(Decision.values())
                .filter(one -> one.code().equals(text))
                .findFirst()
                .orElseThrow(() -> body.invalid(
                        "decision",
                        "\"" + text + "\" (expected: "
                                + Arrays.stream(Decision.values())
                                        .map(Decision::code)
                                        .collect(Collectors.joining(" or "))
                                + ")"));
    }
}
