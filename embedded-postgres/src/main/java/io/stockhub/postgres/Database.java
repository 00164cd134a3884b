package io.stockhub.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** The launcher's own talk with its server in SQL: proof that it is ours and durable, its role, its databases. */
final class Database {
    /** The login of the hub: owns its databases and may make more, but is no superuser. */
    static final String USER = "stockhub";

    static final String NAME = "stockhub";

    private final int port;

    Database(int port) {
        this.port = port;
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    Connection connect(String database, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "stockhub-launcher");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "120");
        return new Driver().connect(url(database), properties);
    }

    /** Refuses a server that is not the one on our folder, or that could lose an acknowledged row. */
    static void check(Connection admin, Path data) throws SQLException {
        Map<String, String> settings = settings(admin);
        for (String name : ServerSettings.DURABLE) {
            expect(name, settings.get(name), "on");
        }
        expect("data_checksums", settings.get("data_checksums"), "on");
        // Windows answers with slashes of the other kind.
        expect(
                "data_directory",
                Path.of(settings.getOrDefault("data_directory", "")).toString(),
                data.toString());
    }

    private static Map<String, String> settings(Connection admin) throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        try (Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("select name, setting from pg_settings where name in"
                        + " ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'data_directory')")) {
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
        }
        return settings;
    }

    private static void expect(String name, String found, String expected) {
        if (!expected.equals(found)) {
            throw new EmbeddedPostgresException("PostgreSQL runs with " + name + " = " + found + " (expected: "
                    + expected + "); remove what overrides it and start again");
        }
    }

    /** Repeating it changes nothing but the password, which becomes the one given. */
    static void provision(Connection admin, String password) throws SQLException {
        if (!exists(admin, "select 1 from pg_roles where rolname = ?", USER)) {
            execute(admin, "create role " + USER + " login createdb");
            execute(admin, "grant pg_monitor, pg_checkpoint, pg_signal_backend to " + USER);
        }
        // Hashed on this side: a plain password in a statement could reach the server's log.
        admin.unwrap(PGConnection.class).alterUserPassword(USER, password.toCharArray(), "scram-sha-256");
        execute(admin, "alter database postgres owner to " + USER);
        if (!exists(admin, "select 1 from pg_database where datname = ?", NAME)) {
            execute(admin, "create database " + NAME + " owner " + USER);
        }
    }

    static void create(Connection connection, String name) throws SQLException {
        execute(connection, "create database \"" + name + "\"");
    }

    static int otherClients(Connection admin) throws SQLException {
        try (Statement statement = admin.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from pg_stat_activity"
                        + " where backend_type = 'client backend' and pid <> pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
