package io.stockhub.stock.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.escrow.Escrow.Sharer;
import io.stockhub.stock.escrow.Escrow.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EscrowTest {
    private static final Instant START = Instant.parse("2026-03-14T10:00:00Z");
    private static final long ANY = Long.MAX_VALUE;

    private static Slice comparing(String channel, long number) {
        return Slice.none(channel, true).sent(number, START).applied(START);
    }

    private static Slice overwriting(String channel, long number) {
        return Slice.none(channel, false).sent(number, START).applied(START);
    }

    private static Sharer sharer(Slice slice, double demand) {
        return new Sharer(slice, demand, ANY, true);
    }

    private static Sharer unreachable(Slice slice, double demand) {
        return new Sharer(slice, demand, ANY, false);
    }

    private static List<Step> next(long units, Sharer... sharers) {
        return Escrow.next(units, List.of(sharers));
    }

    private static Step step(String channel, long number) {
        return new Step(channel, number);
    }

    private static Map<String, Long> divide(long units, Sharer... sharers) {
        return Escrow.divide(units, List.of(sharers));
    }

    @Test
    void theExposureIsWhatAllTogetherMaySellBeyondWhatThereIs() {
        List<Slice> slices = List.of(comparing("web", 5), overwriting("bay", 4));
        assertThat(Escrow.open(slices)).isEqualTo(9);
        assertThat(Escrow.exposure(7, slices)).isEqualTo(2);
        assertThat(Escrow.exposure(9, slices)).isZero();
        assertThat(Escrow.exposure(20, slices)).isZero();
    }

    @Test
    void theFirstNumbersFollowDemandAndAddUpToWhatThereIs() {
        assertThat(next(12, sharer(comparing("web", 0), 2), sharer(overwriting("bay", 0), 1)))
                .containsExactlyInAnyOrder(step("web", 8), step("bay", 4));
    }

    @Test
    void theLastUnitIsNotTakenFromAChannelForOneThatSellsNoMuchFaster() {
        Sharer dry = sharer(overwriting("bay", 0), 10);
        assertThat(next(1, sharer(overwriting("mart", 1), 9), dry)).isEmpty();
        assertThat(next(2, sharer(comparing("web", 1), 9), sharer(overwriting("mart", 1), 9.5), dry))
                .isEmpty();
        assertThat(next(1, sharer(overwriting("mart", 1), 5), dry)).containsExactly(step("mart", 0));
    }

    @Test
    void aChannelThatOverwritesIsNotTakenOffSaleForTheSakeOfOneUnit() {
        Sharer dry = sharer(comparing("web", 0), 10);
        assertThat(next(2, sharer(overwriting("mart", 2), 9), dry)).isEmpty();
        assertThat(next(2, sharer(comparing("mart", 2), 9), dry)).containsExactly(step("mart", 1));
        assertThat(next(4, sharer(overwriting("mart", 4), 9), dry)).containsExactly(step("mart", 0));
    }

    @Test
    void theLastUnitIsTakenWhenThereIsNone() {
        assertThat(next(0, sharer(overwriting("mart", 1), 9), sharer(overwriting("bay", 0), 10)))
                .containsExactly(step("mart", 0));
    }

    @Test
    void aRaiseWaitsForTheConfirmedLowering() {
        Slice web = comparing("web", 10);
        Slice mart = comparing("mart", 0);
        assertThat(next(10, sharer(web, 1), sharer(mart, 1)))
                .as("lowered first, and nobody raised")
                .containsExactly(step("web", 5));
        Slice onItsWay = web.sent(5, START);
        assertThat(next(10, sharer(onItsWay, 1), sharer(mart, 1))).isEmpty();
        assertThat(next(10, sharer(onItsWay.lost(), 1), sharer(mart, 1)))
                .as("lost is not confirmed")
                .isEmpty();
        assertThat(next(10, sharer(onItsWay.applied(START), 1), sharer(mart, 1)))
                .containsExactly(step("mart", 5));
    }

    @Test
    void whereTheChannelOverwritesTheRaiseOfAnotherWaitsForItsOrders() {
        Slice bay = overwriting("bay", 10);
        Slice mart = comparing("mart", 0);
        assertThat(next(10, sharer(bay, 1), sharer(mart, 1)))
                .as("a number above zero would be sold on top of the old one")
                .containsExactly(step("bay", 0));
        Slice taken = bay.sent(0, START).applied(START.plusSeconds(1));
        assertThat(next(10, sharer(taken, 1), sharer(mart, 1))).isEmpty();
        assertThat(next(10, sharer(taken.settled(0), 1), sharer(mart, 1)))
                .containsExactlyInAnyOrder(step("bay", 5), step("mart", 5));
    }

    @Test
    void unitsThatCameInAreGivenAtOnceToWhoIsClearlyShort() {
        assertThat(next(14, sharer(comparing("web", 4), 1), sharer(comparing("mart", 0), 1)))
                .containsExactly(step("web", 7), step("mart", 7));
        assertThat(next(14, sharer(comparing("web", 6), 1), sharer(comparing("mart", 1), 1)))
                .as("six of seven: not worth a call")
                .containsExactly(step("mart", 7));
    }

    @Test
    void whatIsTooLittleToBeDividedGoesToAChannelThatCompares() {
        assertThat(next(
                        4,
                        sharer(overwriting("mart", 2), 1),
                        sharer(comparing("web", 1), 1),
                        sharer(overwriting("bay", 0), 0)))
                .containsExactly(step("web", 2));
        assertThat(next(12, sharer(overwriting("mart", 6), 1), sharer(comparing("web", 5), 1)))
                .containsExactly(step("web", 6));
        assertThat(next(12, sharer(overwriting("mart", 6), 1), sharer(overwriting("bay", 5), 1)))
                .as("it would have to be told six while five may still be sold")
                .isEmpty();
    }

    @Test
    void nothingIsTakenUnlessAnotherRunsDry() {
        assertThat(next(10, sharer(comparing("web", 6), 1), sharer(comparing("mart", 4), 1)))
                .as("six and four, five and five wanted: not worth a call")
                .isEmpty();
        assertThat(next(10, sharer(comparing("web", 8), 1), sharer(comparing("mart", 2), 1)))
                .as("less than half of what is wanted")
                .containsExactly(step("web", 5));
    }

    @Test
    void noMoreChannelsAreLoweredThanAnotherNeeds() {
        assertThat(next(30, sharer(comparing("a", 14), 1), sharer(comparing("b", 12), 1), sharer(comparing("c", 4), 1)))
                .containsExactly(step("a", 10), step("b", 10));
        assertThat(next(
                        40,
                        sharer(comparing("a", 25), 1),
                        sharer(comparing("b", 11), 1),
                        sharer(comparing("c", 4), 1),
                        sharer(comparing("d", 0), 0)))
                .as("what a gives up is enough")
                .containsExactly(step("a", 14));
    }

    @Test
    void whenThereIsLessThanChannelsMaySellTheyAreLowered() {
        assertThat(next(4, sharer(comparing("web", 5), 1), sharer(comparing("mart", 5), 1)))
                .containsExactlyInAnyOrder(step("web", 2), step("mart", 2));
        assertThat(next(0, sharer(comparing("web", 5), 1), sharer(overwriting("bay", 5), 1)))
                .containsExactlyInAnyOrder(step("web", 0), step("bay", 0));
        assertThat(next(-3, sharer(comparing("web", 5), 1))).containsExactly(step("web", 0));
    }

    @Test
    void aChannelThatCannotBeReachedKeepsWhatItHoldsAndGetsNothing() {
        assertThat(next(10, unreachable(comparing("web", 6), 1), sharer(comparing("mart", 0), 1)))
                .containsExactly(step("mart", 4));
        assertThat(next(10, unreachable(comparing("web", 0), 9), sharer(comparing("mart", 0), 1)))
                .containsExactly(step("mart", 10));
        assertThat(next(3, unreachable(comparing("web", 6), 1), sharer(comparing("mart", 3), 1)))
                .as("what it may sell nobody else may")
                .containsExactly(step("mart", 0));
    }

    @Test
    void aChannelThatComparesIsNotToldAnythingWhileNobodyKnowsWhatItShows() {
        Slice unclear = comparing("web", 10).sent(3, START).lost();
        assertThat(next(0, sharer(unclear, 1))).isEmpty();
        assertThat(next(0, sharer(unclear.seen(7, START), 1))).isEmpty();
        assertThat(next(0, sharer(unclear.seen(7, START).settled(0), 1))).containsExactly(step("web", 0));
    }

    @Test
    void aChannelThatOverwritesIsToldAgainWhenNobodyKnowsWhatItTook() {
        Slice unclear = overwriting("bay", 2).sent(1, START).lost();
        assertThat(next(10, sharer(unclear, 1))).containsExactly(step("bay", 7));
        assertThat(next(3, sharer(unclear, 1))).containsExactly(step("bay", 0));
    }

    @Test
    void aLoweringThatWaitsForOrdersIsNotSentOnceMore() {
        Slice lowered = overwriting("bay", 10).sent(4, START).applied(START);
        assertThat(next(10, sharer(lowered, 1), sharer(comparing("mart", 0), 1)))
                .containsExactly(step("bay", 0));
        Slice atZero = lowered.sent(0, START).applied(START);
        assertThat(next(10, sharer(atZero, 1), sharer(comparing("mart", 0), 1)))
                .as("its orders say the rest")
                .isEmpty();
    }

    @Test
    void aChannelIsNeverToldMoreThanItsRulesAllowAndItsRestGoesToOthers() {
        Sharer capped = new Sharer(comparing("web", 0), 5, 2, true);
        assertThat(next(12, capped, sharer(comparing("mart", 0), 1)))
                .containsExactlyInAnyOrder(step("web", 2), step("mart", 10));
        Sharer above = new Sharer(comparing("web", 9), 5, 2, true);
        assertThat(next(12, above, sharer(comparing("mart", 3), 1)))
                .as("above its cap it is lowered though nobody runs dry")
                .contains(step("web", 2));
        Sharer nothing = new Sharer(comparing("web", 9), 5, 0, true);
        assertThat(next(9, nothing)).containsExactly(step("web", 0));
    }

    @Test
    void aDivisionSumsToTheUnitsHoweverTheyDivide() {
        assertThat(divide(7, sharer(comparing("a", 0), 1), sharer(comparing("b", 0), 1), sharer(comparing("c", 0), 1)))
                .isEqualTo(Map.of("a", 3L, "b", 2L, "c", 2L));
        assertThat(divide(10, sharer(comparing("a", 0), 5), sharer(comparing("b", 0), 3), sharer(comparing("c", 0), 2)))
                .isEqualTo(Map.of("a", 5L, "b", 3L, "c", 2L));
        assertThat(divide(1, sharer(comparing("a", 0), 1), sharer(comparing("b", 0), 3)))
                .as("the largest remainder")
                .isEqualTo(Map.of("a", 0L, "b", 1L));
    }

    @Test
    void whenNobodySellsTheyGetEqualParts() {
        assertThat(divide(9, sharer(comparing("a", 0), 0), sharer(comparing("b", 0), 0), sharer(comparing("c", 0), 0)))
                .isEqualTo(Map.of("a", 3L, "b", 3L, "c", 3L));
    }

    @Test
    void whatNobodyMayHaveStaysUndivided() {
        assertThat(divide(9, new Sharer(comparing("a", 0), 1, 2, true), new Sharer(comparing("b", 0), 1, 3, true)))
                .isEqualTo(Map.of("a", 2L, "b", 3L));
        assertThat(divide(9)).isEmpty();
    }

    @Test
    void autoDividesWhileAllCouldBeSoldBeforeTheSlowestHeardOfItAndGoesBackLater() {
        Duration slowest = Duration.ofSeconds(5);
        // Two a second for four times five seconds, and one for each of three channels: 43.
        assertThat(Escrow.divides(43, 2, slowest, 3, false)).isTrue();
        assertThat(Escrow.divides(44, 2, slowest, 3, false)).isFalse();
        assertThat(Escrow.divides(44, 2, slowest, 3, true))
                .as("it stays divided")
                .isTrue();
        assertThat(Escrow.divides(86, 2, slowest, 3, true)).isTrue();
        assertThat(Escrow.divides(87, 2, slowest, 3, true)).isFalse();
        assertThat(Escrow.divides(0, 0, Duration.ZERO, 1, false)).isTrue();
    }

    @Test
    void thePlanDoesNotHangOnTheOrderInWhichChannelsAreNamed() {
        Sharer[] sharers = {sharer(comparing("a", 0), 1), sharer(overwriting("b", 3), 4), sharer(comparing("c", 9), 1)};
        Sharer[] turned = {sharers[2], sharers[1], sharers[0]};
        assertThat(next(12, turned)).containsExactlyInAnyOrderElementsOf(next(12, sharers));
    }
}
