package io.stockhub.stock.jdbc;

import static io.stockhub.stock.jdbc.JdbcCatalogue.unavailable;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chains committed movements by their hashes, in the order of their numbers and never before every lower number is
 * decided, so that the chain has no gap that fills later. Writers do not know of it and never wait for it. Every hub may
 * run one: whoever has the head's lock seals, the others pass by; a hub that hangs is cut off by the database.
 *
 * <p>A number is taken by a transaction that has its own number already. So when a round reads the last number taken and
 * then gets a transaction number itself, everyone who took one of those numbers is older than that transaction; once no
 * older one runs, what is not there will never be.
 */
public final class Sealer {
    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final int GROUP_MAX = 5_000;
    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final String LAST_NUMBER =
            "select case when is_called then last_value else 0 end from ledger_sequence";

    private final DataSource dataSource;
    private final int groupMax;
    private final Duration lease;

    public Sealer(DataSource dataSource) {
        this(dataSource, GROUP_MAX, LEASE);
    }

    /**
     * @param groupMax movements sealed in one transaction
     * @param lease how long a hub may do nothing while it holds the head
     */
    public Sealer(DataSource dataSource, int groupMax, Duration lease) {
        this.dataSource = dataSource;
        this.groupMax = groupMax;
        this.lease = lease;
    }

    private record Head(long position, byte[] hash, long sealedTo, @Nullable Long noted, boolean settled) {}

    /**
     * One round: seals what is known to be complete, and notes what will be next.
     *
     * @return how long to wait before the next; zero when there is more to seal
     * @throws io.stockhub.stock.StockUnavailableException when the database does not answer
     */
    public Duration step() {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                boolean more = round(connection);
                connection.commit();
                return more ? Duration.ZERO : ROUND;
            } catch (SQLException | RuntimeException e) {
                rollback(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private boolean round(Connection connection) throws SQLException {
        Rows rows = new Rows(connection);
        try (Statement set = connection.createStatement()) {
            set.execute("set local idle_in_transaction_session_timeout = " + lease.toMillis());
            // The size of a group differs by orders of magnitude; a plan for the average one would read the ledger.
            set.execute("set local plan_cache_mode = force_custom_plan");
        }
        long lastNumber = number(rows, LAST_NUMBER);
        if (lastNumber == number(rows, "select sealed_to from seal_head")) {
            return false;
        }
        Head head = lock(rows);
        if (head == null) {
            return false;
        }
        boolean more = false;
        Head sealed = head;
        if (head.noted() != null && head.settled()) {
            sealed = seal(connection, rows, head, head.noted());
            more = sealed.sealedTo() < head.noted();
        }
        boolean fresh = head.noted() == null || head.settled() && !more;
        write(connection, sealed, fresh ? lastNumber : head.noted(), fresh);
        return more;
    }

    private static long number(Rows rows, String sql) throws SQLException {
        List<Long> numbers = new ArrayList<>(1);
        rows.query(sql, row -> numbers.add(row.getLong(1)));
        return numbers.isEmpty() ? 0 : numbers.getFirst();
    }

    /**
     * Null when another hub seals at this moment. A note by a transaction that is still to come was made in another
     * cluster, before the database was restored into this one: none of the numbers' takers is alive.
     */
    private static @Nullable Head lock(Rows rows) throws SQLException {
        List<Head> head = new ArrayList<>(1);
        rows.query(
                """
                select position, hash, sealed_to, noted_number,
                       pg_snapshot_xmin(pg_current_snapshot()) >= noted_by or noted_by > pg_current_xact_id()
                from seal_head for update skip locked""",
                row -> head.add(new Head(
                        row.getLong(1),
                        row.getBytes(2),
                        row.getLong(3),
                        row.getObject(4, Long.class),
                        row.getBoolean(5))));
        return head.isEmpty() ? null : head.getFirst();
    }

    private record Seal(long position, long movementId, int postings, byte[] content, byte[] hash) {}

    private Head seal(Connection connection, Rows rows, Head head, long complete) throws SQLException {
        List<Long> ids = new ArrayList<>();
        rows.query(
                """
                select movement_id from movement where movement_id > ? and movement_id <= ?
                order by movement_id limit ?""",
                row -> ids.add(row.getLong(1)),
                head.sealedTo(),
                complete,
                groupMax);
        long until = ids.size() < groupMax ? complete : ids.getLast();
        List<Seal> seals = new ArrayList<>(ids.size());
        if (!ids.isEmpty()) {
            rows.query(
                    "select movement_id, postings, content from movement_content(?, ?) order by movement_id",
                    row -> {
                        Seal before = seals.isEmpty() ? null : seals.getLast();
                        seals.add(new Seal(
                                head.position() + seals.size() + 1,
                                row.getLong(1),
                                row.getInt(2),
                                row.getBytes(3),
                                link(before == null ? head.hash() : before.hash(), row.getBytes(3))));
                    },
                    head.sealedTo(),
                    until);
            Columns.of(connection, seals)
                    .array("bigint", Seal::position)
                    .array("bigint", Seal::movementId)
                    .array("int", Seal::postings)
                    .bytes(Seal::content)
                    .bytes(Seal::hash)
                    .write(
                            """
                            insert into seal (position, movement_id, postings, content, hash, sealed_at)
                            select s.*, clock_timestamp()
                            from unnest(?::bigint[], ?::bigint[], ?::int[], ?::bytea[], ?::bytea[]) s""");
            LOG.debug("Sealed {} movements up to {}.", seals.size(), until);
        }
        Seal last = seals.isEmpty() ? null : seals.getLast();
        return last == null
                ? new Head(head.position(), head.hash(), until, null, false)
                : new Head(last.position(), last.hash(), until, null, false);
    }

    private static void write(Connection connection, Head head, @Nullable Long noted, boolean fresh)
            throws SQLException {
        Columns.of(connection, List.of(head))
                .value(head.position())
                .value(head.hash())
                .value(head.sealedTo())
                .value(noted == null ? head.sealedTo() : noted)
                .value(fresh)
                .write(
                        """
                        update seal_head set position = ?, hash = ?, sealed_to = ?, noted_number = ?,
                               noted_by = case when ? then pg_current_xact_id() else noted_by end""");
    }

    private static byte[] link(byte[] before, byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(before);
            return digest.digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("Rollback failed; the database drops the transaction with the connection.", e);
        }
    }
}
