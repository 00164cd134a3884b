package io.stockhub.stock.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Numbers taken after the locks, so that those of one SKU grow in the order in which its commands commit. */
final class Numbers implements LongSupplier {
    /**
     * The transaction has its own number before it takes one of ours: whoever sees that no such transaction runs any more
     * knows that no movement with an older number will appear.
     */
    private static final String TAKE =
            """
            select array_agg(nextval('ledger_sequence')), clock_timestamp()
            from (select pg_current_xact_id() as id offset 0) tx, generate_series(1, ?) where tx.id is not null""";

    private static final int MORE = 64;

    private final Rows rows;
    private final Deque<Long> left = new ArrayDeque<>();
    private @Nullable Instant takenAt;

    Numbers(Rows rows) {
        this.rows = rows;
    }

    void askFor(Request request, int count) {
        request.ask(
                TAKE,
                row -> {
                    for (Long number : (Long[]) row.getArray(1).getArray()) {
                        left.add(number);
                    }
                    if (takenAt == null) {
                        takenAt = Rows.time(row, 2);
                    }
                },
                count);
    }

    /** The database's time when the first were taken. */
    Instant takenAt() {
        return Objects.requireNonNull(takenAt, "nothing taken");
    }

    @Override
    public long getAsLong() {
        if (left.isEmpty()) {
            try {
                Request more = new Request(rows.connection());
                askFor(more, MORE);
                more.send();
            } catch (SQLException e) {
                throw new Rows.BrokenOffException(e);
            }
        }
        return left.remove();
    }
}
