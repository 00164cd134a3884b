package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.OrdersPage;
import io.stockhub.connectors.RawOrder;
import io.stockhub.routes.ScriptedConnectors.Asked;
import io.stockhub.routes.orders.Watermarks;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading orders neither skips nor loses one, wherever it breaks off. Pages hold two orders, the look-back is 10 min. */
class OrderPollerIT {
    private RoutesFixture hub;
    private Instant start;

    @BeforeEach
    void startHub() {
        hub = new RoutesFixture();
        start = hub.watermarks.now().minus(Duration.ofHours(5)).truncatedTo(ChronoUnit.SECONDS);
        hub.watermarks.advance("shop", new Watermarks.Position(start, ""));
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private RawOrder order(String id, int minutes) {
        return new RawOrder(
                id,
                start.plus(Duration.ofMinutes(minutes)),
                CanonicalOrder.open(id, "MUG*1").json());
    }

    private Watermarks.Position watermark() {
        return hub.watermarks.find("shop").orElseThrow();
    }

    private List<String> lanes() {
        return hub.jdbc
                .sql("select lane from inbox order by inbox_id")
                .query(String.class)
                .list();
    }

    @Test
    void everyPageIsReadAndTheWatermarkIsTheLastOrder() {
        hub.connectors.orders.addAll(
                List.of(order("1", 1), order("2", 2), order("3", 3), order("4", 4), order("5", 5)));
        hub.poller.step();
        assertThat(lanes()).containsExactly("1", "2", "3", "4", "5");
        assertThat(hub.connectors.asked).extracting(Asked::cursor).containsExactly(null, "2", "4");
        assertThat(hub.connectors.asked)
                .extracting(Asked::until)
                .as("one upper bound")
                .containsOnly(hub.connectors.asked.getFirst().until());
        assertThat(watermark()).isEqualTo(new Watermarks.Position(order("5", 5).updatedAt(), "5"));
    }

    @Test
    void aPageThatFailsLeavesTheWatermarkAndWhatWasReadIsKept() {
        hub.connectors.orders.addAll(List.of(order("1", 30), order("2", 31), order("3", 32)));
        hub.connectors.nextPage(hub.connectors::page);
        hub.connectors.nextPage(asked -> {
            throw ScriptedConnectors.failure(Kind.TRANSIENT, "channel.unavailable");
        });
        hub.poller.step();
        assertThat(watermark()).isEqualTo(new Watermarks.Position(start, ""));
        assertThat(lanes()).containsExactly("1", "2");
        assertThat(hub.desk.health().getFirst().lastError()).contains("channel.unavailable");

        hub.poller.step();
        assertThat(lanes()).containsExactly("1", "2", "3");
        assertThat(watermark().orderId()).isEqualTo("3");
    }

    @Test
    void aPageThatCannotBeStoredLeavesTheWatermark() {
        hub.connectors.orders.add(order("1", 30));
        hub.dataSource.breakOnce("insert into inbox");
        assertThatThrownBy(hub.poller::step).isInstanceOf(RuntimeException.class);
        assertThat(watermark()).isEqualTo(new Watermarks.Position(start, ""));
        hub.poller.step();
        assertThat(lanes()).containsExactly("1");
    }

    @Test
    void ordersOfOneInstantAreAllRead() {
        hub.connectors.orders.addAll(List.of(order("1", 30), order("2", 30), order("3", 30)));
        hub.poller.step();
        assertThat(lanes()).containsExactly("1", "2", "3");
        hub.connectors.orders.add(order("4", 30));
        hub.poller.step();
        assertThat(lanes()).containsExactly("1", "2", "3", "4");
        assertThat(watermark().orderId()).isEqualTo("4");
    }

    @Test
    void anOrderThatBecomesVisibleLateIsFoundWithinTheLookBack() {
        hub.connectors.orders.add(order("2", 60));
        hub.poller.step();
        hub.connectors.orders.add(0, order("1", 51));
        hub.poller.step();
        assertThat(lanes()).containsExactly("2", "1");
        assertThat(watermark().orderId()).isEqualTo("2");
    }

    @Test
    void readingTheSameTwiceCostsNothing() {
        hub.connectors.orders.add(order("1", 30));
        hub.poller.step();
        hub.poller.step();
        assertThat(lanes()).containsExactly("1");
    }

    @Test
    void anotherVersionOfAnOrderIsAnotherMessageInItsLane() {
        hub.connectors.orders.add(order("1", 30));
        hub.poller.step();
        hub.connectors.orders.set(
                0,
                new RawOrder(
                        "1",
                        start,
                        CanonicalOrder.open("1", "MUG*1").cancelled().json()));
        hub.connectors.nextPage(asked -> new OrdersPage(hub.connectors.orders, null));
        hub.poller.step();
        assertThat(lanes()).containsExactly("1", "1");
    }

    @Test
    void aChannelThatGivesTheSameCursorTwiceIsNotReadForEver() {
        hub.connectors.nextPage(asked -> new OrdersPage(List.of(order("1", 1)), "again"));
        hub.connectors.nextPage(asked -> new OrdersPage(List.of(order("2", 2)), "again"));
        hub.poller.step();
        assertThat(hub.connectors.asked).hasSize(2);
        assertThat(hub.desk.health().getFirst().lastError()).contains("channel.page_loop");
        assertThat(watermark()).isEqualTo(new Watermarks.Position(start, ""));
        assertThat(lanes()).as("nothing that was read is lost").containsExactly("1", "2");
    }

    private void thirdPageFails(Kind kind, Duration retryAfter) {
        hub.connectors.orders.addAll(
                List.of(order("1", 1), order("2", 2), order("3", 3), order("4", 4), order("5", 5), order("6", 6)));
        hub.connectors.nextPage(hub.connectors::page);
        hub.connectors.nextPage(hub.connectors::page);
        hub.connectors.nextPage(asked -> {
            throw ScriptedConnectors.failure(kind, "channel.throttled", retryAfter);
        });
    }

    @Test
    void aReadingThatHasToWaitForItsTurnGoesOnWhereItWas() {
        thirdPageFails(Kind.THROTTLED, Duration.ofSeconds(6));
        assertThat(hub.poller.step()).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(7));
        assertThat(watermark()).as("it is not at its end").isEqualTo(new Watermarks.Position(start, ""));

        hub.poller.step();
        assertThat(hub.connectors.asked).extracting(Asked::cursor).containsExactly(null, "2", "4", "4");
        assertThat(hub.connectors.asked)
                .extracting(Asked::until)
                .as("one upper bound")
                .containsOnly(hub.connectors.asked.getFirst().until());
        assertThat(lanes()).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(watermark().orderId()).isEqualTo("6");
        assertThat(hub.desk.health().getFirst().lastError()).isNull();

        hub.poller.step();
        assertThat(hub.connectors.asked.get(4).cursor())
                .as("the next one is a new one")
                .isNull();
    }

