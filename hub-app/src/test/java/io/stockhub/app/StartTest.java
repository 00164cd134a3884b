package io.stockhub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.app.cli.StockhubCommand;
import io.stockhub.app.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartTest {
    @TempDir
    private Path folder;

    private String[] arguments(String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "--server.port=0";
        all[1] = "--stockhub.data=" + folder.resolve("data");
        System.arraycopy(more, 0, all, 2, more.length);
        return all;
    }

    @Test
    void wrongSettingsRefuseTheStartInPlainWordsBeforeAnythingStarts(CapturedOutput output) throws IOException {
        Files.writeString(
                folder.resolve("stockhub.yaml"), "keys:\n  - name: a\n    role: king\n    key: env:NOT_SET\n");

        int code = StockhubCommand.commandLine(HubApplication::start)
                .execute(
                        "run",
                        "--config",
                        folder.toString(),
                        "--data",
                        folder.resolve("data").toString());

        assertThat(code).isEqualTo(1);
        assertThat(output.getErr())
                .contains("stockhub.yaml, line 3: keys[0].role: \"king\" (expected: one of admin,")
                .doesNotContain("\tat ", "Exception");
        assertThat(output.getOut()).doesNotContain("Tomcat", "\tat ");
    }

    @Test
    void wrongSettingsGivenTheSpringWayAreRefusedInPlainWordsToo(CapturedOutput output) {
        assertThatThrownBy(() -> new SpringApplicationBuilder(SlimHub.class)
                        .run(arguments(
                                "--stockhub.keys[0].name=a",
                                "--stockhub.keys[0].role=viewer",
                                "--stockhub.keys[0].key=plain")))
                .hasRootCauseInstanceOf(SettingsException.class);
        assertThat(output.getErr()).contains("keys[0].key: is written out").doesNotContain("\tat ");
    }

    @Test
    void theProcessIdIsInTheDataFolderWhileTheHubRuns() {
        Path file = folder.resolve("data/hub.pid");
        try (var hub = new SpringApplicationBuilder(SlimHub.class)
                .listeners(new PidFile())
                .run(arguments(
                        "--stockhub.demo=true",
                        "--stockhub.keys[0].name=a",
                        "--stockhub.keys[0].role=viewer",
                        "--stockhub.keys[0].key=demo-viewer"))) {
            assertThat(hub.isRunning()).isTrue();
            assertThat(file).hasContent(ProcessHandle.current().pid() + "\n");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aHubThatCannotStartLeavesNoProcessId() {
        assertThatThrownBy(() -> new SpringApplicationBuilder(SlimHub.class, Broken.class)
                        .listeners(new PidFile())
                        .run(arguments(
                                "--stockhub.demo=true",
                                "--stockhub.keys[0].name=a",
                                "--stockhub.keys[0].role=viewer",
                                "--stockhub.keys[0].key=demo-viewer")))
                .hasRootCauseMessage("the database is away");
        assertThat(folder.resolve("data/hub.pid")).doesNotExist();
    }

    static final class Broken {
        Broken() {
            throw new IllegalStateException("the database is away");
        }
    }

    @Test
    void aSecondHubOnTheSameFolderIsRefusedAndTheFirstKeepsItsProcessId(CapturedOutput output) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("hub.pid"), "4711\n");
        try (var channel = java.nio.channels.FileChannel.open(
                        data.resolve("hub.lock"),
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            Files.writeString(
                    folder.resolve("stockhub.yaml"),
                    "keys:\n  - name: a\n    role: admin\n    key: file:" + folder.resolve("key") + "\n");
            Files.writeString(folder.resolve("key"), "a-long-enough-key");

            int code = StockhubCommand.commandLine(HubApplication::start)
                    .execute("run", "--config", folder.toString(), "--data", data.toString());

            assertThat(code).isEqualTo(1);
        }
        assertThat(output.getErr())
                .contains("another hub runs on", "process 4711")
                .doesNotContain("\tat ");
        assertThat(Files.readString(data.resolve("hub.pid"))).isEqualTo("4711\n");
    }
}
