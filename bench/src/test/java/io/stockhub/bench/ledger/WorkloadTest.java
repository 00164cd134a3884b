package io.stockhub.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    private static List<String> refs(long seed, int count) {
        OrderRefs refs = new OrderRefs(seed);
        return Stream.generate(refs::next).limit(count).toList();
    }

    @Test
    void orderNumbersAreSeventeenDigitsEachOnce() {
        List<String> refs = refs(42, 200_000);

        assertThat(new HashSet<>(refs)).hasSize(200_000);
        assertThat(refs).allMatch(ref -> ref.matches("[0-9]{3}-[0-9]{7}-[0-9]{7}"));
    }

    @Test
    void orderNumbersAreTheSameForTheSameSeedAndInNoOrder() {
        List<String> refs = refs(42, 1_000);

        assertThat(refs(42, 1_000)).isEqualTo(refs);
        assertThat(refs(43, 1_000)).doesNotContainAnyElementsOf(refs);
        int rising = 0;
        for (int i = 1; i < refs.size(); i++) {
            rising += refs.get(i).compareTo(refs.get(i - 1)) > 0 ? 1 : 0;
        }
        assertThat(rising).isBetween(400, 600);
    }

    @Test
    void theFirstOfTenThousandIsWantedTwiceAsOftenAsTheSecond() {
        OrderSource orders = Workload.zipf(10_000).orders(new OrderRefs(1), 1);
        Map<String, Integer> wanted = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            wanted.merge(orders.next().lines().getFirst().sku(), 1, Integer::sum);
        }

        // 1 / (sum of 1/n up to 10,000) = 0.1022
        assertThat(wanted.get(Workload.sku(0))).isBetween(9_700, 10_750);
        assertThat(wanted.get(Workload.sku(1))).isBetween(4_750, 5_500);
    }

    @Test
    void everySkuHasItsOwnName() {
        Set<String> names = new HashSet<>(Workload.uniform(100_000, 3).allSkus());

        assertThat(names).hasSize(100_000).contains("SKU-000000");
    }

    @Test
    void theHashOfADemandDoesNotDependOnTheOrderOfItsLines() {
        assertThat(DemandHash.of(Map.of("B", 2L, "A", 1L))).isEqualTo(DemandHash.of(Map.of("A", 1L, "B", 2L)));
        assertThat(DemandHash.of(Map.of("A", 12L))).isNotEqualTo(DemandHash.of(Map.of("A1", 2L)));
    }
}
