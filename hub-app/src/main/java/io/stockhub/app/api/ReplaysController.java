package io.stockhub.app.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.routes.Replays;
import io.stockhub.stock.Catalogue;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sends dead letters again and tells how it went. */
@RestController
class ReplaysController {
    private static final Set<String> FIELDS = Set.of("ids", "filter", "dryRun", "payload", "reason", "rate");
    private static final Set<String> FIX = Set.of("kind", "sku", "reason", "rate");
    private static final BigDecimal RATE_MAX = BigDecimal.valueOf(1_000_000);
    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 200;

    private final Replays replays;

    ReplaysController(Replays replays) {
        this.replays = replays;
    }

    record Started(String replayId) {}

    @PostMapping("/api/v1/dead-letters/replay")
    ResponseEntity<Started> start(Fields body, Caller caller) {
        body.allow(FIELDS, Set.of());
        Replays.Request request = new Replays.Request(
                Chosen.ids(body),
                Chosen.filter(body.optionalObject("filter")),
                body.flag("dryRun"),
                payload(body),
                body.optionalText("reason"),
                caller.name(),
                rate(body));
        if (request.ids().isEmpty() == (request.filter() == null)) {
            throw body.invalid("ids", "(expected: either ids or a filter)");
        }
        if (request.payload() != null && request.ids().size() != 1) {
            throw body.invalid("payload", "(expected: only with exactly one id)");
        }
        String id;
        try {
            id = Long.toString(replays.start(request));
        } catch (IllegalArgumentException refused) {
            throw body.invalid(request.payload() == null ? "ids" : "payload", refused.getMessage());
        }
        return accepted(id, new Started(id));
    }

    /** {@code system} and {@code alias} say which name was made an alias; null with other fixes. */
    record FixedView(String replayId, long letters, @Nullable String system, @Nullable String alias) {}

    @PostMapping("/api/v1/dead-letters/causes/{cause}/fix")
    ResponseEntity<FixedView> fix(@PathVariable String cause, Fields body, Caller caller) {
        body.allow(FIX, Set.of());
        Replays.Fix fix = new Replays.Fix(
                cause,
                body.text("kind"),
                body.optionalText("sku"),
                body.optionalText("reason"),
                caller.name(),
                rate(body));
        Replays.Fixed fixed;
        try {
            fixed = replays.fix(fix)
                    .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "open dead letter of the cause", cause));
        } catch (IllegalArgumentException refused) {
            throw Chosen.refused(body, refused);
        } catch (Catalogue.AliasTakenException taken) {
            throw body.invalid("sku", taken.getMessage());
        }
        String id = Long.toString(fixed.replayId());
        return accepted(id, new FixedView(id, fixed.letters(), fixed.system(), fixed.alias()));
    }

    private static <T> ResponseEntity<T> accepted(String id, T body) {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header("Location", "/api/v1/replays/" + id)
                .body(body);
    }

    /** {@code counts} has the outcomes that occurred; what is missing from {@code total} waits. */
    record JobView(
            String replayId,
            String state,
            boolean dryRun,
            long total,
            long finished,
            Map<String, Long> counts,
            @Nullable String reason,
            String requestedBy,
            Instant requestedAt,
            @Nullable BigDecimal rate,
            @Nullable String changedBy,
            @Nullable Instant endedAt) {
        static JobView of(Replays.Job job) {
            return new JobView(
                    Long.toString(job.replayId()),
                    job.state(),
                    job.dryRun(),
                    job.total(),
                    job.finished(),
                    job.counts(),
                    job.reason(),
                    job.requestedBy(),
                    job.requestedAt(),
                    job.rate(),
                    job.changedBy(),
                    job.endedAt());
        }
    }

    /** {@code messages} are at most 1,000, failures first; {@code outcome} is null while one waits. */
    record ReplayView(@JsonUnwrapped JobView job, List<MessageView> messages) {}

    record MessageView(String id, @Nullable String outcome, @Nullable String message) {}

    @GetMapping("/api/v1/replays/{id}")
    ReplayView get(@PathVariable String id) {
        long number = Ids.ofPath(id, ProblemType.NOT_FOUND, "replay");
        return replays.progress(number)
                .map(ReplaysController::view)
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "replay", id));
    }

    private static ReplayView view(Replays.Progress progress) {
        return new ReplayView(
                JobView.of(progress.job()),
                progress.items().stream()
                        .map(item ->
                                new MessageView(Long.toString(item.deadLetterId()), item.outcome(), item.message()))
                        .toList());
    }

    /** {@code next} is the {@code after} of the next page; null on the last. */
    record Page(List<JobView> replays, @Nullable String next) {}

    @GetMapping("/api/v1/replays")
    Page list(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("after", "limit"), Set.of());
        int limit = query.limit(LIMIT_DEFAULT, LIMIT_MAX);
        List<Replays.Job> found = replays.list(query.positive("after"), limit + 1);
        boolean more = found.size() > limit;
        List<JobView> page = found.stream().limit(limit).map(JobView::of).toList();
        return new Page(page, more ? page.getLast().replayId() : null);
    }

    @PostMapping("/api/v1/replays/{id}/pause")
    JobView pause(@PathVariable String id, Caller caller) {
        return change(id, Replays.Act.PAUSE, caller);
    }

    @PostMapping("/api/v1/replays/{id}/resume")
    JobView resume(@PathVariable String id, Caller caller) {
        return change(id, Replays.Act.RESUME, caller);
    }

    @PostMapping("/api/v1/replays/{id}/cancel")
    JobView cancel(@PathVariable String id, Caller caller) {
        return change(id, Replays.Act.CANCEL, caller);
    }

    private JobView change(String id, Replays.Act act, Caller caller) {
        long number = Ids.ofPath(id, ProblemType.NOT_FOUND, "replay");
        try {
            return replays.change(number, act, caller.name())
                    .map(JobView::of)
                    .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "replay", id));
        } catch (IllegalStateException over) {
            throw Problem.of(ProblemType.WRONG_STATE, String.valueOf(over.getMessage()))
                    .asException();
        }
    }

    @Nullable
    private static BigDecimal rate(Fields body) {
        BigDecimal rate = body.optionalDecimal("rate");
        if (rate != null && (rate.signum() <= 0 || rate.compareTo(RATE_MAX) > 0)) {
            throw body.invalid(
                    "rate", rate.toPlainString() + " (expected: messages a second, above 0, at most 1000000)");
        }
        return rate;
    }

    /** A string is taken byte for byte; any other JSON value is the payload itself. */
    private static byte @Nullable [] payload(Fields body) {
        JsonNode payload = body.raw("payload");
        if (payload == null) {
            return null;
        }
        String text = payload.isTextual() ? payload.textValue() : payload.toString();
        if (text.isBlank()) {
            throw Problem.ofField(ProblemType.INVALID_FIELD, "payload", "empty").asException();
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
