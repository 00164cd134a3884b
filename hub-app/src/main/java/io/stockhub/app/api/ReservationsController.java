package io.stockhub.app.api;

import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.Limits;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.ReservationQueries;
import io.stockhub.stock.StockQueries;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Promises of stock to orders, and what becomes of them. */
@RestController
class ReservationsController {
    private static final Set<String> PART = Set.of("lines");
    private static final Set<String> FILTER = Set.of("channel", "orderRef", "status", "after", "limit");
    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 200;
    private static final String WHAT = "reservation";

    private final StockDoor stock;
    private final StockQueries queries;
    private final ReservationQueries reservations;
    private final BaseUnits units;

    ReservationsController(StockDoor stock, StockQueries queries, ReservationQueries reservations, BaseUnits units) {
        this.stock = stock;
        this.queries = queries;
        this.reservations = reservations;
        this.units = units;
    }

    @PostMapping("/api/v1/reservations")
    ResponseEntity<ReservationView> post(Fields body, Caller caller, CommandKey key) {
        OrderBody order = OrderBody.of(body);
        BaseUnits.Conversion conversion = units.of(CommandBody.skusInUnits(order.lines()));
        Command.Reserve reserve = order.command(caller.name(), key.value(), conversion);
        return held(HttpStatus.CREATED, stock.execute(reserve), true);
    }

    @PostMapping("/api/v1/reservations/{id}/confirm")
    ResponseEntity<ReservationView> confirm(
            @PathVariable String id, @MayBeEmpty Fields body, Caller caller, CommandKey key) {
        body.allow(Set.of(), Set.of());
        return held(HttpStatus.OK, stock.execute(new Command.Confirm(number(id), caller.name(), key.value())), false);
    }

    @PostMapping("/api/v1/reservations/{id}/pick")
    ResponseEntity<ReservationView> pick(
            @PathVariable String id, @MayBeEmpty Fields body, Caller caller, CommandKey key) {
        List<Command.Line> lines = part(body);
        return held(
                HttpStatus.OK,
                stock.execute(new Command.Pick(number(id), caller.name(), key.value(), lines)),
                !lines.isEmpty());
    }

    @PostMapping("/api/v1/reservations/{id}/ship")
    ResponseEntity<ReservationView> ship(
            @PathVariable String id, @MayBeEmpty Fields body, Caller caller, CommandKey key) {
        List<Command.Line> lines = part(body);
        return held(
                HttpStatus.OK,
                stock.execute(new Command.Ship(number(id), caller.name(), key.value(), lines)),
                !lines.isEmpty());
    }

    @PostMapping("/api/v1/reservations/{id}/cancel")
    ResponseEntity<ReservationView> cancel(
            @PathVariable String id, @MayBeEmpty Fields body, Caller caller, CommandKey key) {
        List<Command.Line> lines = part(body);
        return held(
                HttpStatus.OK,
                stock.execute(new Command.Cancel(number(id), caller.name(), key.value(), lines)),
                !lines.isEmpty());
    }

    @GetMapping("/api/v1/reservations/{id}")
    ReservationView.Detail get(@PathVariable String id) {
        return queries.reservation(number(id))
                .map(ReservationView.Detail::of)
                .orElseThrow(() -> Ids.absent(ProblemType.UNKNOWN_RESERVATION, WHAT, id));
    }

    /** {@code next} is the {@code after} of the next page; null on the last. */
    record ReservationPage(List<ReservationView.Detail> reservations, @Nullable String next) {}

    @GetMapping("/api/v1/reservations")
    ReservationPage list(HttpServletRequest request) {
        Query query = Query.of(request, FILTER, Set.of());
        String channel = query.text("channel");
        String orderRef = query.text("orderRef");
        if (orderRef != null && channel == null) {
            throw query.invalid("channel", "missing (expected: the channel that the orderRef is of)");
        }
        int limit = query.limit(LIMIT_DEFAULT, LIMIT_MAX);
        Long after = query.positive("after");
        ReservationQueries.Page found = reservations.reservations(
                new ReservationQueries.Search(channel, orderRef, status(query)), after == null ? 0 : after, limit);
        return new ReservationPage(
                found.reservations().stream().map(ReservationView.Detail::of).toList(),
                found.next() == null ? null : Long.toString(found.next()));
    }

    private static Reservation.@Nullable Status status(Query query) {
        String code = query.text("status");
        if (code == null) {
            return null;
        }
        return Arrays.stream(Reservation.Status.values())
                .filter(status -> status.code().equals(code))
                .findFirst()
                .orElseThrow(() -> query.invalid(
                        "status",
                        "\"" + code + "\" (expected: "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Reservation.Status.values())
                                                .map(Reservation.Status::code)
                                                .toList())
                                + ")"));
    }

    private static long number(String id) {
        return Ids.ofPath(id, ProblemType.UNKNOWN_RESERVATION, WHAT);
    }

    /** Empty means all; a list that is given and empty is a mistake somewhere, and never all. */
    private List<Command.Line> part(Fields body) {
        body.allow(PART, Set.of());
        List<Command.Line> lines = CommandBody.lines(body, units);
        if (body.raw("lines") != null && lines.isEmpty()) {
            throw body.invalid(
                    "lines",
                    "an empty list (expected: 1 to " + Limits.LINES_MAX + " lines, or no lines at all for everything)");
        }
        return lines;
    }

    private static ResponseEntity<ReservationView> held(HttpStatus status, Answer answer, boolean withLines) {
        if (!(answer instanceof Answer.Held(Reservation reservation, boolean replayed))) {
            throw Rejections.of(answer, withLines ? null : "lines");
        }
        ResponseEntity.BodyBuilder builder = ResponseEntity.status(status);
        if (replayed) {
            builder.header(CommandKey.REPLAYED, "true");
        }
        return builder.body(ReservationView.of(reservation));
    }
}
