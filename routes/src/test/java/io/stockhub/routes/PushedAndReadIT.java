package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.RawOrder;
import io.stockhub.routes.Webhooks.Reception;
import io.stockhub.routes.orders.Watermarks;
import io.stockhub.routes.stockout.Settling;
import io.stockhub.routes.stockout.SliceStore;
import io.stockhub.stock.Reservation.Status;
import io.stockhub.stock.availability.RulesDesk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel that sends us its orders, and of which we read them as well: nothing is lost, and nothing is done twice. */
class PushedAndReadIT {
    private static final CanonicalOrder ORDER = CanonicalOrder.open("1001", "MUG*4");

    private RoutesFixture hub =
            new RoutesFixture(TestChannel.plain().comparing().pushingAndRead());
    private int deliveries;

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private void inStock(long quantity) {
        hub.sku("MUG");
        hub.stock("MUG", quantity);
    }

    private void pushed(CanonicalOrder order) {
        assertThat(hub.webhooks.receive(
                        "shop", Map.of("x-signature", "right", "x-id", "d-" + ++deliveries), order.bytes()))
                .isEqualTo(new Reception.Stored(false));
        hub.work();
    }

    /** The channel answers with this version of the order, in words of its own. */
    private void read(CanonicalOrder order) {
        hub.connectors.orders.clear();
        hub.connectors.orders.add(new RawOrder(order.orderRef(), hub.watermarks.now(), " " + order.json()));
        Slices.ordersAreRead(hub);
    }

    private static CanonicalOrder later(CanonicalOrder order) {
        return new CanonicalOrder(order.orderRef(), order.status(), order.lines(), "2026-03-14T11:00:00Z");
    }

    @Test
    void anOrderThatIsPushedAndThenReadIsOneReservation() {
        inStock(10);
        pushed(ORDER);
        read(ORDER);
        assertThat(hub.states()).containsExactly("done APPLIED", "done ALREADY_APPLIED");
        assertThat(hub.available("MUG")).isEqualTo(6);
    }

    @Test
    void anOrderThatIsReadAndThenPushedIsOneReservation() {
        inStock(10);
        read(ORDER);
        pushed(ORDER);
        assertThat(hub.states()).containsExactly("done APPLIED", "done ALREADY_APPLIED");
        assertThat(hub.available("MUG")).isEqualTo(6);
    }

    @Test
    void bothAreInOneLaneSoThatTheyAreNotTakenAtTheSameTime() {
        hub.connectors.orders.add(new RawOrder("1001", hub.watermarks.now(), " " + ORDER.json()));
        hub.poller.step();
        hub.webhooks.receive("shop", Map.of("x-signature", "right", "x-id", "d-1"), ORDER.bytes());
        assertThat(hub.jdbc
                        .sql("select lane from inbox order by inbox_id")
                        .query(String.class)
                        .list())
                .containsExactly("1001", "1001");
        assertThat(hub.inbox.claim(10, Duration.ofMinutes(1))).hasSize(1);
    }

    @Test
    void anOrderWhoseWebhookIsLostIsTakenWhenItIsRead() {
        inStock(10);
        read(ORDER);
        assertThat(hub.reservation("1001").status()).isEqualTo(Status.RESERVED);
        assertThat(hub.available("MUG")).isEqualTo(6);
    }

    @Test
    void aCancellationThatIsReadGivesBackOnceWhatWasPushed() {
        inStock(10);
        pushed(ORDER);
        read(later(ORDER.cancelled()));
        pushed(later(ORDER.cancelled()));
        assertThat(hub.states()).containsExactly("done APPLIED", "done APPLIED", "done ALREADY_APPLIED");
        assertThat(hub.available("MUG")).isEqualTo(10);
    }

