package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.routes.ChannelDesk.Drift;
import io.stockhub.routes.ChannelDesk.Drift.Cause;
import io.stockhub.routes.ChannelDesk.DriftFilter;
import io.stockhub.routes.Reconciliation.Decided;
import io.stockhub.routes.Reconciliation.Decision;
import io.stockhub.routes.reconcile.Policy;
import io.stockhub.routes.reconcile.Reconciling;
import io.stockhub.stock.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Drift has a cause, and what is done about it is the policy of that cause; what waits for a person waits safely. */
class ReconcileIT {
    private RoutesFixture hub = new RoutesFixture(TestChannel.plain().overwriting());

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private void restart(TestChannel shop) {
        hub.close();
        hub = new RoutesFixture(shop);
    }

    private void reconciling(Cause cause, Policy policy) {
        restart(TestChannel.plain().overwriting().reconciling(new Reconciling(10, Map.of(cause, policy))));
    }

    /** The time to explain itself is over, and the orders of the channel were read. */
    private void readBackLater() {
        hub.later();
        hub.jdbc
                .sql("update listing set read_back_at = now() where read_back_at is not null")
                .update();
        hub.poller.step();
        hub.settling.step();
        hub.readBack.step();
    }

    /** Seen, its time over, and judged. */
    private void judged() {
        for (int i = 0; i < 3; i++) {
            readBackLater();
        }
    }

