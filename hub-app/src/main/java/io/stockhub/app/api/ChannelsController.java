package io.stockhub.app.api;

import io.stockhub.app.problem.ProblemType;
import io.stockhub.routes.ChannelDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the channels are, and pushing all numbers of one again. */
@RestController
class ChannelsController {
    private final ChannelDesk desk;

    ChannelsController(ChannelDesk desk) {
        this.desk = desk;
    }

    record Channels(List<ChannelView> channels) {}

    /**
     * One channel.
     *
     * @param health {@code ok}, {@code delayed} or {@code paused}
     * @param backlog listings whose wanted number is not confirmed yet
     * @param provenUntil every listing was read back then or later, and was right or its drift dealt with; null while
     *     {@code neverProven} of them never were
     */
    record ChannelView(
            String channel,
            String connector,
            String title,
            String health,
            long listings,
            long backlog,
            @Nullable Instant oldestDirtySince,
            Delay delay,
            String breaker,
            Limits limits,
            @Nullable Instant ordersReadUntil,
            @Nullable Instant lastOrderAt,
            long openDeadLetters,
            long openDrifts,
            @Nullable Instant provenUntil,
            long neverProven,
            long backorders,
            @Nullable String lastError) {}

    /** From the change in the ledger to the channel's confirmation; null before the first. */
    record Delay(@Nullable Long p50Millis, @Nullable Long p99Millis) {}

    record Limits(double requestsPerSecond) {}

    record Synced(String channel, long listings) {}

    @GetMapping("/api/v1/channels")
    Channels list() {
        return new Channels(desk.health().stream().map(ChannelsController::view).toList());
    }

    @PostMapping("/api/v1/channels/{channel}/sync")
    ResponseEntity<Synced> sync(@PathVariable String channel) {
        return desk.sync(channel)
                .map(listings -> ResponseEntity.status(HttpStatus.ACCEPTED).body(new Synced(channel, listings)))
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "channel", channel));
    }

    @PostMapping("/api/v1/channels/{channel}/reconcile")
    ResponseEntity<Synced> reconcile(@PathVariable String channel) {
        return desk.readBack(channel)
                .map(listings -> ResponseEntity.status(HttpStatus.ACCEPTED).body(new Synced(channel, listings)))
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "channel", channel));
    }

    private static ChannelView view(ChannelDesk.Health health) {
        return new ChannelView(
                health.channel(),
                health.connector(),
                health.title(),
                health.state(),
                health.listings(),
                health.backlog(),
                health.oldestDirtySince(),
                new Delay(millis(health.delayP50()), millis(health.delayP99())),
                health.breaker(),
                new Limits(health.requestsPerSecond()),
                health.ordersReadUntil(),
                health.lastOrderAt(),
                health.openDeadLetters(),
                health.openDrifts(),
                health.provenUntil(),
                health.neverProven(),
                health.backorders(),
                health.lastError());
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
