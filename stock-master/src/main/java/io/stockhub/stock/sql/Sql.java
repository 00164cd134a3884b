package io.stockhub.stock.sql;

import io.stockhub.stock.StockUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database to ask. Parameters may be texts, numbers, times, and arrays of texts, whole numbers and integers.
 *
 * <p>Every method throws {@link StockUnavailableException} when the database does not answer.
 */
public final class Sql {

    /** Makes a value of the row that the result stands on. */
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is done in one transaction. */
    public interface Work<T> {
        T in(Session session) throws SQLException;
    }

    private final DataSource dataSource;

    public Sql(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... parameters) {
        return transaction(session -> session.list(sql, reader, parameters));
    }

    public <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... parameters) {
        return list(sql, reader, parameters).stream().findFirst();
    }

    /** Runs the work and commits; whatever it throws undoes all of it. */
    public <T> T transaction(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.in(new Session(connection));
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StockUnavailableException("The database did not answer.", e);
        }
    }

    /** One transaction. */
    public static final class Session {
        private final Connection connection;

        private Session(Connection connection) {
            this.connection = connection;
        }

        public <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... parameters) throws SQLException {
            try (PreparedStatement select = bound(sql, parameters);
                    ResultSet row = select.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(reader.read(row));
                }
                return rows;
            }
        }

        public <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... parameters) throws SQLException {
            return list(sql, reader, parameters).stream().findFirst();
        }

        /** The number of rows that were written. */
        public int write(String sql, @Nullable Object... parameters) throws SQLException {
            try (PreparedStatement update = bound(sql, parameters)) {
                return update.executeUpdate();
            }
        }

        private PreparedStatement bound(String sql, @Nullable Object... parameters) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, value(parameters[i]));
            }
            return statement;
        }

        private @Nullable Object value(@Nullable Object parameter) throws SQLException {
            return switch (parameter) {
                case String[] texts -> connection.createArrayOf("text", texts);
                case Long[] numbers -> connection.createArrayOf("bigint", numbers);
                case Integer[] numbers -> connection.createArrayOf("int", numbers);
                case Instant time -> time.atOffset(ZoneOffset.UTC);
                case null, default -> parameter;
            };
        }
    }

    public static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant optionalTime(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
