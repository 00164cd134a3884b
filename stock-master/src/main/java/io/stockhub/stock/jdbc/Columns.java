package io.stockhub.stock.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows as columns: one statement writes any number of rows by {@code unnest} of one array a column. */
final class Columns<T> {

    private interface Column<T> {
        Object value(Connection connection, List<T> rows) throws SQLException;
    }

    private final Connection connection;
    private final List<T> rows;
    private final List<Column<T>> columns = new java.util.ArrayList<>();

    private Columns(Connection connection, Collection<T> rows) {
        this.connection = connection;
        this.rows = List.copyOf(rows);
    }

    static <T> Columns<T> of(Connection connection, Collection<T> rows) {
        return new Columns<>(connection, rows);
    }

    /** The next parameter is an array of {@code type}, for example {@code bigint}. */
    Columns<T> array(String type, Function<T, @Nullable Object> field) {
        columns.add((at, values) ->
                at.createArrayOf(type, values.stream().map(field).toArray()));
        return this;
    }

    /** The driver takes arrays of bytes only when their type says so. */
    Columns<T> bytes(Function<T, byte[]> field) {
        columns.add((at, values) ->
                at.createArrayOf("bytea", values.stream().map(field).toArray(byte[][]::new)));
        return this;
    }

    /** The next parameter is one value for all rows. */
    Columns<T> value(Object value) {
        columns.add((at, values) -> value);
        return this;
    }

    /** Runs the statement; does nothing when there are no rows. */
    void write(String sql) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = prepared(sql)) {
            statement.executeUpdate();
        }
    }

    /** Runs the statement and gives each row that it returns to {@code each}. */
    void returning(String sql, Rows.Each each) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = prepared(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                each.accept(row);
            }
        }
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < columns.size(); i++) {
            statement.setObject(i + 1, columns.get(i).value(connection, rows));
        }
        return statement;
    }
}
