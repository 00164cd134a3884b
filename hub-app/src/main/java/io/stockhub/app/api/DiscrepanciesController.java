package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.stock.DiscrepancyDesk;
import io.stockhub.stock.DiscrepancyDesk.Discrepancy;
import io.stockhub.stock.DiscrepancyDesk.Document;
import io.stockhub.stock.DiscrepancyDesk.Resolved;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What did not agree with its document. */
@RestController
class DiscrepanciesController {
    private static final String WHAT = "discrepancy";

    private final DiscrepancyDesk desk;

    DiscrepanciesController(DiscrepancyDesk desk) {
        this.desk = desk;
    }

    record Page(List<DiscrepancyView> discrepancies, @Nullable String next) {}

    @GetMapping("/api/v1/discrepancies")
    Page list(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("state", "document", "after", "limit"), Set.of());
        int limit = query.limit(Pages.LIMIT_DEFAULT, Pages.LIMIT_MAX);
        Long after = query.positive("after");
        List<Discrepancy> found = desk.discrepancies(
                Pages.open(query, "resolved"), document(query), after == null ? 0 : after, limit + 1);
        return new Page(
                Pages.cut(found, limit).stream().map(DiscrepancyView::of).toList(),
                Pages.next(found, limit, last -> Long.toString(last.id())));
    }

    private static @Nullable Document document(Query query) {
        String document = query.text("document");
        return switch (document) {
            case null -> null;
            case "inbound" -> Document.INBOUND;
            case "transfer" -> Document.TRANSFER;
            default -> throw query.invalid("document", "\"" + document + "\" (expected: inbound or transfer)");
        };
    }

    @PostMapping("/api/v1/discrepancies/{id}/resolve")
    ResponseEntity<DiscrepancyView> resolve(@PathVariable String id, Fields body, Caller caller) {
        body.allow(Set.of("resolution", "note"), Set.of());
        long number = Ids.ofPath(id, ProblemType.NOT_FOUND, WHAT);
        Resolved resolved = desk.resolve(number, body.text("resolution"), body.optionalText("note"), caller.name());
        return switch (resolved) {
            case Resolved.Done(Discrepancy done, boolean replayed) -> {
                ResponseEntity.BodyBuilder builder = ResponseEntity.ok();
                if (replayed) {
                    builder.header(CommandKey.REPLAYED, "true");
                }
                yield builder.body(DiscrepancyView.of(done));
            }
            case Resolved.Unknown unknown -> throw Ids.absent(ProblemType.NOT_FOUND, WHAT, id);
            case Resolved.OfAnInbound(Discrepancy found) ->
                throw Problem.of(
                                ProblemType.WRONG_STATE,
                                "It belongs to inbound \"" + found.reference() + "\" at " + found.location()
                                        + " and is resolved when that is closed.")
                        .asException();
            case Resolved.Otherwise(Discrepancy found) ->
                throw Problem.of(
                                ProblemType.WRONG_STATE,
                                "It was resolved as \"" + found.resolution() + "\" at " + found.resolvedAt() + ".")
                        .with("discrepancy", DiscrepancyView.of(found))
                        .asException();
        };
    }
}