    private Drift drift(String sku) {
        List<Drift> found = hub.desk.drifts(new DriftFilter("shop", sku, null), null, 10);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private void told(String sku, long quantity) {
        hub.stock(sku, quantity);
        send();
    }

    /** A number is raised only when the orders were read. */
    private void send() {
        hub.publish();
        hub.poller.step();
        hub.settling.step();
        hub.dispatcher.step();
    }

    private Decided decide(Drift drift, Decision decision) {
        Decided decided = hub.decisions.decide(drift.id(), decision, "olga", "looked at it");
        send();
        return decided;
    }

    private void swapped() {
        hub.listed("MUG", 40);
        hub.listed("CAP", 70);
        readBackLater();
        hub.connectors.shows.put("MUG", 70L);
        hub.connectors.shows.put("CAP", 40L);
        judged();
    }

    @Test
    void itemsThatShowEachOthersNumberAreHeldAndAskedFor() {
        swapped();
        for (String sku : List.of("MUG", "CAP")) {
            assertThat(drift(sku).cause()).isEqualTo(Cause.WRONG_ALIAS);
            assertThat(drift(sku).policy()).isEqualTo("hold");
            assertThat(drift(sku).closedAt()).isNull();
        }
        told("MUG", 35);
        assertThat(hub.connectors.told).isEmpty();
        assertThat(hub.connectors.shows).containsEntry("MUG", 70L);
        assertThat(hub.dispatcher.sendNow("MUG")).as("nor by a replay").isFalse();
        assertThat(hub.connectors.told).isEmpty();
    }

    @Test
    void anItemThatShowsTheNumberOfOneThatIsAsItShouldBeWasEdited() {
        hub.listed("MUG", 40);
        hub.listed("CAP", 70);
        readBackLater();
        hub.connectors.shows.put("MUG", 70L);
        judged();
        assertThat(drift("MUG").cause()).isEqualTo(Cause.EDITED);
    }

    @Test
    void beforeAnEditIsBelievedThoseAreReadWhoseNumberIsShown() {
        hub.listed("MUG", 40);
        hub.listed("CAP", 70);
        readBackLater();
        hub.connectors.shows.put("MUG", 70L);
        hub.connectors.shows.put("CAP", 40L);
        hub.connectors.read.clear();
        hub.jdbc.sql("update listing set read_at = read_at - interval '1 day'").update();
        for (int i = 0; i < 3; i++) {
            hub.later();
            hub.jdbc
                    .sql("update listing set read_back_at = now() where sku = 'MUG' or risk = 0")
                    .update();
            hub.poller.step();
            hub.settling.step();
            hub.readBack.step();
        }
        assertThat(hub.connectors.read.getFirst()).containsExactly("MUG");
        assertThat(drift("CAP").policy()).as("seen, and not judged yet").isNull();
        assertThat(drift("MUG").cause()).isEqualTo(Cause.WRONG_ALIAS);
    }

    @Test
    void anUpdateThatFindsAnotherNumberHoldsTheItemWhereTheSettingsSaySo() {
        restart(TestChannel.plain().comparing().reconciling(new Reconciling(10, Map.of(Cause.EDITED, Policy.HOLD))));
        hub.listed("MUG", 10);
        hub.connectors.shows.put("MUG", 99L);
        hub.stock("MUG", 4);
        send();
        hub.later();
        send();
        assertThat(drift("MUG").policy()).isEqualTo("hold");
        hub.later();
        send();
        assertThat(hub.connectors.shows).containsEntry("MUG", 99L);
        decide(drift("MUG"), Decision.OVERWRITE);
        assertThat(hub.connectors.shows).containsEntry("MUG", 4L);
    }

    @Test
    void anotherItemByOurNameIsHeld() {
        restart(TestChannel.plain().comparing());
        hub.listed("MUG", 40);
        readBackLater();
        hub.connectors.items.put("MUG", "item-99");
        hub.connectors.shows.put("MUG", 12L);
        judged();
        assertThat(drift("MUG").cause()).isEqualTo(Cause.WRONG_ALIAS);
    }

    @Test
    void whatIsHeldGoesOnWhenAPersonSaysThatOurNumberIsRight() {
        swapped();
        told("MUG", 35);
        Drift drift = drift("MUG");
        assertThat(decide(drift, Decision.OVERWRITE)).isInstanceOf(Decided.Done.class);
        assertThat(hub.connectors.shows).containsEntry("MUG", 35L).containsEntry("CAP", 40L);
        assertThat(drift("MUG").closedAt()).isNotNull();
        assertThat(drift("MUG").decided().by()).isEqualTo("olga");
        assertThat(drift("MUG").decided().reason()).isEqualTo("looked at it");
        assertThat(drift("MUG").decided().decision()).isEqualTo("overwrite");
        assertThat(decide(drift, Decision.OVERWRITE)).as("once").isInstanceOf(Decided.NothingToDecide.class);
        assertThat(hub.decisions.decide(999, Decision.ADOPT, "olga", "x")).isInstanceOf(Decided.NoSuchDrift.class);
    }

    @Test
    void whatAPersonAdoptsBoundsOurNumberUntilAPersonLiftsIt() {
        swapped();
        decide(drift("CAP"), Decision.ADOPT);
        told("CAP", 90);
        assertThat(hub.connectors.told).as("never more than was adopted").isEmpty();
        told("CAP", 15);
        assertThat(hub.connectors.shows).containsEntry("CAP", 15L);
        told("CAP", 90);
        assertThat(hub.connectors.shows).containsEntry("CAP", 40L);
        assertThat(decide(drift("CAP"), Decision.ADOPT)).isInstanceOf(Decided.NothingToDecide.class);
        assertThat(decide(drift("CAP"), Decision.OVERWRITE)).isInstanceOf(Decided.Done.class);
        assertThat(hub.connectors.shows).containsEntry("CAP", 90L);
    }

    @Test
    void whatShowsTooMuchIsNeverAdopted() {
        reconciling(Cause.EDITED, Policy.ADOPT);
        hub.listed("MUG", 10);
        readBackLater();
        hub.connectors.shows.put("MUG", 99L);
        judged();
        hub.dispatcher.step();
        assertThat(drift("MUG").policy()).isEqualTo("overwrite");
        assertThat(hub.connectors.shows).containsEntry("MUG", 10L);
        assertThat(hub.available("MUG")).as("and the books stay").isEqualTo(10);
    }

    @Test
    void whatShowsTooLittleIsAdoptedWhereTheSettingsSaySo() {
        reconciling(Cause.EDITED, Policy.ADOPT);
        hub.listed("MUG", 10);
        readBackLater();
        hub.connectors.shows.put("MUG", 4L);
        judged();
        assertThat(drift("MUG").policy()).isEqualTo("adopt");
        assertThat(drift("MUG").closedAt()).isNotNull();
        told("MUG", 25);
        assertThat(hub.connectors.shows).containsEntry("MUG", 4L);
        assertThat(hub.available("MUG")).isEqualTo(25);
    }

    @Test
    void unitsThatAChannelSetsAsideAreTakenOffWhatItIsToldForAsLongAsItSaysSo() {
        hub.listed("MUG", 40);
        readBackLater();
        hub.connectors.shows.put("MUG", 28L);
        hub.connectors.setAside.put("MUG", 12L);
        judged();
        assertThat(drift("MUG").cause()).isEqualTo(Cause.PROMOTION);
        assertThat(drift("MUG").policy()).isEqualTo("adopt");
        told("MUG", 20);
        assertThat(hub.connectors.shows).as("8, and 12 aside").containsEntry("MUG", 8L);
        hub.connectors.shows.put("MUG", 20L);
        hub.connectors.setAside.put("MUG", 0L);
        judged();
        told("MUG", 21);
        assertThat(hub.connectors.shows).containsEntry("MUG", 21L);
    }

    @Test
    void aNumberThatWasRefusedIsKnownToBeMissingAndNotSentAgain() {
        hub.listed("MUG", 10);
        readBackLater();
        hub.connectors.nextAnswers(Outcome.REJECTED, "channel.rejected");
        told("MUG", 4);
        hub.connectors.told.clear();
        readBackLater();
        assertThat(drift("MUG").cause()).isEqualTo(Cause.REJECTED_FEED);
        assertThat(drift("MUG").expected()).isEqualTo(4);
        assertThat(drift("MUG").shown()).isEqualTo(10);
        judged();
        assertThat(hub.connectors.told).isEmpty();
        assertThat(hub.openLetters()).hasSize(1);
        told("MUG", 3);
        judged();
        assertThat(drift("MUG").closedAt()).isNotNull();
        assertThat(drift("MUG").cause()).as("it stays what it was").isEqualTo(Cause.REJECTED_FEED);
    }

    @Test
    void whatAnOrderInTheDeadLettersMayExplainIsNotOverwritten() {
        hub.listed("MUG", 10);
        readBackLater();
        hub.arrives("m-1", CanonicalOrder.open("1001", "NAMELESS*3"));
        hub.work();
        assertThat(hub.openLetters()).hasSize(1);
        hub.jdbc.sql("update dead_letter set sku = 'MUG'").update();
        hub.connectors.shows.put("MUG", 7L);
        judged();
        judged();
        assertThat(drift("MUG").closedAt()).isNull();
        assertThat(hub.connectors.told).isEmpty();
        hub.jdbc.sql("update dead_letter set state = 'discarded'").update();
        judged();
        assertThat(drift("MUG").cause()).isEqualTo(Cause.EDITED);
    }

    @Test
    void inEscrowWhatIsHeldIsToldNothingAndCountsWhatItShows() {
        restart(TestChannel.plain().overwriting().reconciling(new Reconciling(10, Map.of(Cause.EDITED, Policy.HOLD))));
        hub.rules.apply("selling: {policy: escrow}", "paul", null, null);
        hub.sku("MUG");
        hub.connectors.shows.put("MUG", 0L);
        hub.stock("MUG", 10);
        plan();
        plan();
        assertThat(Slices.told(hub, "MUG")).isEqualTo("10");
        hub.connectors.shows.put("MUG", 50L);
        judged();
        assertThat(drift("MUG").cause()).isEqualTo(Cause.EDITED);
        assertThat(drift("MUG").policy()).isEqualTo("hold");
        plan();
        assertThat(hub.number("select leased from sku where sku = 'MUG'")).isEqualTo(50);
        assertThat(hub.connectors.shows).as("told nothing").containsEntry("MUG", 50L);
        hub.connectors.shows.put("MUG", 60L);
        judged();
        plan();
        assertThat(hub.number("select leased from sku where sku = 'MUG'"))
                .as("more than that")
                .isEqualTo(60);
        hub.connectors.shows.put("MUG", 2L);
        judged();
        plan();
        assertThat(hub.number("select leased from sku where sku = 'MUG'"))
                .as("fewer are not given to others")
                .isEqualTo(60);
        assertThat(Slices.till(hub, "till-1", "MUG", 1))
                .as("nor to a till")
                .isInstanceOf(Answer.InsufficientStock.class);
        decide(drift("MUG"), Decision.ADOPT);
        for (int i = 0; i < 4; i++) {
            plan();
        }
        assertThat(hub.connectors.shows).containsEntry("MUG", 10L);
        assertThat(hub.number("select leased from sku where sku = 'MUG'")).isEqualTo(10);
    }

    @Test
    void inEscrowUnitsThatAreSetAsideCountAndTheItemIsHeld() {
        restart(TestChannel.plain().overwriting());
        hub.rules.apply("selling: {policy: escrow}", "paul", null, null);
        hub.sku("MUG");
        hub.connectors.shows.put("MUG", 0L);
        hub.stock("MUG", 10);
        plan();
        plan();
        hub.connectors.shows.put("MUG", 6L);
        hub.connectors.setAside.put("MUG", 4L);
        judged();
        assertThat(drift("MUG").cause()).isEqualTo(Cause.PROMOTION);
        assertThat(drift("MUG").policy()).isEqualTo("hold");
        hub.stock("MUG", 20);
        plan();
        assertThat(hub.connectors.shows).containsEntry("MUG", 6L);
        assertThat(hub.number("select leased from sku where sku = 'MUG'")).isEqualTo(10);
    }

    private void plan() {
        hub.publish();
        hub.dispatcher.step();
        Slices.aMinuteLater(hub);
        Slices.ordersAreRead(hub);
    }
}
