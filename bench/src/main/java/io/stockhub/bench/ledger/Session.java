package io.stockhub.bench.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** One connection with its statements, each prepared once and kept; for one thread at a time. */
final class Session implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Deque<Long> numbers = new ArrayDeque<>();

    Session(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    /** A number of the ledger; taken fifty at a time, as careful users of sequences do. */
    long number() throws SQLException {
        if (numbers.isEmpty()) {
            try (ResultSet row = statement("select nextval('ledger_sequence') from generate_series(1, 50)")
                    .executeQuery()) {
                while (row.next()) {
                    numbers.add(row.getLong(1));
                }
            }
        }
        return numbers.remove();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
