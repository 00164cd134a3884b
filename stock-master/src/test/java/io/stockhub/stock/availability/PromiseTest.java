package io.stockhub.stock.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.availability.Promise.Step;
import io.stockhub.stock.availability.SkuStock.At;
import io.stockhub.stock.availability.SkuStock.Part;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PromiseTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 9, 4);

    private static LocalDate day(int fromNow) {
        return TODAY.plusDays(fromNow);
    }

    private static Rules rules(String document) {
        return Rules.of(
                1,
                RulesReader.readApplied(document).document(),
                List.of(ChannelRule.base("web", List.of("JKT", "SUB"), 0)));
    }

    private static SkuStock stock(String sku, long units) {
        return new SkuStock(sku, null, Map.of("JKT", new At(Map.of("", units), List.of())), List.of());
    }

    private static Expected comes(@Nullable LocalDate date, String location, long units) {
        return new Expected("A", date, location, units, "PO-1");
    }

    private static List<Step> steps(String rules, long now, long backordered, Expected... expected) {
        return Promise.of(rules(rules), "web", stock("A", now), List.of(expected), Map.of("A", backordered), TODAY)
                .steps();
    }

    @Test
    void whatComesCountsFromItsDayOn() {
        assertThat(steps("{}", 5, 0, comes(day(7), "SUB", 4), comes(day(2), "JKT", 10)))
                .containsExactly(new Step(TODAY, 5), new Step(day(2), 15), new Step(day(7), 19));
    }

    @Test
    void whoWaitsIsServedFirst() {
        assertThat(steps("{}", 0, 12, comes(day(2), "JKT", 10), comes(day(7), "JKT", 4)))
                .containsExactly(new Step(TODAY, 0), new Step(day(2), 0), new Step(day(7), 2));
    }

    @Test
    void goodsForOrdersThatWaitAreTakenWhereverTheyCome() {
        assertThat(steps("{}", 0, 10, comes(day(1), "ELSEWHERE", 10), comes(day(2), "JKT", 4)))
                .containsExactly(new Step(TODAY, 0), new Step(day(1), 0), new Step(day(2), 4));
    }

    @Test
    void theRulesHoldOnEveryDay() {
        String rules = "channels: {web: {buffer: 2, floor: 5, cap: 20}}\nsafetyStock: [{location: JKT, quantity: 3}]";
        assertThat(steps(rules, 1, 0, comes(day(1), "JKT", 6), comes(day(2), "JKT", 4), comes(day(3), "JKT", 90)))
                .containsExactly(new Step(TODAY, 0), new Step(day(1), 0), new Step(day(2), 6), new Step(day(3), 20));
    }

    @Test
    void lateAndUndatedGoodsAreShownAndNotPromised() {
        Promise promise = Promise.of(
                rules("{}"),
                "web",
                stock("A", 1),
                List.of(comes(day(-1), "JKT", 6), comes(null, "JKT", 7)),
                Map.of(),
                TODAY);
        assertThat(promise.steps()).containsExactly(new Step(TODAY, 1));
        assertThat(promise.notCounted()).hasSize(2);
        assertThat(promise.counted()).isEmpty();
    }

    @Test
    void goodsDueTodayThatAreNotHereCountFromTomorrow() {
        assertThat(steps("{}", 1, 0, comes(TODAY, "JKT", 6))).containsExactly(new Step(TODAY, 1), new Step(day(1), 7));
    }

    @Test
    void aBundleMayBePromisedWhenAllItsComponentsAreThere() {
        SkuStock set =
                new SkuStock("SET", null, Map.of(), List.of(new Part(stock("A", 1), 1), new Part(stock("B", 0), 2)));
        Promise promise = Promise.of(
                rules("{}"),
                "web",
                set,
                List.of(new Expected("B", day(1), "JKT", 9, "PO-1"), new Expected("A", day(3), "JKT", 9, "PO-2")),
                Map.of("B", 1L),
                TODAY);
        assertThat(promise.steps()).containsExactly(new Step(TODAY, 0), new Step(day(1), 1), new Step(day(3), 4));
    }

    @Test
    void noDayPromisesLessThanADayBefore() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        RandomRules rules = new RandomRules(random);
        for (int round = 0; round < 3_000; round++) {
            List<Expected> expected = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                expected.add(new Expected(
                        RandomRules.SKUS.get(random.nextInt(3)),
                        day(random.nextInt(6) - 1),
                        RandomRules.LOCATIONS.get(random.nextInt(3)),
                        1 + rules.units(),
                        "PO-" + i));
            }
            Rules some = rules.rules();
            SkuStock stock = rules.stock();
            Promise promise =
                    Promise.of(some, "web", stock, expected, Map.of("A", rules.units(), "B", rules.units()), TODAY);
            String which = "seed " + seed + ", round " + round;
            assertThat(promise.steps().getFirst()).as(which).isEqualTo(new Step(TODAY, some.ats("web", stock)));
            for (int i = 1; i < promise.steps().size(); i++) {
                Step before = promise.steps().get(i - 1);
                Step step = promise.steps().get(i);
                assertThat(step.date()).as(which).isAfter(before.date());
                assertThat(step.quantity()).as(which).isGreaterThanOrEqualTo(before.quantity());
            }
        }
    }
}
