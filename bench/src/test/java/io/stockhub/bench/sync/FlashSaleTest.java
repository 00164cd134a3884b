package io.stockhub.bench.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.bench.BrokenPromiseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sales by the product's own decisions, in thousands of worlds. Who fails names the seed, which repeats it. */
class FlashSaleTest {
    private static final long WORLDS = 3_000;
    private static final long SALES = 200;
    private static final FlashSale.Way ESCROW = Selling.escrow(Set.of());

    private static FlashSale.Outcome sellNothingTwice(World world) {
        FlashSale.Outcome outcome = FlashSale.run(world, ESCROW);
        assertThat(outcome.oversold())
                .as("Seed %d: units oversold in %s", world.seed(), world)
                .isZero();
        return outcome;
    }

    @Test
    void inThousandsOfWorldsNothingIsSoldTwiceAndTheWorstCaseIsBoundedAfterEveryEvent() {
        int soldByChannels = 0;
        int soldAtTheTill = 0;
        for (long seed = 1; seed <= WORLDS; seed++) {
            FlashSale.Outcome outcome = sellNothingTwice(World.random(seed));
            soldByChannels += outcome.sold();
            soldAtTheTill += outcome.direct();
        }
        assertThat(soldByChannels).isGreaterThan(100_000);
        assertThat(soldAtTheTill).isGreaterThan(1_000);
    }

    @Test
    void theFlashSaleSellsAtLeast98PercentInEverySeed() {
        for (long seed = 1; seed <= SALES; seed++) {
            assertThat(100 * sellNothingTwice(World.standard(seed)).soldShare())
                    .as("Seed %d: percent of the units sold", seed)
                    .isGreaterThanOrEqualTo(Tally.GOAL_PERCENT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnyOneGuardSomeSeedOversells(Guard guard) {
        FlashSale.Way without = Selling.escrow(Set.of(guard));
        assertThat(LongStream.rangeClosed(1, SALES))
                .as("seeds that oversell without " + guard)
                .anyMatch(seed -> FlashSale.run(World.standard(seed), without).oversold() > 0);
    }

    @Test
    void whoShowsAllUnitsEverywhereOversells() {
        assertThat(FlashSale.run(World.standard(1), Selling.shared(0)).oversold())
                .isPositive();
    }

    @Test
    void theSameSeedIsTheSameSaleToTheLastOrder() {
        for (Selling selling : Selling.ALL) {
            for (long seed = 1; seed <= 20; seed++) {
                for (World world : List.of(World.standard(seed), World.random(seed))) {
                    FlashSale.Outcome first = FlashSale.run(world, selling.way());
                    FlashSale.Outcome again = FlashSale.run(world, selling.way());
                    assertThat(again).as("Seed %d, %s", seed, selling.name()).isEqualTo(first);
                }
            }
        }
        assertThat(World.random(7)).isEqualTo(World.random(7)).isNotEqualTo(World.random(8));
        assertThat(FlashSale.run(World.standard(7), ESCROW).orders())
                .isNotEqualTo(FlashSale.run(World.standard(8), ESCROW).orders());
    }

    @Test
    void aBoundThatDoesNotHoldEndsTheSaleWithSeedAndTime() {
        FlashSale.Way broken = (agenda, books, markets) -> new Hub(agenda, books, markets) {
            @Override
            void sold(Market market, Market.Sale sale) {}

            @Override
            void act() {}

            @Override
            void restarted() {}

            @Override
            @Nullable
            String broken() {
                return agenda.now().isAfter(Agenda.START.plusSeconds(20)) ? "too many" : null;
            }
        };

        assertThatThrownBy(() -> FlashSale.run(World.standard(4711), broken))
                .isInstanceOf(BrokenPromiseException.class)
                .hasMessageMatching("Seed 4711, 2\\d{4} ms after the start: too many");
    }

    @Test
    void theBoundIsCheckedForWhatAChannelCanReallySell() {
        Agenda agenda = new Agenda(1);
        Books books = new Books(10);
        List<Market> markets = World.standard(1).channels().stream()
                .map(profile -> new Market(agenda, profile))
                .toList();
        EscrowHub hub = new EscrowHub(agenda, books, markets, Set.of());
        assertThat(hub.broken()).isNull();

        // Somebody else sets a number, which no hub can know of.
        markets.getFirst().update(5, null, outcome -> {});
        agenda.run(Agenda.START.plusMillis(1), () -> {});
        books.sellDirectly(10, 10);
        assertThat(hub.broken()).contains("the channels may still sell 10 units, but there are 0");
        books.receive(10);
        agenda.run(Agenda.START.plusSeconds(40), () -> {});
        markets.getFirst().update(50, null, outcome -> {});
        agenda.run(Agenda.START.plusSeconds(42), () -> {});
        assertThat(hub.broken()).contains("shop can still sell 50 units, but counts as");
    }

    @Test
    void whatWasSoldAtTheTillOrCameBackCountsInTheShare() {
        Books books = new Books(3);
        books.book();
        books.takeBack(5);
        assertThat(books.units()).isEqualTo(3);
        assertThat(books.there()).isEqualTo(4);
        books.takeBack(5);
        assertThat(books.there()).as("each comes back once").isEqualTo(4);
        books.sellDirectly(5, 2);
        assertThat(books.direct()).as("only what is free").isEqualTo(2);
        books.receive(4);
        books.book();
        assertThat(books.units()).isEqualTo(4);

        assertThat(new FlashSale.Outcome(1, 2, 2, 0, 8, 0, Map.of()).soldShare())
                .isEqualTo(0.5);
        assertThat(new FlashSale.Outcome(1, 9, 1, 2, 8, 0, Map.of()).soldShare())
                .as("a unit sold twice counts once")
                .isEqualTo(1.0);
    }
}
