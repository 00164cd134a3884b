package io.stockhub.stock.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.escrow.Escrow.Sharer;
import io.stockhub.stock.escrow.Escrow.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds whatever the channels did before: random states, random demand, random caps. */
class EscrowPropertiesTest {
    private static final int ROUNDS = 20_000;
    private static final Instant START = Instant.parse("2026-03-14T10:00:00Z");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private Slice slice(String channel) {
        Slice slice = Slice.none(channel, random.nextBoolean());
        for (int i = random.nextInt(12); i > 0; i--) {
            slice = moved(slice, START.plusSeconds(100 - i));
        }
        return slice;
    }

    private Slice moved(Slice slice, Instant now) {
        return switch (random.nextInt(7)) {
            case 0, 1 -> slice.inFlight() ? slice.applied(now) : slice.sent(random.nextInt(20), now);
            case 2 -> slice.refused();
            case 3 -> slice.lost();
            case 4 -> slice.inFlight() ? slice : slice.seen(random.nextInt(20), now);
            case 5 -> slice.settled(random.nextInt(3));
            default -> slice.sold(random.nextInt(6), now);
        };
    }

    private List<Sharer> sharers() {
        List<Sharer> sharers = new ArrayList<>();
        int channels = 1 + random.nextInt(5);
        for (int i = 0; i < channels; i++) {
            long most = random.nextInt(4) == 0 ? random.nextInt(10) : Long.MAX_VALUE;
            double demand = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 10;
            sharers.add(new Sharer(slice("c" + i), demand, most, random.nextInt(5) > 0));
        }
        return sharers;
    }

    private static List<Slice> slices(List<Sharer> sharers) {
        return sharers.stream().map(Sharer::slice).toList();
    }

    private static List<Sharer> taking(List<Sharer> sharers, List<Step> steps, Instant now) {
        Map<String, Long> numbers = new HashMap<>();
        steps.forEach(step -> numbers.put(step.channel(), step.number()));
        return sharers.stream()
                .map(sharer -> {
                    Long number = numbers.get(sharer.slice().channel());
                    Slice slice =
                            number == null ? sharer.slice() : sharer.slice().sent(number, now);
                    return new Sharer(slice, sharer.demand(), sharer.most(), sharer.reachable());
                })
                .toList();
    }

    @Test
    void whateverIsPlannedTheWorstCaseNeverExceedsTheUnitsNorGrows() {
        System.out.println("seed " + seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Sharer> sharers = sharers();
            long units = random.nextInt(60) - 5;
            long before = Escrow.open(slices(sharers));

            List<Step> steps = Escrow.next(units, sharers);

            String what = "seed %d, round %d: %d units, %s -> %s".formatted(seed, round, units, sharers, steps);
            long planned = sharers.stream()
                    .mapToLong(sharer -> steps.stream()
                            .filter(step -> step.channel().equals(sharer.slice().channel()))
                            .mapToLong(step -> sharer.slice().openWith(step.number()))
                            .findFirst()
                            .orElse(sharer.slice().open()))
                    .sum();
            long after = Escrow.open(slices(taking(sharers, steps, START.plusSeconds(200))));
            assertThat(planned).as(what).isLessThanOrEqualTo(Math.max(units, before));
            assertThat(after).as(what).isLessThanOrEqualTo(Math.max(units, before));
        }
    }

    @Test
    void noStepIsBelowZeroAboveTheRulesForWhoCannotBeToldOrGivenTwice() {
        System.out.println("seed " + seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Sharer> sharers = sharers();
            long units = random.nextInt(60) - 5;

            List<Step> steps = Escrow.next(units, sharers);

            String what = "seed %d, round %d: %d units, %s -> %s".formatted(seed, round, units, sharers, steps);
            assertThat(steps).as(what).extracting(Step::channel).doesNotHaveDuplicates();
            for (Step step : steps) {
                Sharer sharer = sharers.stream()
                        .filter(one -> one.slice().channel().equals(step.channel()))
                        .findFirst()
                        .orElseThrow();
                assertThat(step.number()).as(what).isBetween(0L, sharer.most());
                assertThat(sharer.reachable()).as(what).isTrue();
                assertThat(sharer.slice().inFlight()).as(what).isFalse();
                assertThat(sharer.slice().comparesAndSets() && sharer.slice().unclear())
                        .as(what)
                        .isFalse();
            }
        }
    }

    /** A step on a step: what every channel confirms is not planned once more for ever. */
    @Test
    void whenAllConfirmAndAllOrdersAreReadThePlanComesToRestAtTheUnits() {
        System.out.println("seed " + seed);
        for (int round = 0; round < ROUNDS / 10; round++) {
            List<Sharer> sharers = sharers();
            sharers = sharers.stream()
                    .map(sharer -> new Sharer(
                            settled(sharer.slice().lost().seen(random.nextInt(9), START)),
                            sharer.demand(),
                            Long.MAX_VALUE,
                            true))
                    .toList();
            long units = random.nextInt(60);
            List<Step> steps = Escrow.next(units, sharers);
            int calls = 0;
            while (!steps.isEmpty()) {
                assertThat(calls++)
                        .as("seed %d, round %d: %s", seed, round, steps)
                        .isLessThan(8);
                sharers = taking(sharers, steps, START).stream()
                        .map(sharer -> new Sharer(
                                settled(sharer.slice().applied(START)), sharer.demand(), sharer.most(), true))
                        .toList();
                steps = Escrow.next(units, sharers);
            }
            assertThat(Escrow.open(slices(sharers)))
                    .as("seed %d, round %d: %d units, %s", seed, round, units, sharers)
                    .isLessThanOrEqualTo(units);
        }
    }

    private static Slice settled(Slice slice) {
        return slice.settlesAt() == null ? slice : slice.settled(0);
    }

    @Test
    void aDivisionGivesAwayAllThatCapsAllowAndNothingTwice() {
        System.out.println("seed " + seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Sharer> sharers = sharers();
            long units = random.nextInt(60);
            long room = sharers.stream()
                    .mapToLong(sharer -> Math.min(units, sharer.most()))
                    .sum();

            Map<String, Long> parts = Escrow.divide(units, sharers);

            String what = "seed %d, round %d: %d units, %s -> %s".formatted(seed, round, units, sharers, parts);
            assertThat(parts.values().stream().mapToLong(Long::longValue).sum())
                    .as(what)
                    .isEqualTo(Math.min(units, room));
            sharers.forEach(sharer ->
                    assertThat(parts.get(sharer.slice().channel())).as(what).isBetween(0L, sharer.most()));
        }
    }
}
