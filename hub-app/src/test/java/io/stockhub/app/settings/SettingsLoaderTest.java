package io.stockhub.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingsLoaderTest {
    private static final String KEYS = "keys:\n  - {name: admin, role: admin, key: env:ADMIN_KEY}\n";

    @TempDir
    private Path folder;

    private final Map<String, String> variables = new HashMap<>(Map.of("ADMIN_KEY", "0123456789abcdef"));
    private final Map<String, Object> arguments = new HashMap<>();

    private StockhubSettings load(String yaml) {
        try {
            Files.writeString(folder.resolve("stockhub.yaml"), yaml);
        } catch (IOException why) {
            throw new AssertionError(why);
        }
        arguments.put("stockhub.config", folder.toString());
        return loadWithoutFile();
    }

    private StockhubSettings loadWithoutFile() {
        StandardEnvironment environment = new StandardEnvironment();
        Map<String, Object> inherited = Map.copyOf(variables);
        environment
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", inherited));
        environment.getPropertySources().addFirst(new MapPropertySource("arguments", arguments));
        return new SettingsLoader(variables::get).load(environment);
    }

    private List<String> problems(String yaml) {
        return catchThrowableOfType(SettingsException.class, () -> load(yaml)).problems();
    }

    private String at(int line) {
        return folder.resolve("stockhub.yaml") + ", line " + line + ": ";
    }

    @Test
    void aWholeFileIsRead() {
        variables.put("DB_PASSWORD", "pw");
        variables.put("TOKEN", "tok");
        StockhubSettings settings = load("""
                database: {url: "jdbc:postgresql://db/stockhub", user: hub, password: "env:DB_PASSWORD"}
                locations:
                  - {id: JKT, title: Jakarta, kind: 3pl, country: NO, postalCode: 10110, priority: 1}
                  - id: SUB
                channels:
                  - id: shop
                    connector: shopify
                    baseUrl: https://shop.example
                    settings: {locationId: 70001, apiVersion: 2026-07}
                    secrets: {accessToken: env:TOKEN}
                    locations: [SUB]
                    buffer: 2
                    lists: aliased
                    timing: {poll: 2s, requestsPerSecond: 1.5, retryFirst: 500ms, retryMax: 5m, breakerOpen: 1h, lookBack: 1d}
                  - {id: bay, connector: ebay, baseUrl: "http://localhost:9090/ebay", tokenUrl: "http://localhost:9090/t"}
                edi:
                  us: {qualifier: ZZ, id: STOCKHUB}
                  watchFolder: false
                  partners: [{id: erp, qualifier: ZZ, partnerId: DEMOERP, sets: [944], mapping: x12/receipt-944, test: true}]
                http: {maxJsonBytes: 2KiB}
                """ + KEYS);

        assertThat(settings.database().url()).isEqualTo("jdbc:postgresql://db/stockhub");
        assertThat(settings.database().password().reveal()).isEqualTo("pw");
        assertThat(settings.locations())
                .containsExactly(
                        new LocationSettings("JKT", "Jakarta", "3pl", "NO", null, "10110", 1),
                        new LocationSettings("SUB", "SUB", "warehouse", null, null, null, 100));
        ChannelSettings shop = settings.channels().get(0);
        assertThat(shop.settings()).containsEntry("locationId", "70001").containsEntry("apiVersion", "2026-07");
        assertThat(shop.secrets().get("accessToken").reveal()).isEqualTo("tok");
        assertThat(shop.locations()).containsExactly("SUB");
        assertThat(shop.buffer()).isEqualTo(2);
        assertThat(shop.lists()).isEqualTo(ChannelSettings.Lists.ALIASED);
        assertThat(shop.timing())
                .isEqualTo(new TimingSettings(
                        Duration.ofSeconds(2),
                        1.5,
                        null,
                        null,
                        Duration.ofMillis(500),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1),
                        Duration.ofDays(1),
                        null));
        ChannelSettings bay = settings.channels().get(1);
        assertThat(bay.locations()).containsExactly("JKT", "SUB");
        assertThat(bay.title()).isEqualTo("bay");
        assertThat(bay.tokenUrl()).hasPath("/t");
        assertThat(settings.edi().partners().get(0).sets()).containsExactly("944");
        assertThat(settings.edi().partners().get(0).test()).isTrue();
        assertThat(settings.edi().watchFolder()).isFalse();
        assertThat(settings.http()).isEqualTo(new HttpSettings(2048, 50L << 20));
        assertThat(settings.toString()).doesNotContain("tok,", "pw", "0123456789abcdef").contains("***");
    }

    @Test
    void everyProblemIsToldAtOnceWithItsLine() {
        assertThat(problems("""
                keys:
                  - name: admin
                    role: king
                    key: env:ADMIN_KEY
                  - role: viewer
                    key: env:ADMIN_KEY
                locations:
                  - {id: JKT, kind: moon}
                channels:
                  - id: shop
                    connector: shopify
                    baseUrl: ftp://x
                    bufer: 1
                    buffer: -3
                    timing:
                      poll: 2
                """)).containsExactlyInAnyOrder(
                        at(3) + "keys[0].role: \"king\" (expected: one of admin, operations, warehouse, planner, finance, viewer)",
                        at(5) + "keys[1].name: missing",
                        at(8) + "locations[0].kind: \"moon\" (expected: one of warehouse, shop, 3pl, virtual)",
                        at(12) + "channels[0].baseUrl: \"ftp://x\" (expected: an http or https URL)",
                        at(13) + "channels[0].bufer: no such setting",
                        at(14) + "channels[0].buffer: -3 (expected: >= 0)",
                        at(16) + "channels[0].timing.poll: \"2\" (expected: a whole number with its unit, such as 500ms, 2s,"
                                + " 5m, 1h or 1d)");
    }

    @Test
    void wrongTypesAreSaidInWords() {
        assertThat(problems(KEYS + "locations: JKT\nchannels:\n  a: b\nhttp: [1]\n"))
                .containsExactlyInAnyOrder(
                        at(5) + "channels: settings by name (expected: a list)",
                        at(3) + "locations: \"JKT\" (expected: a list)",
                        at(6) + "http: a list (expected: settings by name)");
    }

    @Test
    void whatNoSchemaCanSayIsToldWithItsLineToo() {
        assertThat(problems("""
                locations:
                  - id: JKT
                  - id: JKT
                channels:
                  - {id: a, connector: x, baseUrl: "http://x", locations: [JKT, MARS]}
                  - id: a
                    connector: x
                    baseUrl: http://user@x
                    timing: {retryFirst: 5s, retryMax: 1s}
                keys:
                  - {name: admin, role: admin, key: env:ADMIN_KEY}
                  - {name: second, role: viewer, key: env:ADMIN_KEY}
                edi:
                  partners:
                    - {id: e, qualifier: ZZ, partnerId: ERP, sets: ["944"], mapping: x12/receipt-944}
                """)).containsExactlyInAnyOrder(
                        at(3) + "locations[1].id: \"JKT\" is taken by locations[0] already",
                        at(5) + "channels[0].locations[1]: \"MARS\" (expected: the id of a location under \"locations\")",
                        at(6) + "channels[1].id: \"a\" is taken by channels[0] already",
                        at(8) + "channels[1].baseUrl: (expected: an http or https URL with a host, without user and fragment)",
                        at(9) + "channels[1].timing.retryMax: is shorter than retryFirst",
                        at(12) + "keys[1].key: is the same as that of keys[0]",
                        at(14) + "edi.us: missing (expected: our own address, since there are partners)");
    }

    @Test
    void secretsAreReferencesAndNeverShown() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        assertThat(problems("""
                database: {url: "jdbc:postgresql://db/x", password: hunter2hunter2}
                keys:
                  - {name: a, role: admin, key: env:NOT_SET}
                  - {name: b, role: admin, key: "file:/no/such/file"}
                  - {name: c, role: admin, key: "file:%s"}
                """.formatted(empty)))
                .containsExactlyInAnyOrder(
                        at(1) + "database.password: is written out (expected: where it is, env:NAME or file:/path; secrets do"
                                + " not belong in settings)",
                        at(3) + "keys[0].key: the environment variable NOT_SET is not set. Set it and start again.",
                        at(4) + "keys[1].key: there is no file /no/such/file. Write the secret into it and start again.",
                        at(5) + "keys[2].key: the file " + empty + " is empty. Write the secret into it and start again.")
                .noneMatch(problem -> problem.contains("hunter2"));
    }

    @Test
    void aSecretInAFileLosesItsLastLineEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "0123456789abcdef\n");
        StockhubSettings settings = load("keys: [{name: a, role: viewer, key: \"file:" + file + "\"}]");
        assertThat(settings.keys().get(0).key().reveal()).isEqualTo("0123456789abcdef");
    }

    @Test
    void onlyTheDemoMayWriteSecretsOut() {
        arguments.put("stockhub.demo", "true");
        StockhubSettings settings = load("keys: [{name: a, role: viewer, key: demo-viewer}]");
        assertThat(settings.demo()).isTrue();
        assertThat(settings.keys().get(0).key().reveal()).isEqualTo("demo-viewer");
        arguments.remove("stockhub.demo");
        assertThat(problems("demo: true\nkeys: [{name: a, role: viewer, key: demo-viewer}]"))
                .containsExactly(at(1) + "demo: no such setting");
    }

    @Test
    void argumentsAndTheEnvironmentWinOverTheFileValueByValue() {
        String yaml = KEYS + """
                locations: [{id: JKT}]
                channels:
                  - {id: a, connector: x, baseUrl: "http://a", buffer: 1, settings: {sellerId: one, other: kept}}
                  - {id: b, connector: x, baseUrl: "http://b", buffer: 1}
                """;
        arguments.put("stockhub.channels[1].buffer", "7");
        arguments.put("stockhub.http.max-json-bytes", "5KiB");
        variables.put("STOCKHUB_CHANNELS_0_BASEURL", "http://elsewhere");
        variables.put("STOCKHUB_CHANNELS_0_SETTINGS_SELLERID", "two");
        variables.put("STOCKHUB_CHANNELS_0_BUFFER", "3");
        arguments.put("stockhub.channels[0].buffer", "4");
        variables.put("STOCKHUB_KEY", "the key of the command line is no setting");

        StockhubSettings settings = load(yaml);

        assertThat(settings.channels()).extracting(ChannelSettings::buffer).containsExactly(4L, 7L);
        assertThat(settings.channels().get(0).baseUrl()).hasHost("elsewhere");
        assertThat(settings.channels().get(0).settings()).containsOnly(Map.entry("sellerId", "two"), Map.entry("other", "kept"));
        assertThat(settings.http().maxJsonBytes()).isEqualTo(5 << 10);
    }

    @Test
    void allMayBeGivenWithoutAFile() {
        variables.put("STOCKHUB_KEYS_0_NAME", "admin");
        variables.put("STOCKHUB_KEYS_0_ROLE", "admin");
        variables.put("STOCKHUB_KEYS_0_KEY", "env:ADMIN_KEY");
        variables.put("STOCKHUB_LOCATIONS_0_ID", "JKT");
        StockhubSettings settings = loadWithoutFile();
        assertThat(settings.keys()).hasSize(1);
        assertThat(settings.locations().get(0).id()).isEqualTo("JKT");
        assertThat(settings.data()).hasToString("data");
    }

    @Test
    void aWrongOverrideIsNamedByWhereItWasGiven() {
        arguments.put("stockhub.channels[0].buffer", "many");
        assertThat(problems(KEYS + "locations: [{id: J}]\nchannels: [{id: a, connector: x, baseUrl: \"http://a\"}]"))
                .singleElement()
                .asString()
                .contains("stockhub.channels[0].buffer", "\"many\" (expected: a whole number)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keys: [|not valid YAML", "a: 1\\na: 2|a: given twice", "- a|settings by name", "a: !!java.net.URL [x]|tag is not allowed",
                "a: {b: [|not valid YAML", "x: &x [*x]|nested deeper", "\"\\x00\"|expected"
            })
    void aFileThatIsNoSettingsIsRefusedWithItsLine(String yaml, String expected) {
        assertThat(problems(yaml.replace("\\n", "\n")).get(0)).contains("stockhub.yaml, line ").contains(expected);
    }

    @Test
    void aFolderWithoutAFileIsSaidSo() {
        arguments.put("stockhub.config", folder.resolve("nowhere").toString());
        assertThat(catchThrowableOfType(SettingsException.class, this::loadWithoutFile).problems().get(0))
                .contains("no such file");
    }

    @Test
    void nobodyCouldSignInWithoutAKey() {
        assertThat(problems("locations: [{id: J}]")).containsExactly(at(1) + "keys: missing");
        assertThat(problems("keys: []")).containsExactly(at(1) + "keys: empty (expected: at least 1)");
        variables.put("ADMIN_KEY", "short");
        assertThat(problems(KEYS).get(0)).startsWith(at(2) + "keys[0].key: is too short");
    }
}
