package io.stockhub.app.api;

import io.stockhub.app.problem.ProblemType;
import io.stockhub.routes.Events;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is told what happens, and telling it again. */
@RestController
class EventsController {
    private final Events events;

    EventsController(Events events) {
        this.events = events;
    }

    record Consumer(
            String consumer, long cursor, long behind, @Nullable Instant failingSince, @Nullable String lastError) {
        static Consumer of(Events.Consumer one) {
            return new Consumer(one.name(), one.cursor(), one.behind(), one.failingSince(), one.lastError());
        }
    }

    record Page(List<Consumer> consumers) {}

    /** {@code events}: how many come again. */
    record Rewound(String consumer, long events) {}

    @GetMapping("/api/v1/events/consumers")
    Page consumers(HttpServletRequest request) {
        Query.of(request, Set.of(), Set.of());
        return new Page(events.consumers().stream().map(Consumer::of).toList());
    }

    @PostMapping("/api/v1/events/consumers/{consumer}/rewind")
    Rewound rewind(@PathVariable String consumer, Fields body) {
        body.allow(Set.of("since"), Set.of());
        return events.rewind(consumer, since(body))
                .map(count -> new Rewound(consumer, count))
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "consumer", consumer));
    }

    private static @Nullable Instant since(Fields body) {
        String since = body.optionalText("since");
        try {
            return since == null ? null : OffsetDateTime.parse(since).toInstant();
        } catch (DateTimeParseException e) {
            throw body.invalid("since", "\"" + since + "\" (expected: a time with offset, ISO 8601)");
        }
    }

    @PostMapping("/api/v1/events/tell-stock")
    Page tellStock(Fields body) {
        body.allow(Set.of(), Set.of());
        events.tellAllStock();
        return new Page(events.consumers().stream().map(Consumer::of).toList());
    }
}
