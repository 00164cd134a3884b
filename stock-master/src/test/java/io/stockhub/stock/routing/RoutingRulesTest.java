package io.stockhub.stock.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingRulesTest {
    private static final String ALL =
            """
            weights: {cost: 1, transitDay: 100, km: 1, split: 500, priorityStep: 1}
            lanes:
              - {from: JKT, to: {country: ID, region: JK, postal: "12"}, km: 15, transitDays: 1, cost: 200}
              - {from: JKT, to: {country: ID}, km: 700, transitDays: 3, cost: 900}
              - {from: JKT, to: {}, refuse: true}
              - {to: {country: SG, latitude: 1.3, longitude: 103.8}}
            warehouses:
              JKT: {capacityPerDay: 500, cutOff: "15:00", channels: [web, outlet], closed: [SAT, Sunday, "2026-12-25"]}
            customers: {ACME: {transitDay: 300}}
            priorities: {"1": {transitDay: 200}}
            splitsMax: 3
            """;

    private static List<RoutingRules.Finding> wrong(String yaml) {
        return RoutingRules.parse(Scenarios.yaml(yaml)) instanceof RoutingRules.Wrong wrong
                ? wrong.findings()
                : List.of();
    }

    @Test
    void everyRuleThatIsDocumentedIsRead() {
        assertThat(wrong(ALL)).isEmpty();
        RoutingRules rules = Scenarios.rules(ALL);
        assertThat(rules.lanes).hasSize(4);
        assertThat(rules.splitsMax).isEqualTo(3);
        assertThat(rules.warehouses.get("JKT").channels()).isEqualTo(Set.of("web", "outlet"));
    }

    @Test
    void nothingIsTheSameAsNoRules() {
        for (String nothing : List.of("", "{}", "null", "---")) {
            assertThat(RoutingRules.parse(Scenarios.yaml(nothing)))
                    .isEqualTo(new RoutingRules.Right(RoutingRules.NONE));
        }
        assertThat(RoutingRules.parse(null)).isEqualTo(new RoutingRules.Right(RoutingRules.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                     | | a list (expected: fields by name)",
                "zones: 1                               | zones | no such rule (expected: customers, lanes, priorities, splitsMax, warehouses, weights)",
                "weights: {cost: -1}                    | weights.cost | -1 (expected: 0 to 1000)",
                "weights: {cost: 1.5}                   | weights.cost | 1.5 (expected: a whole number)",
                "weights: {km: 99999999999999999999}    | weights.km | 99999999999999999999 (expected: 0 to 10000)",
                "weights: {speed: 1}                    | weights.speed | no such rule (expected: cost, km, priorityStep, split, transitDay)",
                "splitsMax: 0                           | splitsMax | 0 (expected: 1 to 12, parcels of one order)",
                "splitsMax: 13                          | splitsMax | 13 (expected: 0 to 12)",
                "lanes: 3                               | lanes | 3 (expected: a list)",
                "lanes: [3]                             | lanes[0] | 3 (expected: fields by name)",
                "lanes: [null]                          | lanes[0] | empty (expected: from, to, km, transitDays, cost or refuse)",
                "lanes: [{from: A}]                     | lanes[0].to | missing (expected: a zone; {} is everywhere)",
                "lanes: [{to: {country: IDN}}]          | lanes[0].to.country | \"IDN\" (expected: two letters, such as ID)",
                "lanes: [{to: {region: JK}}]            | lanes[0].to.country | missing (expected: the country of the region or postal code)",
                "lanes: [{to: {country: ID, postal: 1}}]| lanes[0].to.postal | 1 (expected: text; put it in quotes)",
                "lanes: [{to: {country: ID, postal: '-'}}]| lanes[0].to.postal | \"-\" (expected: how a postal code begins)",
                "lanes: [{to: {latitude: 1}}]           | lanes[0].to.longitude | missing (expected: latitude and longitude, or neither)",
                "lanes: [{to: {longitude: 1}}]          | lanes[0].to.latitude | missing (expected: latitude and longitude, or neither)",
                "lanes: [{to: {latitude: 91, longitude: 0}}] | lanes[0].to.latitude | 91 (expected: degrees, -90 to 90)",
                "lanes: [{to: {latitude: 1, longitude: 1}, km: 1}] | lanes[0].km | beside coordinates (expected: one of both)",
                "lanes: [{to: {}, refuse: true, km: 1}] | lanes[0].refuse | true beside a distance, days or a cost (expected: alone)",
                "lanes: [{to: {}, refuse: yes please}]  | lanes[0].refuse | \"yes please\" (expected: true or false)",
                "lanes: [{to: {}, cost: -5}]            | lanes[0].cost | -5 (expected: 0 to 1000000000)",
                "lanes: [{to: {}, km: 60000}]           | lanes[0].km | 60000 (expected: 0 to 50000)",
                "lanes: [{to: {}, transitDays: 400}]    | lanes[0].transitDays | 400 (expected: 0 to 365)",
                "lanes: [{to: {}}, {to: {}}]            | lanes[1] | the same way as lanes[0] (expected: once)",
                "lanes: [{from: A, to: {country: ID, region: JK}}, {from: A, to: {country: id, region: id-jk}}] | lanes[1] | the same way as lanes[0] (expected: once)",
                "warehouses: {A: {capacityPerDay: -1}}  | warehouses.A.capacityPerDay | -1 (expected: 0 to 1000000000)",
                "warehouses: {A: {cutOff: 15}}          | warehouses.A.cutOff | 15 (expected: a local time in quotes, such as \"15:00\")",
                "warehouses: {A: {cutOff: '25:00'}}     | warehouses.A.cutOff | \"25:00\" (expected: a local time in quotes, such as \"15:00\")",
                "warehouses: {A: {closed: [XYZ]}}       | warehouses.A.closed[0] | \"XYZ\" (expected: MON to SUN, or a date such as \"2026-12-25\")",
                "warehouses: {A: {closed: ['']}}        | warehouses.A.closed[0] | (expected: 1 to 100 printable characters, without blanks at the ends)",
                "warehouses: {A: {closed: [S]}}         | warehouses.A.closed[0] | \"S\" (expected: MON to SUN, or a date such as \"2026-12-25\")",
                "warehouses: {A: {closed: [MON,TUE,WED,THU,FRI,SAT,SUN]}} | warehouses.A.closed | every day (expected: at least one day open; to ship nothing, refuse lanes)",
                "warehouses: {A: {channels: []}}        | warehouses.A.channels | empty (expected: at least one; without the field it serves all)",
                "warehouses: {A: {channels: [w, w]}}    | warehouses.A.channels[1] | \"w\" is there twice (expected: once)",
                "customers: {ACME: {days: 1}}           | customers.ACME.days | no such rule (expected: cost, km, priorityStep, split, transitDay)",
                "priorities: {\"0\": {}}                | priorities.0 | \"0\" (expected: 1 to 9)",
                "priorities: {high: {}}                 | priorities.high | \"high\" (expected: 1 to 9)",
            })
    void whatIsWrongIsNamedWithItsPathAndWhatWasExpected(String yaml, String path, String what) {
        assertThat(wrong(yaml)).containsExactly(new RoutingRules.Finding(path == null ? "" : path, what));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThat(wrong("{splitsMax: x, weights: {km: x}, lanes: [{to: {}, km: x, cost: x}]}"))
                .extracting(RoutingRules.Finding::path)
                .containsExactly("weights.km", "lanes[0].km", "lanes[0].cost", "splitsMax");
    }

    @Test
    void tooManyLanesOrClosedDaysAreRefused() {
        String lanes = "lanes: [" + "{},".repeat(RoutingRules.LANES_MAX) + "{}]";
        assertThat(wrong(lanes)).containsExactly(new RoutingRules.Finding("lanes", "20001 (expected: at most 20000)"));
        String closed = "warehouses: {A: {closed: [" + "SAT,".repeat(100) + "SAT]}}";
        assertThat(wrong(closed))
                .containsExactly(new RoutingRules.Finding("warehouses.A.closed", "101 (expected: at most 100)"));
    }

    @Test
    void locationsThatDoNotExistAreNamedWithTheirFirstPlace() {
        RoutingRules rules =
                Scenarios.rules("{lanes: [{from: A, to: {}}, {from: B, to: {}}], warehouses: {A: {}, C: {}}}");
        assertThat(rules.unknown(Set.of("B")))
                .extracting(RoutingRules.Finding::toString)
                .containsExactly(
                        "lanes[0].from: \"A\" (expected: a location that exists)",
                        "warehouses.C: \"C\" (expected: a location that exists)");
        assertThat(rules.unknown(Set.of("A", "B", "C"))).isEmpty();
    }

    @Test
    void aLocationIsThereOnce() {
        List<Warehouse> twice = List.of(Scenarios.warehouse("A", 1), Scenarios.warehouse("A", 2));
        assertThatThrownBy(() -> OrderRouter.of(RoutingRules.NONE, twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("location A is there twice");
    }

    /** The largest numbers that the file may hold: no sum leaves 64 bits, and the last resort stays the last. */
    @Test
    void noScoreOverflows() {
        RoutingRules rules = Scenarios.rules(
                """
                weights: {cost: 1000, transitDay: 1000000, km: 10000, split: 1000000000, priorityStep: 1000}
                lanes: [{from: A, to: {country: ID}, cost: 1000000000, km: 50000, transitDays: 365}]
                warehouses: {B: {capacityPerDay: 0}, C: {capacityPerDay: 0}, D: {capacityPerDay: 0}}
                splitsMax: 12
                """);
        List<Warehouse> warehouses = List.of(
                Scenarios.warehouse("A", Integer.MAX_VALUE),
                Scenarios.warehouse("B", Integer.MIN_VALUE),
                Scenarios.warehouse("C", Integer.MIN_VALUE),
                Scenarios.warehouse("D", Integer.MIN_VALUE),
                Scenarios.warehouse("E", Integer.MIN_VALUE));
        Order order =
                new Order("web", null, 5, new io.stockhub.stock.Command.ShipTo("ID", null, null), Map.of("TEE", 4L));
        OrderRouter router = OrderRouter.of(rules, warehouses);
        Plan one = router.route(order, (sku, location) -> 4, location -> 1, Scenarios.MONDAY_NOON);
        assertThat(one.candidates().stream()
                        .flatMap(candidate -> candidate.locations().stream())
                        .limit(5)
                        .toList())
                .containsExactly("A", "E", "B", "C", "D");
        Plan split = router.route(order, (sku, location) -> 1, location -> 1, Scenarios.MONDAY_NOON);
        PlanCheck.explainsItself(split);
        assertThat(split.candidates()).allMatch(candidate -> Math.abs(candidate.score()) < Long.MAX_VALUE / 8);
        assertThat(split.candidates().getFirst().locations()).startsWith("A", "E");
    }
}
