package io.stockhub.connectors.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stockhub.connectors.LimitHint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorFoldersTest {

    @TempDir
    private Path dir;

    @Test
    void aManifestIsReadAsItIsWritten() {
        var amazon = ConnectorFolders.load(List.of("classpath:connectors"))
                .get("amazon")
                .manifest();

        assertThat(amazon.limits().learn()).containsExactly(new LimitHint.PerSecond("x-amzn-ratelimit-limit"));
        assertThat(amazon.authentication().header()).isEqualTo("x-amz-access-token");
        assertThat(amazon.actionRates().get("orders-page").requestsPerSecond()).isEqualTo(0.0056);
        assertThat(amazon.orders().pollInterval()).hasMinutes(3);
        assertThat(amazon.secretNames()).containsExactly("clientId", "clientSecret", "refreshToken");
        assertThat(amazon.action("set-quantities")).get().matches(action -> action.repeatable());
    }

    @ParameterizedTest
    @CsvSource({"amazon, false, true", "fakeshop, false, true", "shopify, true, true"})
    void howOrdersComeInIsReadAsItIsWritten(String connector, boolean pushed, boolean polled) {
        var orders = ConnectorFolders.load(List.of("classpath:connectors"))
                .get(connector)
                .manifest()
                .orders();

        assertThat(orders.pushed()).isEqualTo(pushed);
        assertThat(orders.polled()).isEqualTo(polled);
    }

    @ParameterizedTest
    @CsvSource({"webhook", "webhook-and-poll"})
    void ordersThatArePushedNeedAWebhookThatCanBeVerified(String source) throws IOException {
        copyFakeshop("source: poll", "source: " + source);
        Path manifest = dir.resolve("fakeshop/connector.yaml");
        Files.writeString(manifest, Files.readString(manifest).replaceAll("(?m)^webhook:\\n(  .*\\n)+", ""));

        assertThatThrownBy(this::load)
                .isInstanceOf(ConnectorFaults.class)
                .hasMessageContaining("orders.source: \"" + source + "\" (expected: with a section webhook)");
    }

    @Test
    void whereAnswersTellLimitsIsReadAsItIsWritten() {
        var limits = ConnectorFolders.load(List.of("classpath:connectors"))
                .get("fakeshop")
                .manifest()
                .limits();

        assertThat(limits.learn())
                .containsExactly(
                        new LimitHint.PerSecond("x-calls-a-second"),
                        new LimitHint.Remaining("x-calls-left"),
                        new LimitHint.Points("/points/left", "/points/back", "/points/cost", 50.0));
    }

    @ParameterizedTest(name = "{2}: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "kind: sales-channel | kind: shop | :4: kind: | does not have a value in the enumeration",
                "requestsPerSecond: 1000 | requestsPerSecond: -1 | limits.requestsPerSecond: -1 | exclusive minimum",
                "requestsPerSecond: 1000 | requestPerSecond: 1000 | limits.requestPerSecond: unknown | expected",
                "id: fakeshop | title2: x | :2: id: missing | missing",
                "id: fakeshop | id: other | :2: id: \"other\" | the folder's name, \"fakeshop\"",
                "clientSecret: clientSecret | clientSecret: clientSecrets | authentication.clientSecret: \"clientSecrets\" | settings.properties",
                "secret: hookSecret | secret: shop | webhook.signature.secret: \"shop\" is not marked as a secret | format: password",
                "action: orders-page | action: orders | errors.2.when.action: \"orders\" | expected: one of",
                "code: fakeshop.slow_down | code: other.slow_down | errors.3.code: \"other.slow_down\" | fakeshop.reason",
                "orders-page: {kind: read} | orders-list: {kind: read} | actions.orders-list: has no Kamelet | fakeshop-orders-list-action.kamelet.yaml",
                "orders-page: {kind: read} | token: {kind: read} | actions.token | the kit",
                "orders-page: {kind: read} | orders-list: {kind: read} | orders.source: \"poll\" | an action orders-page",
                "source: poll | source: both | orders.source: \"both\" | enumeration",
                "required: [shop, | required: [shopp, | settings.required: \"shopp\" | settings.properties",
                "lookBack: PT5M | lookBack: 5 minutes | orders.lookBack: \"5 minutes\" | regex",
                "rate: {header: X-Calls | rates: {header: X-Calls | limits.learn.0.rates: unknown | expected",
                "rate: {header: X-Calls-A-Second} | {rate: {header: A}, remaining: {header: B}} | limits.learn.0 | at most 1",
                "cost: /points/cost | cost: points/cost | limits.learn.2.points.cost | regex",
                "ratesHoldAt: 50 | ratesHoldAt: 0 | limits.learn.2.points.ratesHoldAt: 0 | exclusive minimum",
                "title: Fake shop | id: again | id: is there twice | fakeshop/connector.yaml:3:",
                "title: Fake shop | title: [ | fakeshop/connector.yaml | :5:",
                "status: 401 | status: 4010 | errors.0.when.status | :"
            })
    void aFaultIsReportedByFileLineAndField(String from, String to, String reported, String also) throws IOException {
        copyFakeshop(from, to);

        assertThatThrownBy(this::load)
                .isInstanceOf(ConnectorFaults.class)
                .message()
                .contains("fakeshop/connector.yaml:")
                .contains(reported)
                .contains(also);
    }

    @Test
    void allFaultsOfAllFoldersAreReportedAtOnce() throws IOException {
        copyFakeshop("burst: 1000", "burst: 0");
        Files.createDirectories(dir.resolve("another"));
        Files.writeString(dir.resolve("another/connector.yaml"), "id: another\n");

        ConnectorFaults faults = catchThrowableOfType(ConnectorFaults.class, this::load);

        assertThat(faults.faults())
                .extracting(Fault::file)
                .anyMatch(file -> file.contains("another"))
                .anyMatch(file -> file.contains("fakeshop"));
        assertThat(faults.faults()).extracting(Fault::field).contains("limits.burst", "title", "vendorApi");
    }

    @Test
    void anEmptyManifestIsAFault() throws IOException {
        Files.createDirectories(dir.resolve("empty"));
        Files.writeString(dir.resolve("empty/connector.yaml"), "");

        assertThatThrownBy(this::load).hasMessageContaining("empty/connector.yaml:1: is empty");
    }

    @Test
    void aLaterLocationReplacesAFolderAsAWhole() throws IOException {
        copyFakeshop("title: Fake shop", "title: My own");

        ConnectorFolders folders = ConnectorFolders.load(List.of("classpath:connectors", "file:" + dir));

        assertThat(folders.get("fakeshop").manifest().title()).isEqualTo("My own");
        assertThat(folders.has("amazon")).isTrue();
    }

    @Test
    void foldersAreFoundInAJar() throws IOException {
        // Given
        copyFakeshop("title: Fake shop", "title: From a jar");
        Path jar = dir.resolve("connectors.jar");
        jar(jar);

        // When
        try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            ConnectorFolders folders = ConnectorFolders.load(List.of("classpath:connectors"), classes);

            // Then
            assertThat(folders.all()).hasSize(1);
            assertThat(folders.get("fakeshop").manifest().title()).isEqualTo("From a jar");
            assertThat(folders.get("fakeshop").kamelets()).hasSize(3);
        }
    }

    @Test
    void aLocationThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> ConnectorFolders.load(List.of("file:" + dir.resolve("nowhere"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: a directory that exists");
        assertThatThrownBy(() -> ConnectorFolders.load(List.of("http://example.org/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: classpath:FOLDER or file:DIRECTORY");
    }

    private ConnectorFolders load() {
        return ConnectorFolders.load(List.of("file:" + dir));
    }

    private void copyFakeshop(String from, String to) throws IOException {
        Path folder = Files.createDirectories(dir.resolve("fakeshop"));
        for (String name : List.of(
                "connector",
                "fakeshop-orders-page-action.kamelet",
                "fakeshop-set-quantities-action.kamelet",
                "fakeshop-read-quantities-action.kamelet")) {
            String text = resource("/connectors/fakeshop/" + name + ".yaml");
            if (name.equals("connector")) {
                assertThat(text).contains(from);
                text = text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
            }
            Files.writeString(folder.resolve(name + ".yaml"), text);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ConnectorFoldersTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void jar(Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry("connectors/"));
            entries.putNextEntry(new JarEntry("connectors/fakeshop/"));
            try (var files = Files.list(dir.resolve("fakeshop"))) {
                for (Path file : files.toList()) {
                    entries.putNextEntry(new JarEntry("connectors/fakeshop/" + file.getFileName()));
                    entries.write(Files.readAllBytes(file));
                }
            }
        }
    }
}
