package io.stockhub.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.routes.Subscriptions;
import io.stockhub.routes.Subscriptions.Subscription;
import io.stockhub.routes.Subscriptions.WithSecret;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Other systems that are sent what happens. */
@RestController
class SubscriptionsController {
    private static final Set<String> FIELDS = Set.of("url", "types");
    private static final int URL_LENGTH_MAX = 2_000;

    private final Subscriptions subscriptions;

    SubscriptionsController(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** {@code secret} is there when it was just made, and never again. */
    record View(
            String id,
            String url,
            List<String> types,
            String state,
            @Nullable String offReason,
            long waiting,
            @Nullable Instant failingSince,
            @Nullable String lastError,
            @Nullable Instant lastArrivedAt,
            String createdBy,
            Instant createdAt,
            @Nullable String secret) {

        static View of(Subscription one) {
            return of(one, null);
        }

        static View of(WithSecret fresh) {
            return of(fresh.subscription(), fresh.secret());
        }

        private static View of(Subscription one, @Nullable String secret) {
            return new View(
                    Long.toString(one.id()),
                    one.url(),
                    one.types(),
                    one.on() ? "on" : "off",
                    one.offReason(),
                    one.waiting(),
                    one.failingSince(),
                    one.lastError(),
                    one.lastArrivedAt(),
                    one.createdBy(),
                    one.createdAt(),
                    secret);
        }
    }

    record All(List<View> subscriptions) {}

    @GetMapping("/api/v1/subscriptions")
    All list() {
        return new All(subscriptions.list().stream().map(View::of).toList());
    }

    @PostMapping("/api/v1/subscriptions")
    ResponseEntity<View> create(Fields body, Caller caller) {
        body.allow(FIELDS, Set.of());
        String url = body.text("url");
        if (url.length() > URL_LENGTH_MAX || !isUrl(url)) {
            throw body.invalid("url", "(expected: an https URL with a host, at most 2000 characters)");
        }
        List<String> types = types(body);
        try {
            View made = View.of(subscriptions.create(url, types, caller.name()));
            return ResponseEntity.status(HttpStatus.CREATED)
                    .header("Cache-Control", "no-store")
                    .body(made);
        } catch (IllegalArgumentException refused) {
            throw body.invalid("url", String.valueOf(refused.getMessage()));
        }
    }

    private static boolean isUrl(String text) {
        try {
            return URI.create(text).getHost() != null;
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }

    private List<String> types(Fields body) {
        List<String> types = new ArrayList<>();
        List<JsonNode> given = body.list("types");
        for (int i = 0; i < given.size(); i++) {
            String type = given.get(i).asText();
            if (!given.get(i).isTextual() || !subscriptions.types().contains(type)) {
                throw body.invalid("types[" + i + "]", "(expected: one of " + subscriptions.types() + ")");
            }
            if (!types.contains(type)) {
                types.add(type);
            }
        }
        return types;
    }

    @DeleteMapping("/api/v1/subscriptions/{id}")
    ResponseEntity<Void> delete(@PathVariable String id) {
        if (!subscriptions.delete(number(id))) {
            throw absent(id);
        }
        return ResponseEntity.noContent().build();
    }

    record Tested(String messageId) {}

    @PostMapping("/api/v1/subscriptions/{id}/test")
    ResponseEntity<Tested> test(@PathVariable String id) {
        String message = subscriptions.test(number(id)).orElseThrow(() -> absent(id));
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(new Tested(message));
    }

    @PostMapping("/api/v1/subscriptions/{id}/rotate")
    ResponseEntity<View> rotate(@PathVariable String id) {
        View rotated = subscriptions.rotate(number(id)).map(View::of).orElseThrow(() -> absent(id));
        return ResponseEntity.ok().header("Cache-Control", "no-store").body(rotated);
    }

    @PostMapping("/api/v1/subscriptions/{id}/resume")
    View resume(@PathVariable String id) {
        return subscriptions.resume(number(id)).map(View::of).orElseThrow(() -> absent(id));
    }

    private static long number(String id) {
        return Ids.ofPath(id, ProblemType.NOT_FOUND, "subscription");
    }

    private static RuntimeException absent(String id) {
        return Ids.absent(ProblemType.NOT_FOUND, "subscription", id);
    }
}
