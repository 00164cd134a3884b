package io.stockhub.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemException;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.stock.Answer;
import io.stockhub.stock.CountDesk;
import io.stockhub.stock.CountDesk.Count;
import io.stockhub.stock.CountDesk.Head;
import io.stockhub.stock.CountDesk.Line;
import io.stockhub.stock.CountDesk.Result;
import io.stockhub.stock.CountDesk.Spot;
import io.stockhub.stock.CountDesk.Tallies;
import io.stockhub.stock.CountDesk.Tally;
import io.stockhub.stock.CountState;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Cycle counts. */
@RestController
class CountsController {
    private static final Set<String> FIELDS = Set.of("location", "blind", "tolerance", "lines", "bins", "abc");
    private static final Set<String> SPOT = Set.of("sku", "bin", "lot");
    private static final Set<String> TALLY = Set.of("sku", "bin", "lot", "quantity", "unit");
    private static final String WHAT = "count";
    private static final String RELEASE =
            "Orders hold units that are missing. Recount; or cancel or ship one of these orders, or lines of it; then post"
                    + " the count again.";

    private static final String RECOUNT =
            "The units are not where they were counted any more. Let another caller recount these lines, then post the"
                    + " count again.";

    private final CountDesk desk;

    CountsController(CountDesk desk) {
        this.desk = desk;
    }

    @PostMapping("/api/v1/counts")
    ResponseEntity<CountView> open(Fields body, Caller caller, CommandKey key) {
        body.allow(FIELDS, Set.of());
        CountDesk.Opening opening = new CountDesk.Opening(
                body.text("location"),
                !body.has("blind") || body.flag("blind"),
                body.has("tolerance") ? body.integer("tolerance") : 0,
                body.objects("lines").stream()
                        .map(line -> spot(line.allow(SPOT, Set.of())))
                        .toList(),
                bins(body),
                body.optionalText("abc"),
                caller.name(),
                key.value());
        return answer(HttpStatus.CREATED, desk.open(opening), caller);
    }

    private static Spot spot(Fields line) {
        return new Spot(line.text("sku"), line.optionalText("bin"), line.optionalText("lot"));
    }

    private static List<String> bins(Fields body) {
        List<String> bins = new ArrayList<>();
        for (JsonNode bin : body.list("bins")) {
            if (!bin.isTextual()) {
                throw body.invalid("bins[" + bins.size() + "]", "(expected: a string)");
            }
            bins.add(bin.textValue());
        }
        return bins;
    }

    record Page(List<CountView> counts, @Nullable String next) {}

    @GetMapping("/api/v1/counts")
    Page list(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("state", "location", "after", "limit"), Set.of());
        int limit = query.limit(Pages.LIMIT_DEFAULT, Pages.LIMIT_MAX);
        Long after = query.positive("after");
        List<Head> found =
                desk.counts(Pages.open(query, "ended"), query.text("location"), after == null ? 0 : after, limit + 1);
        return new Page(
                Pages.cut(found, limit).stream().map(CountView::head).toList(),
                Pages.next(found, limit, last -> Long.toString(last.countId())));
    }

    @GetMapping("/api/v1/counts/{id}")
    CountView get(@PathVariable String id, Caller caller) {
        return desk.count(number(id))
                .map(count -> CountView.of(count, caller, null))
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, WHAT, id));
    }

    @PostMapping("/api/v1/counts/{id}/entries")
    ResponseEntity<CountView> enter(@PathVariable String id, Fields body, Caller caller) {
        body.allow(Set.of("lines"), Set.of());
        List<Tally> tallies = new ArrayList<>();
        for (Fields line : body.objects("lines")) {
            line.allow(TALLY, Set.of());
            tallies.add(new Tally(spot(line), line.integer("quantity"), line.optionalText("unit")));
        }
        return answer(HttpStatus.OK, desk.enter(number(id), new Tallies(tallies, caller.name())), caller);
    }

    @PostMapping("/api/v1/counts/{id}/post")
    ResponseEntity<CountView> post(@PathVariable String id, @MayBeEmpty Fields body, Caller caller) {
        body.allow(Set.of(), Set.of());
        return answer(HttpStatus.OK, desk.post(number(id), caller.name()), caller);
    }

    @PostMapping("/api/v1/counts/{id}/cancel")
    ResponseEntity<CountView> cancel(@PathVariable String id, @MayBeEmpty Fields body, Caller caller) {
        body.allow(Set.of(), Set.of());
        return answer(HttpStatus.OK, desk.cancel(number(id), caller.name()), caller);
    }

    private static long number(String id) {
        return Ids.ofPath(id, ProblemType.NOT_FOUND, WHAT);
    }

    private static ResponseEntity<CountView> answer(HttpStatus status, Result result, Caller caller) {
        return switch (result) {
            case Result.Opened(Count count, List<String> notCounted, boolean replayed) ->
                ok(status, replayed, CountView.of(count, caller, notCounted));
            case Result.Done(Count count, boolean replayed) -> ok(status, replayed, CountView.of(count, caller, null));
            case Result.UnknownCount(long id) -> throw Ids.absent(ProblemType.NOT_FOUND, WHAT, Long.toString(id));
            case Result.WrongState(CountState state) ->
                throw Problem.of(ProblemType.WRONG_STATE, "The count is " + state.code() + ".")
                        .with("state", state.code())
                        .asException();
            case Result.CountedByYou(List<Line> lines) ->
                throw Problem.of(
                                ProblemType.RECOUNT_BY_ANOTHER,
                                "You were the last to count " + lines.size()
                                        + " of these lines; another caller counts them now. Nothing was noted.")
                        .with("lines", named(lines))
                        .asException();
            case Result.NotSettled(List<Line> uncounted, List<Line> recount) ->
                throw Problem.of(
                                ProblemType.COUNT_NOT_SETTLED,
                                uncounted.size() + " lines are not counted, " + recount.size()
                                        + " have to be counted once more by another caller.")
                        .with("uncounted", named(uncounted))
                        .with("recount", named(recount))
                        .asException();
            case Result.HeldByOrders(List<Answer.Shortage> shortages, List<CountDesk.Holder> orders) ->
                throw heldByOrders(shortages, orders);
            case Result.Rejected(Answer answer) -> throw Rejections.of(answer);
        };
    }

    private static ResponseEntity<CountView> ok(HttpStatus status, boolean replayed, CountView view) {
        ResponseEntity.BodyBuilder builder = ResponseEntity.status(status);
        if (replayed) {
            builder.header(CommandKey.REPLAYED, "true");
        }
        return builder.body(view);
    }

    private static List<CountView.LineView> named(List<Line> lines) {
        return lines.stream().map(CountView.LineView::named).toList();
    }

    private static RuntimeException heldByOrders(List<Answer.Shortage> shortages, List<CountDesk.Holder> holders) {
        RuntimeException insufficient = Rejections.of(new Answer.InsufficientStock(shortages));
        if (!(insufficient instanceof ProblemException known)) {
            return insufficient;
        }
        List<Map<String, Object>> orders = new ArrayList<>();
        for (CountDesk.Holder holder : holders) {
            Map<String, Object> order = new LinkedHashMap<>();
            order.put("reservationId", Long.toString(holder.reservationId()));
            order.put("channel", holder.channel());
            order.put("orderRef", holder.orderRef());
            order.put("sku", holder.sku());
            order.put("held", holder.held());
            order.put("picked", holder.picked());
            orders.add(order);
        }
        return known.problem()
                .with("orders", orders)
                .with("whatToDo", holders.isEmpty() ? RECOUNT : RELEASE)
                .asException();
    }
}
