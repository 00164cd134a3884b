package io.stockhub.stock.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.stock.availability.Derivation.Node;
import io.stockhub.stock.availability.SkuStock.At;
import io.stockhub.stock.availability.SkuStock.Hold;
import io.stockhub.stock.availability.SkuStock.Part;
import io.stockhub.stock.availability.SkuStock.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvailabilityTest {
    private static final int ROUNDS = 20_000;
    private static final List<ChannelRule> BASE = List.of(
            ChannelRule.base("web", List.of("JKT", "SUB"), 0), ChannelRule.base("bay", List.of("JKT", "SUB"), 0));

    private static Rules rules(String document) {
        RulesReader.Reading reading = RulesReader.readApplied(document);
        assertThat(reading.findings()).isEmpty();
        return Rules.of(4, reading.document(), BASE);
    }

    private static SkuStock stock(String sku, Map<String, Long> byLocation) {
        return ofClass(sku, null, byLocation);
    }

    private static SkuStock ofClass(String sku, @org.jspecify.annotations.Nullable String abc, Map<String, Long> at) {
        Map<String, At> locations = new java.util.HashMap<>();
        at.forEach((location, units) -> locations.put(location, new At(Map.of(SkuStock.SHARED, units), List.of())));
        return new SkuStock(sku, abc, locations, List.of());
    }

    private static SkuStock bundle(Part... parts) {
        return new SkuStock("SET", null, Map.of(), List.of(parts));
    }

    @Test
    void withoutADocumentTheSettingsHold() {
        Rules rules = Rules.of(0, RulesDocument.EMPTY, List.of(ChannelRule.base("web", List.of("JKT"), 3)));
        assertThat(rules.ats("web", stock("A", Map.of("JKT", 10L, "SUB", 100L))))
                .isEqualTo(7);
        assertThat(rules.ats("web", stock("A", Map.of("JKT", 2L)))).isZero();
        assertThat(rules.ats("web", SkuStock.nothing("A"))).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // on hand, buffer, floor, cap, told
        "10, 0, 0, , 10",
        "10, 2, 0, , 8",
        "1, 2, 0, , 0",
        "4, 2, 3, , 0",
        "5, 2, 3, , 3",
        "900, 2, 3, 500, 500",
        "502, 2, 3, 500, 500",
        "501, 2, 3, 500, 499",
        "7, 0, 9, 0, 0",
        "7, 0, 0, 0, 0"
    })
    void bufferFirstThenFloorThenCap(long onHand, long buffer, long floor, Long cap, long told) {
        String document = "channels: {web: {buffer: %d, floor: %d%s}}"
                .formatted(buffer, floor, cap == null ? "" : ", cap: " + cap);
        assertThat(rules(document).ats("web", stock("A", Map.of("JKT", onHand))))
                .isEqualTo(told);
    }

    @Test
    void aSkuMayHaveTermsOfItsOwnOnAChannel() {
        Rules rules =
                rules("channels: {web: {buffer: 2, cap: 500}}\nskus: {A: {channels: {web: {buffer: 0, cap: 10}}}}");
        assertThat(rules.ats("web", stock("A", Map.of("JKT", 9L)))).isEqualTo(9);
        assertThat(rules.ats("web", stock("A", Map.of("JKT", 99L)))).isEqualTo(10);
        assertThat(rules.ats("web", stock("B", Map.of("JKT", 99L)))).isEqualTo(97);
        assertThat(rules.ats("bay", stock("A", Map.of("JKT", 99L)))).isEqualTo(99);
    }

    @Test
    void unitsOfAPoolAreSoldByItsChannelsAlone() {
        Rules rules = rules("pools: {markets: {channels: [bay]}}");
        SkuStock stock = new SkuStock(
                "A",
                null,
                Map.of("JKT", new At(Map.of("", 10L, "markets", 4L, "forgotten", 3L), List.of())),
                List.of());
        assertThat(rules.ats("web", stock)).isEqualTo(10);
        assertThat(rules.ats("bay", stock)).isEqualTo(14);
    }

    @Test
    void safetyStockIsKeptBackAtEachLocationAndNeverFromAPool() {
        Rules rules = rules("pools: {markets: {channels: [bay]}}\nsafetyStock: [{sku: A, quantity: 5}]");
        SkuStock stock = new SkuStock(
                "A",
                null,
                Map.of(
                        "JKT", new At(Map.of("", 3L, "markets", 4L), List.of()),
                        "SUB", new At(Map.of("", 9L), List.of())),
                List.of());
        assertThat(rules.ats("web", stock)).isEqualTo(4);
        assertThat(rules.ats("bay", stock)).isEqualTo(8);
    }

    @Test
    void theMostSpecificSafetyStockHolds() {
        List<String> leastFirst = List.of(
                "{abc: A, quantity: 1}",
                "{location: JKT, quantity: 2}",
                "{location: JKT, abc: A, quantity: 3}",
                "{sku: T, quantity: 4}",
                "{location: JKT, sku: T, quantity: 5}");
        SkuStock stock = ofClass("T", "A", Map.of("JKT", 100L));
        for (int i = 1; i <= leastFirst.size(); i++) {
            List<String> some = new ArrayList<>(leastFirst.subList(0, i));
            java.util.Collections.reverse(some);
            assertThat(rules("safetyStock: " + some).ats("web", stock)).isEqualTo(100 - i);
        }
    }

    @Test
    void aBundleIsAsManyAsItsScarcestComponentMakesOverAllLocations() {
        SkuStock set = bundle(
                new Part(stock("A", Map.of("JKT", 3L, "SUB", 4L)), 2), new Part(stock("B", Map.of("JKT", 9L)), 1));
        assertThat(rules("{}").ats("web", set)).isEqualTo(3);
        Derivation why = rules("{}").derive("web", set);
        assertThat(why.scarcest()).isEqualTo("A");
        assertThat(why.components()).extracting(Derivation.Component::bundles).containsExactly(3L, 9L);
        assertThat(why.components().getFirst().tree().quantity()).isEqualTo(7);
    }

    @Test
    void theTermsOfABundleApplyOnceAndThoseOfItsComponentsDoNotApply() {
        String terms = "buffer: 1, floor: 2, cap: 4";
        Rules rules =
                rules("channels: {web: {%s}}\nskus: {A: {channels: {web: {buffer: 90, cap: 0}}}}".formatted(terms));
        assertThat(rules.ats("web", bundle(new Part(stock("A", Map.of("JKT", 8L)), 2))))
                .isEqualTo(3);
        assertThat(rules.ats("web", bundle(new Part(stock("A", Map.of("JKT", 5L)), 2))))
                .isZero();
        assertThat(rules.ats("web", bundle(new Part(stock("A", Map.of("JKT", 80L)), 2))))
                .isEqualTo(4);
    }

    @Test
    void safetyStockOfAComponentIsKeptBackFromItsBundles() {
        Rules rules = rules("safetyStock: [{sku: A, quantity: 5}]");
        assertThat(rules.ats("web", bundle(new Part(stock("A", Map.of("JKT", 10L)), 2))))
                .isEqualTo(2);
    }

    @Test
    void theDerivationNamesEveryReason() {
        Rules rules = rules(
                """
                pools: {markets: {channels: [bay]}}
                channels: {web: {locations: [JKT], buffer: 2, cap: 5}}
                safetyStock: [{location: JKT, quantity: 3}]
                """);
        At jkt = new At(
                Map.of("", 20L, "markets", 4L),
                List.of(
                        new Hold(Reason.RESERVED, 3, List.of("web 1001", "bay 77")),
                        new Hold(Reason.DAMAGED, 1, List.of()),
                        new Hold(Reason.EXPIRED, 2, List.of("lot L1"))));
        Derivation why = rules.derive("web", new SkuStock("A", null, Map.of("JKT", jkt), List.of()));
        assertThat(lines(why.tree(), 0))
                .containsExactly(
                        "5 available to sell on web",
                        " 17 at JKT",
                        "  30 on hand at JKT",
                        "  -3 reserved for orders [web 1001, bay 77]",
                        "  -1 damaged",
                        "  -2 expired lots [lot L1]",
                        "  -4 protected for pool markets",
                        "  -3 safety stock at JKT",
                        " -2 buffer of web",
                        " -10 capped at 5");
        assertThat(why.rulesVersion()).isEqualTo(4);
        assertThat(why.scarcest()).isNull();
    }

    private static List<String> lines(Node node, int depth) {
        List<String> lines = new ArrayList<>();
        lines.add(" ".repeat(depth) + node.quantity() + " " + node.title()
                + (node.notes().isEmpty() ? "" : " " + node.notes()));
        node.children().forEach(child -> lines.addAll(lines(child, depth + 1)));
        return lines;
    }

    @Test
    void hiddenUnitsAndUnitsThatAreNotThereAreTermsToo() {
        Derivation hidden = rules("channels: {web: {floor: 3}}").derive("web", stock("A", Map.of("JKT", 2L)));
        assertThat(lines(hidden.tree(), 0)).contains(" -2 hidden below 3");
        Derivation short2 = rules("channels: {web: {buffer: 3}}").derive("web", stock("A", Map.of("JKT", 2L)));
        assertThat(lines(short2.tree(), 0)).contains(" -3 buffer of web", " 1 never below zero");
    }

    @Test
    void everyTreeSumsAtEachNodeToTheNumberThatIsPublished() {
        long seed = new Random().nextLong();
        RandomRules random = new RandomRules(new Random(seed));
        for (int round = 0; round < ROUNDS; round++) {
            Rules rules = random.rules();
            SkuStock stock = random.stock();
            for (String channel : RandomRules.CHANNELS) {
                long published = rules.ats(channel, RandomRules.withoutHolds(stock));
                Derivation why = rules.derive(channel, stock);
                String which = "seed " + seed + ", round " + round + ", " + channel + ": " + stock;
                assertThat(published)
                        .as(which)
                        .isNotNegative()
                        .isEqualTo(why.ats())
                        .isEqualTo(why.tree().quantity());
                sums(why.tree(), which);
                why.components().forEach(component -> sums(component.tree(), which));
                assertThat(published).as(which).isEqualTo(model(rules, channel, stock));
            }
        }
    }

    private static void sums(Node node, String which) {
        if (!node.children().isEmpty()) {
            long sum = node.children().stream().mapToLong(Node::quantity).sum();
            assertThat(node.quantity()).as(which + ": " + node.title()).isEqualTo(sum);
        }
        node.children().forEach(child -> sums(child, which));
    }

    /** The definition, written down once more as plainly as can be. */
    private static long model(Rules rules, String channel, SkuStock stock) {
        ChannelRule rule = rules.rule(channel, stock.sku());
        long units = stock.parts().isEmpty()
                ? raw(rules, rule, channel, stock)
                : stock.parts().stream()
                        .mapToLong(part -> raw(rules, rule, channel, part.stock()) / part.perUnit())
                        .min()
                        .orElseThrow();
        units = Math.max(0, units - rule.buffer());
        units = units < rule.floor() ? 0 : units;
        return rule.cap() == null ? units : Math.min(units, rule.cap());
    }

    private static long raw(Rules rules, ChannelRule rule, String channel, SkuStock stock) {
        long units = 0;
        for (String location : rule.locations()) {
            At at = stock.locations().getOrDefault(location, new At(Map.of(), List.of()));
            String pool = rules.pool(channel);
            units += pool == null ? 0 : at.sellable().getOrDefault(pool, 0L);
            units += Math.max(
                    0, at.sellable().getOrDefault("", 0L) - rules.safetyStock(location, stock.sku(), stock.abcClass()));
        }
        return units;
    }

    @Test
    void impossibleStockCannotBeMade() {
        assertThatThrownBy(() -> new At(Map.of("", -1L), List.of())).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Hold(Reason.DAMAGED, 0, List.of())).hasMessageContaining("0");
        assertThatThrownBy(() -> stock("A", Map.of("JKT", Long.MAX_VALUE, "SUB", 1L)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> stock("A", Map.of("JKT", Long.MAX_VALUE / 2))).hasMessageContaining("at most");
        assertThatThrownBy(() -> new Part(stock("A", Map.of()), 0)).hasMessageContaining("per unit");
        assertThatThrownBy(() -> new Part(bundle(new Part(stock("A", Map.of()), 1)), 1))
                .hasMessageContaining("bundle");
        assertThatThrownBy(() -> new Node("sum", 3, List.of(), List.of(new Node("one", 2, List.of(), List.of()))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theCustomersPriorityComesBeforeTheChannels() {
        Rules rules = rules("channels: {web: {priority: 3}}\ncustomers: {ACME: {priority: 1}}");
        assertThat(rules.priority("web", "ACME")).isEqualTo(1);
        assertThat(rules.priority("web", "other")).isEqualTo(3);
        assertThat(rules.priority("web", null)).isEqualTo(3);
        assertThat(rules.priority("bay", null)).isEqualTo(5);
        assertThat(rules.priority("by phone", null)).isEqualTo(5);
        assertThat(rules("pools: {m: {channels: [bay]}}").pools()).isEqualTo(Set.of("m"));
    }
}
