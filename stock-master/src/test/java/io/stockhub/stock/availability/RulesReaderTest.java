package io.stockhub.stock.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesReaderTest {
    private static final Known KNOWN = new Known(
            Set.of("web", "bay", "mart"), Set.of("JKT", "SUB", "FBA", "LOST"), Map.of("FBA", "bay", "LOST", ""));

    private static List<String> findings(String document) {
        return RulesReader.read(document, KNOWN).findings().stream()
                .map(Finding::toString)
                .toList();
    }

    private static RulesDocument document(String text) {
        RulesReader.Reading reading = RulesReader.read(text, KNOWN);
        assertThat(reading.findings()).isEmpty();
        return reading.document();
    }

    @Test
    void aWholeDocumentIsRead() {
        RulesDocument document = document(
                """
                # who may sell what
                pools:
                  markets: {channels: [bay, mart]}
                channels:
                  web: {locations: [JKT, SUB], buffer: 2, floor: 3, cap: 500, priority: 3}
                safetyStock:
                  - {location: JKT, sku: TEE-M, quantity: 5}
                  - {location: JKT, abc: A, quantity: 10}
                skus:
                  TEE-M: {channels: {web: {buffer: 0, cap: 10}}}
                customers: {ACME: {priority: 1}}
                routing: {splitsMax: 2, lanes: [{from: JKT, to: {country: ID, postal: "0123"}, km: 7}]}
                """);
        assertThat(document.pools()).isEqualTo(Map.of("markets", Set.of("bay", "mart")));
        assertThat(document.channels().get("web"))
                .isEqualTo(new RulesDocument.ChannelTerms(
                        List.of("JKT", "SUB"), new RulesDocument.Terms(2L, 3L, 500L), 3));
        assertThat(document.safetyStock())
                .containsExactly(
                        new RulesDocument.SafetyStock("JKT", "TEE-M", null, 5),
                        new RulesDocument.SafetyStock("JKT", null, "A", 10));
        assertThat(document.skus()).isEqualTo(Map.of("TEE-M", Map.of("web", new RulesDocument.Terms(0L, null, 10L))));
        assertThat(document.customers()).isEqualTo(Map.of("ACME", 1));
        assertThat(document.routing())
                .hasToString(
                        "{\"splitsMax\":2,\"lanes\":[{\"from\":\"JKT\",\"to\":{\"country\":\"ID\",\"postal\":\"0123\"},\"km\":7}]}");
    }

    @Test
    void jsonMeansTheSameAsYaml() {
        String json =
                """
                {
                \t"channels": {"web": {"buffer": 2, "locations": ["JKT"]}},
                \t"customers": {"A\\u00e9": {"priority": 9}}
                }""";
        assertThat(document(json))
                .isEqualTo(document("channels: {web: {buffer: 2, locations: [JKT]}}\ncustomers: {Aé: {priority: 9}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "# nothing\n", "{}", "channels:\n", "---\nskus: {}\n"})
    void aDocumentThatSaysNothingIsRight(String text) {
        assertThat(document(text)).isEqualTo(RulesDocument.EMPTY);
    }

    @Test
    void everyFindingIsToldAtOnceWithItsLineAndPath() {
        assertThat(
                        findings(
                                """
                                pools:
                                  markets: {channels: [bay, nowhere]}
                                  others: {channels: [bay]}
                                channels:
                                  web:
                                    locations: [JKT, MARS]
                                    floor: -1
                                    capp: 3
                                  shop: {buffer: x}
                                safetyStock:
                                  - {location: MARS, quantity: 1}
                                  - {quantity: 1}
                                skus:
                                  TEE-M: {channels: {web: {priority: 1}}}
                                customers: {ACME: {priority: 10}}
                                colour: blue
                                """))
                .containsExactly(
                        "line 2: pools.markets.channels[1]: \"nowhere\" (expected: a channel of the settings: bay, mart, web)",
                        "line 3: pools.others.channels[0]: bay is in pool markets already",
                        "line 6: channels.web.locations[1]: \"MARS\" (expected: a location that exists)",
                        "line 7: channels.web.floor: -1 (expected: >= 0)",
                        "line 8: channels.web.capp: no such rule (expected: buffer, cap, floor, locations, priority)",
                        "line 9: channels.shop: \"shop\" (expected: a channel of the settings: bay, mart, web)",
                        "line 9: channels.shop.buffer: \"x\" (expected: a whole number)",
                        "line 11: safetyStock[0].location: \"MARS\" (expected: a location that exists)",
                        "line 12: safetyStock[1]: about nothing (expected: location, sku or abc)",
                        "line 14: skus.TEE-M.channels.web.priority: no such rule (expected: buffer, cap, floor)",
                        "line 15: customers.ACME.priority: 10 (expected: <= 9)",
                        "line 16: colour: no such rule (expected: channels, customers, maxDelay, pools, routing, safetyStock, selling, skus)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "channels: {web: {cap: 2, floor: 3}} | line 1: channels.web.cap: 2 (expected: >= 3, which is the floor, or 0)",
                "channels: {web: {buffer: 1.5}} | line 1: channels.web.buffer: 1.5 (expected: a whole number)",
                "channels: {web: {buffer: '1'}} | line 1: channels.web.buffer: \"1\" (expected: a whole number)",
                "channels: {web: {buffer: 1000000001}} | line 1: channels.web.buffer: 1000000001 (expected: <= 1000000000)",
                "channels: {web: {buffer: 99999999999999999999999}} | line 1: channels.web.buffer: 99999999999999999999999 (expected: <= 1000000000)",
                "channels: {web: {buffer: yes}} | line 1: channels.web.buffer: yes (expected: a whole number)",
                "channels: {web: {priority: 0}} | line 1: channels.web.priority: 0 (expected: >= 1)",
                "channels: {web: {locations: []}} | line 1: channels.web.locations: empty (expected: at least one)",
                "channels: {web: {locations: JKT}} | line 1: channels.web.locations: \"JKT\" (expected: a list)",
                "channels: {web: {locations: [JKT, JKT]}} | line 1: channels.web.locations[1]: \"JKT\" is there twice (expected: once)",
                "channels: {web: {locations: [1]}} | line 1: channels.web.locations[0]: 1 (expected: text; put it in quotes)",
                "channels: {web: {locations: [FBA]}} | line 1: channels.web.locations[0]: \"FBA\" is run by a marketplace (expected: a location of ours, or channel bay)",
                "channels: {bay: {locations: [LOST]}} | line 1: channels.bay.locations[0]: \"LOST\" is run by a marketplace (expected: a location of ours)",
                "channels: [web] | line 1: channels: a list (expected: fields by name)",
                "pools: {m: {}} | line 1: pools.m.channels: missing (expected: a list)",
                "safetyStock: [{sku: A}] | line 1: safetyStock[0].quantity: missing (expected: units)",
                "safetyStock: [{abc: D, quantity: 1}] | line 1: safetyStock[0].abc: \"D\" (expected: A, B or C)",
                "safetyStock: [{sku: A, abc: B, quantity: 1}] | line 1: safetyStock[0].abc: beside sku (expected: one of both)",
                "safetyStock: [{sku: A, quantity: 1}, {sku: A, quantity: 2}] | line 1: safetyStock[1]: about the same stock as line 1 (expected: once)",
                "skus: {' A': {}} | line 1: skus. A: (expected: 1 to 100 printable characters, without blanks at the ends)",
                "customers: {ACME: {}} | line 1: customers.ACME.priority: missing (expected: 1 to 9)",
                "channels: {web: {buffer: 1, buffer: 2}} | line 1: channels.web.buffer: given twice (expected: once; it is on line 1 already)",
                "just text | line 1: \"just text\" (expected: fields by name)",
            })
    void whatIsWrongIsNamedWithWhatWasExpected(String document, String finding) {
        assertThat(findings(document)).containsExactly(finding);
    }

    @Test
    void aMarketplaceMaySellItsOwnLocation() {
        assertThat(findings("channels: {bay: {locations: [JKT, FBA]}}")).isEmpty();
    }

    @Test
    void theFloorOfASkuIsComparedWithTheCapOfItsChannel() {
        assertThat(findings("channels: {web: {cap: 5}}\nskus:\n  A: {channels: {web: {floor: 6}}}"))
                .containsExactly("line 3: skus.A.channels.web.floor: 6 (expected: <= 5, which is the cap)");
    }

    @Test
    void aCapOfZeroTakesASkuOffAChannelWhateverItsFloor() {
        assertThat(findings("channels: {web: {floor: 5}}\nskus:\n  A: {channels: {web: {cap: 0}}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "channels: {web: {",
                "channels: [a\n b: c",
                "a: b: c",
                "{\"channels\": }}",
                "\u0000",
                "x: !!java.io.File {}"
            })
    void whatIsNoYamlIsAFindingAndNeverAnException(String document) {
        assertThat(findings(document)).isNotEmpty().allMatch(finding -> finding.startsWith("line "));
    }

    @Test
    void aDocumentThatGrowsOutOfItsAliasesIsRefused() {
        assertThat(findings("skus: &a {A: {}}\nchannels: *a"))
                .singleElement()
                .asString()
                .contains("not valid YAML");
    }

    @Test
    void aDocumentBeyondItsBoundsIsRefusedUnread() {
        assertThat(findings("#".repeat(RulesReader.DOCUMENT_LENGTH_MAX + 1)))
                .containsExactly("line 1: 1000001 characters (expected: at most 1000000)");
        assertThat(findings("a: " + "[".repeat(50) + "]".repeat(50)))
                .singleElement()
                .asString()
                .contains("epth");
    }

    @Test
    void countlessFindingsAreCountedAndTheFirstAreTold() {
        String document = "x: 1\n".repeat(0)
                + java.util.stream.IntStream.range(0, 300)
                        .mapToObj(i -> "x" + i + ": 1\n")
                        .reduce("", String::concat);
        assertThat(findings(document))
                .hasSize(RulesReader.FINDINGS_MAX + 1)
                .last()
                .isEqualTo("line 200: and 100 more");
    }

    @Test
    void routingIsCheckedByItsOwnerAndItsFindingsHaveTheirLines() {
        RulesReader.Reading reading = RulesReader.read(
                """
                routing:
                  lanes:
                    - {from: NORTH, to: {}, km: 10}
                    - {from: NORTH, to: {}, km: -1}
                """,
                KNOWN);
        assertThat(reading.findings())
                .extracting(Finding::toString)
                .singleElement()
                .asString()
                .startsWith("line 4: routing.lanes[1].km: -1");
    }

    @Test
    void anAppliedDocumentIsReadThoughItsChannelIsGone() {
        RulesReader.Reading reading = RulesReader.readApplied("channels: {gone: {locations: [CLOSED], buffer: 1}}");
        assertThat(reading.findings()).isEmpty();
        Rules rules = Rules.of(1, reading.document(), List.of(ChannelRule.base("web", List.of("JKT"), 0)));
        assertThat(rules.channels()).containsExactly("web");
    }
}
