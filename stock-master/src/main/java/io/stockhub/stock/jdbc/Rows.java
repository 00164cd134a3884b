package io.stockhub.stock.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Queries on one connection, without the ceremony. */
final class Rows {

    /** What is done with each row. */
    interface Each {
        void accept(ResultSet row) throws SQLException;
    }

    /** A {@link SQLException} on its way through code that cannot throw it. */
    static final class BrokenOffException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final SQLException broken;

        BrokenOffException(SQLException broken) {
            super(broken);
            this.broken = broken;
        }

        SQLException broken() {
            return broken;
        }
    }

    private final Connection connection;

    Rows(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    void query(String sql, Each each, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    each.accept(row);
                }
            }
        }
    }

    Array texts(Collection<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray(String[]::new));
    }

    Array numbers(Collection<Long> values) throws SQLException {
        return connection.createArrayOf("bigint", values.toArray(Long[]::new));
    }

    static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant optionalTime(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
