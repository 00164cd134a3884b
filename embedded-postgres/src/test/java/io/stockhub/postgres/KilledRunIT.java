package io.stockhub.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stockhub.postgres.EmbeddedPostgres.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start does about what a killed run left behind. */
class KilledRunIT {
    @TempDir
    Path parent;

    private Settings settings() {
        return Settings.in(parent.resolve("pg"));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void acknowledgedRowsSurviveTheKillingOfTheServer() throws SQLException {
        EmbeddedPostgres first = EmbeddedPostgres.start(settings());
        Rows.write(first, 100);
        ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
        first.close();
        try (EmbeddedPostgres second = EmbeddedPostgres.start(settings())) {
            assertThat(Rows.count(second)).isEqualTo(100);
        }
    }

    @Test
    void aServerThatIsKeptRunningComesBackOnItsPortWithItsRowsAndStopsForGood() throws SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(settings());
        postgres.keepRunning();
        Rows.write(postgres, 100);
        long killed = postgres.pid();
        int port = postgres.port();

        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        await().atMost(Duration.ofMinutes(1)).until(() -> postgres.pid() != killed);
        assertThat(Rows.count(postgres)).isEqualTo(100);
        assertThat(postgres.port()).isEqualTo(port);
        long revived = postgres.pid();
        postgres.close();
        await().atMost(Duration.ofSeconds(30)).until(() -> !isAlive(revived));
    }

