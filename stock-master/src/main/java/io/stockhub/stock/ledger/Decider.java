package io.stockhub.stock.ledger;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.StockState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides commands one after another on a {@link Book} and collects their {@link Effects}. A rejected command leaves
 * book and effects as they were, so that the commands behind it are decided as if it had never been there.
 */
public final class Decider {
    private final Book book;
    private final OrderRules rules;
    private final Effects effects = new Effects();

    public Decider(Book book, OrderRules rules) {
        this.book = book;
        this.rules = rules;
    }

    public Effects effects() {
        return effects;
    }

    /** The answer to a command, in this order: known key, unknown names, what the command itself can refuse, done. */
    public Answer decide(Command command) {
        byte @Nullable [] hash = command.key() == null ? null : ContentHash.of(command);
        Book.Known known = book.known(command.key());
        if (known != null && hash != null) {
            return known.sameAs(hash) ? firstAnswer(known) : new Answer.KeyConflict(String.valueOf(command.key()));
        }
        int postings = effects.postings.size();
        Answer answer = answer(command);
        fillBackorders(effects.postings.subList(postings, effects.postings.size()));
        answer = asItIsNow(answer);
        if (hash != null) {
            remember(String.valueOf(command.key()), hash, answer);
        }
        return answer;
    }

    private Answer answer(Command command) {
        return switch (command) {
            case Command.Move move -> new Movements(book, effects, move).decide();
            case Command.Reserve reserve -> new Orders(book, effects, rules).reserve(reserve);
            case Command.Confirm confirm -> new Fulfilment(book, effects).confirm(confirm);
            case Command.Pick pick -> new Fulfilment(book, effects).pick(pick);
            case Command.Ship ship -> new Fulfilment(book, effects).ship(ship);
            case Command.Cancel cancel -> new Fulfilment(book, effects).cancel(cancel);
            case Command.Expire expire -> new Fulfilment(book, effects).expire(expire);
            case Command.Reverse reverse -> new Reversals(book, effects).reverse(reverse);
            case Command.TakeBack takeBack -> new Reversals(book, effects).takeBack(takeBack);
            case Command.CloseInbound close -> new Inbounds(book, effects).close(close);
            case Command.FillBackorders fill -> {
                new Backorders(book, effects, rules).fill(Set.of(fill.sku()));
                yield new Answer.Moved(0, book.recordedAt(), false);
            }
        };
    }

    /** Whatever made units available, orders that wait come first. */
    private void fillBackorders(List<Effects.Posting> postings) {
        if (postings.isEmpty()) {
            return;
        }
        Set<String> skus = new LinkedHashSet<>();
        for (Effects.Posting posting : postings) {
            if (posting.to().state() == StockState.AVAILABLE) {
                skus.add(posting.to().sku());
            }
        }
        if (!skus.isEmpty()) {
            new Backorders(book, effects, rules).fill(skus);
        }
    }

    /** What an order gave back it may have got again with another of its lines. */
    private Answer asItIsNow(Answer answer) {
        if (answer instanceof Answer.Held held) {
            Book.Booked now = book.booked(held.reservation().reservationId());
            return now == null ? answer : new Answer.Held(now.reservation(), held.replayed());
        }
        return answer;
    }

    private Answer firstAnswer(Book.Known known) {
        Book.Booked booked = book.booked(known.reservationId());
        if (booked != null) {
            return new Answer.Held(booked.reservation(), true);
        }
        long movementId = known.movementId() == null ? 0 : known.movementId();
        return new Answer.Moved(movementId, known.recordedAt(), true);
    }

    private void remember(String key, byte[] hash, Answer answer) {
        Long movementId = answer instanceof Answer.Moved moved ? (Long) moved.movementId() : null;
        Long reservationId =
                answer instanceof Answer.Held held ? (Long) held.reservation().reservationId() : null;
        if (movementId == null && reservationId == null) {
            return;
        }
        effects.remembered.add(new Effects.Remembered(key, hash, movementId, reservationId));
        book.addKey(key, new Book.Known(hash, movementId, reservationId, book.recordedAt()));
    }
}
