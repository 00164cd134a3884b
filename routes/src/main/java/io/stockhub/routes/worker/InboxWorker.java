package io.stockhub.routes.worker;

import io.stockhub.routes.deadletter.DeadLetterStore;
import io.stockhub.routes.deadletter.Stakes;
import io.stockhub.routes.failure.Backoff;
import io.stockhub.routes.failure.FailureReading;
import io.stockhub.routes.inbox.Claimed;
import io.stockhub.routes.inbox.InboxFlows;
import io.stockhub.routes.inbox.InboxStore;
import io.stockhub.routes.inbox.Outcome;
import io.stockhub.routes.pump.Gathering;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes messages from the inbox to their effect. Effect first, then the message is done: a crash between them repeats
 * the message, and the ledger's key makes that harmless.
 */
public final class InboxWorker {
    private static final Logger LOG = LoggerFactory.getLogger(InboxWorker.class);
    private static final int BATCH = 64;
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofMillis(500);

    private final InboxStore store;
    private final DeadLetterStore deadLetters;
    private final InboxFlows flows;
    private final Backoff backoff;
    private final TransactionTemplate transaction;
    private final Gathering<InboxStore.Ended> handled;
    private final RandomGenerator random = RandomGenerator.getDefault();

    public InboxWorker(
            InboxStore store,
            DeadLetterStore deadLetters,
            InboxFlows flows,
            Backoff backoff,
            TransactionTemplate transaction) {
        this.store = store;
        this.deadLetters = deadLetters;
        this.flows = flows;
        this.backoff = backoff;
        this.transaction = transaction;
        this.handled = new Gathering<>(
                ended -> transaction.executeWithoutResult(status -> deadLetters.resolveMessages(store.done(ended))));
    }

    /** One step of the pump: claims what is due and handles it, lanes side by side. */
    public Duration step() {
        List<Claimed> due = store.claim(BATCH, LEASE);
        if (due.isEmpty()) {
            return IDLE;
        }
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> running = due.stream()
                    .map(claimed -> workers.submit(() -> handle(claimed)))
                    .toList();
            for (Future<?> future : running) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            // What could not be written stays claimed until its lease ends, and is then handled again.
            LOG.warn("The result of a message could not be written; the message is handled again.", e.getCause());
        }
        return Duration.ZERO;
    }

    /**
     * How a message ended.
     *
     * @param outcome null when it failed
     */
    public record Handled(@Nullable Outcome outcome, @Nullable String message) {}

    /** Handles a message that the caller has claimed. */
    public Handled handle(Claimed claimed) {
        Outcome outcome;
        try {
            outcome = claimed.superseded() ? Outcome.SUPERSEDED : flows.handle(claimed.message());
        } catch (Throwable e) {
            // Whatever it is: a message that nobody writes down comes back with every lease, and nobody sees it.
            return failed(claimed, FailureReading.of(e));
        }
        handled.add(List.of(new InboxStore.Ended(claimed, outcome)));
        return new Handled(outcome, null);
    }

    private Handled failed(Claimed claimed, FailureReading reading) {
        if (reading.mayPass() && claimed.attempt() < backoff.attemptsMax()) {
            Duration pause = backoff.pause(claimed.attempt(), reading.failure().retryAfter(), random);
            store.retry(claimed, reading.failure(), pause);
        } else {
            List<Stakes.Line> stake = deadLetters.stake(claimed, reading.failure());
            transaction.executeWithoutResult(status -> {
                if (store.dead(claimed, reading.failure())) {
                    deadLetters.addMessage(claimed, reading, stake);
                }
            });
            LOG.warn(
                    "Dead letter: source={} flow={} message={} code={} attempt={}",
                    claimed.message().source(),
                    claimed.message().flow().code(),
                    claimed.message().messageId(),
                    reading.failure().code(),
                    claimed.attempt());
        }
        return new Handled(null, reading.failure().message());
    }
}
