package io.stockhub.routes.oversell;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.routes.Oversells.Cause;
import io.stockhub.routes.Oversells.Fault;
import io.stockhub.routes.oversell.Facts.Drift;
import io.stockhub.routes.oversell.Facts.Failed;
import io.stockhub.routes.oversell.Facts.Number;
import io.stockhub.routes.oversell.Facts.Receipt;
import io.stockhub.routes.oversell.Facts.Taker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An order for one unit, placed at second 100, short by one. */
class VerdictTest {
    private static final Instant START = Instant.parse("2026-03-14T10:00:00Z");

    private final List<Number> numbers = new ArrayList<>();
    private final List<Taker> takers = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private final List<Drift> drifts = new ArrayList<>();
    private final List<Failed> failures = new ArrayList<>();
    private long shortBy = 1;
    private Instant receivedAt = at(101);
    private Instant takenAt = at(102);

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }

    private void number(long second, long wanted, @Nullable Long sent, @Nullable Long confirmed) {
        numbers.add(new Number(at(second), wanted, sent, confirmed));
    }

    /** It sold on a 1 that it had accepted at second 10. */
    private void toldOne() {
        number(8, 1, null, null);
        number(9, 1, 1L, null);
        number(10, 1, 1L, 1L);
    }

    private List<Cause> causes() {
        return Verdict.of(new Facts(
                "shop", "MUG", 1, shortBy, at(100), receivedAt, takenAt, numbers, takers, receipts, drifts, failures));
    }

    private Cause only() {
        assertThat(causes()).hasSize(1);
        return causes().getFirst();
    }

    @Test
    void whatWasNotShortHasNoCause() {
        shortBy = 0;
        toldOne();
        assertThat(causes()).isEmpty();
    }

    @Test
    void aChannelThatSellsMoreThanItAcceptedIsAtFault() {
        number(8, 0, 0L, 0L);
        assertThat(only().fault()).isEqualTo(Fault.CHANNEL);
        assertThat(only().text())
                .isEqualTo("shop had accepted 0 at 2026-03-14T10:00:08Z and sold 1 at 2026-03-14T10:01:40Z.");
    }

    @Test
    void aNumberAcceptedAMomentBeforeTheSaleMayHaveComeAfterIt() {
        toldOne();
        number(97, 0, 1L, 1L);
        number(98, 0, 0L, 1L);
        number(99, 0, 0L, 0L);
        assertThat(causes()).extracting(Cause::code).doesNotContain("sold-more-than-told");
    }

    @Test
    void aLowerNumberThatWasSentBeforeTheSaleWasOnItsWay() {
        toldOne();
        number(95, 0, 1L, 1L);
        number(96, 0, 0L, 1L);
        number(103, 0, 0L, 0L);
        assertThat(only().fault()).isEqualTo(Fault.DELAY);
        assertThat(only().code()).isEqualTo("number-on-its-way");
        assertThat(only().text()).contains("0 was sent to shop at 2026-03-14T10:01:36Z");
    }

    @Test
    void aLowerNumberThatWaitedIsTheHubs() {
        toldOne();
        number(20, 0, 1L, 1L);
        assertThat(only().fault()).isEqualTo(Fault.HUB);
        assertThat(only().text()).contains("had not sent it");
        number(110, 0, 0L, 1L);
        assertThat(only().text()).contains("sent it at 2026-03-14T10:01:50Z, after the order was placed");
    }

    @Test
    void whenOthersTookTheLastUnitTheirOrderIsNamed() {
        toldOne();
        takers.add(new Taker(at(99), at(101), "reservation", "bay", "B-1", 1));
        assertThat(only().code()).isEqualTo("sold-elsewhere");
        assertThat(only().text()).contains("order B-1 of bay took 1");
    }

    @Test
    void anOrderOfAnotherChannelThatReachedUsLateIsNamedAsLate() {
        toldOne();
        takers.add(new Taker(at(30), at(101), "reservation", "bay", "B-1", 1));
        assertThat(only().code()).isEqualTo("other-order-came-late");
    }

    @Test
    void unitsThatWereNeverThereAreTheStocks() {
        toldOne();
        takers.add(new Taker(at(101), at(101), "count", null, "count C-7 shelf was empty", 1));
        assertThat(only().fault()).isEqualTo(Fault.STOCK);
        assertThat(only().text()).contains("count C-7 shelf was empty");
    }

    @Test
    void aNumberThatSomebodyRaisedComesFirst() {
        toldOne();
        takers.add(new Taker(at(99), at(101), "reservation", "bay", "B-1", 1));
        drifts.add(new Drift(at(200), 1, 9L, "edited"));
        assertThat(causes()).extracting(Cause::code).containsExactly("edited-at-the-channel", "sold-elsewhere");
        drifts.set(0, new Drift(at(200), 9, 1L, "edited"));
        assertThat(causes())
                .as("lower does not oversell")
                .extracting(Cause::code)
                .containsExactly("sold-elsewhere");
        drifts.set(0, new Drift(at(200), 1, 9L, "lost-update"));
        assertThat(causes().getFirst().fault()).isEqualTo(Fault.CHANNEL);
    }

    @Test
    void anOrderThatCouldNotBeUnderstoodForAWhileIsTheMappings() {
        toldOne();
        takenAt = at(9_000);
        failures.add(new Failed(at(102), "stock.unknown_sku", "no SKU mug"));
        assertThat(only().fault()).isEqualTo(Fault.MAPPING);
        assertThat(only().text()).contains("stock.unknown_sku: no SKU mug");
        failures.set(0, new Failed(at(102), "database.away", "away"));
        assertThat(only().fault()).isEqualTo(Fault.HUB);
        takenAt = at(103);
        assertThat(causes()).as("tried again at once").extracting(Cause::code).containsExactly("unknown");
    }

    @Test
    void anOrderThatTookMinutesToReachUsCameLate() {
        toldOne();
        receivedAt = at(700);
        takenAt = at(701);
        assertThat(only().code()).isEqualTo("order-came-late");
        assertThat(only().text()).contains("10 min later");
    }

    @Test
    void goodsThatWereThereAndNotWrittenDownAreALateReceipt() {
        toldOne();
        receipts.add(new Receipt(at(50), at(5_000), "receipt PO-1", 10));
        assertThat(only().fault()).isEqualTo(Fault.LATE_RECEIPT);
    }

    @Test
    void aChannelThatWasNeverToldAnythingIsNamedAndWhatNothingExplainsIsSaidToBeUnknown() {
        assertThat(only().code()).isEqualTo("never-told");
        toldOne();
        assertThat(only().code()).isEqualTo("unknown");
    }
}
