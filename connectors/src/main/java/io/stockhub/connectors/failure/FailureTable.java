package io.stockhub.connectors.failure;

import io.stockhub.connectors.Failure.Kind;
import java.util.List;
import java.util.function.IntPredicate;

/** What a status means when the manifest says nothing else. The first row that holds counts. */
final class FailureTable {

    /**
     * @param mayHaveApplied whether a write with this answer may have taken effect all the same
     */
    record Row(String statuses, IntPredicate holds, Kind kind, String code, boolean mayHaveApplied) {}

    static final List<Row> ROWS = List.of(
            new Row("429", s -> s == 429, Kind.THROTTLED, Codes.THROTTLED, false),
            new Row("401, 403, 407", s -> s == 401 || s == 403 || s == 407, Kind.SETTINGS, Codes.UNAUTHORIZED, false),
            // Redirects are not followed: whoever moved must be entered as the account's address by a person.
            new Row("3xx", s -> s >= 300 && s < 400, Kind.SETTINGS, Codes.REDIRECTED, false),
            new Row("408, 425", s -> s == 408 || s == 425, Kind.TRANSIENT, Codes.HTTP_5XX, true),
            new Row("other 4xx", s -> s >= 400 && s < 500, Kind.PERMANENT, Codes.REJECTED, false),
            new Row("5xx", s -> s >= 500 && s < 600, Kind.TRANSIENT, Codes.HTTP_5XX, true),
            new Row("anything else", s -> true, Kind.POISON, Codes.BUG, false));

    private FailureTable() {}

    static Row of(int status) {
        return ROWS.stream().filter(row -> row.holds().test(status)).findFirst().orElseThrow();
    }
}
