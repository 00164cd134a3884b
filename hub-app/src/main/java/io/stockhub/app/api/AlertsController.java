package io.stockhub.app.api;

import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.routes.Alerts;
import io.stockhub.routes.Alerts.Alert;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is wrong, newest first, and who is told. */
@RestController
class AlertsController {
    private final Alerts alerts;

    AlertsController(Alerts alerts) {
        this.alerts = alerts;
    }

    /** {@code next} is the {@code after} of the next page; null on the last. */
    record Page(List<View> alerts, @Nullable String next) {}

    record View(
            String id,
            String kind,
            @Nullable String subject,
            String severity,
            String title,
            String meaning,
            String action,
            String docs,
            Instant since,
            Instant openedAt,
            Instant seenAt,
            @Nullable Instant closedAt,
            @Nullable String acknowledgedBy,
            @Nullable Instant acknowledgedAt) {

        static View of(Alert alert) {
            return new View(
                    Long.toString(alert.id()),
                    alert.kind(),
                    alert.subject(),
                    alert.severity().code(),
                    alert.words().title(),
                    alert.words().meaning(),
                    alert.words().action(),
                    alert.words().docs(),
                    alert.since(),
                    alert.openedAt(),
                    alert.seenAt(),
                    alert.closedAt(),
                    alert.acknowledgedBy(),
                    alert.acknowledgedAt());
        }
    }

    @GetMapping("/api/v1/alerts")
    Page list(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("state", "after", "limit"), Set.of());
        int limit = query.limit(Pages.LIMIT_DEFAULT, Pages.LIMIT_MAX);
        List<Alert> found = alerts.list(Pages.open(query, "closed"), query.positive("after"), limit + 1);
        return new Page(
                Pages.cut(found, limit).stream().map(View::of).toList(),
                Pages.next(found, limit, alert -> Long.toString(alert.id())));
    }

    @PostMapping("/api/v1/alerts/{id}/acknowledge")
    View acknowledge(@PathVariable String id, Caller caller) {
        return alerts.acknowledge(Ids.ofPath(id, ProblemType.NOT_FOUND, "alert"), caller.name())
                .map(View::of)
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "alert", id));
    }

    record Receivers(List<Alerts.Receiver> receivers) {}

    @GetMapping("/api/v1/alerts/receivers")
    Receivers receivers() {
        return new Receivers(alerts.receivers());
    }

    /** {@code messageId} is empty when there are no receivers. */
    record Tested(String messageId, List<String> receivers) {}

    @PostMapping("/api/v1/alerts/test")
    ResponseEntity<Tested> test(Caller caller) {
        String id = alerts.test(caller.name());
        List<String> to = alerts.receivers().stream().map(Alerts.Receiver::id).toList();
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(new Tested(id, to));
    }
}
