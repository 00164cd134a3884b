package io.stockhub.stock.count;

import static io.stockhub.stock.CountDesk.Progress.RECOUNT;
import static io.stockhub.stock.CountDesk.Progress.SETTLED;
import static io.stockhub.stock.CountDesk.Progress.UNCOUNTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.CountDesk.Entry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlementTest {

    private static Entry by(String who, long counted, long booked) {
        return new Entry(counted, booked, who, Instant.EPOCH);
    }

    @Test
    void nobodyCounted() {
        assertThat(Settlement.of(List.of(), 100)).isEqualTo(UNCOUNTED);
    }

    @Test
    void oneCountWithinTheToleranceIsEnoughEitherWay() {
        assertThat(Settlement.of(List.of(by("a", 12, 10)), 2)).isEqualTo(SETTLED);
        assertThat(Settlement.of(List.of(by("a", 8, 10)), 2)).isEqualTo(SETTLED);
        assertThat(Settlement.of(List.of(by("a", 13, 10)), 2)).isEqualTo(RECOUNT);
        assertThat(Settlement.of(List.of(by("a", 7, 10)), 2)).isEqualTo(RECOUNT);
    }

    @Test
    void twoCallersThatAgreeSettle() {
        assertThat(Settlement.of(List.of(by("a", 8, 10), by("b", 8, 10)), 0)).isEqualTo(SETTLED);
    }

    @Test
    void oneCallerDoesNotAgreeWithHimself() {
        assertThat(Settlement.of(List.of(by("a", 8, 10), by("a", 8, 10)), 0)).isEqualTo(RECOUNT);
    }

    @Test
    void twoThatDifferNeedAThirdEvenWithinTheTolerance() {
        List<Entry> differ = List.of(by("a", 7, 10), by("b", 9, 10));
        assertThat(Settlement.of(differ, 1)).isEqualTo(RECOUNT);
        assertThat(Settlement.of(List.of(by("a", 7, 10), by("b", 9, 10), by("c", 9, 10)), 1))
                .isEqualTo(SETTLED);
        assertThat(Settlement.of(List.of(by("a", 7, 10), by("b", 9, 10), by("c", 8, 10)), 1))
                .isEqualTo(RECOUNT);
    }

    @Test
    void whatMovedBetweenTwoCountsIsNoDifference() {
        assertThat(Settlement.of(List.of(by("a", 8, 10), by("b", 3, 5)), 0)).isEqualTo(SETTLED);
    }
}
