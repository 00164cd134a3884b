package io.stockhub.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinariesTest {
    @TempDir
    Path cache;

    @Test
    void twoThatUnpackAtOnceBothGetWholeBinariesAndLeaveNothingElse() throws Exception {
        Callable<Binaries> unpack = () -> Binaries.in(cache);
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            for (Future<Binaries> one : executor.invokeAll(List.of(unpack, unpack))) {
                assertThat(Path.of(one.get().program("postgres"))).isExecutable();
            }
        }
        assertThat(names()).singleElement().asString().startsWith("postgres-18.6.0-");
    }

    @Test
    void brokenBinariesAreReplaced() throws IOException {
        Path initdb = Path.of(Binaries.in(cache).program("initdb"));
        Files.delete(initdb);
        Binaries.in(cache);
        assertThat(initdb).isExecutable();
        assertThat(names()).hasSize(1);
    }

    @Test
    void anArchiveCannotWriteOutsideOfItsFolder() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZCompressorOutputStream(archive))) {
            tar.putArchiveEntry(new TarArchiveEntry("../escaped"));
            tar.closeArchiveEntry();
        }
        Path target = Files.createDirectory(cache.resolve("target"));
        assertThatThrownBy(() -> Binaries.extract(new ByteArrayInputStream(archive.toByteArray()), target))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("outside of its folder");
        assertThat(cache.resolve("escaped")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, /postgres-linux-x86_64.txz",
        "Linux, aarch64, /postgres-linux-arm_64.txz",
        "Mac OS X, aarch64, /postgres-darwin-arm_64.txz",
        "Mac OS X, x86_64, /postgres-darwin-x86_64.txz",
        "Windows 11, amd64, /postgres-windows-x86_64.txz"
    })
    void eachPlatformHasItsArchive(String osName, String osArch, String archive) {
        assertThat(Platform.of(osName, osArch).archive()).isEqualTo(archive);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
