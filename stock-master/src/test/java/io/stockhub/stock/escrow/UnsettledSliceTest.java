package io.stockhub.stock.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A channel that overwrites, between a new number and the reading of the orders that it took before. */
class UnsettledSliceTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private static Slice told(Slice slice, long number, long second) {
        return slice.sent(number, AT.plusSeconds(second)).applied(AT.plusSeconds(second + 5));
    }

    @Test
    void settlingNeverMakesASliceLarger() {
        Slice both = told(told(Slice.none("feed", false), 5, 0), 10, 10);
        Slice sold = both.sold(12, AT.plusSeconds(12));
        assertThat(sold.open()).isEqualTo(3);

        // Seven of the new number went before the time up to which the orders were read.
        Slice settled = sold.settled(0);

        assertThat(settled.open()).isEqualTo(3);
        assertThat(settled.sold(2, AT.plusSeconds(16)).open()).isEqualTo(1);
    }

    @Test
    void settlingLetsOldNumbersGo() {
        Slice both = told(told(Slice.none("feed", false), 5, 0), 10, 10);

        assertThat(both.sold(1, AT.plusSeconds(20)).settled(1).open()).isEqualTo(9);
        assertThat(both.sold(1, AT.plusSeconds(2)).settled(0).open()).isEqualTo(10);
    }

    @Test
    void whoSoldMoreThanItWasToldMaySellAllOfTheNewNumber() {
        Slice both = told(told(Slice.none("feed", false), 5, 0), 10, 10);

        assertThat(both.sold(30, AT.plusSeconds(2)).settled(0).open()).isEqualTo(10);
    }

    @Test
    void whatCountsOfOldNumbersIsNotToldToZeroTwice() {
        Slice dry = Slice.none("shop", true);
        Slice first = told(Slice.none("feed", false), 100, 0);
        assertThat(next(first, dry)).as("it gives up something").contains(new Escrow.Step("feed", 0));

        assertThat(next(told(first, 0, 10), dry))
                .as("only reading its orders helps")
                .isEmpty();
    }

    private static List<Escrow.Step> next(Slice feed, Slice shop) {
        return Escrow.next(
                100,
                List.of(
                        new Escrow.Sharer(feed, 1, Long.MAX_VALUE, true),
                        new Escrow.Sharer(shop, 1, Long.MAX_VALUE, true)));
    }
}
