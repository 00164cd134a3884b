package io.stockhub.bench.ledger;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.stock.Answer;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.StockQueries.LedgerReport;
import io.stockhub.stock.StockQueries.VerifyMode;
import io.stockhub.stock.availability.ChannelRule;
import io.stockhub.stock.jdbc.JdbcStockMaster;
import io.stockhub.stock.jdbc.JdbcStockQueries;
import io.stockhub.stock.jdbc.RuleBook;
import io.stockhub.stock.jdbc.Sealer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The stock master as the hub runs it, by its front door, with the hash chain being sealed beside it. */
final class Product implements Contender {
    static final String NAME = "product";

    private final StockMaster master;
    private final Semaphore end = new Semaphore(0);
    private final Thread sealing;

    /** @param sealed false leaves the sealer out, to see what it costs */
    Product(Stage stage, boolean sealed) {
        DataSource pool = stage.pool();
        this.master = new JdbcStockMaster(pool, rules(), () -> {});
        Sealer sealer = new Sealer(pool);
        this.sealing = Thread.ofVirtual().name("sealer").unstarted(() -> seal(sealer));
        if (sealed) {
            sealing.start();
        }
    }

    /** One channel that sells from one location. */
    static RuleBook rules() {
        return new RuleBook(List.of(ChannelRule.base(Order.CHANNEL, List.of(Stage.LOCATION), 0)));
    }

    /** As the hub's pump does it: at once while there is more, else after the pause that the sealer asks for. */
    private void seal(Sealer sealer) {
        try {
            Duration pause = Duration.ZERO;
            while (!end.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = sealer.step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int take(OrderSource orders) {
        return reserve(orders.next()) ? 1 : 0;
    }

    /** @throws io.stockhub.stock.StockUnavailableException when it takes no more orders at the moment */
    boolean reserve(Order order) {
        return reserve(master, order);
    }

    /** As {@link #reserve(Order)}, at any front door. */
    static boolean reserve(StockMaster master, Order order) {
        return switch (master.execute(order.command())) {
            case Answer.Held held when !held.replayed() -> true;
            case Answer.InsufficientStock shortage -> false;
            case Answer other -> throw new BrokenPromiseException("order " + order.ref() + " was answered " + other);
        };
    }

    /** Seals what is left and has the ledger check all of its own promises. */
    static void verify(Stage stage) throws SQLException {
        Sealer sealer = new Sealer(stage.pool());
        long last = stage.number("select last_value from ledger_sequence");
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (stage.number("select sealed_to from seal_head") < last) {
            sealer.step();
            if (System.nanoTime() > deadline) {
                throw new BrokenPromiseException("the chain did not reach number " + last + " in two minutes");
            }
        }
        LedgerReport report = new JdbcStockQueries(stage.pool()).verify(VerifyMode.FULL);
        if (!report.passes() || report.unsealed() > 0) {
            throw new BrokenPromiseException(
                    "the ledger does not verify: " + report.counts() + ", unsealed " + report.unsealed() + ", first "
                            + report.findings().stream().findFirst());
        }
    }

    @Override
    public void close() {
        master.close();
        end.release();
        try {
            sealing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
