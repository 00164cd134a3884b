package io.stockhub.stock.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is true of every plan, whatever the rules. */
final class PlanCheck {
    private PlanCheck() {}

    static void explainsItself(Plan plan) {
        List<Candidate> rated = plan.candidates().stream()
                .filter(candidate -> candidate.refused() == null)
                .toList();
        assertThat(plan.candidates().stream().filter(Candidate::chosen).count())
                .isEqualTo(plan.takes().isEmpty() ? 0 : 1);
        rated.forEach(candidate -> assertThat(
                        candidate.parts().stream().mapToLong(Part::points).sum())
                .isEqualTo(candidate.score()));
        for (int i = 1; i < rated.size(); i++) {
            assertThat(better(rated.get(i), rated.get(i - 1))).isFalse();
        }
        assertThat(rated.size()).isLessThanOrEqualTo(OrderRouter.CANDIDATES_MAX);
        if (!rated.isEmpty()) {
            Candidate chosen = rated.getFirst();
            assertThat(chosen.chosen()).isTrue();
            assertThat(chosen.complete()).isEqualTo(plan.missing().isEmpty());
            assertThat(chosen.units())
                    .isEqualTo(plan.takes().stream().mapToLong(Take::quantity).sum());
            assertThat(plan.takes().stream().map(Take::location).distinct().toList())
                    .isEqualTo(chosen.locations());
        }
    }

    static boolean better(Candidate one, Candidate other) {
        return one.units() != other.units() ? one.units() > other.units() : one.score() < other.score();
    }

    static void addsUp(Plan plan, Map<String, Long> demand, Stock stock) {
        Map<String, Long> taken = new HashMap<>();
        Map<String, Long> takenThere = new HashMap<>();
        for (Take take : plan.takes()) {
            assertThat(take.quantity()).isPositive();
            taken.merge(take.sku(), take.quantity(), Long::sum);
            long there = takenThere.merge(take.sku() + "@" + take.location(), take.quantity(), Long::sum);
            assertThat(there).isLessThanOrEqualTo(stock.available(take.sku(), take.location()));
        }
        demand.forEach((sku, wanted) -> assertThat(
                        taken.getOrDefault(sku, 0L) + plan.missing().getOrDefault(sku, 0L))
                .as(sku)
                .isEqualTo(wanted));
        assertThat(demand.keySet())
                .containsAll(taken.keySet())
                .containsAll(plan.missing().keySet());
    }
}
