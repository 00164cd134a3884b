package io.stockhub.stock.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that a writer keeps, so that what the database has prepared for it stays prepared. It is taken anew
 * when it broke. Not for several threads.
 */
final class WriterLine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriterLine.class);
    private static final Duration TRUSTED = Duration.ofMillis(500);
    private static final int ANSWERS_WITHIN_S = 5;

    /** Plans are made once and look rows up by index, however small or old the statistics of a table are. */
    private static final String SESSION =
            """
            set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set jit = off;
            set application_name = 'stockhub-writer'""";

    private final DataSource dataSource;
    private @Nullable Connection kept;
    private Instant used = Instant.MIN;

    WriterLine(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** In no transaction, and not committing by itself. */
    Connection connection() throws SQLException {
        Connection connection = kept;
        Instant now = Instant.now();
        if (connection != null && used.plus(TRUSTED).isBefore(now) && !connection.isValid(ANSWERS_WITHIN_S)) {
            close();
            connection = null;
        }
        if (connection == null) {
            connection = dataSource.getConnection();
            kept = connection;
            connection.setAutoCommit(false);
            try (Statement set = connection.createStatement()) {
                set.execute(SESSION);
            }
            connection.commit();
        }
        used = now;
        return connection;
    }

    /** Takes back what the transaction did; a line on which that fails is given up. */
    void undo() {
        Connection connection = kept;
        if (connection == null) {
            return;
        }
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("Rollback failed; the database drops the transaction with the connection.", e);
            close();
        }
    }

    @Override
    public void close() {
        Connection connection = kept;
        kept = null;
        if (connection != null) {
            try (Statement back = connection.createStatement()) {
                back.execute("reset all");
                connection.commit();
            } catch (SQLException e) {
                LOG.debug("The connection is broken.", e);
            }
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("The connection could not be given back.", e);
            }
        }
    }
}
