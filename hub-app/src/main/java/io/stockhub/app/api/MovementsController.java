package io.stockhub.app.api;

import io.stockhub.app.security.Caller;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything that happens in a warehouse without an order, and what undoes any movement. */
@RestController
class MovementsController {
    private final StockDoor stock;
    private final BaseUnits units;

    MovementsController(StockDoor stock, BaseUnits units) {
        this.stock = stock;
        this.units = units;
    }

    /**
     * {@code sequence} is the place in the ledger, the same number as the id; both are null when nothing had to move.
     */
    record MovementView(@Nullable String movementId, @Nullable Long sequence, Instant recordedAt) {}

    @PostMapping("/api/v1/movements")
    ResponseEntity<MovementView> post(Fields body, Caller caller, CommandKey key) {
        MovementKind kind = MovementBody.kind(body);
        if (kind == MovementKind.REVERSAL) {
            Command.Reverse reverse = MovementBody.reverse(body, caller.name(), key.value());
            return answer(stock.execute(reverse), "movement");
        }
        return answer(stock.execute(MovementBody.move(body, kind, units, caller.name(), key.value())), null);
    }

    private static ResponseEntity<MovementView> answer(Answer answer, @Nullable String insteadOfLines) {
        if (!(answer instanceof Answer.Moved moved)) {
            throw Rejections.of(answer, insteadOfLines);
        }
        boolean nothing = moved.movementId() == 0;
        ResponseEntity.BodyBuilder response = ResponseEntity.status(nothing ? HttpStatus.OK : HttpStatus.CREATED);
        if (moved.replayed()) {
            response.header(CommandKey.REPLAYED, "true");
        }
        return response.body(
                nothing
                        ? new MovementView(null, null, moved.recordedAt())
                        : new MovementView(Long.toString(moved.movementId()), moved.movementId(), moved.recordedAt()));
    }
}
