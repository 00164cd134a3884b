package io.stockhub.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stockhub.postgres.EmbeddedPostgres.Settings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    @TempDir
    Path parent;

    private Settings settings() {
        return Settings.in(parent.resolve("pg"));
    }

    @Test
    void rowsPasswordAndPortAreTheSameAfterCloseAndStart() throws SQLException {
        String password;
        int port;
        try (EmbeddedPostgres first = EmbeddedPostgres.start(settings())) {
            Rows.write(first, 100);
            password = first.password();
            port = first.port();
        }
        try (EmbeddedPostgres second = EmbeddedPostgres.start(settings())) {
            assertThat(Rows.count(second)).isEqualTo(100);
            assertThat(second.password()).isEqualTo(password);
            assertThat(second.port()).isEqualTo(port);
        }
    }

    @Test
    void settingsOfTheCallerReachTheServer() throws SQLException {
        Settings chosen =
                settings().withServerSettings(Map.of("max_connections", "20", "search_path", "public, pg_catalog"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(chosen)) {
            assertThat(Rows.ask(postgres, "show max_connections")).isEqualTo("20");
            assertThat(Rows.ask(postgres, "show search_path")).isEqualTo("public, pg_catalog");
        }
    }

    @Test
    void durabilityCannotBeSwitchedOffInTheDatabaseEither() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
            Rows.ask(postgres, "select 1");
            asAdmin(postgres, "alter system set fsync = off");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
            assertThat(Rows.ask(postgres, "show fsync")).isEqualTo("on");
            asAdmin(postgres, "alter role postgres set synchronous_commit = off");
        }
        assertThatThrownBy(() -> EmbeddedPostgres.start(settings()))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("synchronous_commit = off (expected: on)");
    }

    @Test
    void aPortThatIsTakenIsNamedAtOnce() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(settings().withPort(other.getLocalPort())))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("port: " + other.getLocalPort() + " is taken");
        }
    }

    @Test
    void aRememberedPortThatIsTakenGivesWayToAFreeOne() throws IOException, SQLException {
        int port;
        try (EmbeddedPostgres first = EmbeddedPostgres.start(settings())) {
            port = first.port();
        }
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
                EmbeddedPostgres second = EmbeddedPostgres.start(settings())) {
            assertThat(second.port()).isNotEqualTo(other.getLocalPort());
            assertThat(Rows.ask(second, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aPasswordFileThatWasDeletedIsMadeAnew() throws IOException, SQLException {
        EmbeddedPostgres.start(settings()).close();
        Files.delete(parent.resolve("pg.password"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
            assertThat(Rows.ask(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aFolderWithOtherContentsIsRefusedAndLeftAlone() throws IOException {
        Files.createDirectory(parent.resolve("pg"));
        Files.writeString(parent.resolve("pg/letter.txt"), "dear reader");
        assertThatThrownBy(() -> EmbeddedPostgres.start(settings())).hasMessageContaining("is not empty");
        assertThat(parent.resolve("pg/letter.txt")).hasContent("dear reader");
    }

    @Test
    void dataOfAnotherMajorVersionIsRefused() throws IOException {
        Files.createDirectory(parent.resolve("pg"));
        Files.writeString(parent.resolve("pg/PG_VERSION"), "15\n");
        assertThatThrownBy(() -> EmbeddedPostgres.start(settings()))
                .hasMessageContaining("holds data of PostgreSQL 15 (expected: 18)");
    }

    @Test
    void aLongLogIsPutAside() throws IOException {
        try (RandomAccessFile log =
                new RandomAccessFile(parent.resolve("pg.log").toFile(), "rw")) {
            log.setLength(17 << 20);
        }
        EmbeddedPostgres.start(settings()).close();
        assertThat(Files.size(parent.resolve("pg.log.old"))).isEqualTo(17 << 20);
        assertThat(Files.size(parent.resolve("pg.log"))).isLessThan(1 << 20);
    }

    @Test
    void stoppingTwiceDoesNothing() {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(settings());
        postgres.stop();
        postgres.close();
        await().until(() -> ProcessHandle.of(postgres.pid()).isEmpty());
    }

    private void asAdmin(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = new Database(postgres.port())
                .connect("postgres", Server.ADMIN, read(parent.resolve("pg.admin-password")))) {
            connection.createStatement().execute(sql);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
