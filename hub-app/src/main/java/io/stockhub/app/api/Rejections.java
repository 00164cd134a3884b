package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.stock.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the stock master's refusals are called on the wire. */
final class Rejections {
    private Rejections() {}

    /** The problem for an answer that is not a success. */
    static RuntimeException of(Answer answer) {
        Problem problem =
                switch (answer) {
                    case Answer.InsufficientStock(List<Answer.Shortage> shortages) -> insufficient(shortages);
                    case Answer.UnknownSku(int line, String sku) ->
                        Problem.ofField(
                                ProblemType.UNKNOWN_SKU,
                                "lines[" + line + "].sku",
                                "\"" + sku + "\" (expected: a SKU that exists)");
                    case Answer.UnknownLocation(String location) ->
                        Problem.ofField(
                                ProblemType.UNKNOWN_LOCATION,
                                "location",
                                "\"" + location + "\" (expected: a location that exists)");
                    case Answer.UnknownReservation(long id) ->
                        Problem.of(ProblemType.UNKNOWN_RESERVATION, "No reservation \"" + id + "\".");
                    case Answer.NotHeld(int line, String sku, long requested, long held) ->
                        Problem.ofField(
                                        ProblemType.NOT_HELD,
                                        "lines[" + line + "].quantity",
                                        requested + " (expected: at most " + held + ", which is what it holds of " + sku
                                                + ")")
                                .with("held", held);
                    case Answer.UnknownMovement(long id) ->
                        Problem.of(ProblemType.NOT_FOUND, "No movement \"" + id + "\".");
                    case Answer.Refused(String code, String field, String message) ->
                        Problem.ofField(ProblemType.INVALID_FIELD, field, message);
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

    private static Problem insufficient(List<Answer.Shortage> shortages) {
        Answer.Shortage first = shortages.get(0);
        String more = shortages.size() > 1
                ? " " + (shortages.size() - 1)
                        + (shortages.size() == 2 ? " more line is short." : " more lines are short.")
                : "";
        return new Problem(
                ProblemType.INSUFFICIENT_STOCK,
                first.sku() + ": " + first.requested() + " requested, " + first.available() + " available." + more,
                "lines[" + first.line() + "].quantity",
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
