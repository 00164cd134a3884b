package io.stockhub.routes.undo;

import io.stockhub.mapping.Mappings;
import io.stockhub.routes.Undos;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.RefusalCode;
import io.stockhub.stock.StockMaster;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Undos are rows: what is left of one is done after a restart, by any hub. Each movement and order is undone under a key of
 * the ledger, so that one which a killed hub had in hand is not undone twice.
 */
public final class UndoService implements Undos {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final int BATCH = 100;
    private static final int ITEMS_SHOWN = 1_000;

    private final TransactionTemplate transaction;
    private final StockMaster stockMaster;
    private final RunReader reader;
    private final UndoStore store;
    private final Runnable wake;

    public UndoService(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            StockMaster stockMaster,
            Mappings mappings,
            Runnable wake) {
        this.transaction = transaction;
        this.stockMaster = stockMaster;
        this.reader = new RunReader(jdbc, mappings);
        this.store = new UndoStore(jdbc);
        this.wake = wake;
    }

    @Override
    public List<Known> recent(int limit) {
        return reader.recent(limit);
    }

    @Override
    public Plan plan(Run run) {
        List<Step> steps = reader.steps(run);
        return new Plan(run.name(), UndoPlan.of(steps, reader.there(steps)));
    }

    @Override
    public long start(Run run, String reason, String by) {
        List<Step> steps = reader.steps(run);
        long id = Objects.requireNonNull(transaction.execute(status -> store.add(run.name(), reason, by, steps)));
        wake.run();
        return id;
    }

    @Override
    public Optional<Progress> progress(long undoId) {
        return store.job(undoId).map(job -> new Progress(job, store.items(undoId, ITEMS_SHOWN)));
    }

    @Override
    public List<Job> list(int limit) {
        return store.jobs(limit);
    }

    /** One step of the pump: some movements and orders of the oldest undo, or nothing. */
    public Duration step() {
        Optional<UndoStore.Claimed> claimed = store.claim(LEASE);
        claimed.ifPresent(undo -> {
            for (Item item : store.left(undo.undoId(), BATCH)) {
                if (item.kind().equals("order")) {
                    order(undo, item.number());
                } else {
                    movement(undo, item.number());
                }
            }
            store.release(undo.undoId());
        });
        return claimed.isPresent() ? Duration.ZERO : IDLE;
    }

    private void movement(UndoStore.Claimed undo, long number) {
        Answer answer = stockMaster.execute(new Command.TakeBack(number, undo.reason(), undo.by(), key(undo, number)));
        switch (answer) {
            case Answer.Moved moved -> {
                Map<String, Long> whole = whole(number);
                Map<String, Long> back = reader.tookBack(number);
                boolean all =
                        whole.entrySet().stream().allMatch(of -> back.getOrDefault(of.getKey(), 0L) >= of.getValue());
                end(undo, number, all ? Outcome.UNDONE : Outcome.IN_PART, all ? null : UndoPlan.gone(whole, back));
            }
            case Answer.InsufficientStock gone -> end(undo, number, Outcome.KEPT, stays(number));
            case Answer.NotHeld gone -> end(undo, number, Outcome.KEPT, "What became of the order since stands.");
            case Answer.Refused refused
            when refused.code() == RefusalCode.ALREADY_REVERSED -> end(undo, number, Outcome.ALREADY, null);
            case Answer.Refused refused -> end(undo, number, Outcome.KEPT, refused.message());
            default -> end(undo, number, Outcome.KEPT, answer.toString());
        }
    }

    private Map<String, Long> whole(long number) {
        Map<String, Long> whole = new LinkedHashMap<>();
        for (Step step : reader.movements(List.of(number))) {
            ((Step.Movement) step)
                    .postings()
                    .forEach(posting -> whole.merge(posting.sku(), posting.quantity(), Long::sum));
        }
        return whole;
    }

    private String stays(long number) {
        Step.Movement movement =
                (Step.Movement) reader.movements(List.of(number)).getFirst();
        return movement.divisible() ? UndoPlan.gone(whole(number), Map.of()) : UndoPlan.WHOLE_OR_NOT;
    }

    private void order(UndoStore.Claimed undo, long number) {
        boolean open = isOpen(number);
        Answer answer = stockMaster.execute(new Command.Cancel(number, undo.by(), key(undo, number), List.of()));
        boolean cancelled = open && answer instanceof Answer.Held;
        Step.Order now = (Step.Order) reader.orders(List.of(number)).getFirst();
        if (now.shipped().isEmpty()) {
            end(undo, number, cancelled ? Outcome.UNDONE : Outcome.ALREADY, null);
        } else {
            end(undo, number, cancelled ? Outcome.IN_PART : Outcome.KEPT, UndoPlan.shipped(now));
        }
    }

    private boolean isOpen(long number) {
        Step.Order order = (Step.Order) reader.orders(List.of(number)).getFirst();
        return order.open() + order.waiting() > 0;
    }

    private void end(UndoStore.Claimed undo, long number, Outcome outcome, @Nullable String message) {
        store.end(undo.undoId(), number, outcome, message);
    }

    private static String key(UndoStore.Claimed undo, long number) {
        return "undo:" + undo.undoId() + ":" + number;
    }
}
