package io.stockhub.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsAndOverridesTest {
    @TempDir
    private Path folder;

    private Installation hub;

    @BeforeEach
    void prepare() {
        hub = new Installation(folder);
    }

    @Test
    void secretsAreReferencesAndNeverShown() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        assertThat(hub.problems(
                        """
            database: {url: "jdbc:postgresql://db/x", password: hunter2hunter2}
            keys:
              - {name: a, role: admin, key: env:NOT_SET}
              - {name: b, role: admin, key: "file:/no/such/file"}
              - {name: c, role: admin, key: "file:%s"}
            """
                                .formatted(empty)))
                .containsExactlyInAnyOrder(
                        hub.at(1)
                                + "database.password: is written out (expected: where it is, env:NAME or file:/path;"
                                + " secrets do not belong in settings)",
                        hub.at(3) + "keys[0].key: the environment variable NOT_SET is not set. Set it and start again.",
                        hub.at(4)
                                + "keys[1].key: there is no file /no/such/file. Write the secret into it and start"
                                + " again.",
                        hub.at(5) + "keys[2].key: the file " + empty
                                + " is empty. Write the secret into it and start again.")
                .noneMatch(problem -> problem.contains("hunter2"));
    }

    @Test
    void aSecretInAFileLosesItsLastLineEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "0123456789abcdef\n");
        StockhubSettings settings = hub.load("keys: [{name: a, role: viewer, key: \"file:" + file + "\"}]");
        assertThat(settings.keys().get(0).key().reveal()).isEqualTo("0123456789abcdef");
    }

    @Test
    void onlyTheDemoMayWriteSecretsOut() {
        hub.arguments.put("stockhub.demo", "true");
        StockhubSettings settings = hub.load("keys: [{name: a, role: viewer, key: demo-viewer}]");
        assertThat(settings.demo()).isTrue();
        assertThat(settings.keys().get(0).key().reveal()).isEqualTo("demo-viewer");
        hub.arguments.remove("stockhub.demo");
        assertThat(hub.problems("demo: true\nkeys: [{name: a, role: viewer, key: demo-viewer}]"))
                .containsExactly(hub.at(1) + "demo: no such setting");
    }

    @Test
    void argumentsAndTheEnvironmentWinOverTheFileValueByValue() {
        String yaml = Installation.KEYS
                + """
            locations: [{id: JKT}]
            channels:
              - {id: a, connector: x, baseUrl: "http://a", buffer: 1, settings: {sellerId: one, other: kept}}
              - {id: b, connector: x, baseUrl: "http://b", buffer: 1}
            """;
        hub.arguments.put("stockhub.channels[1].buffer", "7");
        hub.arguments.put("stockhub.http.max-json-bytes", "5KiB");
        hub.variables.put("STOCKHUB_CHANNELS_0_BASEURL", "http://elsewhere");
        hub.variables.put("STOCKHUB_CHANNELS_0_SETTINGS_SELLERID", "two");
        hub.variables.put("STOCKHUB_CHANNELS_0_BUFFER", "3");
        hub.arguments.put("stockhub.channels[0].buffer", "4");
        hub.variables.put("STOCKHUB_KEY", "the key of the command line is no setting");

        StockhubSettings settings = hub.load(yaml);

        assertThat(settings.channels()).extracting(ChannelSettings::buffer).containsExactly(4L, 7L);
        assertThat(settings.channels().get(0).baseUrl()).hasHost("elsewhere");
        assertThat(settings.channels().get(0).settings())
                .containsOnly(Map.entry("sellerId", "two"), Map.entry("other", "kept"));
        assertThat(settings.http().maxJsonBytes()).isEqualTo(5 << 10);
    }

    @Test
    void allMayBeGivenWithoutAFile() {
        hub.variables.put("STOCKHUB_KEYS_0_NAME", "admin");
        hub.variables.put("STOCKHUB_KEYS_0_ROLE", "admin");
        hub.variables.put("STOCKHUB_KEYS_0_KEY", "env:ADMIN_KEY");
        hub.variables.put("STOCKHUB_LOCATIONS_0_ID", "JKT");
        StockhubSettings settings = hub.loadWithoutFile();
        assertThat(settings.keys()).hasSize(1);
        assertThat(settings.locations().get(0).id()).isEqualTo("JKT");
        assertThat(settings.data()).hasToString("data");
    }

    @Test
    void aWrongOverrideIsNamedByWhereItWasGiven() {
        hub.arguments.put("stockhub.channels[0].buffer", "many");
        assertThat(hub.problems(Installation.KEYS
                        + "locations: [{id: J}]\nchannels: [{id: a, connector: x, baseUrl: \"http://a\"}]"))
                .singleElement()
                .asString()
                .contains("stockhub.channels[0].buffer", "\"many\" (expected: a whole number)");
    }
}
