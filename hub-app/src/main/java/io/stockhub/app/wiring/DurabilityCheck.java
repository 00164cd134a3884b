package io.stockhub.app.wiring;

import io.stockhub.app.settings.SettingsException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Refuses a database that forgets: what it acknowledges must survive its crash, or nothing that we promise holds. */
final class DurabilityCheck {
    private static final List<String> MUST_BE_ON = List.of("fsync", "full_page_writes", "synchronous_commit");

    private DurabilityCheck() {}

    static void check(DataSource dataSource) {
        List<String> problems = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String setting : MUST_BE_ON) {
                String value = text(statement, "show " + setting);
                if (value.equals("off")) {
                    problems.add("database: its setting " + setting
                            + " is off (expected: on, else a crash can lose acknowledged stock)");
                }
            }
            if (text(statement, "select pg_is_in_recovery()").equals("t")) {
                problems.add("database: it is a replica (expected: the primary)");
            }
        } catch (SQLException e) {
            problems.add("database: it does not answer: " + e.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
