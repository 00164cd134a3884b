package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemException;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.stock.Answer;
import io.stockhub.stock.RefusalCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the stock master's refusals are called on the wire. */
final class Rejections {
    private Rejections() {}

    /** The problem for an answer that is not a success. */
    static ProblemException of(Answer answer) {
        return of(answer, null);
    }

    /**
     * The problem for an answer that is not a success.
     *
     * @param insteadOfLines the field at fault where the stock master names a line and the request has none
     */
    static ProblemException of(Answer answer, @Nullable String insteadOfLines) {
        Problem problem =
                switch (answer) {
                    case Answer.InsufficientStock shortage -> insufficient(shortage.shortages(), insteadOfLines);
                    case Answer.UnknownSku unknown ->
                        Problem.ofField(
                                ProblemType.UNKNOWN_SKU,
                                "lines[" + unknown.line() + "].sku",
                                "\"" + unknown.sku() + "\" (expected: a SKU that exists)");
                    case Answer.UnknownLocation unknown ->
                        Problem.ofField(
                                ProblemType.UNKNOWN_LOCATION,
                                "location",
                                "\"" + unknown.location() + "\" (expected: a location that exists)");
                    case Answer.UnknownReservation unknown ->
                        Problem.of(
                                ProblemType.UNKNOWN_RESERVATION, "No reservation \"" + unknown.reservationId() + "\".");
                    case Answer.NotHeld notHeld -> notHeld(notHeld, insteadOfLines);
                    case Answer.UnknownMovement unknown ->
                        Problem.ofField(
                                ProblemType.UNKNOWN_MOVEMENT,
                                "movement",
                                "\"" + unknown.movementId() + "\" (expected: the id of a movement)");
                    case Answer.Refused refused ->
                        Problem.ofField(type(refused.code()), onTheWire(refused.field()), refused.message());
                    case Answer.KeyConflict conflict ->
                        Problem.of(
                                ProblemType.IDEMPOTENCY_CONFLICT,
                                "The same Idempotency-Key, or the same order of the channel, came with other content"
                                        + " before.");
                    case Answer.Moved moved -> throw new IllegalArgumentException("a success: " + moved);
                    case Answer.Held held -> throw new IllegalArgumentException("a success: " + held);
                };
        return problem.asException();
    }

    /** What bodies call a field that commands call otherwise. */
    private static String onTheWire(String field) {
        return field.equals("movementId") ? "movement" : field;
    }

    /** Each refusal is a problem of the same name; the compiler sees to it that none is forgotten. */
    static ProblemType type(RefusalCode code) {
        return switch (code) {
            case READ_ONLY_LOCATION -> ProblemType.READ_ONLY_LOCATION;
            case UNKNOWN_LOCATION -> ProblemType.UNKNOWN_LOCATION;
            case UNKNOWN_BIN -> ProblemType.UNKNOWN_BIN;
            case SAME_LOCATION -> ProblemType.SAME_LOCATION;
            case WRONG_LOCATION -> ProblemType.WRONG_LOCATION;
            case IN_THE_FUTURE -> ProblemType.IN_THE_FUTURE;
            case BUNDLE_WITHOUT_STOCK -> ProblemType.BUNDLE_WITHOUT_STOCK;
            case NO_KIT -> ProblemType.NO_KIT;
            case NOT_TRACKED -> ProblemType.NOT_TRACKED;
            case LOT_MISSING -> ProblemType.LOT_MISSING;
            case LOT_DIFFERS -> ProblemType.LOT_DIFFERS;
            case SERIALS_MISSING -> ProblemType.SERIALS_MISSING;
            case SERIALS_NOT_COUNTED -> ProblemType.SERIALS_NOT_COUNTED;
            case UNKNOWN_ORDER -> ProblemType.UNKNOWN_ORDER;
            case UNKNOWN_TRANSFER -> ProblemType.UNKNOWN_TRANSFER;
            case UNKNOWN_INBOUND -> ProblemType.UNKNOWN_INBOUND;
            case NO_DISCREPANCY -> ProblemType.NO_DISCREPANCY;
            case IS_A_REVERSAL -> ProblemType.IS_A_REVERSAL;
            case SERIAL_KNOWN -> ProblemType.SERIAL_KNOWN;
            case TRANSFER_EXISTS -> ProblemType.TRANSFER_EXISTS;
            case NOT_IN_TRANSIT -> ProblemType.NOT_IN_TRANSIT;
            case INBOUND_CLOSED -> ProblemType.INBOUND_CLOSED;
            case UNRECONCILED -> ProblemType.UNRECONCILED;
            case HOLD_EXPIRED -> ProblemType.HOLD_EXPIRED;
            case NOT_CONFIRMED -> ProblemType.NOT_CONFIRMED;
            case ALREADY_REVERSED -> ProblemType.ALREADY_REVERSED;
            case RETURNED_ALREADY -> ProblemType.RETURNED_ALREADY;
            case NOT_REVERSIBLE -> ProblemType.NOT_REVERSIBLE;
        };
    }

    private static Problem notHeld(Answer.NotHeld answer, @Nullable String insteadOfLines) {
        String what = "(expected: at most " + answer.held() + ", which is what it holds of " + answer.sku() + ")";
        Problem problem = insteadOfLines == null
                ? Problem.ofField(
                        ProblemType.NOT_HELD, "lines[" + answer.line() + "].quantity", answer.requested() + " " + what)
                : Problem.ofField(
                        ProblemType.NOT_HELD, insteadOfLines, answer.requested() + " of " + answer.sku() + " " + what);
        return problem.with("held", answer.held());
    }

    private static Problem insufficient(List<Answer.Shortage> shortages, @Nullable String insteadOfLines) {
        Answer.Shortage first = shortages.get(0);
        String more = shortages.size() > 1
                ? " " + (shortages.size() - 1)
                        + (shortages.size() == 2 ? " more line is short." : " more lines are short.")
                : "";
        return new Problem(
                ProblemType.INSUFFICIENT_STOCK,
                first.sku() + ": " + first.requested() + " requested, " + first.available() + " available." + more,
                insteadOfLines == null ? "lines[" + first.line() + "].quantity" : insteadOfLines,
                Map.of("shortages", shortages.stream().map(Rejections::shortage).toList()));
    }

    private static Map<String, Object> shortage(Answer.Shortage shortage) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("line", shortage.line());
        members.put("sku", shortage.sku());
        members.put("requested", shortage.requested());
        members.put("available", shortage.available());
        members.put("short", shortage.requested() - shortage.available());
        return members;
    }
}
