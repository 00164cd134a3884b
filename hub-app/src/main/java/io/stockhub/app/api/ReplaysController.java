package io.stockhub.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.routes.DeadLetters.Filter;
import io.stockhub.routes.Replays;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
    private static final Set<String> FIELDS = Set.of("ids", "filter", "dryRun", "payload", "reason");
    private static final Set<String> FILTER = Set.of("channel", "cause", "sku", "since");
    private static final int IDS_MAX = 10_000;

    private final Replays replays;

    ReplaysController(Replays replays) {
        this.replays = replays;
    }

    record Started(String replayId) {}

    @PostMapping("/api/v1/dead-letters/replay")
    ResponseEntity<Started> start(Fields body, Caller caller) {
        body.allow(FIELDS, Set.of());
        Replays.Request request = new Replays.Request(
                ids(body),
                filter(body.optionalObject("filter")),
                body.flag("dryRun"),
                payload(body),
                body.optionalText("reason"),
                caller.name());
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
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header("Location", "/api/v1/replays/" + id)
                .body(new Started(id));
    }

    /** {@code messages} are at most 1,000, failures first; {@code outcome} is null while one waits. */
    record ReplayView(
            String replayId, String state, boolean dryRun, long total, long finished, List<MessageView> messages) {}

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
                Long.toString(progress.replayId()),
                progress.state(),
                progress.dryRun(),
                progress.total(),
                progress.finished(),
                progress.items().stream()
                        .map(item ->
                                new MessageView(Long.toString(item.deadLetterId()), item.outcome(), item.message()))
                        .toList());
    }

    private static List<Long> ids(Fields body) {
        List<JsonNode> nodes = body.list("ids");
        if (nodes.size() > IDS_MAX) {
            throw body.invalid("ids", nodes.size() + " ids (expected: at most " + IDS_MAX + ", or a filter)");
        }
        List<Long> ids = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            long id = Ids.parse(nodes.get(i));
            if (id < 0) {
                throw body.invalid("ids[" + i + "]", "(expected: the id of a dead letter)");
            }
            ids.add(id);
        }
        return ids;
    }

    private static @Nullable Filter filter(@Nullable Fields filter) {
        if (filter == null) {
            return null;
        }
        filter.allow(FILTER, Set.of());
        return new Filter(
                filter.optionalText("channel"),
                filter.optionalText("cause"),
                filter.optionalText("sku"),
                CommandBody.time(filter, "since"),
                Filter.OPEN.state());
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
