package io.stockhub.routes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RiskTest {
    private static final Duration NEVER = Duration.ofDays(9_000);

    @Test
    void whatIsSoldOutSoonIsReadSoonest() {
        assertThat(Risk.of(20, 2, NEVER)).isEqualTo(new Risk(Risk.HOT, Duration.ofMinutes(15)));
        assertThat(Risk.of(21, 2, NEVER)).isEqualTo(new Risk(Risk.SELLS, Duration.ofHours(1)));
        assertThat(Risk.of(0, 2, NEVER).band()).as("nothing left to oversell").isEqualTo(Risk.SELLS);
    }

    @Test
    void whatWasWrongLatelyIsReadMoreOften() {
        assertThat(Risk.of(500, 0, Duration.ofDays(6)).again()).isEqualTo(Duration.ofHours(2));
        assertThat(Risk.of(500, 0, Duration.ofDays(7))).isEqualTo(new Risk(Risk.QUIET, Duration.ofDays(1)));
    }

    @Test
    void theLastUnitsAreReadMoreOften() {
        assertThat(Risk.of(3, 0, NEVER).again()).isEqualTo(Duration.ofHours(6));
        assertThat(Risk.of(4, 0, NEVER).again()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void everyBandHasItsTurnAndNoneIsLeftOutOfIt() {
        Rota rota = new Rota();
        Map<Integer, Integer> turns = new HashMap<>();
        for (int i = 0; i < 120; i++) {
            List<Integer> order = rota.next();
            assertThat(order).containsExactlyInAnyOrder(-1, 0, 1, 2, 3, 4);
            turns.merge(order.getFirst(), 1, Integer::sum);
        }
        assertThat(turns).isEqualTo(Map.of(-1, 40, 0, 20, 1, 20, 2, 20, 3, 10, 4, 10));
    }
}
