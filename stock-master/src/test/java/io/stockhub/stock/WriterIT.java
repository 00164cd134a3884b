package io.stockhub.stock;

import static io.stockhub.stock.Command.Policy.ALL_OR_NOTHING;
import static io.stockhub.stock.StockFixture.line;
import static io.stockhub.stock.StockFixture.move;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.stock.jdbc.Batch;
import io.stockhub.stock.jdbc.JdbcStockMaster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue before the writer: bounded, in order, and never left without an answer. */
class WriterIT {
    private StockFixture stock;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
    }

    @AfterEach
    void verify() throws Exception {
        assertThat(stock.queries.verify().passes())
                .as("%s", stock.queries.verify())
                .isTrue();
        stock.close();
    }

    private static Command receipt(int number) {
        return new Command.Move(
                MovementKind.RECEIPT, "NORTH", null, null, null, "t", "k" + number, List.of(line("TEE", 1)));
    }

    /** Whoever has TEE's lock keeps the writer waiting. */
    private Batch holdUp() throws Exception {
        return Batch.locked(stock.dataSource(), move(MovementKind.RECEIPT, "SOUTH", null, line("TEE", 1)));
    }

    private void writerWaits() {
        while (stock.rows("select pid from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and datname = current_database()")
                .isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aFullQueueRefusesAtOnceAndWhatItTookIsAnswered() throws Exception {
        List<CompletableFuture<Answer>> taken = new ArrayList<>();
        try (Batch holdUp = holdUp()) {
            taken.add(stock.master.submit(receipt(0)));
            writerWaits();
            assertThatThrownBy(() -> {
                        while (taken.size() < 20_000) {
                            taken.add(stock.master.submit(receipt(taken.size())));
                        }
                    })
                    .isInstanceOf(StockUnavailableException.class)
                    .hasMessageContaining("too many commands are waiting");
            holdUp.commit();
        }
        for (CompletableFuture<Answer> each : taken) {
            assertThat(each.get()).isInstanceOf(Answer.Moved.class);
        }
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(taken.size());
        assertThat(stock.master.execute(receipt(-1))).as("there is room again").isInstanceOf(Answer.Moved.class);
    }

    @Test
    void aHubThatStopsTakesNothingMoreAndAnswersAllThatItTook() throws Exception {
        StockMaster hub = new JdbcStockMaster(stock.dataSource(), () -> {});
        List<CompletableFuture<Answer>> taken = new ArrayList<>();
        Thread stopping;
        try (Batch holdUp = holdUp()) {
            for (int i = 0; i < 3_000; i++) {
                taken.add(hub.submit(receipt(i)));
            }
            writerWaits();
            stopping = Thread.ofVirtual().start(hub::close);
            while (takes(hub, taken)) {
                Thread.onSpinWait();
            }
            holdUp.commit();
        }
        stopping.join();
        for (CompletableFuture<Answer> each : taken) {
            assertThat(each).isCompletedWithValueMatching(Answer.Moved.class::isInstance);
        }
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(taken.size());
    }

    private static boolean takes(StockMaster hub, List<CompletableFuture<Answer>> taken) {
        try {
            taken.add(hub.submit(receipt(taken.size())));
            return true;
        } catch (StockUnavailableException e) {
            assertThat(e).hasMessageContaining("the hub is stopping");
            return false;
        }
    }

    @Test
    void whatOneCallerQueuesIsDecidedInHisOrder() throws Exception {
        stock.receive("TEE", "NORTH", 70);
        List<CompletableFuture<Answer>> orders = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            orders.add(stock.master.submit(stock.order("o" + i, ALL_OR_NOTHING, line("TEE", 1))));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(orders.get(i).get())
                    .as("order %d", i)
                    .isInstanceOf(i < 70 ? Answer.Held.class : Answer.InsufficientStock.class);
        }
    }

    @Test
    void aConnectionThatTheDatabaseCutIsReplacedAndNothingIsWrittenTwice() {
        stock.receive("TEE", "NORTH", 1, "first");
        assertThat(
                        stock.rows(
                                """
                        select pg_terminate_backend(pid) from pg_stat_activity
                        where datname = current_database() and application_name = 'stockhub-writer'"""))
                .as("the writer keeps one connection")
                .hasSize(1);

        Answer answer = null;
        while (answer == null) {
            try {
                answer = stock.receive("TEE", "NORTH", 1, "second");
            } catch (StockUnavailableException e) {
                assertThat(e).hasMessageContaining("ask again with the same key");
            }
        }

        assertThat(answer).isInstanceOf(Answer.Moved.class);
        assertThat(stock.available("TEE", "NORTH")).isEqualTo(2);
    }
}
