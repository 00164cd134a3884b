package io.stockhub.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.postgres.EmbeddedPostgres.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What one running server promises to those who use it. */
class ServerPromisesIT {
    @TempDir
    static Path parent;

    static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgres.start(Settings.in(parent.resolve("pg")));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void theServerIsDurableLocalAndIsTheVersionThatIsShipped() throws SQLException {
        assertThat(Rows.ask(postgres, "show fsync")).isEqualTo("on");
        assertThat(Rows.ask(postgres, "show full_page_writes")).isEqualTo("on");
        assertThat(Rows.ask(postgres, "show synchronous_commit")).isEqualTo("on");
        assertThat(Rows.ask(postgres, "show data_checksums")).isEqualTo("on");
        assertThat(Rows.ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(Rows.ask(postgres, "show unix_socket_directories")).isEmpty();
        assertThat(Rows.ask(postgres, "show password_encryption")).isEqualTo("scram-sha-256");
        assertThat(Rows.ask(postgres, "show shared_buffers")).isEqualTo("512MB");
        assertThat(Rows.ask(postgres, "show max_wal_size")).isEqualTo("4GB");
        assertThat(Rows.ask(
                        postgres,
                        "select datlocprovider::text || datlocale from pg_database"
                                + " where datname = current_database()"))
                .isEqualTo("bC.UTF-8");
        assertThat(Rows.ask(postgres, "select version()")).startsWith("PostgreSQL 18.6");
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl("stockhub"), "stockhub", "guess"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void theHubsRoleIsNoSuperuserButOwnsItsDatabases() throws SQLException {
        assertThat(Rows.ask(postgres, "select rolsuper from pg_roles where rolname = current_user"))
                .isEqualTo("f");
        String name = postgres.createDatabase("bench");
        try (Connection connection =
                DriverManager.getConnection(postgres.jdbcUrl(name), postgres.user(), postgres.password())) {
            connection.createStatement().execute("create table mine (n int)");
        }
        assertThat(name).matches("bench_[0-9a-f]{8}");
    }

    @Test
    void filesBesideTheDataAreNamedAfterItAndSecretsAreForTheOwnerAlone() throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "pg", "pg.lock", "pg.log", "pg.port", "pg.password", "pg.admin-password");
        }
        for (String secret : new String[] {"pg.password", "pg.admin-password", "pg.log"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve(secret))))
                    .isEqualTo("rw-------");
        }
        assertThat(parent.resolve("pg.log")).content().doesNotContain(postgres.password());
    }

    @Test
    void anUnfitNameForADatabaseIsRefused() {
        assertThatThrownBy(() -> postgres.createDatabase("x\"; drop database stockhub; --"))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageStartingWith("prefix: ");
    }

    @Test
    void aServerOnAnotherFolderIsNotTakenForOurs() throws Exception {
        String adminPassword =
                Files.readString(parent.resolve("pg.admin-password")).strip();
        try (Connection admin = new Database(postgres.port()).connect("postgres", Server.ADMIN, adminPassword)) {
            Database.check(admin, parent.toRealPath().resolve("pg"));
            assertThatThrownBy(() -> Database.check(admin, parent.resolve("elsewhere")))
                    .hasMessageContaining("data_directory");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theServerDoesNotInheritTheEnvironmentAndItsSecrets() throws IOException {
        assertThat(System.getenv()).containsKey("HOME");
        assertThat(Files.readString(Path.of("/proc/" + postgres.pid() + "/environ")))
                .contains("LC_ALL=C")
                .doesNotContain("HOME=");
    }

    @Test
    void aFolderReachedByALinkIsTheSameFolder() throws IOException {
        Path link = Files.createSymbolicLink(parent.resolve("pg.link"), parent);
        try {
            assertThatThrownBy(() -> EmbeddedPostgres.start(Settings.in(link.resolve("pg"))))
                    .hasMessageContaining("in use by this program already");
        } finally {
            Files.delete(link);
        }
    }
}
