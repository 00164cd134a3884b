package io.stockhub.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {
    @TempDir
    private Path folder;

    private Installation hub;

    @BeforeEach
    void prepare() {
        hub = new Installation(folder);
    }

    @Test
    void aWholeFileIsRead() {
        hub.variables.put("DB_PASSWORD", "pw");
        hub.variables.put("TOKEN", "tok");
        StockhubSettings settings = hub.load(
                """
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
            """
                        + Installation.KEYS);

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
                        null,
                        null,
                        null));
        ChannelSettings bay = settings.channels().get(1);
        assertThat(bay.locations()).containsExactly("JKT", "SUB");
        assertThat(bay.title()).isEqualTo("bay");
        assertThat(bay.tokenUrl()).hasPath("/t");
        assertThat(settings.edi().partners().get(0).sets()).containsExactly("944");
        assertThat(settings.edi().partners().get(0).test()).isTrue();
        assertThat(settings.edi().watchFolder()).isFalse();
        assertThat(settings.http()).isEqualTo(new HttpSettings(2048, 50L << 20));
        assertThat(settings.toString())
                .doesNotContain("tok,", "pw", "0123456789abcdef")
                .contains("***");
    }

    @Test
    void everyProblemIsToldAtOnceWithItsLine() {
        assertThat(
                        hub.problems(
                                """
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
            """))
                .containsExactlyInAnyOrder(
                        hub.at(3)
                                + "keys[0].role: \"king\" (expected: one of admin, operations, warehouse, planner,"
                                + " finance, viewer)",
                        hub.at(5) + "keys[1].name: missing",
                        hub.at(8) + "locations[0].kind: \"moon\" (expected: one of warehouse, shop, 3pl, virtual)",
                        hub.at(12) + "channels[0].baseUrl: \"ftp://x\" (expected: an http or https URL)",
                        hub.at(13) + "channels[0].bufer: no such setting",
                        hub.at(14) + "channels[0].buffer: -3 (expected: >= 0)",
                        hub.at(16)
                                + "channels[0].timing.poll: \"2\" (expected: a whole number with its unit, such as"
                                + " 500ms, 2s, 5m, 1h or 1d)");
    }

    @Test
    void wrongTypesAreSaidInWords() {
        assertThat(hub.problems(Installation.KEYS + "locations: JKT\nchannels:\n  a: b\nhttp: [1]\n"))
                .containsExactlyInAnyOrder(
                        hub.at(5) + "channels: settings by name (expected: a list)",
                        hub.at(3) + "locations: \"JKT\" (expected: a list)",
                        hub.at(6) + "http: a list (expected: settings by name)");
    }

    @Test
    void whatNoSchemaCanSayIsToldWithItsLineToo() {
        assertThat(
                        hub.problems(
                                """
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
            """))
                .containsExactlyInAnyOrder(
                        hub.at(3) + "locations[1].id: \"JKT\" is taken by locations[0] already",
                        hub.at(5)
                                + "channels[0].locations[1]: \"MARS\" (expected: the id of a location under"
                                + " \"locations\")",
                        hub.at(6) + "channels[1].id: \"a\" is taken by channels[0] already",
                        hub.at(8)
                                + "channels[1].baseUrl: (expected: an http or https URL with a host, without user and"
                                + " fragment)",
                        hub.at(9) + "channels[1].timing.retryMax: is shorter than retryFirst",
                        hub.at(12) + "keys[1].key: is the same as that of keys[0]",
                        hub.at(14) + "edi.us: missing (expected: our own address, since there are partners)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keys: [|not valid YAML",
                "a: 1\\na: 2|a: given twice",
                "- a|settings by name",
                "a: !!java.net.URL [x]|tag is not allowed",
                "a: {b: [|not valid YAML",
                "x: &x [*x]|nested deeper",
                "\"\\x00\"|expected"
            })
    void aFileThatIsNoSettingsIsRefusedWithItsLine(String yaml, String expected) {
        assertThat(hub.problems(yaml.replace("\\n", "\n")).get(0))
                .contains("stockhub.yaml, line ")
                .contains(expected);
    }

    @Test
    void aFolderWithoutAFileIsSaidSo() {
        hub.arguments.put("stockhub.config", folder.resolve("nowhere").toString());
        assertThat(catchThrowableOfType(SettingsException.class, hub::loadWithoutFile)
                        .problems()
                        .get(0))
                .contains("no such file");
    }

    @Test
    void nobodyCouldSignInWithoutAKey() {
        assertThat(hub.problems("locations: [{id: J}]")).containsExactly(hub.at(1) + "keys: missing");
        assertThat(hub.problems("keys: []")).containsExactly(hub.at(1) + "keys: empty (expected: at least 1)");
        hub.variables.put("ADMIN_KEY", "short");
        assertThat(hub.problems(Installation.KEYS).get(0)).startsWith(hub.at(2) + "keys[0].key: is too short");
    }
}
