package io.stockhub.stock.jdbc;

import static io.stockhub.stock.jdbc.JdbcCatalogue.unavailable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what the accounts of a SKU held after every few hundred of its postings, so that stock as of the past and
 * pages deep in a long life are read from the mark before and what came after it. Only of what is sealed: below that,
 * no movement appears any more. Every hub may run one: whoever has the head's lock writes, the others pass by.
 */
public final class SkuMarks {
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int GROUP_MAX = 20_000;
    private static final int INTERVAL = 200;

    private static final String POSTINGS =
            """
            select d.sku, p.movement_id, p.from_account, p.to_account, p.quantity, m.occurred_at, m.recorded_at
            from unnest(?::text[], ?::bigint[]) d (sku, since)
            join posting p on p.sku = d.sku and p.movement_id > d.since and p.movement_id <= ?
            join movement m on m.movement_id = p.movement_id
            order by d.sku, p.movement_id, p.line""";

    private final DataSource dataSource;
    private final int groupMax;
    private final int interval;

    public SkuMarks(DataSource dataSource) {
        this(dataSource, GROUP_MAX, INTERVAL);
    }

    /**
     * @param groupMax movements looked at in one transaction
     * @param interval postings of a SKU between two of its marks; more for SKUs with many accounts, of which each mark
     *     is a list
     */
    public SkuMarks(DataSource dataSource, int groupMax, int interval) {
        this.dataSource = dataSource;
        this.groupMax = groupMax;
        this.interval = interval;
    }

    /** A mark as it is written. */
    private record Mark(
            String sku,
            long movementId,
            long since,
            OffsetDateTime firstOccurred,
            OffsetDateTime firstRecorded,
            OffsetDateTime lastOccurred,
            OffsetDateTime lastRecorded,
            List<Long> accounts,
            List<Long> quantities) {}

    private record Left(String sku, long postings, long markAt) {}

