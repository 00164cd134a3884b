package io.stockhub.routes.replay;

import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.failure.FailureReading;
import io.stockhub.routes.inbox.Claimed;
import io.stockhub.routes.inbox.InboxFlows;
import io.stockhub.routes.inbox.InboxStore;
import io.stockhub.routes.stockout.Dispatcher;
import io.stockhub.routes.stockout.ListingStore;
import io.stockhub.routes.worker.InboxWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sends one dead letter again, the way it came: a message through its flow, a stock update with today's number. */
public final class Resending {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration WAIT = Duration.ofMillis(50);
    private static final int WAITS_MAX = 400;
    private static final String UNREADABLE = "It could not be read as EDI: have the partner send it again.";

    private final JdbcClient jdbc;
    private final InboxStore inbox;
    private final InboxWorker worker;
    private final InboxFlows flows;
    private final ListingStore listings;
    private final Map<String, Dispatcher> dispatchers;

    public Resending(
            JdbcClient jdbc,
            InboxStore inbox,
            InboxWorker worker,
            InboxFlows flows,
            ListingStore listings,
            Map<String, Dispatcher> dispatchers) {
        this.jdbc = jdbc;
        this.inbox = inbox;
        this.worker = worker;
        this.flows = flows;
        this.listings = listings;
        this.dispatchers = dispatchers;
    }

    /** Absent while somebody else handles the message: what comes of it is not known yet. */
    Optional<Resent> resend(DeadLetter letter) {
        return switch (letter.flow()) {
            case "stock-out" -> Optional.of(resendUpdate(letter));
            case "edi-in" -> Optional.of(Resent.failed(UNREADABLE));
            default -> resendMessage(letter);
        };
    }

    /** What {@link #resend} would do, as far as that can be known without doing it. */
    Resent preview(DeadLetter letter) {
        if (letter.flow().equals("stock-out")) {
            return listings.clean(letter.channel(), String.valueOf(letter.sku()))
                    ? new Resent("superseded", "A later number was accepted already.")
                    : new Resent("applied", "Today's number would be sent.");
        }
        if (letter.flow().equals("edi-in")) {
            return Resent.failed(UNREADABLE);
        }
        Claimed message = inbox.find(inboxId(letter)).orElseThrow();
        try {
            return message.superseded()
                    ? Resent.of(io.stockhub.routes.inbox.Outcome.SUPERSEDED)
                    : Resent.of(flows.preview(message.message()));
        } catch (RuntimeException e) {
            return Resent.failed(FailureReading.of(e).failure().message());
        }
    }

    private Optional<Resent> resendMessage(DeadLetter letter) {
        Optional<Claimed> claimed = inbox.claimDead(inboxId(letter), LEASE);
        if (claimed.isEmpty()) {
            return notDead(inboxId(letter));
        }
        InboxWorker.Handled handled = worker.handle(claimed.get());
        return Optional.of(handled.outcome() == null ? Resent.failed(handled.message()) : Resent.of(handled.outcome()));
    }

    private Optional<Resent> notDead(long inboxId) {
        return switch (inbox.state(inboxId).orElse("gone")) {
            case "done" -> Optional.of(Resent.alreadyApplied("It took effect before."));
            // Another replay is running it, or one that was killed: then its lease ends.
            case "running", "dead" -> Optional.empty();
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

    private long inboxId(DeadLetter letter) {
        return jdbc.sql("select inbox_id from dead_letter where dead_letter_id = ?")
                .param(letter.id())
                .query(Long.class)
                .single();
    }
}