    @Test
    void aReadingThatHasToWaitForLongBeginsAnewSincePagesShift() {
        thirdPageFails(Kind.THROTTLED, Duration.ofHours(1));
        hub.poller.step();
        hub.poller.step();
        assertThat(hub.connectors.asked).extracting(Asked::cursor).containsExactly(null, "2", "4", null, "2", "4");
    }

    @Test
    void aReadingThatFailsOtherwiseBeginsAnew() {
        thirdPageFails(Kind.TRANSIENT, Duration.ofSeconds(6));
        hub.poller.step();
        hub.poller.step();
        assertThat(hub.connectors.asked).extracting(Asked::cursor).containsExactly(null, "2", "4", null, "2", "4");
    }

    @Test
    void theFirstReadingStartsFromNow() {
        hub.jdbc.sql("delete from watermark").update();
        hub.connectors.orders.add(order("old", 0));
        hub.poller.step();
        assertThat(lanes()).isEmpty();
        Asked first = hub.connectors.asked.getFirst();
        assertThat(first.since()).isEqualTo(first.until().minus(Duration.ofMinutes(10)));
        assertThat(watermark().readUntil()).isEqualTo(first.until());
    }

    @Test
    void aFirstReadingThatFailsDoesNotMoveItsStart() {
        hub.jdbc.sql("delete from watermark").update();
        hub.connectors.nextPage(asked -> {
            throw ScriptedConnectors.failure(Kind.TRANSIENT, "channel.unavailable");
        });
        hub.poller.step();
        Instant from = hub.connectors.asked.getFirst().since();
        hub.poller.step();
        assertThat(hub.connectors.asked.getLast().since()).isEqualTo(from);
    }

