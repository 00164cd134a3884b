package io.stockhub.stock;

import static io.stockhub.stock.Command.Policy.ALL_OR_NOTHING;
import static io.stockhub.stock.Command.Policy.BACKORDER;
import static io.stockhub.stock.Command.Policy.PARTIAL;
import static io.stockhub.stock.StockFixture.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.availability.SkuStock;
import io.stockhub.stock.jdbc.Batch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Units that channels may be selling at this moment are promised to nobody who can still be told no. */
class LeasedIT {
    private StockFixture stock;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        stock.sku("MUG");
        stock.receive("TEE", "NORTH", 6);
        stock.receive("TEE", "SOUTH", 4);
    }

    @AfterEach
    void verify() throws Exception {
        assertThat(stock.queries.verify().passes())
                .as("%s", stock.queries.verify())
                .isTrue();
        stock.close();
    }

    private void lease(Map<String, Long> units) {
        try (Connection connection = stock.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            stock.changedSkus.lock(connection, units.keySet());
            stock.changedSkus.lease(connection, units);
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private Command.Reserve hold(String orderRef, Command.Policy policy, Command.Line... lines) {
        return new Command.Reserve(
                "shop",
                orderRef,
                policy,
                null,
                null,
                "tester",
                null,
                new Command.Terms(null, null, Duration.ofMinutes(30)),
                List.of(lines));
    }

    private static long shortOf(Answer answer) {
        if (answer instanceof Answer.InsufficientStock insufficient) {
            return insufficient.shortages().getFirst().available();
        }
        throw new AssertionError("expected a shortage, got " + answer);
    }

    private static long held(@Nullable Reservation reservation) {
        return reservation == null
                ? 0
                : reservation.lines().stream().mapToLong(Reservation.Line::held).sum();
    }

    @Test
    void anOrderForAllOrNothingGetsWhatIsNotLeasedAndNotOneUnitMore() {
        lease(Map.of("TEE", 7L));
        assertThat(shortOf(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("TEE", 4)))))
                .isEqualTo(3);
        stock.held(stock.master.execute(stock.order("2", ALL_OR_NOTHING, line("TEE", 3))));
        assertThat(shortOf(stock.master.execute(stock.order("3", ALL_OR_NOTHING, line("TEE", 1)))))
                .isZero();
    }

    @Test
    void anOrderThatTakesWhatItGetsGetsWhatIsNotLeased() {
        lease(Map.of("TEE", 7L));
        assertThat(held(stock.held(stock.master.execute(stock.order("1", PARTIAL, line("TEE", 9))))))
                .isEqualTo(3);
        assertThat(shortOf(stock.master.execute(stock.order("2", PARTIAL, line("TEE", 1)))))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(Command.Policy.class)
    void aCartHoldsNothingOfWhatIsLeased(Command.Policy policy) {
        lease(Map.of("TEE", 10L));
        Answer answer = stock.master.execute(hold("1", policy, line("TEE", 1)));
        assertThat(answer instanceof Answer.Held held ? held(held.reservation()) : 0)
                .isZero();
        assertThat(stock.units("TEE", StockState.AVAILABLE)).isEqualTo(10);
    }

    @Test
    void whatAChannelHasSoldItAlwaysGets() {
        lease(Map.of("TEE", 10L));
        Reservation sold = stock.held(stock.master.execute(stock.order("1", BACKORDER, line("TEE", 10))));
        assertThat(held(sold)).isEqualTo(10);
        assertThat(sold.status()).isEqualTo(Reservation.Status.RESERVED);
    }

    @Test
    void anOrderThatWaitsIsFilledWithWhateverComesIn() {
        stock.held(stock.master.execute(stock.order("1", BACKORDER, line("TEE", 13))));
        lease(Map.of("TEE", 3L));
        stock.receive("TEE", "NORTH", 3);
        assertThat(stock.order("1").status()).isEqualTo(Reservation.Status.RESERVED);
    }

    @Test
    void moreThanThereIsCanBeLeasedAndLeavesNothing() {
        lease(Map.of("TEE", 25L));
        assertThat(shortOf(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("TEE", 1)))))
                .isZero();
        assertThat(shortOf(stock.master.execute(stock.order("2", PARTIAL, line("TEE", 1)))))
                .isZero();
    }

    @Test
    void theOtherSkusOfAnOrderAreNotTouched() {
        stock.receive("MUG", "NORTH", 2);
        lease(Map.of("TEE", 10L));
        Reservation some = stock.held(stock.master.execute(stock.order("1", PARTIAL, line("TEE", 2), line("MUG", 2))));
        assertThat(some.lines()).extracting(Reservation.Line::held).containsExactly(0L, 2L);
    }

    @Test
    void aBundleWhoseComponentIsLeasedIsShortOfIt() {
        stock.receive("MUG", "NORTH", 100);
        stock.bundle("SET", "TEE", 2, "MUG", 1);
        lease(Map.of("TEE", 7L));
        assertThat(shortOf(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("SET", 2)))))
                .isEqualTo(1);
        stock.held(stock.master.execute(stock.order("2", ALL_OR_NOTHING, line("SET", 1))));
        assertThat(shortOf(stock.master.execute(stock.order("3", ALL_OR_NOTHING, line("SET", 1)))))
                .isZero();
        assertThat(held(stock.held(stock.master.execute(stock.order("4", BACKORDER, line("SET", 4))))))
                .as("sold is sold")
                .isEqualTo(4);
    }

    @Test
    void twoBundlesOfOneOrderAreNotBothPromisedTheUnitThatIsNotLeased() {
        stock.bundle("SET", "TEE", 1);
        lease(Map.of("TEE", 9L));
        assertThat(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("SET", 1), line("TEE", 1))))
                .isInstanceOf(Answer.InsufficientStock.class);
        stock.held(stock.master.execute(stock.order("2", ALL_OR_NOTHING, line("SET", 1))));
    }

    @Test
    void unitsThatAreGivenBackAreFreeAtOnce() {
        lease(Map.of("TEE", 10L, "MUG", 4L));
        lease(Map.of("TEE", 0L));
        assertThat(stock.rows("select sku || ' ' || leased from sku order by sku"))
                .containsExactly("MUG 4", "TEE 0");
        stock.held(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("TEE", 10))));
    }

    @Test
    void leasingSaysWhatIsSetAsideAndAddsNothing() {
        lease(Map.of("TEE", 4L));
        lease(Map.of("TEE", 4L));
        lease(Map.of("TEE", 3L));
        assertThat(stock.rows("select leased from sku where sku = 'TEE'")).containsExactly("3");
    }

    @Test
    void anOrderThatWasTakenIsTheSameOrderWhenAllIsLeasedSince() {
        Command.Reserve order = stock.order("1", ALL_OR_NOTHING, line("TEE", 5));
        Reservation first = stock.held(stock.master.execute(order));
        lease(Map.of("TEE", 5L));
        assertThat(stock.held(stock.master.execute(order)).reservationId()).isEqualTo(first.reservationId());
    }

    /** Another hub divides the units: until it commits, what it read of them must stay true. */
    private Answer whileTheUnitsAreDivided(long leased, Command command) throws Exception {
        try (StockMaster second = stock.secondHub();
                Connection dividing = stock.dataSource().getConnection()) {
            dividing.setAutoCommit(false);
            stock.changedSkus.lock(dividing, List.of("TEE"));
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(
                    () -> second.execute(command), task -> Thread.ofVirtual().start(task));
            while (stock.rows("select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and datname = current_database()")
                    .isEmpty()) {
                assertThat(answer).as("decided on units that are being divided").isNotDone();
                Thread.onSpinWait();
            }
            assertThat(sum(stock.changedSkus.available(dividing, List.of("TEE")).get("TEE")))
                    .isEqualTo(10);
            stock.changedSkus.lease(dividing, Map.of("TEE", leased));
            dividing.commit();
            return answer.get();
        }
    }

    @Test
    @Timeout(60)
    void noOrderIsDecidedBetweenReadingTheUnitsAndSettingThemAside() throws Exception {
        Answer answer = whileTheUnitsAreDivided(8, stock.order("1", ALL_OR_NOTHING, line("TEE", 3)));
        assertThat(shortOf(answer)).as("it sees what was set aside").isEqualTo(2);
    }

    @Test
    @Timeout(60)
    void aSaleOfAChannelWaitsForTheDivisionAndGetsItsUnits() throws Exception {
        Answer answer = whileTheUnitsAreDivided(10, stock.order("1", BACKORDER, line("TEE", 3)));
        assertThat(held(stock.held(answer))).isEqualTo(3);
    }

    @Test
    @Timeout(60)
    void noBundleIsDecidedWhileTheUnitsOfItsComponentAreDivided() throws Exception {
        stock.bundle("SET", "TEE", 2);
        Answer answer = whileTheUnitsAreDivided(9, stock.order("1", ALL_OR_NOTHING, line("SET", 1)));
        assertThat(shortOf(answer)).isZero();
    }

    @Test
    @Timeout(60)
    void theOrderThatWasFirstIsSeenByTheDivision() throws Exception {
        try (Batch first = Batch.locked(stock.dataSource(), stock.order("1", ALL_OR_NOTHING, line("TEE", 4)))) {
            CompletableFuture<Long> divided = CompletableFuture.supplyAsync(
                    this::unitsUnderTheLock, task -> Thread.ofVirtual().start(task));
            while (stock.rows("select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and datname = current_database()")
                    .isEmpty()) {
                assertThat(divided).as("divided units that an order is taking").isNotDone();
                Thread.onSpinWait();
            }
            stock.held(first.commit().getFirst());
            assertThat(divided.get()).isEqualTo(6);
        }
    }

    private static long sum(SkuStock stock) {
        return stock.locations().values().stream()
                .flatMap(at -> at.sellable().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private long unitsUnderTheLock() {
        try (Connection connection = stock.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            stock.changedSkus.lock(connection, List.of("TEE"));
            long units =
                    sum(stock.changedSkus.available(connection, List.of("TEE")).get("TEE"));
            connection.commit();
            return units;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aSkuThatIsCountedAsChangedIsTakenOnceWithItsOldestTime() throws Exception {
        try (Connection connection = stock.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            stock.changedSkus.take(connection, 100);
            stock.changedSkus.mark(connection, List.of("TEE", "TEE", "MUG"));
            connection.commit();
            assertThat(stock.changedSkus.take(connection, 100))
                    .extracting(changed -> changed.sku())
                    .containsExactlyInAnyOrder("TEE", "MUG");
            connection.commit();
        }
    }
}
