package io.stockhub.stock.ledger;

import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One movement in the making. Its postings are in the book at once, so that the next line sees them; a command that is
 * refused half way takes them back.
 */
final class Entry {
    private final Book book;
    private final Effects effects;
    private final MovementKind kind;
    private final @Nullable String reference;
    private final @Nullable String reason;
    private final String actor;
    private final Instant occurredAt;
    private final @Nullable Long reverses;
    private final int firstPosting;
    private final long number;
    private long movementId;

    /** The movement that makes an order: it has the order's own number. */
    static Entry ofOrder(Book book, Effects effects, Command.Reserve reserve, long reservationId) {
        return new Entry(
                book,
                effects,
                MovementKind.RESERVATION,
                reserve.orderRef(),
                null,
                reserve.actor(),
                reserve.occurredAt(),
                null,
                reservationId);
    }

    Entry(
            Book book,
            Effects effects,
            MovementKind kind,
            @Nullable String reference,
            @Nullable String reason,
            String actor,
            @Nullable Instant occurredAt,
            @Nullable Long reverses) {
        this(book, effects, kind, reference, reason, actor, occurredAt, reverses, 0);
    }

    private Entry(
            Book book,
            Effects effects,
            MovementKind kind,
            @Nullable String reference,
            @Nullable String reason,
            String actor,
            @Nullable Instant occurredAt,
            @Nullable Long reverses,
            long number) {
        this.book = book;
        this.effects = effects;
        this.kind = kind;
        this.reference = reference;
        this.reason = reason;
        this.actor = actor;
        this.occurredAt = occurredAt == null ? book.recordedAt() : occurredAt;
        this.reverses = reverses;
        this.number = number;
        this.firstPosting = effects.postings.size();
    }

    /** The number of the movement; 0 as long as nothing was posted. */
    long movementId() {
        return movementId;
    }

    void post(Account from, Account to, long quantity) {
        post(from, to, quantity, null, null);
    }

    void post(
            Account from,
            Account to,
            long quantity,
            @Nullable BigDecimal unitCost,
            Effects.@Nullable OrderLine orderLine) {
        if (movementId == 0) {
            movementId = number == 0 ? book.nextNumber() : number;
            effects.movements.add(
                    new Effects.Movement(movementId, kind, reference, reason, actor, occurredAt, reverses));
        }
        int line = effects.postings.size() - firstPosting;
        effects.postings.add(new Effects.Posting(movementId, line, from, to, quantity, unitCost, orderLine));
        book.move(from, to, quantity);
    }

    /** Takes everything back; the entry must be the last that was opened. */
    void abandon() {
        if (movementId == 0) {
            return;
        }
        for (int i = effects.postings.size() - 1; i >= firstPosting; i--) {
            Effects.Posting posting = effects.postings.remove(i);
            book.move(posting.to(), posting.from(), posting.quantity());
        }
        effects.movements.removeLast();
        movementId = 0;
    }
}
