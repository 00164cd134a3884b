package io.stockhub.stock.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DemandTest {
    private static final Instant START = Instant.parse("2026-03-14T10:00:00Z");

    @Test
    void aChannelThatNobodyKnowsCountsAsOneUnit() {
        assertThat(Demand.unknown(START)).isEqualTo(new Demand(1, START));
    }

    @Test
    void whatWasSoldCountsByHalfAMinuteLater() {
        Demand later = new Demand(40, START).until(START.plusSeconds(60), true);
        assertThat(later.units()).isCloseTo(20, within(1e-9));
        assertThat(later.at()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void forgettingInTwoStepsIsForgettingInOne() {
        Demand demand = new Demand(40, START);
        Instant end = START.plusSeconds(90);
        assertThat(demand.until(START.plusSeconds(17), true).until(end, true).units())
                .isCloseTo(demand.until(end, true).units(), within(1e-9));
    }

    @Test
    void aChannelThatIsSoldOutIsNotForgotten() {
        assertThat(new Demand(40, START).until(START.plusSeconds(86_400), false))
                .isEqualTo(new Demand(40, START.plusSeconds(86_400)));
    }

    @Test
    void aChannelThatSellsNothingKeepsTheFairStart() {
        assertThat(new Demand(40, START).until(START.plusSeconds(86_400), true).units())
                .isEqualTo(1);
    }

    @Test
    void aClockThatGoesBackAddsNothing() {
        assertThat(new Demand(40, START).until(START.minusSeconds(60), true).units())
                .isEqualTo(40);
    }

    @Test
    void eachUnitSoldIsOneMore() {
        assertThat(Demand.unknown(START).sold(3).sold(2).units()).isEqualTo(6);
    }

    @Test
    void aChannelThatSellsEvenlyIsCountedAtItsRate() {
        Demand demand = Demand.unknown(START);
        for (int second = 1; second <= 1_000; second++) {
            demand = demand.until(START.plusSeconds(second), true).sold(2);
        }
        assertThat(demand.perSecond()).isCloseTo(2, within(0.05));
    }
}