    /**
     * One round.
     *
     * @return how long to wait before the next; zero when there is more to look at
     * @throws io.stockhub.stock.StockUnavailableException when the database does not answer
     */
    public Duration step() {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                boolean more = round(connection);
                connection.commit();
                return more ? Duration.ZERO : ROUND;
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private boolean round(Connection connection) throws SQLException {
        Rows rows = new Rows(connection);
        List<Long> ends = new ArrayList<>(2);
        rows.query(
                """
                select m.marked_to, s.sealed_to from mark_head m cross join seal_head s
                where m.marked_to < s.sealed_to for update of m skip locked""",
                row -> ends.addAll(List.of(row.getLong(1), row.getLong(2))));
        if (ends.isEmpty()) {
            return false;
        }
        long from = ends.getFirst();
        List<Long> numbers = new ArrayList<>();
        rows.query(
                "select movement_id from movement where movement_id > ? and movement_id <= ? order by movement_id limit ?",
                row -> numbers.add(row.getLong(1)),
                from,
                ends.getLast(),
                groupMax);
        boolean more = numbers.size() == groupMax;
        long until = more ? numbers.getLast() : ends.getLast();
        Map<String, Segments> due = due(rows, from, until);
        if (!due.isEmpty()) {
            write(connection, rows, due, until);
        }
        Columns.of(connection, List.of(until)).value(until).write("update mark_head set marked_to = ?");
        return more;
    }

    /** Counts what came; gives the SKUs that have enough of it for a mark, each with its last one. */
    private Map<String, Segments> due(Rows rows, long from, long until) throws SQLException {
        Map<String, Segments> due = new TreeMap<>();
        rows.query(
                """
                with counted as (
                  insert into sku_unmarked as u (sku, postings, mark_at)
                  select sku, count(*), ? from posting where movement_id > ? and movement_id <= ? group by sku
                  on conflict (sku) do update set postings = u.postings + excluded.postings
                  returning sku, postings, mark_at)
                select c.sku, c.mark_at, l.movement_id, l.last_occurred, l.last_recorded, l.accounts, l.quantities
                from counted c left join lateral (
                  select * from sku_mark m where m.sku = c.sku order by movement_id desc limit 1) l on true
                where c.postings >= c.mark_at""",
                row -> due.put(row.getString(1), new Segments(row)),
                interval,
                from,
                until);
        return due;
    }

    private void write(Connection connection, Rows rows, Map<String, Segments> due, long until) throws SQLException {
        rows.query(
                POSTINGS,
                row -> due.get(row.getString(1)).add(row),
                rows.texts(due.keySet()),
                rows.numbers(due.values().stream().map(of -> of.since).toList()),
                until);
        List<Mark> marks = new ArrayList<>();
        List<Left> left = new ArrayList<>();
        due.values().forEach(of -> {
            of.end();
            marks.addAll(of.marks);
            left.add(new Left(of.sku, of.postings, of.markAt));
        });
        Columns.of(connection, marks)
                .array("text", Mark::sku)
                .array("bigint", Mark::movementId)
                .array("bigint", Mark::since)
                .array("timestamptz", mark -> mark.firstOccurred().toString())
                .array("timestamptz", mark -> mark.firstRecorded().toString())
                .array("timestamptz", mark -> mark.lastOccurred().toString())
                .array("timestamptz", mark -> mark.lastRecorded().toString())
                .array("text", mark -> literal(mark.accounts()))
                .array("text", mark -> literal(mark.quantities()))
                .write(
                        """
                        insert into sku_mark
                        select sku, movement_id, since, a, b, c, d, accounts::bigint[], quantities::bigint[]
                        from unnest(?::text[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::timestamptz[],
                                    ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[])
                          as m (sku, movement_id, since, a, b, c, d, accounts, quantities)""");
        Columns.of(connection, left)
                .array("text", Left::sku)
                .array("bigint", Left::postings)
                .array("bigint", Left::markAt)
                .write(
                        """
                        update sku_unmarked u set postings = l.postings, mark_at = l.mark_at
                        from unnest(?::text[], ?::bigint[], ?::bigint[]) l (sku, postings, mark_at)
                        where u.sku = l.sku""");
    }

    /** An array of arrays must be a rectangle; these are not. */
    private static String literal(List<Long> numbers) {
        StringBuilder text = new StringBuilder("{");
        numbers.forEach(number -> text.append(text.length() == 1 ? "" : ",").append(number));
        return text.append('}').toString();
    }

    /** The postings of one SKU after its last mark, in order; a mark never splits a movement. */
    private final class Segments {
        private final String sku;
        private final Map<Long, Long> held = new LinkedHashMap<>();
        private final List<Mark> marks = new ArrayList<>();
        private long markAt;
        private long since;
        private long last;
        private long postings;
        private @Nullable OffsetDateTime firstOccurred;
        private @Nullable OffsetDateTime firstRecorded;
        private @Nullable OffsetDateTime lastOccurred;
        private @Nullable OffsetDateTime lastRecorded;

        Segments(ResultSet row) throws SQLException {
            sku = row.getString(1);
            markAt = row.getLong(2);
            since = row.getLong(3);
            lastOccurred = row.getObject(4, OffsetDateTime.class);
            lastRecorded = row.getObject(5, OffsetDateTime.class);
            if (row.getArray(6) != null) {
                Long[] accounts = (Long[]) row.getArray(6).getArray();
                Long[] quantities = (Long[]) row.getArray(7).getArray();
                for (int i = 0; i < accounts.length; i++) {
                    held.put(accounts[i], quantities[i]);
                }
            }
        }

        void add(ResultSet row) throws SQLException {
            long movementId = row.getLong(2);
            if (movementId != last) {
                end();
            }
            last = movementId;
            postings++;
            held.merge(row.getLong(3), -row.getLong(5), Long::sum);
            held.merge(row.getLong(4), row.getLong(5), Long::sum);
            OffsetDateTime occurred = row.getObject(6, OffsetDateTime.class);
            OffsetDateTime recorded = row.getObject(7, OffsetDateTime.class);
            firstOccurred = earlier(firstOccurred, occurred);
            firstRecorded = earlier(firstRecorded, recorded);
            lastOccurred = later(lastOccurred, occurred);
            lastRecorded = later(lastRecorded, recorded);
        }

        /** A movement is over. */
        void end() {
            if (postings < markAt
                    || firstOccurred == null
                    || firstRecorded == null
                    || lastOccurred == null
                    || lastRecorded == null) {
                return;
            }
            held.values().removeIf(quantity -> quantity == 0);
            marks.add(new Mark(
                    sku,
                    last,
                    since,
                    firstOccurred,
                    firstRecorded,
                    lastOccurred,
                    lastRecorded,
                    List.copyOf(held.keySet()),
                    List.copyOf(held.values())));
            markAt = Math.max(interval, held.size());
            since = last;
            postings = 0;
            firstOccurred = null;
            firstRecorded = null;
        }

        private static OffsetDateTime earlier(@Nullable OffsetDateTime one, OffsetDateTime other) {
            return one == null || other.isBefore(one) ? other : one;
        }

        private static OffsetDateTime later(@Nullable OffsetDateTime one, OffsetDateTime other) {
            return one == null || other.isAfter(one) ? other : one;
        }
    }
}
