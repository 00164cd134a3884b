package io.stockhub.routes.undo;

import io.stockhub.mapping.Mappings;
import io.stockhub.routes.Undos;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.RefusalCode;
import io.stockhub.stock.StockMaster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Undos are rows: what is left of one is done after a restart, by any hub. Each movement and order is undone under a key of
 * the ledger, so that one which a killed hub had in hand is not undone twice.
 */
public final class UndoService implements Undos {
    private static final Logger LOG = LoggerFactory.getLogger(UndoService.class);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final int BATCH = 200;
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
            List<Item> left = store.left(undo.undoId(), BATCH);
            store.end(undo.undoId(), ended(undo, left));
            store.release(undo.undoId());
        });
        return claimed.isPresent() ? Duration.ZERO : IDLE;
    }

    /** What became of the items; one of which nobody knows is not among them, and is asked again. */
    private List<Item> ended(UndoStore.Claimed undo, List<Item> left) {
        Map<Long, Step> before = reader.read(left);
        // In this order: the ledger decides what one caller queues one after another.
        Map<Long, CompletableFuture<Answer>> asked = new LinkedHashMap<>();
        left.forEach(item -> asked.put(item.number(), stockMaster.submit(command(undo, item))));
        Map<Long, Answer> answers = new LinkedHashMap<>();
        asked.forEach((number, answer) -> known(answer).ifPresent(known -> answers.put(number, known)));
        Map<Long, Step> after = reader.read(
                left.stream().filter(item -> answers.containsKey(item.number())).toList());
        Map<Long, Map<String, Long>> back = reader.tookBack(answers.keySet());
        List<Item> ended = new ArrayList<>();
        answers.forEach((number, answer) -> ended.add(
                switch (Objects.requireNonNull(after.get(number))) {
                    case Step.Order order -> {
                        boolean held = ((Step.Order) Objects.requireNonNull(before.get(number))).holds();
                        yield UndoPlan.order(order, held && answer instanceof Answer.Held);
                    }
                    case Step.Movement movement -> movement(movement, answer, back.getOrDefault(number, Map.of()));
                }));
        return ended;
    }

    private static Command command(UndoStore.Claimed undo, Item item) {
        String key = "undo:" + undo.undoId() + ":" + item.number();
        return item.kind().equals(Step.ORDER)
                ? new Command.Cancel(item.number(), undo.by(), key, List.of())
                : new Command.TakeBack(item.number(), undo.reason(), undo.by(), key);
    }

    private static Optional<Answer> known(CompletableFuture<Answer> answer) {
        try {
            return Optional.of(answer.join());
        } catch (CompletionException unknown) {
            LOG.warn("An undo asks again: {}", unknown.getMessage());
            return Optional.empty();
        }
    }

    private static Item movement(Step.Movement movement, Answer answer, Map<String, Long> back) {
        Map<String, Long> whole = UndoPlan.whole(movement);
        return switch (answer) {
            case Answer.Moved moved when back.equals(whole) -> UndoPlan.item(movement, Outcome.UNDONE, null);
            case Answer.Moved moved -> UndoPlan.item(movement, Outcome.IN_PART, UndoPlan.gone(whole, back));
            case Answer.InsufficientStock gone -> UndoPlan.kept(movement, whole, Map.of());
            case Answer.NotHeld gone -> UndoPlan.item(movement, Outcome.KEPT, "What became of the order since stands.");
            case Answer.Refused refused
            when refused.code() == RefusalCode.ALREADY_REVERSED -> UndoPlan.item(movement, Outcome.ALREADY, null);
            case Answer.Refused refused -> UndoPlan.item(movement, Outcome.KEPT, refused.message());
            default -> UndoPlan.item(movement, Outcome.KEPT, answer.toString());
        };
    }
}
