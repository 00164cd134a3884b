package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a stranger starts it: processes of its own, the embedded database, the whole story, the check. */
class DemoIT {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void theDemoPlaysItsStoryOnceAndItsEndIsChecked() throws Exception {
        JsonNode told = demo();
        assertThat(told.path("holds").asBoolean())
                .as("%s", told.toPrettyString())
                .isTrue();
        assertThat(told.path("story").asText()).isEqualTo("told now");

        JsonNode again = demo();
        assertThat(again.path("holds").asBoolean())
                .as("%s", again.toPrettyString())
                .isTrue();
        assertThat(again.path("story").asText()).isEqualTo("told before");
        assertThat(again.path("stock")).as("nothing moved unasked").isEqualTo(told.path("stock"));
        assertThat(folder.resolve("data/hub.pid")).as("the hub has stopped").doesNotExist();
    }

    private JsonNode demo() throws Exception {
        String java = ProcessHandle.current().info().command().orElse("java");
        Path output = folder.resolve("demo.json");
        Process demo = new ProcessBuilder(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-Dstockhub.hub.jar=" + hubJar(),
                        "-Dstockhub.java=" + java,
                        "-Dstockhub.home=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.stockhub.fixtures.FixturesMain",
                        "demo",
                        "--once",
                        "--json",
                        "--port",
                        String.valueOf(HubUnderTest.freePort()),
                        "--sandbox-port",
                        String.valueOf(HubUnderTest.freePort()),
                        "--data",
                        folder.resolve("data").toString()))
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("demo.err").toFile())
                .start();
        int code = demo.waitFor();
        String err = Files.readString(folder.resolve("demo.err"));
        assertThat(code).as("%s%n%s", Files.readString(output), err).isZero();
        return new ObjectMapper().readTree(output.toFile());
    }

    /** What the launcher builds is not there yet while tests run: a jar that only points to the classes does as well. */
    private Path hubJar() throws IOException {
        Path jar = folder.resolve("hub.jar");
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "io.stockhub.app.Main");
        String[] entries = System.getProperty("java.class.path").split(java.io.File.pathSeparator);
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(entries)
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream written = new JarOutputStream(out, manifest)) {
            written.finish();
        }
        return jar;
    }
}
