package io.stockhub.routes;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the messages are that came in. Each is in exactly one {@link State}, so at any moment
 * {@code received = open + done + dead + discarded}. Payloads are never in an answer.
 */
public interface Inbox {

    /** Where a message is in its life. The first five are open. */
    enum State {
        /** First of its lane and not tried yet. */
        RECEIVED,
        /** An earlier message of its lane goes first, which has not failed. */
        WAITING,
        /** A hub handles it, or held it when it was killed: then it is handled again when the lease ends. */
        RUNNING,
        /** It failed, which may pass: it is tried again at {@link Message#nextAttemptAt}. */
        RETRYING,
        /** An earlier message of its lane goes first, which has failed: {@link Message#blockedBy}. */
        BLOCKED,
        DONE,
        /** Given up; in the dead letters. It holds up nobody. */
        DEAD,
        /** Somebody decided that it shall have no effect. */
        DISCARDED;

        /** As in the API, in metrics and in the database. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Messages that are not done, counted at one moment.
     *
     * @param unaccounted contradictions between messages and dead letters; 0, or the hub has a fault. Allowed are
     *     {@code received} without a dead letter; {@code running} and {@code retrying} without one, or with an open one
     *     (a replay); {@code done} without one or with a resolved one; {@code dead} with an open one; {@code discarded}
     *     with a discarded one; a dead letter of {@code orders-in} and {@code receipts-in} with its message
     * @param oldestOpenSince when the oldest open message came; null when none is open
     */
    record NotDone(
            long received,
            long waiting,
            long running,
            long retrying,
            long blocked,
            long dead,
            long discarded,
            long unaccounted,
            @Nullable Instant oldestOpenSince) {

        /** Will be handled without anybody's doing. */
        public long open() {
            return received + waiting + running + retrying + blocked;
        }

        /** How many are in this state. {@code DONE} is not among them. */
        public long in(State state) {
            return switch (state) {
                case RECEIVED -> received;
                case WAITING -> waiting;
                case RUNNING -> running;
                case RETRYING -> retrying;
                case BLOCKED -> blocked;
                case DEAD -> dead;
                case DISCARDED -> discarded;
                case DONE -> throw new IllegalArgumentException("done is not counted here");
            };
        }
    }

    /**
     * All messages, counted at one moment.
     *
     * @param received every message that was ever accepted
     */
    record Totals(long received, NotDone notDone) {

        /** The rest: no row is in two states or in none, and counting the rest one by one reads the whole table. */
        public long done() {
            return received - notDone.open() - notDone.dead() - notDone.discarded();
        }
    }

    /** Which messages; null for {@code source} means any, for {@code state} all that are open. */
    record Filter(@Nullable String source, @Nullable State state) {}

    /**
     * One message.
     *
     * @param source channel or EDI partner
     * @param lane what it is about: the order, the document
     * @param attempts how often it was handled to an end
     * @param nextAttemptAt when a {@code RETRYING} one is tried again; null in every other state
     * @param blockedBy id of the message that goes first and has failed; null unless {@code BLOCKED}
     * @param lastFailure why it failed last; null when it never did
     * @param deadLetterId its dead letter, whatever became of that; null when it never had one
     */
    record Message(
            long id,
            String flow,
            String source,
            String messageId,
            String lane,
            State state,
            Instant receivedAt,
            int attempts,
            @Nullable Instant nextAttemptAt,
            @Nullable Long blockedBy,
            @Nullable LastFailure lastFailure,
            @Nullable Long deadLetterId) {}

    /** Code as in docs/errors.md; the message is for people. */
    record LastFailure(String code, String message) {}

    /** Costs as much as there are open messages and dead letters, however many are done. */
    NotDone notDone();

    /** The same and how many there are in all, which reads an index of every message: some 50 ms a million. */
    Totals totals();

    /** Oldest first, those with an id above {@code after}, at most {@code limit}. */
    List<Message> messages(Filter filter, long after, int limit);

    /**
     * One message from its arrival to its end.
     *
     * @param failures each try that failed, oldest first; the message says why
     * @param doneAt when it was done; null until it is
     * @param outcome what handling it came to: {@code applied}, {@code already-applied}, {@code ignored},
     *     {@code nothing-to-cancel} or {@code superseded}; null until it is done
     */
    record Life(
            Message message, List<DeadLetters.Attempt> failures, @Nullable Instant doneAt, @Nullable String outcome) {}

    /** Absent when there is no message of that id. */
    Optional<Life> life(long id);

    /**
     * Messages that {@code text} names: by their id, the sender's id, the order or document that they are about, or a SKU: the
     * newest orders of it (ours) and the newest that failed over it (as the sender calls it), 200 of each.
     *
     * @param before only ids below it; null for the first page
     * @return newest first, at most {@code limit}
     */
    List<Message> search(String text, @Nullable Long before, int limit);
}
