package io.stockhub.stock.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.availability.SkuStock.At;
import io.stockhub.stock.availability.SkuStock.Part;
import io.stockhub.stock.escrow.SalesPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the channels share the units of a SKU, and what there is to share. */
class SellingRulesTest {
    private static final Known KNOWN = new Known(Set.of("web", "bay"), Set.of("JKT", "SUB"), Map.of());
    private static final List<ChannelRule> BASE =
            List.of(ChannelRule.base("web", List.of("JKT", "SUB"), 0), ChannelRule.base("bay", List.of("JKT"), 0));

    private static RulesDocument.Selling selling(String document) {
        RulesReader.Reading reading = RulesReader.read(document, KNOWN);
        assertThat(reading.findings()).isEmpty();
        return reading.document().selling();
    }

    private static Rules rules(String document) {
        RulesReader.Reading reading = RulesReader.readApplied(document);
        assertThat(reading.findings()).isEmpty();
        return Rules.of(4, reading.document(), BASE);
    }

    private static SkuStock stock(String sku, Map<String, Long> byLocation) {
        Map<String, At> locations = new HashMap<>();
        byLocation.forEach(
                (location, units) -> locations.put(location, new At(Map.of(SkuStock.SHARED, units), List.of())));
        return new SkuStock(sku, null, locations, List.of());
    }

