package io.stockhub.bench.sync.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.sync.live.Arrivals.Sold;
import io.stockhub.fixtures.sandbox.QuantityWrite;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Map<String, Long> START = Map.of("TEE", 10L, "MUG", 10L);

    private static Instant at(long millis) {
        return Instant.EPOCH.plusMillis(millis);
    }

    private static Sold sold(String sku, int nth, long millis) {
        return new Sold(sku, nth, at(millis), true);
    }

    private static QuantityWrite write(String sku, long quantity, long millis) {
        return new QuantityWrite(1, at(millis), sku, quantity, true);
    }

    @Test
    void aSaleHasArrivedWithTheFirstNumberThatKnowsOfIt() {
        List<Sold> sales = List.of(sold("TEE", 1, 0), sold("TEE", 2, 10), sold("MUG", 1, 20), sold("TEE", 3, 30));
        List<QuantityWrite> writes =
                List.of(write("TEE", 8, 15), write("MUG", 9, 24), write("TEE", 8, 31), write("TEE", 7, 36));

        assertThat(Arrivals.millis(sales, START, writes)).containsExactly(15, 5, 4, 6);
    }

    @Test
    void anOlderNumberThatComesLaterTellsNothing() {
        List<Sold> sales = List.of(sold("TEE", 1, 0), sold("TEE", 2, 10), sold("TEE", 3, 20));
        List<QuantityWrite> writes = List.of(write("TEE", 8, 15), write("TEE", 9, 16), write("TEE", 7, 40));

        assertThat(Arrivals.millis(sales, START, writes)).containsExactly(15, 5, 20);
    }

    @Test
    void theirTimesDecideAndNotTheOrderInWhichCallsWereAnswered() {
        List<Sold> sales = List.of(sold("TEE", 1, 0), sold("TEE", 2, 10));
        List<QuantityWrite> writes = List.of(write("TEE", 8, 18), write("TEE", 9, 12));

        assertThat(Arrivals.millis(sales, START, writes)).containsExactly(12, 8);
    }

    @Test
    void salesOfTheWarmUpCountUnitsButNotTimes() {
        List<Sold> sales = List.of(new Sold("TEE", 1, at(0), false), sold("TEE", 2, 10));

        assertThat(Arrivals.millis(sales, START, List.of(write("TEE", 8, 500)))).containsExactly(490);
    }

    @Test
    void aSaleThatNeverArrivedFailsTheRun() {
        List<Sold> sales = List.of(sold("TEE", 1, 0), sold("TEE", 2, 10));

        assertThatExceptionOfType(BrokenPromiseException.class)
                .isThrownBy(() -> Arrivals.millis(sales, START, List.of(write("TEE", 9, 5), write("YARD", 1, 6))))
                .withMessage("sale 2 of TEE never reached a channel");
    }

    @Test
    void percentilesAreValuesThatWereThere() {
        double[] values = {5, 1, 4, 2, 3};

        assertThat(Arrivals.percentile(values, 50)).isEqualTo(3);
        assertThat(Arrivals.percentile(values, 99)).isEqualTo(5);
        assertThat(Arrivals.percentile(new double[0], 50)).isNaN();
        assertThat(Arrivals.joined(List.of(values, new double[] {9}))).containsExactly(5, 1, 4, 2, 3, 9);
    }
}