    @Test
    void aChannelWhoseClockIsAheadDoesNotMoveTheWatermarkPastNow() {
        RawOrder ahead = new RawOrder(
                "1", Instant.parse("2199-01-01T00:00:00Z"), order("1", 0).json());
        hub.connectors.nextPage(asked -> new OrdersPage(List.of(ahead), null));
        hub.poller.step();
        assertThat(watermark().readUntil())
                .isEqualTo(hub.connectors.asked.getFirst().until());
    }

    @Test
    void aWatermarkNeverGoesBack() {
        hub.watermarks.advance("shop", new Watermarks.Position(start.minusSeconds(1), "9"));
        assertThat(watermark().readUntil()).isEqualTo(start);
        hub.watermarks.advance("shop", new Watermarks.Position(start, "1"));
        hub.watermarks.advance("shop", new Watermarks.Position(start, "0"));
        assertThat(watermark().orderId()).isEqualTo("1");
    }

    @Test
    void aChannelThatFindsNothingThereMovesNoWatermark() {
        hub.connectors.orders.add(order("1", 30));
        Watermarks.Position before = watermark();
        hub.connectors.nextPage(asked -> {
            throw ScriptedConnectors.failure(Kind.PERMANENT, "channel.not_found");
        });
        hub.poller.step();
        assertThat(watermark()).isEqualTo(before);
        hub.settling.step();
        assertThat(hub.text("select applied_until::text from watermark")).isEqualTo("nothing");
        hub.poller.step();
        assertThat(lanes()).containsExactly("1");
    }

    @Test
    void everyAccountHasAWatermarkOfItsOwn() {
        Watermarks.Position before = watermark();
        hub.watermarks.advance("other-shop", new Watermarks.Position(start.plusSeconds(3600), "9"));
        hub.watermarks.applied("other-shop", start.plusSeconds(3600));
        assertThat(watermark()).isEqualTo(before);
        assertThat(hub.number("select count(*) from watermark where account = 'shop' and applied_until is not null"))
                .isZero();
    }

    @Test
    void anOrderWhoseNameTheDatabaseCannotKeepDoesNotHoldUpTheOthers() {
        hub.connectors.orders.addAll(List.of(order("1", 1), new RawOrder("a\0b", start, "{}"), order("2", 2)));
        hub.connectors.nextPage(asked -> new OrdersPage(hub.connectors.orders, null));
        hub.poller.step();
        assertThat(lanes()).contains("1", "2").hasSize(3);
        assertThat(watermark().orderId()).isEqualTo("2");
    }

    @Test
    void aChannelThatCanBeReadAgainIsNotPausedAnyMore() {
        hub.connectors.nextPage(asked -> {
            throw ScriptedConnectors.failure(Kind.SETTINGS, "auth.invalid");
        });
        hub.poller.step();
        assertThat(hub.desk.health().getFirst().state()).isEqualTo("paused");
        hub.poller.step();
        assertThat(hub.desk.health().getFirst().state()).isEqualTo("ok");
    }
}
