package io.stockhub.stock.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Several statements that go to the database together and come back together: one round trip. Each sees what those before
 * it did, and in a transaction that reads what is committed, what others committed while those before it waited.
 */
final class Request {
    private record Part(String sql, List<@Nullable Object> parameters, Rows.@Nullable Each each) {}

    private final Connection connection;
    private final List<Part> parts = new ArrayList<>();

    Request(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** A query; {@code each} gets its rows when the request is sent. */
    Request ask(String sql, Rows.Each each, @Nullable Object... parameters) {
        parts.add(new Part(sql, java.util.Arrays.asList(parameters), each));
        return this;
    }

    /** A statement without rows. */
    Request tell(String sql, List<@Nullable Object> parameters) {
        parts.add(new Part(sql, parameters, null));
        return this;
    }

    /** Sends all and reads the answers in order; the first statement that fails ends the request. */
    void send() throws SQLException {
        if (parts.isEmpty()) {
            return;
        }
        StringJoiner sql = new StringJoiner(";\n");
        parts.forEach(part -> sql.add(part.sql()));
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            int index = 1;
            for (Part part : parts) {
                for (Object parameter : part.parameters()) {
                    if (parameter == null) {
                        statement.setNull(index++, Types.NULL);
                    } else {
                        statement.setObject(index++, parameter);
                    }
                }
            }
            statement.execute();
            for (Part part : parts) {
                if (part.each() != null) {
                    try (ResultSet row = statement.getResultSet()) {
                        while (row.next()) {
                            part.each().accept(row);
                        }
                    }
                }
                statement.getMoreResults();
            }
        }
        parts.clear();
    }

    /** Sends all, and the commit with it. When this throws, {@link #mayHaveCommitted} says what is known. */
    void sendAndCommit() throws SQLException {
        tell("commit", Collections.emptyList()).send();
    }

    /**
     * After a failed {@link #sendAndCommit}: false when the server itself refused a statement, for then it skipped the
     * commit; true when the line broke or the server went down, and nobody knows.
     */
    static boolean mayHaveCommitted(SQLException failed) {
        String state = failed.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.startsWith("XX");
    }
}
