package io.stockhub.app.api;

import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Catalogue.Conflict;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Names that two SKUs claim, for review. */
@RestController
class AliasesController {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1_000;
    private static final Set<String> PARAMETERS = Set.of("state", "after", "limit");

    private final Catalogue catalogue;

    AliasesController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A conflict on the wire. */
    record View(
            String id,
            String system,
            String alias,
            String wantedBy,
            String owner,
            String state,
            long times,
            String firstSeenAt,
            String lastSeenAt,
            @Nullable String settledBy,
            @Nullable String settledAt) {
        static View of(Conflict conflict) {
            return new View(
                    Long.toString(conflict.id()),
                    conflict.system(),
                    conflict.alias(),
                    conflict.wantedBy(),
                    conflict.owner(),
                    conflict.open() ? "open" : "settled",
                    conflict.times(),
                    conflict.firstSeenAt().toString(),
                    conflict.lastSeenAt().toString(),
                    conflict.settledBy(),
                    conflict.settledAt() == null ? null : conflict.settledAt().toString());
        }
    }

    /** {@code next} is the {@code after} of the next page; null on the last. */
    record Page(List<View> conflicts, @Nullable String next) {}

    @GetMapping("/api/v1/aliases/conflicts")
    Page list(HttpServletRequest request) {
        Query query = Query.of(request, PARAMETERS, Set.of());
        int limit = query.limit(LIMIT_DEFAULT, LIMIT_MAX);
        Long after = query.positive("after");
        List<Conflict> found = catalogue.conflicts(open(query), after == null ? 0 : after, limit + 1);
        boolean more = found.size() > limit;
        List<View> page = found.stream().limit(limit).map(View::of).toList();
        return new Page(page, more ? page.getLast().id() : null);
    }

    @PostMapping("/api/v1/aliases/conflicts/{id}/settle")
    View settle(@PathVariable String id, Caller caller) {
        long number = Ids.ofPath(id, ProblemType.NOT_FOUND, "conflict");
        return catalogue
                .settle(number, caller.name())
                .map(View::of)
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "conflict", id));
    }

    @Nullable
    private static Boolean open(Query query) {
        String state = query.text("state");
        return switch (state == null ? "open" : state) {
            case "open" -> true;
            case "settled" -> false;
            case "any" -> null;
            default -> throw query.invalid("state", "\"" + state + "\" (expected: open, settled or any)");
        };
    }
}
