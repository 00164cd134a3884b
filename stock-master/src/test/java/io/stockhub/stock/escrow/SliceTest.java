package io.stockhub.stock.escrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SliceTest {
    private static final Instant START = Instant.parse("2026-03-14T10:00:00Z");

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private static Slice comparing(long number) {
        return Slice.none("web", true).sent(number, at(0)).applied(at(1));
    }

    private static Slice overwriting(long number) {
        return Slice.none("bay", false).sent(number, at(0)).applied(at(1));
    }

    @Test
    void aChannelThatWasNeverToldAnythingSellsNothing() {
        Slice none = Slice.none("web", true);
        assertThat(none.open()).isZero();
        assertThat(none.expected()).isZero();
        assertThat(none.inFlight()).isFalse();
        assertThat(none.unclear()).isFalse();
        assertThat(none.settlesAt()).isNull();
    }

    @Test
    void aNumberCountsFromTheMomentThatItLeaves() {
        Slice sent = Slice.none("web", true).sent(5, at(0));
        assertThat(sent.open()).isEqualTo(5);
        assertThat(sent.inFlight()).isTrue();
        assertThat(Slice.none("bay", false).sent(5, at(0)).open()).isEqualTo(5);
    }

    @Test
    void whatTheLedgerKnowsToBeSoldIsNotOpenAnyMore() {
        assertThat(comparing(5).sold(2, at(2)).open()).isEqualTo(3);
        assertThat(overwriting(5).sold(2, at(2)).open()).isEqualTo(3);
        assertThat(comparing(5).sold(9, at(2)).open()).isZero();
        assertThat(overwriting(5).sold(9, at(2)).open()).isZero();
    }

    @Test
    void noOtherNumberLeavesWhileOneIsOnItsWay() {
        assertThatThrownBy(() -> comparing(5).sent(3, at(2)).sent(2, at(3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has not answered");
    }

    @Test
    void anAnswerThatNobodyWaitsForChangesNothing() {
        for (Slice slice : new Slice[] {comparing(5), overwriting(5), Slice.none("web", true)}) {
            assertThat(slice.applied(at(9))).isEqualTo(slice);
            assertThat(slice.refused()).isEqualTo(slice);
            assertThat(slice.lost()).isEqualTo(slice);
        }
    }

    @Test
    void aNumberThatTheChannelRefusedNeverWas() {
        assertThat(comparing(5).sent(9, at(2)).refused()).isEqualTo(comparing(5));
        assertThat(overwriting(5).sent(9, at(2)).refused()).isEqualTo(overwriting(5));
    }

    @Test
    void whatWasSoldWhileARefusedNumberWasOnItsWayStillCounts() {
        assertThat(comparing(5).sent(9, at(2)).sold(2, at(2)).refused().open()).isEqualTo(3);
        assertThat(overwriting(5).sent(9, at(2)).sold(2, at(2)).refused().open())
                .isEqualTo(3);
    }

    @Test
    void aNumberIsUnclearWhenItsAnswerGotLostUntilAnAnswerComes() {
        Slice lost = comparing(5).sent(3, at(2)).lost();
        assertThat(lost.unclear()).isTrue();
        assertThat(lost.inFlight()).isFalse();
        Slice again = lost.sentAgain(at(4));
        assertThat(again.unclear()).isFalse();
        assertThat(again.inFlight()).isTrue();
        assertThat(again.applied(at(5)).unclear()).isFalse();
    }

    @Test
    void theWorstCaseOfAStepIsKnownBeforeItIsTaken() {
        for (Slice slice :
                new Slice[] {comparing(5).sold(2, at(2)), overwriting(5).sold(2, at(2))}) {
            for (long free = 0; free < 4; free++) {
                long most = slice.most(free);
                assertThat(slice.openWith(most)).isEqualTo(slice.open() + free);
                assertThat(slice.sent(most, at(3)).open()).isEqualTo(slice.openWith(most));
                assertThat(slice.openWith(most + 1)).isGreaterThan(slice.open() + free);
            }
            assertThat(slice.most(-7)).isEqualTo(slice.most(0));
        }
    }

    @Nested
    class WhereTheChannelCompares {
        @Test
        void theLargerOfTwoNumbersCounts() {
            assertThat(comparing(5).sent(8, at(2)).open()).isEqualTo(8);
            assertThat(comparing(5).sent(2, at(2)).open()).isEqualTo(5);
        }

        @Test
        void theNewNumberAloneCountsOnceItWasTaken() {
            Slice taken = comparing(5).sent(2, at(2)).applied(at(3));
            assertThat(taken.open()).isEqualTo(2);
            assertThat(taken.settlesAt()).isNull();
        }

        @Test
        void whatWasSoldBeforeANumberLeftIsNotTakenOffIt() {
            Slice sent = comparing(10).sold(4, at(2)).sent(8, at(3));
            assertThat(sent.open()).isEqualTo(8);
            assertThat(sent.applied(at(4)).open()).isEqualTo(8);
        }

        @Test
        void whatBecomesKnownAfterItLeftIsTakenOffBoth() {
            Slice sent = comparing(10).sold(4, at(2)).sent(8, at(3)).sold(3, at(4));
            assertThat(sent.open()).isEqualTo(5);
            assertThat(sent.refused().open()).isEqualTo(3);
            assertThat(sent.applied(at(5)).open()).isEqualTo(5);
        }

        @Test
        void anUpdateNamesWhatTheChannelShowsWhenWeKnowOfAllItsSales() {
            assertThat(comparing(10).sold(4, at(2)).expected()).isEqualTo(6);
            assertThat(comparing(10).sold(14, at(2)).expected()).isZero();
            assertThat(comparing(10)
                            .sold(4, at(2))
                            .sent(8, at(3))
                            .applied(at(4))
                            .sold(1, at(5))
                            .expected())
                    .isEqualTo(7);
        }

        @Test
        void aLostNumberThatIsSentAgainIsOneNumber() {
            Slice again = comparing(10).sent(12, at(2)).lost().sold(1, at(3)).sentAgain(at(4));
            assertThat(again.told()).hasSize(2);
            assertThat(again.open()).isEqualTo(11);
            assertThat(again.applied(at(5)).open())
                    .as("the first try was taken")
                    .isEqualTo(11);
        }

        @Test
        void ofALostLoweringTheOldNumberCounts() {
            assertThat(comparing(10).sent(2, at(2)).lost().open()).isEqualTo(10);
        }

        @Test
        void whatWasSeenCountsBesideTheOldNumbersUntilItsOrdersAreKnown() {
            Slice seen = comparing(10).sent(4, at(2)).lost().seen(3, at(5));
            assertThat(seen.open()).isEqualTo(10);
            assertThat(seen.settlesAt()).isEqualTo(at(5));
            assertThat(seen.settled(0).open()).isEqualTo(3);
            assertThat(seen.settled(2).open()).isEqualTo(1);
        }
    }

    @Nested
    class WhereTheChannelOverwrites {
        @Test
        void bothNumbersCountUntilItsOrdersWereRead() {
            Slice sent = overwriting(5).sent(3, at(2));
            assertThat(sent.open()).isEqualTo(8);
            assertThat(sent.settlesAt()).isNull();
            Slice taken = sent.applied(at(3));
            assertThat(taken.open()).isEqualTo(8);
            assertThat(taken.settlesAt()).isEqualTo(at(3));
            assertThat(taken.settled(0).open()).isEqualTo(3);
            assertThat(taken.settled(0).settlesAt()).isNull();
        }

        @Test
        void aNumberBelowTheOldOneStillAddsItsUnits() {
            assertThat(overwriting(5).openWith(1)).isEqualTo(6);
            assertThat(overwriting(5).openWith(0)).isEqualTo(5);
        }

        @Test
        void salesAreTakenOffAllNumbersTogether() {
            Slice slice = overwriting(10).sold(4, at(2)).sent(8, at(3));
            assertThat(slice.open()).isEqualTo(14);
            assertThat(slice.sold(1, at(4)).applied(at(5)).open()).isEqualTo(13);
        }

        @Test
        void salesAfterTheNumberWasTakenAreTakenOffItWhenTheOldOnesGo() {
            Slice taken = overwriting(10).sent(8, at(3)).applied(at(5)).sold(6, at(6));
            assertThat(taken.open()).isEqualTo(12);
            assertThat(taken.settled(6).open()).isEqualTo(2);
        }

        @Test
        void salesThatCannotHaveBeenMadeOnANumberThatWasNotSentYetAreNotTakenOffIt() {
            // It began with units of its own that nobody knew of: before the zero arrived, it sold six of them.
            Slice begun = overwriting(0).sold(6, at(1)).sent(5, at(2));
            assertThat(begun.open()).isEqualTo(5);
            assertThat(begun.applied(at(3)).open()).isEqualTo(5);
            assertThat(begun.applied(at(3)).sold(2, at(4)).open()).isEqualTo(3);
        }

        @Test
        void aLostNumberCountsAndSoDoesTheNextOne() {
            Slice slice = overwriting(5).sent(3, at(2)).lost();
            assertThat(slice.open()).isEqualTo(8);
            assertThat(slice.settlesAt()).isNull();
            Slice taken = slice.sent(2, at(4)).applied(at(5));
            assertThat(taken.open()).isEqualTo(10);
            assertThat(taken.settled(0).open())
                    .as("the lost one cannot come later")
                    .isEqualTo(2);
        }

        @Test
        void whatWasSentAfterTheNumberThatSettlesStaysOpen() {
            Slice slice = overwriting(5).sent(3, at(2)).applied(at(3)).sent(4, at(4));
            assertThat(slice.settlesAt()).isEqualTo(at(3));
            Slice settled = slice.settled(0);
            assertThat(settled.open()).isEqualTo(7);
            assertThat(settled.inFlight()).isTrue();
        }

        @Test
        void salesUpToWhenTheOldNumbersWentDoNotCountAnyMore() {
            Slice settled = overwriting(5).sent(3, at(2)).applied(at(10)).settled(0);
            assertThat(settled.since()).isEqualTo(at(10));
            assertThat(settled.sold(2, at(9)).open())
                    .as("made on the old number")
                    .isEqualTo(3);
            assertThat(settled.sold(2, at(10)).open())
                    .as("perhaps made on the old number")
                    .isEqualTo(3);
            assertThat(settled.sold(2, at(11)).open()).isEqualTo(1);
        }

        @Test
        void nothingSettlesWhileThereIsOneNumberOnly() {
            assertThat(overwriting(5).settlesAt()).isNull();
            assertThat(overwriting(5).settled(3)).isEqualTo(overwriting(5));
        }
    }
}
