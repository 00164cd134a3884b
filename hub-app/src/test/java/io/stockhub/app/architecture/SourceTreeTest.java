package io.stockhub.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about the sources that no formatter knows. */
class SourceTreeTest {
    private static final Path ROOT = root();
    private static final List<String> MARKETPLACES = List.of("amazon", "shopify", "ebay", "walmart");
    private static final int LINES_MAX = 400;

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("stock-master"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static List<Path> java(String under) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> ROOT.relativize(file).toString().contains(under))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noJavaOutsideTheFixturesNamesAMarketplace() {
        List<String> found = new ArrayList<>();
        for (Path file : java("src/main/java")) {
            String source = text(file).toLowerCase(Locale.ROOT);
            MARKETPLACES.stream()
                    .filter(source::contains)
                    .filter(name -> !file.startsWith(ROOT.resolve("test-fixtures")))
                    .forEach(name -> found.add(ROOT.relativize(file) + " names " + name));
        }
        assertThat(found)
                .as("a new system is a folder in connectors and one in mappings")
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        List<Path> silent = java("src/main/java").stream()
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .map(ROOT::relativize)
                .toList();
        assertThat(silent).isEmpty();
    }

    @Test
    void aFileFitsInTheHead() {
        List<String> large = java("src/main/java").stream()
                .filter(file -> text(file).lines().count() > LINES_MAX)
                .map(file -> ROOT.relativize(file) + ": " + text(file).lines().count() + " lines")
                .toList();
        assertThat(large).isEmpty();
    }
}
