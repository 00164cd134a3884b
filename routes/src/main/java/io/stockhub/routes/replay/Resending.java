package io.stockhub.routes.replay;

import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.deadletter.DeadLetterStore.Known;
import io.stockhub.routes.inbox.Claimed;
import io.stockhub.routes.inbox.InboxStore;
import io.stockhub.routes.stockout.Dispatcher;
import io.stockhub.routes.stockout.ListingStore;
import io.stockhub.routes.worker.InboxWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends dead letters again, the way they came: a message through its flow, a stock update with today's number. */
public final class Resending {
    private static final Logger LOG = LoggerFactory.getLogger(Resending.class);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration WAIT = Duration.ofMillis(50);
    private static final int WAITS_MAX = 400;
    static final String UNREADABLE = "It could not be read as EDI: have the partner send it again.";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InboxStore inbox;
    private final InboxWorker worker;
    private final ListingStore listings;
    private final Map<String, Dispatcher> dispatchers;

    public Resending(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InboxStore inbox,
            InboxWorker worker,
            ListingStore listings,
            Map<String, Dispatcher> dispatchers) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.inbox = inbox;
        this.worker = worker;
        this.listings = listings;
        this.dispatchers = dispatchers;
    }

    /** A dead letter whose turn it is, and what became of it: absent while that is not known. */
    record Sent(DeadLetter letter, Optional<Resent> resent) {}

    /**
     * Sends them again, side by side: no two are of one lane. Absent is what becomes of one that somebody else handles, or
     * whose lane is busy: it is asked for again.
     */
    List<Sent> resend(List<Known> letters) {
        Map<Long, Claimed> claimed = new HashMap<>();
        List<Long> messages = letters.stream()
                .filter(known -> pending(known.deadLetter()))
                .map(Known::inboxId)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        if (!messages.isEmpty()) {
            List<Claimed> got = transaction.execute(status -> inbox.claimDead(messages, LEASE));
            Objects.requireNonNull(got).forEach(one -> claimed.put(one.inboxId(), one));
        }
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Sent>> running = letters.stream()
                    .map(known -> workers.submit(() -> new Sent(known.deadLetter(), resend(known, claimed))))
                    .toList();
            return IntStream.range(0, letters.size())
                    .mapToObj(i -> ended(letters.get(i).deadLetter(), running.get(i)))
                    .toList();
        }
    }

    /** What could not be written down stays claimed until its lease ends, and is then done again. */
    private static Sent ended(DeadLetter letter, Future<Sent> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.warn(
                    "What became of dead letter {} could not be written; it is sent again.", letter.id(), e.getCause());
        }
        return new Sent(letter, Optional.empty());
    }

    private static boolean pending(DeadLetter letter) {
        return !letter.state().equals("resolved") && !letter.state().equals("discarded");
    }

    private Optional<Resent> resend(Known known, Map<Long, Claimed> claimed) {
        DeadLetter letter = known.deadLetter();
        return switch (letter.state()) {
            case "resolved" -> Optional.of(Resent.alreadyApplied("It was resolved before."));
            case "discarded" -> Optional.of(Resent.failed("It was discarded."));
            default ->
                switch (letter.flow()) {
                    case "stock-out" -> Optional.of(resendUpdate(letter));
                    case "edi-in" -> Optional.of(Resent.failed(UNREADABLE));
                    default -> resendMessage(Objects.requireNonNull(known.inboxId()), claimed);
                };
        };
    }

    private Optional<Resent> resendMessage(long inboxId, Map<Long, Claimed> claimed) {
        Claimed mine = claimed.get(inboxId);
        if (mine == null) {
            return notDead(inboxId);
        }
        InboxWorker.Handled handled = worker.handle(mine);
        return Optional.of(handled.outcome() == null ? Resent.failed(handled.message()) : Resent.of(handled.outcome()));
    }

    private Optional<Resent> notDead(long inboxId) {
        return switch (inbox.state(inboxId).orElse("gone")) {
            case "done" -> Optional.of(Resent.alreadyApplied("It took effect before."));
            // Another replay is running it, or one that was killed: then its lease ends.
            case "running" -> Optional.empty();
            // One of its lane is being handled, which ends by itself; or waits for long.
            case "dead" ->
                inbox.blockedBy(inboxId)
                        .map(earlier -> Resent.failed("Message " + earlier
                                + " of the same lane goes first and is tried again by itself: replay this one then."));
            case "discarded" -> Optional.of(Resent.failed("It was discarded."));
            default -> Optional.of(Resent.failed("It waits for its next attempt, which comes by itself."));
        };
    }

    private Resent resendUpdate(DeadLetter letter) {
        String sku = String.valueOf(letter.sku());
        Dispatcher dispatcher = dispatchers.get(letter.channel());
        if (dispatcher == null) {
            return Resent.failed("Channel " + letter.channel() + " is not configured any more.");
        }
        if (listings.clean(letter.channel(), sku)) {
            resolve(letter);
            return new Resent("superseded", "A later number was accepted already.");
        }
        Instant start = listings.now();
        boolean sent = dispatcher.sendNow(sku);
        for (int i = 0; !sent && i < WAITS_MAX; i++) {
            // It is being sent at this moment: that one carries today's number too, unless it fails.
            LockSupport.parkNanos(WAIT.toNanos());
            sent = listings.confirmedSince(letter.channel(), sku, start) || dispatcher.sendNow(sku);
        }
        if (listings.confirmedSince(letter.channel(), sku, start)) {
            return new Resent("applied", null);
        }
        String why = jdbc.sql("select history -> -1 ->> 'message' from listing where channel = ? and sku = ?"
                        + " order by dirty_since nulls last limit 1")
                .params(letter.channel(), sku)
                .query(String.class)
                .optional()
                .orElse("The channel does not show today's number yet; it is tried again.");
        return Resent.failed(why);
    }

    private void resolve(DeadLetter letter) {
        jdbc.sql("update dead_letter set state = 'resolved', resolved_at = now() where dead_letter_id = ?")
                .param(letter.id())
                .update();
    }
}
