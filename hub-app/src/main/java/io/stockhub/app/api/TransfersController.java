package io.stockhub.app.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.stock.TransferDesk;
import io.stockhub.stock.TransferDesk.Head;
import io.stockhub.stock.TransferDesk.Tracked;
import io.stockhub.stock.TransferDesk.Transfer;
import io.stockhub.stock.TransferDesk.Units;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Goods between two locations of ours. */
@RestController
class TransfersController {
    private final TransferDesk desk;

    TransfersController(TransferDesk desk) {
        this.desk = desk;
    }

    record HeadView(
            String transferId,
            String from,
            String to,
            String state,
            Instant shippedAt,
            @Nullable Instant expectedAt,
            boolean overdue,
            long inTransit) {
        static HeadView of(Head head) {
            return new HeadView(
                    head.transferId(),
                    head.from(),
                    head.to(),
                    stateOf(head),
                    head.shippedAt(),
                    head.expectedAt(),
                    head.overdue(),
                    head.inTransit());
        }
    }

    private static String stateOf(Head head) {
        return head.open() ? "open" : "closed";
    }

    record Page(List<HeadView> transfers, @Nullable String next) {}

    /** {@code lot} and {@code serial} are left out where they do not apply. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TrackedView(
            @Nullable String lot,
            @Nullable String serial,
            long shipped,
            long received,
            long lost,
            long over,
            long inTransit) {
        static TrackedView of(Tracked tracked) {
            Units units = tracked.units();
            return new TrackedView(
                    tracked.lot().isEmpty() ? null : tracked.lot(),
                    tracked.serial().isEmpty() ? null : tracked.serial(),
                    units.shipped(),
                    units.received(),
                    units.lost(),
                    units.over(),
                    units.inTransit());
        }
    }

    record LineView(
            String sku, long shipped, long received, long lost, long over, long inTransit, List<TrackedView> tracked) {
        static LineView of(TransferDesk.Line line) {
            Units units = line.units();
            return new LineView(
                    line.sku(),
                    units.shipped(),
                    units.received(),
                    units.lost(),
                    units.over(),
                    units.inTransit(),
                    line.tracked().stream().map(TrackedView::of).toList());
        }
    }

    record View(
            String transferId,
            String from,
            String to,
            String state,
            Instant shippedAt,
            @Nullable Instant expectedAt,
            boolean overdue,
            List<LineView> lines,
            List<DiscrepancyView> discrepancies) {
        static View of(Transfer transfer) {
            Head head = transfer.head();
            return new View(
                    head.transferId(),
                    head.from(),
                    head.to(),
                    stateOf(head),
                    head.shippedAt(),
                    head.expectedAt(),
                    head.overdue(),
                    transfer.lines().stream().map(LineView::of).toList(),
                    transfer.discrepancies().stream().map(DiscrepancyView::of).toList());
        }
    }

    @GetMapping("/api/v1/transfers")
    Page list(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("state", "location", "after", "limit"), Set.of());
        int limit = query.limit(Pages.LIMIT_DEFAULT, Pages.LIMIT_MAX);
        List<Head> found =
                desk.transfers(Pages.open(query, "closed"), query.text("location"), query.text("after"), limit + 1);
        return new Page(
                Pages.cut(found, limit).stream().map(HeadView::of).toList(),
                Pages.next(found, limit, Head::transferId));
    }

    @GetMapping("/api/v1/transfers/{id}")
    View get(@PathVariable String id) {
        return desk.transfer(id).map(View::of).orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "transfer", id));
    }
}
