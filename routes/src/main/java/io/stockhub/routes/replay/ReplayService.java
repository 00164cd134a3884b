package io.stockhub.routes.replay;

import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.Replays;
import io.stockhub.routes.deadletter.DeadLetterStore;
import io.stockhub.routes.deadletter.DeadLetterStore.Known;
import io.stockhub.routes.inbox.InboxStore;
import io.stockhub.stock.Catalogue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Replays are rows: what is left of one is done after a restart, by any hub. Jobs take turns, a batch each. Each dead letter
 * is taken by one conditional update, so that two replays at once never run one message twice at the same time, nor two of
 * one lane; the one that comes second waits for what becomes of it.
 */
public final class ReplayService implements Replays {
    /** Messages in hand at once. */
    public static final int BATCH = 128;

    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(100);
    private static final int ITEMS_SHOWN = 1_000;

    private final TransactionTemplate transaction;
    private final ReplayStore store;
    private final DeadLetterStore deadLetters;
    private final InboxStore inbox;
    private final Resending resending;
    private final Preview preview;
    private final Fixes fixes;
    private final int batch;
    private final Runnable wake;

    /** @param batch how many messages are in hand at once */
    public ReplayService(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            DeadLetterStore deadLetters,
            InboxStore inbox,
            Resending resending,
            Preview preview,
            Catalogue catalogue,
            int batch,
            Runnable wake) {
        this.transaction = transaction;
        this.store = new ReplayStore(jdbc);
        this.deadLetters = deadLetters;
        this.inbox = inbox;
        this.resending = resending;
        this.preview = preview;
        this.fixes = new Fixes(deadLetters, catalogue);
        this.batch = batch;
        this.wake = wake;
    }

    @Override
    public long start(Request request) {
        return start(request, null);
    }

    private long start(Request request, @Nullable Fix fix) {
        check(request.rate());
        List<Long> ids = ids(request);
        Long replayId = transaction.execute(status -> {
            if (request.payload() != null) {
                inbox.edit(inboxId(ids), request.payload());
            }
            long id = store.add(request, ids);
            if (fix != null) {
                store.addFix(fix.cause(), fix.kind(), fix.sku(), fix.reason(), fix.by(), id);
            }
            return id;
        });
        wake.run();
        return Objects.requireNonNull(replayId);
    }

    private static void check(@Nullable BigDecimal rate) {
        if (rate != null && rate.signum() <= 0) {
            throw new IllegalArgumentException("rate: " + rate + " (expected: messages a second, above 0)");
        }
    }

    private List<Long> ids(Request request) {
        if (request.payload() != null && request.dryRun()) {
            throw new IllegalArgumentException("payload: not with dryRun (expected: one of them)");
        }
        if (request.payload() != null && request.ids().size() != 1) {
            throw new IllegalArgumentException(
                    "payload: needs exactly one id, got " + request.ids().size());
        }
        if (!request.ids().isEmpty()) {
            List<Long> ids = request.ids().stream().distinct().sorted().toList();
            Set<Long> known = new HashSet<>();
            deadLetters.known(ids).forEach(one -> known.add(one.deadLetter().id()));
            ids.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
                throw new IllegalArgumentException("ids: there is no dead letter " + id);
            });
            return ids;
        }
        DeadLetters.Filter filter = request.filter();
        if (filter == null) {
            throw new IllegalArgumentException("ids or filter: missing (expected: one of them)");
        }
        return deadLetters.ids(filter.open());
    }

    private long inboxId(List<Long> ids) {
        Long inboxId = deadLetters.known(ids).getFirst().inboxId();
        if (inboxId == null) {
            throw new IllegalArgumentException("payload: dead letter " + ids.getFirst()
                    + " is not a message that came in; a stock update sends today's number");
        }
        return inboxId;
    }

    @Override
    public Optional<Progress> progress(long replayId) {
        return store.job(replayId).map(job -> new Progress(job, store.items(replayId, ITEMS_SHOWN)));
    }

    @Override
    public List<Job> list(@Nullable Long before, int limit) {
        return store.jobs(before, limit);
    }

    @Override
    public Optional<Job> change(long replayId, Act act, String by) {
        boolean changed = Boolean.TRUE.equals(transaction.execute(status -> store.change(replayId, act, by)));
        wake.run();
        return store.job(replayId).map(job -> {
            if (!changed) {
                throw new IllegalStateException("Replay " + replayId + " is over: " + job.state() + ".");
            }
            return job;
        });
    }

    @Override
    public Optional<Fixed> fix(Fix fix) {
        check(fix.rate());
        return fixes.make(fix).map(made -> {
            Request request = new Request(
                    List.of(),
                    new DeadLetters.Filter(null, fix.cause(), null, null, null),
                    false,
                    null,
                    fix.reason(),
                    fix.by(),
                    fix.rate());
            long replayId = start(request, fix);
            return new Fixed(replayId, store.job(replayId).map(Job::total).orElse(0L), made.system(), made.alias());
        });
    }

    /** One step of the pump: some items of the job whose turn it is, or nothing. */
    public Duration step() {
        Set<Long> blocked = new HashSet<>();
        while (true) {
            List<Long> taken = new ArrayList<>();
            ReplayStore.Turn turn = transaction.execute(status -> {
                ReplayStore.Turn mine = store.turn(batch).orElse(null);
                if (mine != null) {
                    taken.addAll(store.take(mine));
                }
                return mine;
            });
            if (turn == null) {
                store.cancelLeft();
                return store.pause().filter(pause -> pause.compareTo(IDLE) < 0).orElse(IDLE);
            }
            if (!taken.isEmpty()) {
                return run(turn, taken);
            }
            // Another hub or job has in hand what could go next. Or the job has ended with somebody else's items.
            store.end(turn.replayId(), Map.of(), List.of());
            if (!blocked.add(turn.replayId())) {
                return SOON;
            }
        }
    }

    private Duration run(ReplayStore.Turn turn, List<Long> taken) {
        Map<Long, Resent> known = new HashMap<>();
        List<Long> unknown = new ArrayList<>();
        List<Known> letters = deadLetters.known(taken).stream()
                .sorted(Comparator.comparing(one -> one.deadLetter().id()))
                .toList();
        if (turn.dryRun()) {
            letters.forEach(one -> known.put(one.deadLetter().id(), preview.of(one)));
        } else {
            resending.resend(letters).forEach(sent -> sent.resent()
                    .ifPresentOrElse(
                            resent -> known.put(sent.letter().id(), resent),
                            () -> unknown.add(sent.letter().id())));
        }
        transaction.executeWithoutResult(status -> store.end(turn.replayId(), known, unknown));
        return known.isEmpty() ? SOON : Duration.ZERO;
    }
}
