package io.stockhub.app.api;

import io.stockhub.app.problem.ProblemType;
import io.stockhub.routes.Oversells;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Why an order was not there to be promised, and whose doing it was. */
@RestController
class OversellsController {
    private final Oversells oversells;

    OversellsController(Oversells oversells) {
        this.oversells = oversells;
    }

    record Answer(List<Order> orders) {}

    record Order(
            String channel,
            String orderRef,
            Instant placedAt,
            @Nullable Instant receivedAt,
            Instant takenAt,
            List<Line> lines) {

        static Order of(Oversells.Story story) {
            return new Order(
                    story.channel(),
                    story.orderRef(),
                    story.placedAt(),
                    story.receivedAt(),
                    story.takenAt(),
                    story.lines().stream().map(Line::of).toList());
        }
    }

    record Line(
            String sku,
            long quantity,
            long shortBy,
            long stillShort,
            List<Cause> causes,
            List<Oversells.Event> events) {

        static Line of(Oversells.Line line) {
            return new Line(
                    line.sku(),
                    line.quantity(),
                    line.shortBy(),
                    line.stillShort(),
                    line.causes().stream().map(Cause::of).toList(),
                    line.events());
        }
    }

    record Cause(String fault, String code, String text) {
        static Cause of(Oversells.Cause cause) {
            return new Cause(cause.fault().code(), cause.code(), cause.text());
        }
    }

    @GetMapping("/api/v1/why-oversold")
    Answer why(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("order", "channel"), Set.of());
        String order = query.text("order");
        if (order == null) {
            throw query.invalid("order", "missing (expected: the reference of an order, as its channel calls it)");
        }
        List<Oversells.Story> stories = oversells.why(order, query.text("channel"));
        if (stories.isEmpty()) {
            throw Ids.absent(ProblemType.NOT_FOUND, "order", order);
        }
        return new Answer(stories.stream().map(Order::of).toList());
    }
}
