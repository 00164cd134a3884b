package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.routes.SelfTests;
import io.stockhub.routes.SelfTests.SelfTest;
import java.time.Duration;
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

/** Tries a channel from end to end. */
@RestController
class SelfTestsController {
    private static final int LIMIT = 20;

    private final SelfTests tests;

    SelfTestsController(SelfTests tests) {
        this.tests = tests;
    }

    record Page(List<View> selfTests) {}

    /** Times are of each step; null where it was not come to, or nothing can be read. */
    record View(
            String id,
            String channel,
            String sku,
            String channelSku,
            String stage,
            String askedBy,
            Instant begunAt,
            @Nullable Instant endedAt,
            long before,
            long told,
            @Nullable Long loweredMillis,
            @Nullable Long readMillis,
            @Nullable Long restoredMillis,
            @Nullable Long readAgainMillis,
            @Nullable String failure) {
        static View of(SelfTest test) {
            return new View(
                    Long.toString(test.id()),
                    test.channel(),
                    test.sku(),
                    test.channelSku(),
                    test.stage(),
                    test.askedBy(),
                    test.begunAt(),
                    test.endedAt(),
                    test.before(),
                    test.told(),
                    millis(test.lowered()),
                    millis(test.read()),
                    millis(test.restored()),
                    millis(test.readAgain()),
                    test.failure());
        }

        private static @Nullable Long millis(@Nullable Duration duration) {
            return duration == null ? null : duration.toMillis();
        }
    }

    @PostMapping("/api/v1/channels/{channel}/self-tests")
    ResponseEntity<View> begin(@PathVariable String channel, Fields body, Caller caller) {
        body.allow(Set.of("sku"), Set.of());
        try {
            return tests.begin(channel, body.optionalText("sku"), caller.name())
                    .map(test -> ResponseEntity.status(HttpStatus.ACCEPTED).body(View.of(test)))
                    .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "channel", channel));
        } catch (IllegalStateException notNow) {
            throw Problem.of(ProblemType.WRONG_STATE, String.valueOf(notNow.getMessage()))
                    .asException();
        }
    }

    /** The last 20, newest first. */
    @GetMapping("/api/v1/channels/{channel}/self-tests")
    Page list(@PathVariable String channel) {
        return tests.list(channel, LIMIT)
                .map(found -> new Page(found.stream().map(View::of).toList()))
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "channel", channel));
    }
}
