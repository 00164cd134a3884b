package io.stockhub.stock;

import static io.stockhub.stock.Command.Policy.ALL_OR_NOTHING;
import static io.stockhub.stock.StockFixture.line;
import static io.stockhub.stock.StockFixture.move;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.stock.jdbc.Batch;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each guard is taken out, and the checker says so: what never fails proves nothing. */
class GuardsIT {
    private static final String UNLOCKED = "select sku, tracking, assembled, cost, leased from sku where sku = any (?)";
    private static final String ORDERED = UNLOCKED + " order by sku for no key update";
    private static final String BACKWARDS = UNLOCKED + " order by sku desc for no key update";

    private StockFixture stock;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        stock.sku("MUG");
    }

    @AfterEach
    void close() throws Exception {
        stock.close();
    }

    private List<String> ordersReservedTwice() {
        return stock.rows(
                "select channel || '/' || order_ref from reservation group by channel, order_ref having count(*) > 1");
    }

    private List<String> keysWithTwoEffects() {
        return stock.rows("select key from idempotency group by key having count(*) > 1");
    }

    /** Two hubs that both looked before the other wrote; their SKUs differ, so that no lock keeps them apart. */
    private void bothAtOnce(Command first, Command second) throws Exception {
        try (Batch one = Batch.locked(stock.dataSource(), first);
                Batch two = Batch.locked(stock.dataSource(), second)) {
            one.commit();
            try {
                two.commit();
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("23505");
            }
        }
    }

    private static Command.Move receipt(String sku, String key) {
        return new Command.Move(MovementKind.RECEIPT, "NORTH", null, null, null, "t", key, List.of(line(sku, 3)));
    }

    @Test
    void withoutTheUniqueOrderOneOrderIsReservedTwiceAndTheCheckerNamesIt() throws Exception {
        stock.receive("TEE", "NORTH", 9);
        stock.receive("MUG", "NORTH", 9);
        bothAtOnce(stock.order("1", ALL_OR_NOTHING, line("TEE", 1)), stock.order("1", ALL_OR_NOTHING, line("MUG", 1)));
        assertThat(ordersReservedTwice()).isEmpty();

        stock.sql("alter table reservation drop constraint one_reservation_per_order");
        bothAtOnce(stock.order("2", ALL_OR_NOTHING, line("TEE", 1)), stock.order("2", ALL_OR_NOTHING, line("MUG", 1)));
        assertThat(ordersReservedTwice()).containsExactly("shop/2");
    }

    @Test
    void withoutTheUniqueKeyOneKeyHasTwoEffectsAndTheCheckerNamesIt() throws Exception {
        bothAtOnce(receipt("TEE", "k1"), receipt("MUG", "k1"));
        assertThat(keysWithTwoEffects()).isEmpty();
        assertThat(stock.rows("select sum(quantity) from account where state = 'available'"))
                .containsExactly("3");

        stock.sql("alter table idempotency drop constraint idempotency_pkey");
        bothAtOnce(receipt("TEE", "k2"), receipt("MUG", "k2"));
        assertThat(keysWithTwoEffects()).containsExactly("k2");
        assertThat(stock.rows("select sum(quantity) from account where state = 'available'"))
                .containsExactly("9");
    }

    @Test
    void withoutTheCheckConstraintTheStockGoesBelowZeroAndTheCheckerCountsIt() {
        stock.receive("TEE", "NORTH", 1);
        String sale = "update account set quantity = quantity - 2 where sku = 'TEE' and state = 'available'";
        assertThatThrownBy(() -> stock.sql(sale)).rootCause().hasMessageContaining("stock_not_negative");

        stock.sql("alter table account drop constraint stock_not_negative");
        stock.sql(sale);
        StockQueries.LedgerReport report = stock.queries.verify();
        assertThat(report.negative()).isEqualTo(1);
        assertThat(report.imbalanced()).isEqualTo(1);
        assertThat(report.balanceMismatch()).isEqualTo(1);
    }

    /**
     * How often the database had to end a deadlock of two hubs that both want MUG and TEE. Both are held up at TEE, so that
     * each has locked before what its order puts first; then TEE is given free.
     */
    private long deadlocks(String locksOfFirst, String locksOfSecond) throws Exception {
        long before = count();
        try (StockMaster one = Batch.hubLockingWith(stock.dataSource(), locksOfFirst);
                StockMaster two = Batch.hubLockingWith(stock.dataSource(), locksOfSecond);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                Batch holdUp =
                        Batch.locked(stock.dataSource(), move(MovementKind.RECEIPT, "SOUTH", null, line("TEE", 1)))) {
            Command both = move(MovementKind.RECEIPT, "NORTH", null, line("MUG", 1), line("TEE", 1));
            Future<Answer> first = callers.submit(() -> one.execute(both));
            waiting(1);
            Future<Answer> second = callers.submit(() -> two.execute(both));
            waiting(2);
            holdUp.commit();
            assertThat(List.of(first.get(), second.get())).allMatch(Answer.Moved.class::isInstance);
        }
        return count() - before;
    }

    private void waiting(int hubs) {
        while (stock.rows("select pid from pg_stat_activity where wait_event_type = 'Lock'"
                                + " and datname = current_database()")
                        .size()
                < hubs) {
            Thread.onSpinWait();
        }
    }

    private long count() {
        stock.dataSource.getHikariPoolMXBean().softEvictConnections();
        stock.sql("select pg_stat_force_next_flush()");
        return Long.parseLong(stock.rows("select deadlocks from pg_stat_database where datname = current_database()")
                .getFirst());
    }

    @Test
    @Timeout(60)
    void withoutOneLockOrderHubsLockEachOtherOutAndTheDatabaseCountsIt() throws Exception {
        assertThat(deadlocks(ORDERED, ORDERED)).isZero();
        long before = count();
        long found = deadlocks(BACKWARDS, ORDERED);
        // A connection tells its numbers when it ends, which takes a moment.
        while (found == 0) {
            found = count() - before;
        }
        assertThat(stock.queries.verify().passes()).isTrue();
    }

    @Test
    void theLockOrderOfTheLedgerIsTheOneThatShowsNone() {
        assertThat(Batch.lockOrder().replaceAll("\\s+", " ").strip()).isEqualTo(ORDERED);
    }

    @Test
    void withoutTheLocksTheLastUnitIsPromisedTwiceAndOnlyTheConstraintStopsIt() throws Exception {
        stock.receive("TEE", "NORTH", 1);
        stock.sql("alter table account drop constraint stock_not_negative");
        try (Batch one = Batch.locked(stock.dataSource(), UNLOCKED, stock.order("1", ALL_OR_NOTHING, line("TEE", 1)));
                Batch two =
                        Batch.locked(stock.dataSource(), UNLOCKED, stock.order("2", ALL_OR_NOTHING, line("TEE", 1)))) {
            assertThat(one.commit().getFirst()).isInstanceOf(Answer.Held.class);
            assertThat(two.commit().getFirst()).isInstanceOf(Answer.Held.class);
        }
        assertThat(stock.queries.verify().negative()).isEqualTo(1);
    }

    /** Planned for tables without statistics, the check of a ledger that grew within a minute takes minutes. */
    @Test
    void aFullCheckLooksAtTheSizeOfTheTablesFirst() {
        stock.receive("TEE", "NORTH", 3);
        String sizes = "select string_agg(relname || ' ' || (reltuples >= 0), ', ' order by relname) from pg_class"
                + " where relname in ('movement', 'posting', 'seal')";
        assertThat(stock.rows(sizes)).containsExactly("movement false, posting false, seal false");

        stock.queries.verify();

        assertThat(stock.rows(sizes)).containsExactly("movement true, posting true, seal true");
    }
}
