package io.stockhub.app.api;

import io.stockhub.stock.LeakDesk;
import io.stockhub.stock.LeakDesk.Leak;
import io.stockhub.stock.LeakDesk.Order;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Promises that go nowhere. */
@RestController
class LeaksController {
    private static final Duration OLDER_THAN_DEFAULT = Duration.ofDays(7);
    private static final Duration OLDER_THAN_MAX = Duration.ofDays(3_650);

    private final LeakDesk desk;

    LeaksController(LeakDesk desk) {
        this.desk = desk;
    }

    record View(
            String kind,
            String cause,
            String whatToDo,
            @Nullable String reservationId,
            @Nullable String channel,
            @Nullable String orderRef,
            @Nullable String sku,
            @Nullable String location,
            long quantity,
            @Nullable Instant since) {
        static View of(Leak leak) {
            Order order = leak.order();
            return new View(
                    leak.kind().code(),
                    leak.kind().cause(),
                    leak.kind().whatToDo(),
                    order == null ? null : Long.toString(order.reservationId()),
                    order == null ? null : order.channel(),
                    order == null ? null : order.orderRef(),
                    leak.sku(),
                    leak.location(),
                    leak.quantity(),
                    leak.since());
        }
    }

    record Report(String olderThan, List<View> leaks) {}

    @GetMapping("/api/v1/reservations/leaks")
    Report leaks(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("olderThan", "limit"), Set.of());
        Duration olderThan = olderThan(query);
        int limit = query.limit(Pages.LIMIT_DEFAULT, Pages.LIMIT_MAX);
        return new Report(
                olderThan.toString(),
                desk.leaks(olderThan, limit).stream().map(View::of).toList());
    }

    private static Duration olderThan(Query query) {
        String text = query.text("olderThan");
        if (text == null) {
            return OLDER_THAN_DEFAULT;
        }
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.compareTo(OLDER_THAN_MAX) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException notADuration) {
            // answered below
        }
        throw query.invalid(
                "olderThan", "\"" + text + "\" (expected: a duration such as P7D or PT12H, at most P3650D)");
    }
}
