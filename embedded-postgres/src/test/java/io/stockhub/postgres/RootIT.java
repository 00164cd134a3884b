package io.stockhub.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.postgres.EmbeddedPostgres.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** As root the server runs as someone else, whoever may enter the folders above its data. */
@EnabledIf("io.stockhub.postgres.RunAs#isRoot")
class RootIT {
    @TempDir
    Path temporary;

    @Test
    void belowAFolderThatRootAloneMayEnterTheServerRunsAndTheFolderStaysAsItIs() throws IOException, SQLException {
        Path parent = Files.createDirectory(temporary.resolve("data"));
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(parent.resolve("other.txt"), "not yours");
        for (int run = 0; run < 2; run++) {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Settings.in(parent.resolve("pg")))) {
                assertThat(Rows.ask(postgres, "select 1")).isEqualTo("1");
                assertThat(uidOf(postgres.pid())).isEqualTo(65534);
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent)))
                .isEqualTo("rwx------");
        assertThat(FileTree.uid(parent)).isZero();
        assertThat(FileTree.uid(parent.resolve("other.txt"))).isZero();
    }

    @Test
    void whereEveryFolderIsOpenTheServerGetsNoExtraRights() throws IOException, SQLException {
        openAll(temporary);
        Settings settings = new Settings(temporary.resolve("pg"), temporary.resolve("cache"), 0, java.util.Map.of());
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings)) {
            assertThat(Rows.ask(postgres, "select 1")).isEqualTo("1");
            assertThat(Files.readString(Path.of("/proc/" + postgres.pid() + "/status")))
                    .contains("CapEff:\t0000000000000000");
        }
    }

    @Test
    void dataThatBelongsToAnOrdinaryUserIsServedAsThatUser() throws IOException, SQLException {
        EmbeddedPostgres.start(Settings.in(temporary.resolve("pg"))).close();
        FileTree.chownAll(temporary.resolve("pg"), 12345, 12345);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Settings.in(temporary.resolve("pg")))) {
            assertThat(uidOf(postgres.pid())).isEqualTo(12345);
            assertThat(Rows.ask(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void dataOfARunInAUserNamespaceBelongsToRootAndIsHandedOver() throws IOException, SQLException {
        EmbeddedPostgres.start(Settings.in(temporary.resolve("pg"))).close();
        FileTree.chownAll(temporary.resolve("pg"), 0, 0);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Settings.in(temporary.resolve("pg")))) {
            assertThat(uidOf(postgres.pid())).isEqualTo(65534);
        }
    }

    @Test
    void aUserNamespaceServesWhereNoOtherUserCanBeTaken() throws IOException {
        Path parent = Files.createDirectory(temporary.resolve("data"));
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
        DataFolder folder = DataFolder.at(parent.resolve("pg"));
        Binaries binaries = Binaries.in(CacheFolder.standard());
        RunAs namespace = new RunAs(List.of("unshare", "-U"), true, 0, 0);
        Server server = new Server(binaries, namespace, folder);
        server.initialise("secret");
        server.prepareLog();
        Server.Attempt attempt = server.start(ServerSettings.complete(Ports.any(), java.util.Map.of()));
        assertThat(attempt.log()).isEmpty();
        assertThat(server.stop("fast", 30)).isTrue();
    }

    /** User 1 is "daemon"; the right to pass folders is for reading the class path alone. */
    @Test
    void anOrdinaryUserRunsTheServerAsHimself() throws Exception {
        Path parent = Files.createDirectory(temporary.resolve("user"));
        openAll(temporary);
        FileTree.chown(parent, 1, 1);
        Process child = new ProcessBuilder(
                        "setpriv",
                        "--reuid=1",
                        "--regid=1",
                        "--clear-groups",
                        "--inh-caps=+dac_read_search",
                        "--ambient-caps=+dac_read_search",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.home=" + parent,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildJvm.class.getName(),
                        parent.resolve("pg").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = child.inputReader()) {
            assertThat(output.readLine()).startsWith("pid ");
            child.getOutputStream().close();
            assertThat(child.waitFor()).isZero();
            assertThat(FileTree.uid(parent.resolve("pg"))).isEqualTo(1);
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void theTemporaryFolderOfAnotherUserIsNotTouched() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve(Temporary.FOLDER_PREFIX + "planted"));
        Files.createFile(folder.resolve("pg.lock"));
        UserPrincipal us = Files.getOwner(folder);
        FileTree.chown(folder, 1, 1);
        Temporary.sweep(temporary, us, Instant.now().plusSeconds(60));
        assertThat(folder.resolve("pg.lock")).exists();
    }

    private static int uidOf(long pid) throws IOException {
        return FileTree.uid(Path.of("/proc/" + pid));
    }

    private static void openAll(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }
}