    @Test
    void anOlderVersionThatIsReadLaterDoesNotUndoANewerWebhook() {
        inStock(10);
        pushed(ORDER);
        pushed(later(ORDER.cancelled()));
        read(ORDER);
        assertThat(hub.states()).endsWith("done SUPERSEDED");
        assertThat(hub.available("MUG")).isEqualTo(10);
        assertThat(hub.reservation("1001").status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void anOlderWebhookThatComesLateDoesNotUndoWhatWasRead() {
        inStock(10);
        read(later(ORDER.cancelled()));
        pushed(ORDER);
        assertThat(hub.states()).containsExactly("done NOTHING_TO_CANCEL", "done SUPERSEDED");
        assertThat(hub.available("MUG")).isEqualTo(10);
    }

    @Test
    void anEditThatIsPushedWaitsForAPersonAndTheOlderVersionThatIsReadTakesNothing() {
        inStock(10);
        pushed(ORDER);
        pushed(later(CanonicalOrder.open("1001", "MUG*5")));
        read(ORDER);
        assertThat(hub.onlyLetter().code()).isEqualTo("stock.order_changed");
        assertThat(hub.states()).endsWith("done SUPERSEDED");
        assertThat(hub.available("MUG")).isEqualTo(6);
    }

    private void inEscrow(long quantity) {
        assertThat(hub.rules.apply("selling: {policy: escrow}", "paul", null, null))
                .isInstanceOf(RulesDesk.Outcome.Applied.class);
        hub.sku("MUG");
        hub.connectors.shows.put("MUG", 0L);
        hub.stock("MUG", quantity);
        for (int i = 0; i < 4; i++) {
            send();
            Slices.aMinuteLater(hub);
            Slices.ordersAreRead(hub);
        }
        assertThat(told()).isEqualTo(String.valueOf(quantity));
    }

    private void send() {
        hub.publish();
        hub.dispatcher.step();
    }

    private String told() {
        return Slices.told(hub, "MUG");
    }

    /** As long as a channel that cannot be read is waited for, and longer. */
    private void anHourLater() {
        for (int minute = 0; minute <= TestChannel.SETTLE.toMinutes(); minute++) {
            Slices.aMinuteLater(hub);
        }
        for (int i = 0; i < 3; i++) {
            hub.settling.step();
        }
    }

    @Test
    void anOldNumberInEscrowCountsUntilTheOrdersWereReallyRead() {
        inEscrow(10);
        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.UNKNOWN_OUTCOME, "channel.timeout"));
        hub.stock("MUG", 4);
        send();
        hub.later();
        send();
        assertThat(told()).startsWith("10 4? ");

        anHourLater();
        assertThat(told()).as("nobody asked for its orders").startsWith("10 4? ");

        Slices.ordersAreRead(hub);
        assertThat(told()).doesNotContain("4?");
    }

    @Test
    void unitsThatWereSoldWhileTheHubWasDownAreNotSoldAgainThoughTheirWebhookIsLate() {
        inEscrow(10);
        // Sold by the channel, and its webhook is lost; then it is seen to show what we wanted it to show.
        Slices.sold(hub, "1001", "MUG", 6, Duration.ofSeconds(90));
        hub.stock("MUG", 4);
        send();
        send();

        anHourLater();
        send();
        assertThat(hub.number("select leased from sku where sku = 'MUG'"))
                .as("six of ten are sold, as we shall hear")
                .isEqualTo(10);

        Slices.ordersAreRead(hub);
        assertThat(hub.available("MUG")).isZero();
        assertThat(hub.reservation("1001").status()).isEqualTo(Status.BACKORDERED);
    }

    @Test
    void whenUnitsInEscrowWaitForItsOrdersItIsAskedForThemAtOnce() {
        List<String> woken = new ArrayList<>();
        Settling settling = new Settling(
                hub.channels,
                new SliceStore(hub.jdbc, hub.channels),
                hub.inbox,
                hub.watermarks,
                hub.transaction,
                skus -> {},
                woken::add);
        inEscrow(10);
        settling.step();
        assertThat(woken).as("nothing waits").isEmpty();

        hub.connectors.nextFails(ScriptedConnectors.failure(Kind.UNKNOWN_OUTCOME, "channel.timeout"));
        hub.stock("MUG", 4);
        send();
        settling.step();
        assertThat(woken).containsExactly("shop");
    }

    @Test
    void anOrderThatIsNotTakenInYetHoldsUpWhatWasRead() {
        inEscrow(10);
        Instant before = applied();
        hub.webhooks.receive(
                "shop", Map.of("x-signature", "right", "x-id", "d-9"), "{}".getBytes(StandardCharsets.UTF_8));
        hub.poller.step();
        hub.settling.step();
        assertThat(applied()).as("a webhook of before is still in the inbox").isEqualTo(before);
        hub.work();
        hub.settling.step();
        assertThat(applied()).isAfter(before);
    }

    private Instant applied() {
        return hub.jdbc
                .sql("select applied_until from watermark where account = 'shop'")
                .query(java.time.OffsetDateTime.class)
                .single()
                .toInstant();
    }

    @Test
    void aChannelThatOnlyPushedBeforeIsReadFromNowOnAndNothingThatWasAssumedCounts() {
        Instant longAgo = hub.watermarks.now().minus(Duration.ofDays(90));
        hub.watermarks.applied("shop", longAgo);
        hub.connectors.nextPage(asked -> {
            throw ScriptedConnectors.failure(Kind.TRANSIENT, "channel.unavailable");
        });
        hub.poller.step();
        assertThat(hub.text("select applied_until::text from watermark")).isEqualTo("nothing");
        Instant since = hub.connectors.asked.getFirst().since();
        assertThat(since)
                .isEqualTo(hub.connectors
                        .asked
                        .getFirst()
                        .until()
                        .minus(hub.channel.account().timing().lookBack()));

        hub.poller.step();
        assertThat(hub.connectors.asked.getLast().since())
                .as("a first reading that fails keeps its start")
                .isEqualTo(since);
        assertThat(hub.watermarks.find("shop").map(Watermarks.Position::readUntil))
                .isPresent();
    }
}
