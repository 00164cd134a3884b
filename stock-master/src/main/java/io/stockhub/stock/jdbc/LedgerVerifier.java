package io.stockhub.stock.jdbc;

import static io.stockhub.stock.jdbc.JdbcCatalogue.unavailable;

import io.stockhub.stock.LedgerCheck;
import io.stockhub.stock.StockQueries.LedgerFinding;
import io.stockhub.stock.StockQueries.LedgerReport;
import io.stockhub.stock.StockQueries.SealPoint;
import io.stockhub.stock.StockQueries.VerifyMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Checks the ledger in one snapshot, set by set: each check is one statement of {@link LedgerChecks}. */
final class LedgerVerifier {
    /** A check of a large ledger takes longer than any other statement may. */
    private static final int ANSWER_MILLIS_MAX = 3_600_000;

    private static final String SOMEBODY_ELSE_MOVED_IT = "40001";

    /**
     * A full check reads all of them. Planned for the size that they had before somebody filled them, it takes minutes
     * instead of seconds; PostgreSQL looks by itself only once a minute. Nobody who writes waits for it.
     */
    private static final String LOOK_AT_SIZES =
            "analyze movement, posting, seal, account, reservation, reservation_line, reservation_part, allocation, idempotency";

    private final DataSource dataSource;

    LedgerVerifier(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    private record Counts(long movements, long postings, long accounts, long unsealed) {}

    LedgerReport verify(VerifyMode mode) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS_MAX);
            if (mode == VerifyMode.FULL) {
                try (Statement look = connection.createStatement()) {
                    look.execute(LOOK_AT_SIZES);
                }
            }
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                LedgerReport report = check(connection, mode);
                connection.commit();
                return report;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static LedgerReport check(Connection connection, VerifyMode mode) throws SQLException {
        try (Statement set = connection.createStatement()) {
            // Sorting and hashing millions of rows in the default 4 MB goes to disk; compiling costs more than it
            // gains.
            set.execute("set local work_mem = '128MB'");
            set.execute("set local jit = off");
        }
        Rows rows = new Rows(connection);
        LedgerChecks.Range range = range(rows, mode);
        Counts counts = counts(rows, range);
        SealPoint until = until(rows);
        Map<LedgerCheck, Long> found = new EnumMap<>(LedgerCheck.class);
        List<LedgerFinding> findings = new ArrayList<>();
        for (String check : LedgerChecks.statements(range, missingGuards(rows))) {
            rows.query(check, row -> {
                LedgerCheck kind = LedgerCheck.valueOf(row.getString(1));
                if (row.getLong(2) > 0) {
                    found.merge(kind, row.getLong(2), Long::sum);
                }
                findings.add(new LedgerFinding(kind, row.getString(3), row.getString(4)));
            });
        }
        if (mode == VerifyMode.INCREMENTAL && found.isEmpty()) {
            moveCheckpoint(connection, range);
        }
        return new LedgerReport(
                mode,
                counts.movements(),
                counts.postings(),
                counts.accounts(),
                counts.unsealed(),
                until,
                found,
                List.copyOf(findings));
    }

    private static LedgerChecks.Range range(Rows rows, VerifyMode mode) throws SQLException {
        List<LedgerChecks.Range> ranges = new ArrayList<>(1);
        rows.query(
                """
                select c.position, c.hash, c.sealed_to, c.movements, c.postings, coalesce(h.sealed_to, 0),
                       (select case when is_called then last_value else 0 end from ledger_sequence)
                from checkpoint c left join seal_head h on true""",
                row -> ranges.add(new LedgerChecks.Range(
                        mode == VerifyMode.INCREMENTAL,
                        row.getLong(1),
                        HexFormat.of().formatHex(row.getBytes(2)),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7))));
        if (mode == VerifyMode.FULL || ranges.isEmpty()) {
            LedgerChecks.Range ends = ranges.isEmpty() ? null : ranges.getFirst();
            return new LedgerChecks.Range(
                    false,
                    0,
                    "00".repeat(32),
                    0,
                    0,
                    0,
                    ends == null ? 0 : ends.sealedTo(),
                    ends == null ? Long.MAX_VALUE : ends.lastNumber());
        }
        return ranges.getFirst();
    }

    private static Counts counts(Rows rows, LedgerChecks.Range range) throws SQLException {
        List<Counts> counts = new ArrayList<>(1);
        rows.query(
                """
                select ? + (select count(*) from movement where movement_id > ?),
                       ? + (select count(*) from posting where movement_id > ?),
                       (select count(*) from account),
                       (select count(*) from movement where movement_id > ?)""",
                row -> counts.add(new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4))),
                range.movements(),
                range.after(),
                range.postings(),
                range.after(),
                range.sealedTo());
        return counts.getFirst();
    }

    /** Constraints that make some findings impossible, and are not there any more. */
    private static List<String> missingGuards(Rows rows) throws SQLException {
        List<String> missing = new ArrayList<>();
        rows.query(
                """
                select g.name from (values
                  ('reservation', '{channel,order_ref}'), ('idempotency', '{key}'), ('movement', '{reverses}')
                ) as g (name, columns)
                where not exists (
                  select from pg_index i where i.indrelid = to_regclass(g.name) and i.indisunique
                    and g.columns = (select array_agg(a.attname order by a.attnum)::text from pg_attribute a
                                     where a.attrelid = i.indexrelid))""",
                row -> missing.add(row.getString(1)));
        return missing;
    }

    private static @Nullable SealPoint until(Rows rows) throws SQLException {
        List<SealPoint> last = new ArrayList<>(1);
        rows.query(
                "select position, movement_id, hash, sealed_at from seal order by position desc limit 1",
                row -> last.add(new SealPoint(
                        row.getLong(1), row.getLong(2), HexFormat.of().formatHex(row.getBytes(3)), Rows.time(row, 4))));
        return last.isEmpty() ? null : last.getFirst();
    }

    /** The row of the checkpoint first: of two checks that end at once, one finds it moved and leaves it. */
    private static void moveCheckpoint(Connection connection, LedgerChecks.Range range) throws SQLException {
        try (Statement move = connection.createStatement()) {
            move.execute(
                    range.filled(
                            """
                    update checkpoint set sealed_to = :sealed_to, passed_at = now(),
                      position = h.position, hash = h.hash,
                      movements = movements + (select count(*) from movement
                                               where movement_id > :after and movement_id <= :sealed_to),
                      postings = postings + (select count(*) from posting
                                             where movement_id > :after and movement_id <= :sealed_to)
                    from seal_head h"""));
            move.execute(
                    range.filled(
                            """
                    insert into checkpoint_account as c (account_id, quantity)
                    select account_id, sum(change) from (
                      select from_account as account_id, -quantity as change from posting
                      where movement_id > :after and movement_id <= :sealed_to
                      union all
                      select to_account, quantity from posting
                      where movement_id > :after and movement_id <= :sealed_to) moved
                    group by account_id order by account_id
                    on conflict (account_id) do update set quantity = c.quantity + excluded.quantity"""));
        } catch (SQLException e) {
            if (!SOMEBODY_ELSE_MOVED_IT.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback();
        }
    }
}
