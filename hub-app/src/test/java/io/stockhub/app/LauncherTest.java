package io.stockhub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's cache for quick starts, with a jar of one class in place of the hub. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final String FROM_CACHE = StandInHub.class.getName() + " source: shared objects file";

    @TempDir
    private Path folder = Path.of(".");

    /** How a launcher ended and what it said. */
    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void buildNothing() throws IOException {
        folder = folder.toRealPath();
        Files.copy(Path.of("..", "stockhub"), folder.resolve("stockhub"));
        jar("one");
        Files.createDirectories(folder.resolve("test-fixtures/target"));
        Files.writeString(folder.resolve("test-fixtures/target/fixtures.jar"), "");
        Files.createDirectories(folder.resolve("target"));
        Files.writeString(folder.resolve("target/.built"), "");
    }

    @Test
    void aStartAfterARehearsalTakesItsClassesFromTheCache() throws Exception {
        assertThat(start("--start-cache").code()).isZero();

        Ended hub = start("stock");

        assertThat(hub).isEqualTo(new Ended(0, "stock\n", ""));
        assertThat(loaded()).contains(FROM_CACHE);
        assertThat(caches()).hasSize(1);
    }

    @Test
    void aJarThatChangedIsNeverRunFromTheCacheOfTheOldOne() throws Exception {
        start("--start-cache");
        List<Path> old = caches();
        jar("two");

        assertThat(start("stock")).isEqualTo(new Ended(0, "stock\n", ""));
        assertThat(loaded()).doesNotContain(FROM_CACHE);

        start("--start-cache");
        assertThat(caches()).hasSize(1).doesNotContainAnyElementsOf(old);
    }

    @Test
    void aDamagedCacheIsPassedOverInSilenceAndMadeAnew() throws Exception {
        start("--start-cache");
        try (RandomAccessFile cache = new RandomAccessFile(caches().getFirst().toFile(), "rw")) {
            cache.seek(cache.length() / 2);
            cache.write(new byte[1 << 16]);
        }
        assertThat(start("stock")).as("scribbled over").isEqualTo(new Ended(0, "stock\n", ""));

        try (RandomAccessFile cache = new RandomAccessFile(caches().getFirst().toFile(), "rw")) {
            cache.setLength(cache.length() / 3);
        }
        assertThat(start("stock")).as("cut off").isEqualTo(new Ended(0, "stock\n", ""));

        start("--start-cache");
        start("stock");
        assertThat(loaded()).contains(FROM_CACHE);
    }

    @Test
    void aRehearsalThatIsStoppedLeavesNeitherACacheNorAProcess() throws Exception {
        Files.writeString(folder.resolve("hang"), "");
        Process launcher = launcher(List.of("--start-cache")).start();
        Path written = folder.resolve("rehearsing.pid");
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(written) && Files.size(written) > 0);
        ProcessHandle rehearsal =
                ProcessHandle.of(Long.parseLong(Files.readString(written))).orElseThrow();

        launcher.destroy();

        assertThat(launcher.waitFor()).isNotZero();
        await().atMost(Duration.ofMinutes(1)).until(() -> !rehearsal.isAlive());
        assertThat(caches()).isEmpty();
    }

    private Ended start(String command) throws Exception {
        Files.deleteIfExists(folder.resolve("loaded"));
        int code = launcher(List.of(command)).start().waitFor();
        return new Ended(code, Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    private ProcessBuilder launcher(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("bash", "./stockhub"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("STOCKHUB_JAVA_OPTS", "-Xlog:class+load:file=loaded");
        return builder;
    }

    private String loaded() throws IOException {
        return Files.readString(folder.resolve("loaded"));
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("target/start"))) {
            return files.filter(file -> file.toString().endsWith(".cache")).toList();
        }
    }

    private void jar(String content) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInHub.class.getName());
        Path jar = folder.resolve("hub-app/target/stockhub.jar");
        Files.createDirectories(jar.getParent());
        String name = StandInHub.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                var code = StandInHub.class.getResourceAsStream("/" + name)) {
            out.putNextEntry(new JarEntry(name));
            code.transferTo(out);
            out.putNextEntry(new JarEntry("content"));
            out.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
