package io.stockhub.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A few rows in a server, and answers from it, as a client sees them. */
final class Rows {
    private Rows() {}

    static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl("stockhub"), postgres.user(), postgres.password());
    }

    static void write(EmbeddedPostgres postgres, int rows) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept (n int)");
            statement.execute("insert into kept select generate_series(1, " + rows + ")");
        }
    }

    static String ask(EmbeddedPostgres postgres, String query) throws SQLException {
        try (Connection connection = connect(postgres)) {
            return ask(connection, query);
        }
    }

    static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    static int count(EmbeddedPostgres postgres) throws SQLException {
        return Integer.parseInt(ask(postgres, "select count(*) from kept"));
    }
}
