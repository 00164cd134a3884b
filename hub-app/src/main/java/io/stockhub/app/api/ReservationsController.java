package io.stockhub.app.api;

import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.StockQueries;
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
    private static final Set<String> FIELDS = Set.of("channel", "orderRef", "policy", "shipTo", "occurredAt", "lines");
    private static final Set<String> SHIP_TO = Set.of("country", "region", "postalCode");
    private static final String WHAT = "reservation";

    private final StockMaster stock;
    private final StockQueries queries;

    ReservationsController(StockMaster stock, StockQueries queries) {
        this.stock = stock;
        this.queries = queries;
    }

    @PostMapping("/api/v1/reservations")
    ResponseEntity<ReservationView> post(Fields body, Caller caller, CommandKey key) {
        body.allow(FIELDS, Set.of());
        Command.Reserve reserve = new Command.Reserve(
                body.text("channel"),
                body.text("orderRef"),
                policy(body),
                shipTo(body.optionalObject("shipTo")),
                CommandBody.time(body, "occurredAt"),
                caller.name(),
                key.value(),
                CommandBody.lines(body));
        return held(HttpStatus.CREATED, stock.execute(reserve));
    }

    @PostMapping("/api/v1/reservations/{id}/ship")
    ResponseEntity<ReservationView> ship(
            @PathVariable String id, @MayBeEmpty Fields body, Caller caller, CommandKey key) {
        body.allow(Set.of("lines"), Set.of());
        long reservation = Ids.ofPath(id, ProblemType.UNKNOWN_RESERVATION, WHAT);
        return held(
                HttpStatus.OK,
                stock.execute(new Command.Ship(reservation, caller.name(), key.value(), CommandBody.lines(body))));
    }

    @PostMapping("/api/v1/reservations/{id}/cancel")
    ResponseEntity<ReservationView> cancel(
            @PathVariable String id, @MayBeEmpty Fields body, Caller caller, CommandKey key) {
        body.allow(Set.of("lines"), Set.of());
        long reservation = Ids.ofPath(id, ProblemType.UNKNOWN_RESERVATION, WHAT);
        return held(
                HttpStatus.OK,
                stock.execute(new Command.Cancel(reservation, caller.name(), key.value(), CommandBody.lines(body))));
    }

    @GetMapping("/api/v1/reservations/{id}")
    ReservationView.Detail get(@PathVariable String id) {
        long reservation = Ids.ofPath(id, ProblemType.UNKNOWN_RESERVATION, WHAT);
        return queries.reservation(reservation)
                .map(ReservationView.Detail::of)
                .orElseThrow(() -> Ids.absent(ProblemType.UNKNOWN_RESERVATION, WHAT, id));
    }

    private static ResponseEntity<ReservationView> held(HttpStatus status, Answer answer) {
        if (!(answer instanceof Answer.Held(Reservation reservation, boolean replayed))) {
            throw Rejections.of(answer);
        }
        ResponseEntity.BodyBuilder builder = ResponseEntity.status(status);
        if (replayed) {
            builder.header(CommandKey.REPLAYED, "true");
        }
        return builder.body(ReservationView.of(reservation));
    }

    private static Command.Policy policy(Fields body) {
        String policy = body.optionalText("policy");
        return switch (policy == null ? "all-or-nothing" : policy) {
            case "all-or-nothing" -> Command.Policy.ALL_OR_NOTHING;
            case "partial" -> Command.Policy.PARTIAL;
            case "backorder" -> Command.Policy.BACKORDER;
            default ->
                throw body.invalid("policy", "\"" + policy + "\" (expected: all-or-nothing, partial or backorder)");
        };
    }

    private static Command.@Nullable ShipTo shipTo(@Nullable Fields shipTo) {
        if (shipTo == null) {
            return null;
        }
        shipTo.allow(SHIP_TO, Set.of());
        return new Command.ShipTo(
                shipTo.optionalText("country"), shipTo.optionalText("region"), shipTo.optionalText("postalCode"));
    }
}
