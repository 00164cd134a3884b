package io.stockhub.app.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.routes.Undos;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Undoes what came in together, and says beforehand what that would do. */
@RestController
class UndosController {
    private static final Set<String> PLAN = Set.of("run", "source", "since", "until");
    private static final Set<String> START = Set.of("run", "source", "since", "until", "reason");
    private static final int ITEMS_SHOWN = 1_000;
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 200;

    private final Undos undos;

    UndosController(Undos undos) {
        this.undos = undos;
    }

    record Runs(List<RunView> runs) {}

    record RunView(String run, Instant at, String source, String what, long documents) {}

    @GetMapping("/api/v1/undos/runs")
    Runs runs(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("limit"), Set.of());
        return new Runs(undos.recent(query.limit(LIMIT_DEFAULT, LIMIT_MAX)).stream()
                .map(run -> new RunView(run.run(), run.at(), run.source(), run.what(), run.documents()))
                .toList());
    }

    /** {@code outcome} is null while one waits; {@code message} says what stays. */
    record ItemView(String number, String kind, String what, @Nullable String outcome, @Nullable String message) {
        static ItemView of(Undos.Item item) {
            return new ItemView(
                    Long.toString(item.number()),
                    item.kind(),
                    item.what(),
                    item.outcome() == null ? null : item.outcome().code(),
                    item.message());
        }
    }

    /** {@code items} are at most 1,000, those that cannot be undone whole first. */
    record PlanView(String run, long total, Map<String, Long> counts, List<ItemView> items) {}

    @PostMapping("/api/v1/undos/plan")
    PlanView plan(Fields body) {
        body.allow(PLAN, Set.of());
        Undos.Run run = run(body);
        Undos.Plan plan;
        try {
            plan = undos.plan(run);
        } catch (IllegalArgumentException refused) {
            throw Chosen.refused(body, refused);
        }
        Map<String, Long> counts = new TreeMap<>();
        plan.items().forEach(item -> counts.merge(outcome(item).code(), 1L, Long::sum));
        List<ItemView> shown = plan.items().stream()
                .sorted((a, b) -> Boolean.compare(stays(b), stays(a)))
                .limit(ITEMS_SHOWN)
                .map(ItemView::of)
                .toList();
        return new PlanView(plan.run(), plan.items().size(), counts, shown);
    }

    private static Undos.Outcome outcome(Undos.Item item) {
        return Objects.requireNonNull(item.outcome());
    }

    private static boolean stays(Undos.Item item) {
        return outcome(item) == Undos.Outcome.KEPT || outcome(item) == Undos.Outcome.IN_PART;
    }

    record Started(String undoId) {}

    @PostMapping("/api/v1/undos")
    ResponseEntity<Started> start(Fields body, Caller caller) {
        body.allow(START, Set.of());
        Undos.Run run = run(body);
        String reason = body.text("reason");
        long id;
        try {
            id = undos.start(run, reason, caller.name());
        } catch (IllegalArgumentException refused) {
            throw Chosen.refused(body, refused);
        }
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header("Location", "/api/v1/undos/" + id)
                .body(new Started(Long.toString(id)));
    }

    /** {@code counts} has the outcomes that occurred; what is missing from {@code total} waits. */
    record JobView(
            String undoId,
            String run,
            String state,
            long total,
            long finished,
            Map<String, Long> counts,
            String reason,
            String requestedBy,
            Instant requestedAt,
            @Nullable Instant endedAt) {
        static JobView of(Undos.Job job) {
            return new JobView(
                    Long.toString(job.undoId()),
                    job.run(),
                    job.state(),
                    job.total(),
                    job.finished(),
                    job.counts(),
                    job.reason(),
                    job.requestedBy(),
                    job.requestedAt(),
                    job.endedAt());
        }
    }

    /** {@code items} are at most 1,000, those that could not be undone whole first. */
    record UndoView(@JsonUnwrapped JobView job, List<ItemView> items) {}

    @GetMapping("/api/v1/undos/{id}")
    UndoView get(@PathVariable String id) {
        return undos.progress(Ids.ofPath(id, ProblemType.NOT_FOUND, "undo"))
                .map(progress -> new UndoView(
                        JobView.of(progress.job()),
                        progress.items().stream().map(ItemView::of).toList()))
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "undo", id));
    }

    record Jobs(List<JobView> undos) {}

    @GetMapping("/api/v1/undos")
    Jobs list(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("limit"), Set.of());
        return new Jobs(undos.list(query.limit(LIMIT_DEFAULT, LIMIT_MAX)).stream()
                .map(JobView::of)
                .toList());
    }

    /** Either a run by its name, or a source and a span of time that begins before it ends. */
    private static Undos.Run run(Fields body) {
        String run = body.optionalText("run");
        if (run == null) {
            if (!body.has("source")) {
                throw body.invalid(
                        "run", "missing (expected: a run as GET /api/v1/undos/runs lists it, or a source with since)");
            }
            Instant since = CommandBody.time(body, "since");
            Instant end = CommandBody.time(body, "until");
            Instant until = end == null ? Instant.now() : end;
            if (since == null) {
                throw body.invalid("since", "missing (expected: from when on, such as 2026-09-04T10:15:00Z)");
            }
            if (!since.isBefore(until)) {
                throw body.invalid("since", since + " (expected: before until, which is " + until + ")");
            }
            return new Undos.Span(body.text("source"), since, until);
        }
        if (body.has("source") || body.has("since") || body.has("until")) {
            throw body.invalid("run", "(expected: either a run, or a source with since)");
        }
        String[] parts = run.split(":", 2);
        if (parts.length == 2 && parts[1].matches("[0-9]{1,18}")) {
            long id = Long.parseLong(parts[1]);
            if (parts[0].equals("edi")) {
                return new Undos.Interchange(id);
            }
            if (parts[0].equals("replay")) {
                return new Undos.Replay(id);
            }
        }
        throw body.invalid("run", "\"" + run + "\" (expected: edi:NUMBER or replay:NUMBER)");
    }
}
