package io.stockhub.stock.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows as columns: one statement writes any number of rows by {@code unnest} of one array a column. */
final class Columns<T> {

    private interface Column<T> {
        @Nullable
        Object value(Connection connection, List<T> rows) throws SQLException;
    }

    private final Connection connection;
    private final List<T> rows;
    private final List<Column<T>> columns = new ArrayList<>();

    private Columns(Connection connection, Collection<T> rows) {
        this.connection = connection;
        this.rows = List.copyOf(rows);
    }

    static <T> Columns<T> of(Connection connection, Collection<T> rows) {
        return new Columns<>(connection, rows);
    }

    /**
     * The next parameter is an array of {@code type}, for example {@code bigint}; null when each row has null there, which
     * {@code unnest} fills up to the length of the others.
     */
    Columns<T> array(String type, Function<T, @Nullable Object> field) {
        columns.add((at, values) -> {
            Object[] array = empty(type, values.size());
            boolean some = false;
            for (int i = 0; i < array.length; i++) {
                array[i] = field.apply(values.get(i));
                some |= array[i] != null;
            }
            return some ? at.createArrayOf(type, array) : null;
        });
        return this;
    }

    /** The driver sends arrays in binary when their class says of what they are. */
    private static Object[] empty(String type, int size) {
        return switch (type) {
            case "text" -> new String[size];
            case "bigint" -> new Long[size];
            case "int" -> new Integer[size];
            default -> new Object[size];
        };
    }

    /** The driver takes arrays of bytes only when their type says so. */
    Columns<T> bytes(Function<T, byte[]> field) {
        columns.add((at, values) -> {
            byte[][] array = new byte[values.size()][];
            for (int i = 0; i < array.length; i++) {
                array[i] = field.apply(values.get(i));
            }
            return at.createArrayOf("bytea", array);
        });
        return this;
    }

    /** The next parameter is one value for all rows. */
    Columns<T> value(Object value) {
        columns.add((at, values) -> value);
        return this;
    }

    /** Adds the statement to a request; nothing when there are no rows. */
    void into(Request request, String sql) throws SQLException {
        if (!rows.isEmpty()) {
            request.tell(sql, values());
        }
    }

    /** Runs the statement; does nothing when there are no rows. */
    void write(String sql) throws SQLException {
        Request request = new Request(connection);
        into(request, sql);
        request.send();
    }

    /** Runs the statement and gives each row that it returns to {@code each}. */
    void returning(String sql, Rows.Each each) throws SQLException {
        if (!rows.isEmpty()) {
            new Request(connection).ask(sql, each, values().toArray()).send();
        }
    }

    private List<@Nullable Object> values() throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        for (Column<T> column : columns) {
            values.add(column.value(connection, rows));
        }
        return values;
    }
}
