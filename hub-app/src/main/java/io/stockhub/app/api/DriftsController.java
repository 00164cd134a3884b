package io.stockhub.app.api;

import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.ChannelDesk.Drift;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a channel showed what it should not, newest first. */
@RestController
class DriftsController {
    private static final Set<String> PARAMETERS = Set.of("channel", "sku", "state", "since", "after", "limit");

    private final ChannelDesk channels;

    DriftsController(ChannelDesk channels) {
        this.channels = channels;
    }

    /** {@code next} is the {@code after} of the next page; null on the last. */
    record Page(List<View> drifts, @Nullable String next) {}

    record View(
            String id,
            String channel,
            String sku,
            String channelSku,
            long expected,
            @Nullable Long shown,
            String cause,
            String foundBy,
            Instant foundAt,
            @Nullable Instant closedAt,
            boolean overwritten,
            @Nullable String policy,
            Drift.@Nullable Decided decided) {

        static View of(Drift drift) {
            return new View(
                    Long.toString(drift.id()),
                    drift.channel(),
                    drift.sku(),
                    drift.channelSku(),
                    drift.expected(),
                    drift.shown(),
                    drift.cause().code(),
                    drift.foundBy(),
                    drift.foundAt(),
                    drift.closedAt(),
                    drift.overwritten(),
                    drift.policy(),
                    drift.decided());
        }
    }

    @GetMapping("/api/v1/drifts")
    Page list(HttpServletRequest request) {
        Query query = Query.of(request, PARAMETERS, Set.of());
        int limit = query.limit(Pages.LIMIT_DEFAULT, Pages.LIMIT_MAX);
        List<Drift> found = channels.drifts(
                new ChannelDesk.DriftFilter(
                        query.text("channel"), query.text("sku"), Pages.open(query, "closed"), query.instant("since")),
                query.positive("after"),
                limit + 1);
        return new Page(
                Pages.cut(found, limit).stream().map(View::of).toList(),
                Pages.next(found, limit, drift -> Long.toString(drift.id())));
    }
}
