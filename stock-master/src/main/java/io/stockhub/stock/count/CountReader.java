package io.stockhub.stock.count;

import io.stockhub.stock.CountDesk.Count;
import io.stockhub.stock.CountDesk.Entry;
import io.stockhub.stock.CountDesk.Head;
import io.stockhub.stock.CountDesk.Line;
import io.stockhub.stock.CountDesk.Spot;
import io.stockhub.stock.CountState;
import io.stockhub.stock.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads counts whole. */
final class CountReader {
    static final String HEADS =
            """
            select count_id, location, blind, tolerance, state, opened_by, opened_at, posted_by, ended_at, movement_id
            from stock_count
            """;

    private final Sql.Session session;

    CountReader(Sql.Session session) {
        this.session = session;
    }

    /** The count, locked until the end of the transaction. */
    Optional<Count> locked(long countId) throws SQLException {
        return session.first(HEADS + "where count_id = ? for update", CountReader::head, countId)
                .map(this::whole);
    }

    Optional<Count> count(long countId) throws SQLException {
        return session.first(HEADS + "where count_id = ?", CountReader::head, countId)
                .map(this::whole);
    }

    private Count whole(Head head) {
        try {
            return new Count(head, lines(head));
        } catch (SQLException e) {
            throw new io.stockhub.stock.StockUnavailableException("The database did not answer.", e);
        }
    }

    private record Noted(int line, Entry entry) {}

    private List<Line> lines(Head head) throws SQLException {
        Map<Integer, List<Entry>> entries = new HashMap<>();
        session.list(
                        """
                        select line, counted, booked, actor, counted_at from count_entry
                        where count_id = ? order by line, round""",
                        row -> new Noted(
                                row.getInt(1),
                                new Entry(row.getLong(2), row.getLong(3), row.getString(4), Sql.time(row, 5))),
                        head.countId())
                .forEach(noted -> entries.computeIfAbsent(noted.line(), any -> new ArrayList<>())
                        .add(noted.entry()));
        return session.list(
                "select line, sku, bin, lot, planned from count_line where count_id = ? order by line",
                row -> {
                    List<Entry> mine = List.copyOf(entries.getOrDefault(row.getInt(1), List.of()));
                    return new Line(
                            row.getInt(1),
                            new Spot(row.getString(2), named(row.getString(3)), named(row.getString(4))),
                            row.getBoolean(5),
                            Settlement.of(mine, head.tolerance()),
                            mine);
                },
                head.countId());
    }

    private static @Nullable String named(String text) {
        return text.isEmpty() ? null : text;
    }

    static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getLong(1),
                row.getString(2),
                row.getBoolean(3),
                row.getLong(4),
                CountState.of(row.getString(5)),
                row.getString(6),
                Sql.time(row, 7),
                row.getString(8),
                Sql.optionalTime(row, 9),
                row.getObject(10, Long.class));
    }
}
