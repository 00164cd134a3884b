package io.stockhub.app.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemException;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.stock.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Many orders in one call. Each is answered as if it had come alone, except that all are queued before the first is
 * waited for, so that they share commits.
 */
@RestController
class ReservationBatchController {
    static final int ORDERS_MAX = 100;
    private static final Set<String> FIELDS = Set.of("reservations");
    private static final String ORDERS = "reservations";

    private final StockDoor stock;
    private final BaseUnits units;

    ReservationBatchController(StockDoor stock, BaseUnits units) {
        this.stock = stock;
        this.units = units;
    }

    /** One for each order, in the order of the call. */
    record Results(List<Result> results) {}

    /**
     * What the order would have been answered alone: a reservation or a problem.
     *
     * @param replayed the order was accepted before; nothing changed now
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Result(
            int status,
            @Nullable ReservationView reservation,
            boolean replayed,
            @Nullable Map<String, Object> problem) {

        static Result of(Answer answer) {
            if (answer instanceof Answer.Held held) {
                ReservationView view = ReservationView.of(held.reservation());
                return new Result(HttpStatus.CREATED.value(), view, held.replayed(), null);
            }
            return of(Rejections.of(answer).problem());
        }

        static Result of(Problem problem) {
            return new Result(problem.status(), null, false, problem.members());
        }
    }

    /** How far an order came: read, then on its way to its answer; or why it will not be. */
    private record Asked(
            @Nullable OrderBody order, @Nullable CompletableFuture<Answer> answer, @Nullable Problem fault) {

        static Asked read(Fields body) {
            try {
                OrderBody order = OrderBody.of(body);
                CommandBody.skusInUnits(order.lines());
                return new Asked(order, null, null);
            } catch (ProblemException fault) {
                return new Asked(null, null, fault.problem());
            }
        }

        Asked queued(StockDoor stock, String actor, @Nullable String key, BaseUnits.Conversion units) {
            if (order == null) {
                return this;
            }
            try {
                return new Asked(order, stock.submit(order.command(actor, key, units)), null);
            } catch (RuntimeException fault) {
                return new Asked(order, null, ProblemHandler.of(fault));
            }
        }

        Result result() {
            if (answer == null) {
                return Result.of(Objects.requireNonNull(fault));
            }
            try {
                return Result.of(StockDoor.answer(answer));
            } catch (RuntimeException failed) {
                return Result.of(ProblemHandler.of(failed));
            }
        }
    }

    @PostMapping("/api/v1/reservations/batch")
    ResponseEntity<Results> post(Fields body, Caller caller, CommandKey key) {
        List<Asked> orders = orders(body).stream().map(Asked::read).toList();
        BaseUnits.Conversion conversion = units.of(skusInUnits(orders));
        List<Asked> asked = new ArrayList<>(orders.size());
        for (int i = 0; i < orders.size(); i++) {
            asked.add(orders.get(i).queued(stock, caller.name(), key.ofPart(i), conversion));
        }
        refuseWhereNoneWasTaken(asked);
        List<Result> results = results(asked);
        ResponseEntity.BodyBuilder response = ResponseEntity.ok();
        if (results.stream().allMatch(Result::replayed)) {
            response.header(CommandKey.REPLAYED, "true");
        }
        return response.body(new Results(results));
    }

    private static List<Fields> orders(Fields body) {
        body.allow(FIELDS, Set.of());
        List<Fields> orders = body.bodies(ORDERS);
        if (orders.isEmpty() || orders.size() > ORDERS_MAX) {
            throw body.invalid(ORDERS, orders.size() + " orders (expected: 1 to " + ORDERS_MAX + ")");
        }
        return orders;
    }

    /** Of all orders at once. */
    private static Set<String> skusInUnits(List<Asked> orders) {
        Set<String> skus = new TreeSet<>();
        for (Asked one : orders) {
            if (one.order() != null) {
                skus.addAll(CommandBody.skusInUnits(one.order().lines()));
            }
        }
        return skus;
    }

    /** Nothing was done and nothing but patience is needed: said in the way that every client understands. */
    private static void refuseWhereNoneWasTaken(List<Asked> asked) {
        for (Asked one : asked) {
            if (one.fault() == null || one.fault().type() != ProblemType.UNAVAILABLE) {
                return;
            }
        }
        throw Objects.requireNonNull(asked.getFirst().fault()).asException();
    }

    /** From the last to the first: when the last is answered the others are, and nobody wakes up a hundred times. */
    private static List<Result> results(List<Asked> asked) {
        Result[] results = new Result[asked.size()];
        for (int i = results.length - 1; i >= 0; i--) {
            results[i] = asked.get(i).result();
        }
        return List.of(results);
    }
}
