package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.LeakDesk.Kind;
import io.stockhub.stock.LeakDesk.Leak;
import io.stockhub.stock.LeakDesk.Order;
import io.stockhub.stock.upkeep.JdbcLeaks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeakDeskIT {
    private static final Duration WEEK = Duration.ofDays(7);

    private StockFixture stock;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        stock.sku("MUG");
    }

    @AfterEach
    void stop() throws Exception {
        stock.close();
    }

    private void sql(String... statements) {
        try (Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<Leak> leaksIn(Duration time) {
        return new JdbcLeaks(
                        stock.dataSource(), InstantSource.fixed(Instant.now().plus(time)))
                .leaks(WEEK, 10);
    }

    private Reservation order(String orderRef, Command.Policy policy, Command.Line... lines) {
        return stock.held(stock.master.execute(stock.order(orderRef, policy, lines)));
    }

    private static Order named(Reservation reservation) {
        return new Order(reservation.reservationId(), reservation.channel(), reservation.orderRef());
    }

    @Test
    void aHealthyHubLeaksNothing() {
        stock.receive("TEE", "NORTH", 10);
        order("1", Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 2));

        assertThat(leaksIn(Duration.ZERO)).isEmpty();
    }

    @Test
    void anOrderThatHoldsUnitsAndToWhichNothingHappensLeaks() {
        stock.receive("TEE", "NORTH", 10);
        stock.receive("MUG", "NORTH", 10);
        Reservation one = order("1", Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 2));
        Reservation two =
                order("2", Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 1), new Command.Line("MUG", 1));
        Reservation gone = order("3", Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 1));
        stock.master.execute(new Command.Ship(gone.reservationId(), "tester", null, List.of()));

        assertThat(leaksIn(Duration.ofDays(6))).isEmpty();
        assertThat(leaksIn(Duration.ofDays(8)))
                .extracting(Leak::kind, Leak::order, Leak::sku, Leak::location, Leak::quantity)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Kind.IDLE, named(one), "TEE", "NORTH", 2L),
                        org.assertj.core.groups.Tuple.tuple(Kind.IDLE, named(two), null, "NORTH", 2L));
    }

    @Test
    void theLastThingThatHappenedCounts() {
        stock.receive("TEE", "NORTH", 10);
        Reservation order = order("1", Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 3));
        sql("update reservation set recorded_at = now() - interval '30 days'");
        stock.master.execute(
                new Command.Pick(order.reservationId(), "tester", null, List.of(new Command.Line("TEE", 1))));
        assertThat(leaksIn(Duration.ZERO))
                .as("one of its units was picked a moment ago")
                .isEmpty();

        sql("update movement set recorded_at = now() - interval '20 days'");
        assertThat(leaksIn(Duration.ZERO)).extracting(Leak::kind).containsExactly(Kind.IDLE);

        stock.master.execute(
                new Command.Pick(order.reservationId(), "tester", null, List.of(new Command.Line("TEE", 1))));
        assertThat(leaksIn(Duration.ZERO)).isEmpty();
    }

    @Test
    void aHoldThatIsOverAndStillHoldsLeaks() {
        stock.receive("TEE", "NORTH", 10);
        Reservation hold = stock.held(stock.master.execute(new Command.Reserve(
                "shop",
                "cart",
                Command.Policy.ALL_OR_NOTHING,
                null,
                null,
                "tester",
                null,
                new Command.Terms(null, null, Duration.ofMinutes(10)),
                List.of(new Command.Line("TEE", 2)))));

        assertThat(leaksIn(Duration.ofMinutes(10))).isEmpty();
        assertThat(leaksIn(Duration.ofMinutes(12)))
                .containsExactly(new Leak(Kind.HOLD_OVERDUE, named(hold), null, null, 2, hold.holdUntil()));
    }

    @Test
    void unitsThatNoOrderExplainsLeak() {
        stock.receive("TEE", "NORTH", 10);
        stock.receive("MUG", "SOUTH", 10);
        Reservation order = order("1", Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 4));
        stock.master.execute(
                new Command.Pick(order.reservationId(), "tester", null, List.of(new Command.Line("TEE", 1))));
        sql(
                "update account set quantity = quantity - 2 where sku = 'TEE' and state = 'available'",
                "update account set quantity = quantity + 2 where sku = 'TEE' and state = 'reserved'",
                "insert into account (sku, location, state, quantity) values ('MUG', 'SOUTH', 'picked', 1)");

        assertThat(leaksIn(Duration.ZERO))
                .containsExactly(
                        new Leak(Kind.UNEXPLAINED, null, "TEE", "NORTH", 2, null),
                        new Leak(Kind.UNEXPLAINED, null, "MUG", "SOUTH", 1, null));
    }

    @Test
    void anOrderThatHoldsMoreThanThereIsLeaksToo() {
        stock.receive("TEE", "NORTH", 10);
        order("1", Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 4));
        sql("update account set quantity = 0 where sku = 'TEE' and state = 'reserved'");

        assertThat(leaksIn(Duration.ZERO)).containsExactly(new Leak(Kind.UNEXPLAINED, null, "TEE", "NORTH", -4, null));
    }

    @Test
    void anOrderThatWaitsThoughUnitsAreAvailableLeaks() {
        Reservation waiting = order("1", Command.Policy.BACKORDER, new Command.Line("TEE", 3));
        sql("insert into account (sku, location, state, quantity) values ('TEE', 'NORTH', 'available', 1)");

        assertThat(leaksIn(Duration.ZERO))
                .containsExactly(
                        new Leak(Kind.BACKORDER_WAITING, named(waiting), "TEE", null, 3, waiting.recordedAt()));
    }

    @Test
    void whatAWaitingOrderCannotHaveIsNoLeak() {
        order("1", Command.Policy.BACKORDER, new Command.Line("TEE", 3));
        sql(
                "insert into lot (sku, lot, expiry) values ('TEE', 'OLD', date '2020-01-01')",
                "insert into account (sku, location, state, lot, quantity) values ('TEE', 'NORTH', 'available', 'OLD', 1)",
                "insert into account (sku, location, state, pool, quantity) values ('TEE', 'NORTH', 'available', 'b2b', 1)",
                "update location set managed_by = 'x' where location_id = 'SOUTH'",
                "insert into account (sku, location, state, quantity) values ('TEE', 'SOUTH', 'available', 1)");

        assertThat(leaksIn(Duration.ZERO)).isEmpty();
    }

    @Test
    void aBundleWaitsForAllOfItsParts() {
        stock.sku("SET");
        sql("insert into sku_component (sku, component, quantity) values ('SET', 'TEE', 2), ('SET', 'MUG', 1)");
        order("1", Command.Policy.BACKORDER, new Command.Line("SET", 1));
        sql(
                "insert into account (sku, location, state, quantity) values ('TEE', 'NORTH', 'available', 1)",
                "insert into account (sku, location, state, quantity) values ('MUG', 'NORTH', 'available', 1)");
        assertThat(leaksIn(Duration.ZERO)).isEmpty();

        sql("update account set quantity = 2 where sku = 'TEE'");
        assertThat(leaksIn(Duration.ZERO)).extracting(Leak::sku).containsExactly("SET");
    }
}