    @Test
    void allOfItIsRead() {
        assertThat(
                        selling(
                                """
                                selling:
                                  policy: auto
                                  classes: {A: escrow, C: shared}
                                  skus: {TEE-M: shared, TEE-L: escrow}
                                  exposure: 20
                                """))
                .isEqualTo(new RulesDocument.Selling(
                        SalesPolicy.AUTO,
                        Map.of("A", SalesPolicy.ESCROW, "C", SalesPolicy.SHARED),
                        Map.of("TEE-M", SalesPolicy.SHARED, "TEE-L", SalesPolicy.ESCROW),
                        20L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "selling:", "selling: {}", "selling: {policy: , classes: , skus: , exposure: }"})
    void whoSaysNothingShares(String document) {
        assertThat(selling(document)).isEqualTo(RulesDocument.Selling.NONE);
        assertThat(selling(document).policy()).isEqualTo(SalesPolicy.SHARED);
        assertThat(selling(document).exposure()).isNull();
    }

    @Test
    void noExposureAtAllIsAnExposure() {
        assertThat(selling("selling: {exposure: 0}").exposure()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{policy: divided} | selling.policy: \"divided\" (expected: shared, escrow or auto)",
                "{policy: ESCROW} | selling.policy: \"ESCROW\" (expected: shared, escrow or auto)",
                "{policy: 1} | selling.policy: 1 (expected: text; put it in quotes)",
                "{policy: [auto]} | selling.policy: a list (expected: text)",
                "{classes: {A: some}} | selling.classes.A: \"some\" (expected: shared, escrow or auto)",
                "{classes: {D: auto}} | selling.classes.D: no such rule (expected: A, B, C)",
                "{classes: [A]} | selling.classes: a list (expected: fields by name)",
                "{skus: {TEE-M: often}} | selling.skus.TEE-M: \"often\" (expected: shared, escrow or auto)",
                "{skus: {TEE-M: 3}} | selling.skus.TEE-M: 3 (expected: text; put it in quotes)",
                "{skus: {' A': auto}} | selling.skus. A: (expected: 1 to 100 printable characters, without blanks at the ends)",
                "{exposure: -1} | selling.exposure: -1 (expected: >= 0)",
                "{exposure: some} | selling.exposure: \"some\" (expected: a whole number)",
                "{exposure: 1.5} | selling.exposure: 1.5 (expected: a whole number)",
                "{exposure: 1000000001} | selling.exposure: 1000000001 (expected: <= 1000000000)",
                "{exposures: 1} | selling.exposures: no such rule (expected: classes, exposure, policy, skus)",
                "escrow | selling: \"escrow\" (expected: fields by name)",
                "[escrow] | selling: a list (expected: fields by name)",
            })
    void whatIsWrongIsNamedWithItsLineAndWhatWasExpected(String selling, String finding) {
        RulesReader.Reading reading = RulesReader.read("# how we sell\n\nselling: " + selling, KNOWN);
        assertThat(reading.findings()).extracting(Finding::toString).containsExactly("line 3: " + finding);
    }

    @Test
    void eachFindingHasItsOwnLine() {
        RulesReader.Reading reading = RulesReader.read(
                """
                selling:
                  policy: never
                  classes:
                    A: escrow
                    B: never
                  skus:
                    TEE-M: never
                  exposure: -2
                """,
                KNOWN);
        assertThat(reading.findings()).extracting(Finding::line).containsExactly(2, 5, 7, 8);
    }

    @Test
    void whatIsSaidOfTheSkuComesFirstThenItsClassThenAll() {
        Rules rules = rules(
                """
                selling:
                  policy: auto
                  classes: {A: escrow, B: shared}
                  skus: {TEE-M: shared, TEE-L: escrow}
                """);
        assertThat(rules.policy("TEE-M", "A")).isEqualTo(SalesPolicy.SHARED);
        assertThat(rules.policy("TEE-L", "B")).isEqualTo(SalesPolicy.ESCROW);
        assertThat(rules.policy("MUG", "A")).isEqualTo(SalesPolicy.ESCROW);
        assertThat(rules.policy("MUG", "B")).isEqualTo(SalesPolicy.SHARED);
        assertThat(rules.policy("MUG", "C")).isEqualTo(SalesPolicy.AUTO);
        assertThat(rules.policy("MUG", null)).isEqualTo(SalesPolicy.AUTO);
        assertThat(rules.policy("TEE-M", null)).isEqualTo(SalesPolicy.SHARED);
        assertThat(rules("{}").policy("TEE-M", "A")).isEqualTo(SalesPolicy.SHARED);
    }

    @Test
    void theExposureIsAnyUnlessTheDocumentBoundsIt() {
        assertThat(rules("{}").exposureMax()).isNull();
        assertThat(rules("selling: {exposure: 7}").exposureMax()).isEqualTo(7);
    }

    @Test
    void whatIsDividedIsLessTheBufferAndNeverLessThanNothing() {
        Rules rules = rules("channels: {web: {buffer: 3}}");
        assertThat(rules.divisible("web", stock("A", Map.of("JKT", 8L, "SUB", 2L))))
                .isEqualTo(7);
        assertThat(rules.divisible("web", stock("A", Map.of("JKT", 2L)))).isZero();
        assertThat(rules.divisible("bay", stock("A", Map.of("JKT", 8L, "SUB", 2L))))
                .as("its own locations")
                .isEqualTo(8);
    }

    @Test
    void floorAndCapAreAboutWhatIsToldAndNotAboutWhatIsDivided() {
        Rules rules = rules("channels: {web: {buffer: 1, floor: 20, cap: 30}}");
        SkuStock few = stock("A", Map.of("JKT", 8L));
        assertThat(rules.ats("web", few)).isZero();
        assertThat(rules.divisible("web", few)).isEqualTo(7);
        SkuStock many = stock("A", Map.of("JKT", 80L));
        assertThat(rules.ats("web", many)).isEqualTo(30);
        assertThat(rules.divisible("web", many)).isEqualTo(79);
    }

    @Test
    void safetyStockIsNotDivided() {
        assertThat(rules("safetyStock: [{location: JKT, quantity: 5}]")
                        .divisible("web", stock("A", Map.of("JKT", 8L, "SUB", 2L))))
                .isEqualTo(5);
    }

    @Test
    void ofABundleAsManyAsItsScarcestPartMakesLessItsOwnBuffer() {
        SkuStock set = new SkuStock(
                "SET",
                null,
                Map.of(),
                List.of(
                        new Part(stock("MUG", Map.of("JKT", 9L)), 2),
                        new Part(stock("TEA", Map.of("JKT", 3L, "SUB", 3L)), 1)));
        assertThat(rules("{}").divisible("web", set)).isEqualTo(4);
        assertThat(rules("{}").divisible("bay", set)).isEqualTo(3);
        assertThat(rules("channels: {web: {buffer: 1}}").divisible("web", set)).isEqualTo(3);
    }

    @Test
    void aNewNumberWaitsAsLongAsItsSkuItsClassOrTheRulesSay() {
        Rules rules = rules("maxDelay: {all: 5m, classes: {A: 10s, C: 24h}, skus: {TEE-M: 2s}}");
        assertThat(rules.maxDelay("TEE-M", "A")).isEqualTo(Duration.ofSeconds(2));
        assertThat(rules.maxDelay("MUG", "A")).isEqualTo(Duration.ofSeconds(10));
        assertThat(rules.maxDelay("MUG", "C")).isEqualTo(Duration.ofDays(1));
        assertThat(rules.maxDelay("MUG", "B")).isEqualTo(Duration.ofMinutes(5));
        assertThat(rules.maxDelay("MUG", null)).isEqualTo(Duration.ofMinutes(5));
        assertThat(rules("").maxDelay("MUG", "A")).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            maxDelay: {all: 10}            | maxDelay.all
            maxDelay: {all: 0s}            | maxDelay.all
            maxDelay: {all: 25h}           | maxDelay.all
            maxDelay: {all: 9999999s}      | maxDelay.all
            maxDelay: {all: -1s}           | maxDelay.all
            maxDelay: {classes: {A: soon}} | maxDelay.classes.A
            maxDelay: {classes: {D: 1s}}   | maxDelay.classes.D
            maxDelay: {skus: {MUG: 1d}}    | maxDelay.skus.MUG
            maxDelay: {every: 1s}          | maxDelay.every
            """)
    void aDelayThatIsNoneIsNamed(String document, String path) {
        assertThat(RulesReader.read(document, KNOWN).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.path()).isEqualTo(path));
    }
}
