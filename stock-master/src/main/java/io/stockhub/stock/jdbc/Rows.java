package io.stockhub.stock.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** Lists as parameters of a query. */
final class Rows {
    private Rows() {}

    static Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    static Array numbers(Connection connection, Collection<? extends Number> numbers) throws SQLException {
        return connection.createArrayOf("bigint", numbers.toArray());
    }
}
