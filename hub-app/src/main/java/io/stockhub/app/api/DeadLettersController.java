package io.stockhub.app.api;

import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.DeadLetters.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Messages that we stopped trying. Those that are open, unless another state is asked for. */
@RestController
class DeadLettersController {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1_000;
    private static final Set<String> STATES = Set.of("open", "replaying", "resolved", "discarded");
    private static final Set<String> PARAMETERS =
            Set.of("cause", "channel", "sku", "since", "state", "groupBy", "after", "limit");

    private final DeadLetters deadLetters;

    DeadLettersController(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** {@code next} is the {@code after} of the next page; null on the last. */
    record Page(List<DeadLetterView> deadLetters, @Nullable String next) {}

    record Causes(List<DeadLetterView.Cause> causes) {}

    /** What stays as it is, at most 1,000, each with the reason. */
    record DiscardView(long discarded, List<RefusedView> refused) {}

    record RefusedView(String id, String message) {}

    @PostMapping("/api/v1/dead-letters/discard")
    DiscardView discard(Fields body, Caller caller) {
        body.allow(Set.of("ids", "filter", "reason"), Set.of());
        String reason = body.text("reason");
        if (reason.isBlank()) {
            throw body.invalid("reason", "empty (expected: why they shall have no effect)");
        }
        List<Long> ids = Chosen.ids(body);
        Filter filter = Chosen.filter(body.optionalObject("filter"));
        if (ids.isEmpty() == (filter == null)) {
            throw body.invalid("ids", "(expected: either ids or a filter)");
        }
        try {
            DeadLetters.Discarded done = deadLetters.discard(ids, filter, reason, caller.name());
            return new DiscardView(
                    done.count(),
                    done.refused().stream()
                            .map(one -> new RefusedView(Long.toString(one.id()), one.message()))
                            .toList());
        } catch (IllegalArgumentException refused) {
            throw Chosen.refused(body, refused);
        }
    }

    @GetMapping("/api/v1/dead-letters")
    Object list(HttpServletRequest request) {
        Query query = Query.of(request, PARAMETERS, Set.of());
        Filter filter = new Filter(
                query.text("channel"), query.text("cause"), query.text("sku"), query.instant("since"), state(query));
        if (groupedByCause(query)) {
            return new Causes(deadLetters.byCause(filter).stream()
                    .map(DeadLetterView.Cause::of)
                    .toList());
        }
        int limit = query.limit(LIMIT_DEFAULT, LIMIT_MAX);
        List<DeadLetter> found = deadLetters.list(filter, query.positive("after"), limit + 1);
        boolean more = found.size() > limit;
        List<DeadLetter> page = more ? found.subList(0, limit) : found;
        return new Page(
                page.stream().map(DeadLetterView::of).toList(),
                more ? Long.toString(page.get(limit - 1).id()) : null);
    }

    @GetMapping("/api/v1/dead-letters/{id}")
    DeadLetterView.Detail get(@PathVariable String id) {
        long number = Ids.ofPath(id, ProblemType.NOT_FOUND, "dead letter");
        return deadLetters
                .get(number)
                .map(DeadLetterView.Detail::of)
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "dead letter", id));
    }

    private static boolean groupedByCause(Query query) {
        String groupBy = query.text("groupBy");
        if (groupBy != null && !groupBy.equals("cause")) {
            throw query.invalid("groupBy", "\"" + groupBy + "\" (expected: cause)");
        }
        return groupBy != null;
    }

    private static @Nullable String state(Query query) {
        String state = query.text("state");
        if (state == null) {
            return "open";
        }
        if (state.equals("any")) {
            return null;
        }
        if (!STATES.contains(state)) {
            throw query.invalid("state", "\"" + state + "\" (expected: open, replaying, resolved, discarded or any)");
        }
        return state;
    }
}
