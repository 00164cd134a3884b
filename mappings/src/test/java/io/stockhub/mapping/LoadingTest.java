package io.stockhub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadingTest {

    private static final String QUANTITIES = "{\"items\":[{\"sku\":\"%s\",\"channelItem\":null,\"quantity\":1}]}";

    @TempDir
    Path folder;

    @Test
    void theClassPathHoldsEveryMappingOfTheContract() {
        Mappings mappings = Mappings.load(List.of("classpath:mappings"));
        List<String> expected = new ArrayList<>(
                List.of("x12/receipt-944", "canonical/order", "canonical/receipt", "canonical/adjustment"));
        for (String system : List.of("amazon", "ebay", "walmart", "shopify")) {
            expected.addAll(Stream.of("order", "orders-page-request", "orders-page-answer")
                    .map(action -> system + "/" + action)
                    .toList());
        }
        for (String system : List.of("amazon", "ebay", "walmart", "shopify")) {
            expected.addAll(Stream.of(
                            "set-quantities-request",
                            "set-quantities-answer",
                            "read-quantities-request",
                            "read-quantities-answer")
                    .map(action -> system + "/" + action)
                    .toList());
        }
        assertThat(mappings.names()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(mappings.exists("amazon/order")).isTrue();
        assertThat(mappings.exists("amazon/nope")).isFalse();
    }

    @Test
    void aLaterLocationOverridesMappingByMapping() {
        new Written(folder).with("ebay/read-quantities-answer", QUANTITIES.formatted("OURS"));
        Mappings plain = Mappings.load(List.of("classpath:mappings"));
        Mappings both = Mappings.load(List.of("classpath:mappings", "file:" + folder));
        assertThat(both.names()).isEqualTo(plain.names());
        assertThat(both.apply("ebay/read-quantities-answer", "{}")).contains("OURS");
        assertThat(both.ref("ebay/read-quantities-answer")).isNotEqualTo(plain.ref("ebay/read-quantities-answer"));
        assertThat(both.ref("ebay/order")).isEqualTo(plain.ref("ebay/order"));
        Mappings reversed = Mappings.load(List.of("file:" + folder, "classpath:mappings"));
        assertThat(reversed.ref("ebay/read-quantities-answer")).isEqualTo(plain.ref("ebay/read-quantities-answer"));
    }

    @Test
    void aRefIsTheHashOfTheText() {
        Mappings mappings = new Written(folder).with("test/order", "{}").load();
        assertThat(mappings.ref("test/order")).isEqualTo(new MappingRef("test/order", "44136fa355b3678a"));
    }

    @Test
    void otherFilesInTheFolderAreLeftAlone() throws IOException {
        new Written(folder).with("test/order", "{}");
        Files.writeString(folder.resolve("test/connector.yaml"), "id: test");
        Files.createDirectories(folder.resolve("test/fixtures/order"));
        Files.writeString(folder.resolve("test/fixtures/order/deep.jsonata"), "{");
        Files.writeString(folder.resolve("top.jsonata"), "{");
        assertThat(Mappings.load(List.of("file:" + folder)).names()).containsExactly("test/order");
    }

    @Test
    void aFileThatIsNoActionIsNamedBesideTheKnownActions() {
        new Written(folder).with("test/ordres", "{}");
        assertThatThrownBy(() -> Mappings.load(List.of("file:" + folder)))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("no action is called \"ordres\" (expected: one of order, orders-page-request")
                .hasMessageContaining("ordres.jsonata");
    }

    @Test
    void aLocationThatDoesNotExistIsAnError() {
        assertThatThrownBy(() -> Mappings.load(List.of("file:" + folder.resolve("none"))))
                .hasMessageContaining("(expected: an existing folder)");
        assertThatThrownBy(() -> Mappings.load(List.of("classpath:none")))
                .hasMessageContaining("(expected: a folder with mappings in it)");
        assertThatThrownBy(() -> Mappings.load(List.of("https://example.org/mappings")))
                .hasMessageContaining("(expected: classpath:… or file:…)");
    }

    @Test
    void aFolderMayBeNamedAsAUriAndHoldBlanks() throws IOException {
        Path blank = Files.createDirectories(folder.resolve("my mappings"));
        new Written(blank).with("test/order", "{}");
        assertThat(Mappings.load(List.of("file:" + blank)).names()).containsExactly("test/order");
        assertThat(Mappings.load(List.of(blank.toUri().toString())).names()).containsExactly("test/order");
    }

    @Test
    void theMappingsAreFoundInsideAJar() throws Exception {
        Path classes = Path.of(Mappings.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path jar = packed(classes, folder.resolve("mappings.jar"));
        List<URL> path = new ArrayList<>(List.of(jar.toUri().toURL()));
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
            if (!Path.of(entry).equals(classes)) {
                path.add(Path.of(entry).toUri().toURL());
            }
        }
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader loader = new URLClassLoader(path.toArray(URL[]::new), platform)) {
            Class<?> type = loader.loadClass(Mappings.class.getName());
            Object mappings = type.getMethod("load", List.class).invoke(null, List.of("classpath:mappings"));
            assertThat(type.getProtectionDomain().getCodeSource().getLocation().toString())
                    .endsWith(".jar");
            assertThat(type.getMethod("names").invoke(mappings))
                    .isEqualTo(Mappings.load(List.of("classpath:mappings")).names());
        }
    }

    private static Path packed(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> paths = Files.walk(classes)) {
            for (Path path : paths.filter(p -> !p.equals(classes)).sorted().toList()) {
                String name = classes.relativize(path).toString().replace('\\', '/');
                boolean isFolder = Files.isDirectory(path);
                out.putNextEntry(new JarEntry(isFolder ? name + "/" : name));
                if (!isFolder) {
                    Files.copy(path, out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }
}