    @Test
    void aServerWhoseJvmWasKilledIsStoppedAndStartedAnewWithItsRows() throws Exception {
        long orphan;
        try (ChildJvm child = ChildJvm.starting(parent.resolve("pg"))) {
            orphan = child.serverPid();
            child.kill();
        }
        assertThat(isAlive(orphan)).isTrue();
        try (EmbeddedPostgres next = EmbeddedPostgres.start(settings())) {
            await().until(() -> !isAlive(orphan));
            assertThat(next.pid()).isNotEqualTo(orphan);
            assertThat(Rows.ask(next, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aServerWhoseJvmIsToldToEndEndsWithIt() throws Exception {
        try (ChildJvm child = ChildJvm.starting(parent.resolve("pg"))) {
            long server = child.serverPid();
            child.terminate();
            await().until(() -> !isAlive(server));
            assertThat(parent.resolve("pg/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void whenTheJvmIsToldToEndClientsMayFinishFirst() throws Exception {
        try (ChildJvm child = ChildJvm.starting(parent.resolve("pg"))) {
            try (Connection client = child.connect()) {
                child.signalToEnd();
                String launchers = "select count(*) from pg_stat_activity where application_name = 'stockhub-launcher'";
                await().until(() -> Rows.ask(client, launchers).equals("1"));
                client.createStatement().execute("create table last_words (n int)");
            }
            await().until(() -> !isAlive(child.serverPid()));
        }
        try (EmbeddedPostgres next = EmbeddedPostgres.start(settings())) {
            assertThat(Rows.ask(next, "select count(*) from last_words")).isEqualTo("0");
        }
    }

    @Test
    void bothKilledAtOnceIsRecoveredFromEvenWhileTheOldProcessesEnd() throws Exception {
        try (ChildJvm child = ChildJvm.starting(parent.resolve("pg"))) {
            child.kill();
            ProcessHandle.of(child.serverPid()).orElseThrow().destroyForcibly();
        }
        try (EmbeddedPostgres next = EmbeddedPostgres.start(settings())) {
            assertThat(Rows.ask(next, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aPidFileThatNamesAnotherLiveProgramIsRemoved() throws Exception {
        EmbeddedPostgres.start(settings()).close();
        Process other = new ProcessBuilder(sleepAs(FileTree.uid(parent.resolve("pg")))).start();
        try {
            Path file = parent.resolve("pg/postmaster.pid");
            Files.writeString(file, other.pid() + "\n" + parent.resolve("pg") + "\n1\n5432\n\n127.0.0.1\n");
            try (EmbeddedPostgres next = EmbeddedPostgres.start(settings())) {
                assertThat(Rows.ask(next, "select 1")).isEqualTo("1");
            }
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    /** The server minds only processes of its own user. */
    private static List<String> sleepAs(int uid) {
        return RunAs.isRoot()
                ? List.of("setpriv", "--reuid=" + uid, "--clear-groups", "sleep", "600")
                : List.of("sleep", "600");
    }

    @Test
    void aPidFileThatNamesTheServerOfAnotherFolderIsRemovedAndThatServerGoesOn() throws Exception {
        EmbeddedPostgres.start(settings()).close();
        try (EmbeddedPostgres other = EmbeddedPostgres.start(Settings.in(parent.resolve("other/pg")))) {
            Files.writeString(parent.resolve("pg/postmaster.pid"), other.pid() + "\n");
            EmbeddedPostgres.start(settings()).close();
            assertThat(Rows.ask(other, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aPidFileOfAProcessThatIsGoneOrOfNoneDoesNoHarm() throws IOException, SQLException {
        EmbeddedPostgres.start(settings()).close();
        Files.writeString(parent.resolve("pg/postmaster.pid"), "4194000\n");
        EmbeddedPostgres.start(settings()).close();
        Files.writeString(parent.resolve("pg/postmaster.pid"), "");
        try (EmbeddedPostgres next = EmbeddedPostgres.start(settings())) {
            assertThat(Rows.ask(next, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aHalfMadeDatabaseIsMadeAnew() throws IOException, SQLException {
        Files.createDirectories(parent.resolve("pg.init/data/base"));
        Files.writeString(parent.resolve("pg.init/data/PG_VERSION"), "18\n");
        try (EmbeddedPostgres next = EmbeddedPostgres.start(settings())) {
            assertThat(Rows.ask(next, "select 1")).isEqualTo("1");
        }
        assertThat(parent.resolve("pg.init")).doesNotExist();
    }

    @Test
    void aSecondJvmOnTheFolderIsRefusedByNameAndTheFirstGoesOn() throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(settings());
                ChildJvm second = ChildJvm.starting(parent.resolve("pg"))) {
            assertThat(second.answer())
                    .startsWith("refused: data folder")
                    .contains("in use by another program (process "
                            + ProcessHandle.current().pid() + ")");
            assertThat(Rows.ask(first, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aSecondStartInThisJvmIsRefusedAndDoesNotOpenTheFolderToOthers() throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(settings())) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(settings()))
                    .hasMessageContaining("in use by this program already");
            try (ChildJvm other = ChildJvm.starting(parent.resolve("pg"))) {
                assertThat(other.answer()).startsWith("refused: ");
            }
            assertThat(Rows.ask(first, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void theTemporaryServerOfAKilledJvmIsSweptAway() throws Exception {
        Path folder = Files.createDirectory(parent.resolve(Temporary.FOLDER_PREFIX + "killed"));
        long orphan;
        try (ChildJvm child = ChildJvm.starting(folder.resolve("pg"))) {
            orphan = child.serverPid();
            Temporary.sweep(parent, Files.getOwner(folder), Instant.now().plusSeconds(60));
            assertThat(isAlive(orphan)).as("its JVM lives").isTrue();
            child.kill();
        }
        Temporary.sweep(parent, Files.getOwner(folder), Instant.now().plusSeconds(60));
        await().until(() -> !isAlive(orphan));
        assertThat(folder).doesNotExist();
    }

    @Test
    void openConnectionsDoNotKeepTheServerFromStopping() throws SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(settings());
        try (Connection open = Rows.connect(postgres)) {
            open.setAutoCommit(false);
            open.createStatement().execute("create table open_transaction (n int)");
            postgres.close();
            await().until(() -> !isAlive(postgres.pid()));
        }
    }
}
