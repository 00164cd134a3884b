package io.stockhub.app.api;

import io.stockhub.app.security.Caller;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.StockMaster;
import java.time.Instant;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Receipts and adjustments. */
@RestController
class MovementsController {
    private static final Set<String> FIELDS = Set.of("kind", "location", "reference", "reason", "occurredAt", "lines");

    private final StockMaster stock;

    MovementsController(StockMaster stock) {
        this.stock = stock;
    }

    /** {@code sequence} is the place in the ledger, the same number as the id. */
    record MovementView(String movementId, long sequence, Instant recordedAt) {}

    @PostMapping("/api/v1/movements")
    ResponseEntity<MovementView> post(Fields body, Caller caller, CommandKey key) {
        body.allow(FIELDS, Set.of());
        Command.Move move = new Command.Move(
                kind(body),
                body.text("location"),
                body.optionalText("reference"),
                body.optionalText("reason"),
                CommandBody.time(body, "occurredAt"),
                caller.name(),
                key.value(),
                CommandBody.lines(body));
        Answer answer = stock.execute(move);
        if (!(answer instanceof Answer.Moved moved)) {
            throw Rejections.of(answer);
        }
        ResponseEntity.BodyBuilder created = ResponseEntity.status(HttpStatus.CREATED);
        if (moved.replayed()) {
            created.header(CommandKey.REPLAYED, "true");
        }
        return created.body(
                new MovementView(Long.toString(moved.movementId()), moved.movementId(), moved.recordedAt()));
    }

    private static MovementKind kind(Fields body) {
        String kind = body.text("kind");
        return switch (kind) {
            case "receipt" -> MovementKind.RECEIPT;
            case "adjustment" -> MovementKind.ADJUSTMENT;
            default ->
                throw body.invalid(
                        "kind",
                        "\"" + kind + "\" (expected: receipt or adjustment; others are not available"
                                + " yet, or follow from a reservation)");
        };
    }
}
