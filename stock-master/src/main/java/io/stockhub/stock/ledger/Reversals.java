package io.stockhub.stock.ledger;

import static io.stockhub.stock.ledger.Movements.refused;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.Detail;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.RefusalCode;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Undoes a movement by its opposite, in the ledger and in the order or document that it was for. */
final class Reversals {
    private final Book book;
    private final Effects effects;

    Reversals(Book book, Effects effects) {
        this.book = book;
        this.effects = effects;
    }

    Answer reverse(Command.Reverse reverse) {
        return undo(new Wish(reverse.movementId(), reverse.reason(), reverse.actor(), false));
    }

    Answer takeBack(Command.TakeBack takeBack) {
        return undo(new Wish(takeBack.movementId(), takeBack.reason(), takeBack.actor(), true));
    }

    /** @param inPart whether some of it is better than nothing */
    private record Wish(long movementId, @Nullable String reason, String actor, boolean inPart) {}

    private Answer undo(Wish wish) {
        Book.Past past = book.past(wish.movementId());
        if (past == null) {
            return new Answer.UnknownMovement(wish.movementId());
        }
        if (past.kind() == MovementKind.REVERSAL) {
            return refused(
                    RefusalCode.IS_A_REVERSAL, "movementId", "a reversal is not reversed (expected: do it anew)");
        }
        if (past.reversed()) {
            return refused(RefusalCode.ALREADY_REVERSED, "movementId", wish.movementId() + " was reversed already");
        }
        Answer notOurs = documentRefusal(past);
        if (notOurs != null) {
            return notOurs;
        }
        List<Answer.Shortage> shortages = shortages(past);
        if (shortages.isEmpty()) {
            Answer refusal = orderRefusal(past);
            return refusal == null ? post(wish, past, past.postings()) : refusal;
        }
        List<Effects.Posting> left = wish.inPart() && divisible(past) ? stillThere(past) : List.of();
        return left.isEmpty() ? new Answer.InsufficientStock(shortages) : post(wish, past, left);
    }

    /** An order's lines, an announcement and a kit's parts belong together. */
    private static boolean divisible(Book.Past past) {
        return past.kind() != MovementKind.EXPECT
                && past.kind() != MovementKind.ASSEMBLY
                && past.postings().stream().allMatch(posting -> posting.orderLine() == null);
    }

    /** The postings, each with as many units as can be moved back, the last posting first. */
    private List<Effects.Posting> stillThere(Book.Past past) {
        Map<Account, Long> there = new HashMap<>();
        List<Effects.Posting> left = new ArrayList<>();
        for (Effects.Posting posting : past.postings().reversed()) {
            long units = Math.min(posting.quantity(), there.computeIfAbsent(posting.to(), this::movable));
            String serial = posting.from().detail().serial();
            boolean elsewhere = posting.to().state().outside()
                    && !serial.isEmpty()
                    && book.serialInside(posting.from().sku(), serial);
            if (units > 0 && !elsewhere) {
                there.merge(posting.to(), -units, Long::sum);
                there.put(posting.from(), there.computeIfAbsent(posting.from(), this::movable) + units);
                left.addFirst(new Effects.Posting(
                        posting.movementId(),
                        posting.line(),
                        posting.from(),
                        posting.to(),
                        units,
                        posting.unitCost(),
                        null));
            }
        }
        return left;
    }

    /** The world outside never runs out. */
    private long movable(Account account) {
        return account.state().outside() ? Long.MAX_VALUE / 2 : book.quantity(account);
    }

    private Answer post(Wish wish, Book.Past past, List<Effects.Posting> postings) {
        Entry entry = new Entry(
                book,
                effects,
                MovementKind.REVERSAL,
                past.reference(),
                wish.reason(),
                wish.actor(),
                null,
                wish.movementId());
        Map<Documented, Long> came = came(past, postings, wish.movementId());
        for (Effects.Posting posting : postings.reversed()) {
            entry.post(posting.to(), back(posting), posting.quantity(), posting.unitCost(), posting.orderLine());
            if (posting.orderLine() != null) {
                order(posting, posting.orderLine());
            }
            if (posting.unitCost() != null && !posting.from().state().onHand()) {
                new Costs(book, effects).takenBack(posting.from().sku(), posting.quantity(), posting.unitCost());
            }
        }
        if (postings.equals(past.postings())) {
            effects.reversed.add(wish.movementId());
            book.dropDiscrepancies(wish.movementId());
        }
        Inbounds inbounds = new Inbounds(book, effects);
        came.forEach((of, units) -> {
            if (past.kind() == MovementKind.EXPECT) {
                inbounds.announceWhatIs(entry, of.location(), of.reference(), of.sku(), units);
            } else {
                inbounds.settle(entry, of.location(), of.reference(), of.sku(), units);
            }
        });
        book.addPast(wish.movementId(), new Book.Past(past.kind(), past.reference(), true, past.postings()));
        return new Answer.Moved(entry.movementId(), book.recordedAt(), false);
    }

    /** What a closed inbound announced stays as it was closed, and a channel's own place as the channel reported it. */
    private @Nullable Answer documentRefusal(Book.Past past) {
        for (Effects.Posting posting : past.postings()) {
            for (Account account : List.of(posting.from(), posting.to())) {
                Book.Inbound inbound = account.state() == StockState.EXPECTED
                        ? book.inbound(account.location(), account.detail().holder())
                        : null;
                if (past.kind() == MovementKind.EXPECT && inbound != null && inbound.closed()) {
                    return refused(
                            RefusalCode.INBOUND_CLOSED,
                            "movementId",
                            "\"" + account.detail().holder() + "\" is closed (expected: an open inbound)");
                }
                Book.Place place = book.place(account.location());
                if (account.state().onHand() && place != null && place.managedBy() != null) {
                    return refused(
                            RefusalCode.READ_ONLY_LOCATION,
                            "movementId",
                            "\"" + account.location() + "\" is run by " + place.managedBy()
                                    + " (expected: another report of theirs)");
                }
            }
        }
        return null;
    }

    /** Nothing is expected of an inbound that was closed: such units go back to the supplier. */
    private Account back(Effects.Posting posting) {
        Account from = posting.from();
        if (from.state() == StockState.EXPECTED) {
            Book.Inbound inbound = book.inbound(from.location(), from.detail().holder());
            if (inbound != null && inbound.closed()) {
                return new Account(from.sku(), from.location(), StockState.SUPPLIER, Detail.NONE);
            }
        }
        return from;
    }

    /** What is not where the movement brought it cannot be taken back from there. */
    private List<Answer.Shortage> shortages(Book.Past past) {
        Map<Account, Long> needed = new HashMap<>();
        List<Answer.Shortage> shortages = new ArrayList<>();
        for (Effects.Posting posting : past.postings()) {
            if (!posting.to().state().outside()) {
                needed.merge(posting.to(), posting.quantity(), Long::sum);
            }
            // What the movement itself moved on is there again when the later posting is undone first.
            if (needed.containsKey(posting.from())) {
                needed.merge(posting.from(), -posting.quantity(), Long::sum);
            }
        }
        needed.forEach((account, quantity) -> {
            long there = book.quantity(account);
            if (there < quantity) {
                shortages.add(new Answer.Shortage(0, account.sku(), quantity, there));
            }
        });
        for (Effects.Posting posting : past.postings()) {
            String serial = posting.from().detail().serial();
            if (posting.to().state().outside()
                    && !serial.isEmpty()
                    && book.serialInside(posting.from().sku(), serial)) {
                shortages.add(new Answer.Shortage(0, posting.from().sku(), 1, 0));
            }
        }
        return shortages;
    }

    /** The allocations must still be what the movement made of them. */
    private @Nullable Answer orderRefusal(Book.Past past) {
        boolean ofAnOrder =
                switch (past.kind()) {
                    case RESERVATION, RELEASE, PICK, SHIP -> true;
                    default -> false;
                };
        Map<Effects.OrderLine, Long> unshipped = new HashMap<>();
        Map<Undone, Long> undone = new HashMap<>();
        for (Effects.Posting posting : past.postings()) {
            Effects.OrderLine line = posting.orderLine();
            if (line == null) {
                if (ofAnOrder) {
                    return refused(
                            RefusalCode.NOT_REVERSIBLE,
                            "movementId",
                            "it was made before the ledger kept which order it was for");
                }
                continue;
            }
            Reservation reservation = reservation(line);
            if (reservation == null) {
                return new Answer.UnknownReservation(line.reservationId());
            }
            Reservation.Allocation held = allocation(reservation, line, posting);
            long has = held == null ? 0 : possible(posting, held);
            // Two postings may lie on one allocation, each small enough.
            Undone state = new Undone(line, inside(posting), posting.to().state());
            long needed = undone.merge(state, posting.quantity(), Long::sum);
            if (past.kind() != MovementKind.RETURN && has < needed) {
                return new Answer.NotHeld(0, posting.from().sku(), sum(past, state), has);
            }
            if (posting.to().state() == StockState.CUSTOMER) {
                unshipped.merge(line, posting.quantity(), Long::sum);
            }
        }
        for (Map.Entry<Effects.OrderLine, Long> entry : unshipped.entrySet()) {
            Reservation reservation = reservation(entry.getKey());
            Reservation.Line line = reservation == null
                    ? null
                    : reservation.lines().get(entry.getKey().line());
            if (line != null && line.shipped() - line.returned() < units(line, entry.getValue())) {
                return refused(
                        RefusalCode.RETURNED_ALREADY,
                        "movementId",
                        "some of what was shipped of " + line.sku() + " came back already");
            }
        }
        return null;
    }

    private record Undone(Effects.OrderLine line, Account reserved, StockState state) {}

    private static long sum(Book.Past past, Undone state) {
        long sum = 0;
        for (Effects.Posting posting : past.postings()) {
            if (state.line().equals(posting.orderLine())
                    && state.reserved().equals(inside(posting))
                    && state.state() == posting.to().state()) {
                sum += posting.quantity();
            }
        }
        return sum;
    }

    /** The reserved account of the allocation that a posting of an order changed. */
    private static Account inside(Effects.Posting posting) {
        return (posting.to().state().outside() ? posting.from() : posting.to()).in(StockState.RESERVED);
    }

    private static long units(Reservation.Line line, long partUnits) {
        long perBundle =
                line.parts().values().stream().mapToLong(Long::longValue).sum();
        return partUnits / perBundle;
    }

    private @Nullable Reservation reservation(Effects.OrderLine line) {
        Book.Booked booked = book.booked(line.reservationId());
        return booked == null ? null : booked.reservation();
    }

    private static Reservation.@Nullable Allocation allocation(
            Reservation reservation, Effects.OrderLine line, Effects.Posting posting) {
        Account reserved = inside(posting);
        return reservation.lines().get(line.line()).allocations().stream()
                .filter(allocation -> Allocations.account(allocation).equals(reserved))
                .findFirst()
                .orElse(null);
    }

    /** How many units of the allocation are in the state that the posting brought them to. */
    private static long possible(Effects.Posting posting, Reservation.Allocation held) {
        return switch (posting.to().state()) {
            case RESERVED -> held.onShelf();
            case PICKED -> held.picked();
            case CUSTOMER -> held.shipped();
            default -> held.cancelled();
        };
    }

    /** Brings the allocation, or what came back, to where it was before the posting. */
    private void order(Effects.Posting posting, Effects.OrderLine orderLine) {
        Book.Booked booked = book.booked(orderLine.reservationId());
        if (booked == null) {
            return;
        }
        Reservation reservation = booked.reservation();
        Reservation.Line line = reservation.lines().get(orderLine.line());
        if (posting.from().state() == StockState.CUSTOMER) {
            String first = line.parts().keySet().iterator().next();
            if (posting.from().sku().equals(first)) {
                long units = posting.quantity() / line.parts().getOrDefault(first, 1L);
                effects.lineChanges.add(new Effects.LineChange(orderLine, 0, -units));
                reservation = Returns.returned(reservation, orderLine.line(), -units);
                book.addReservation(new Book.Booked(reservation, booked.demandHash()));
            }
            return;
        }
        Account reserved = inside(posting);
        long quantity = posting.quantity();
        Allocations allocations = new Allocations(effects, orderLine, line.allocations());
        switch (posting.to().state()) {
            case RESERVED -> allocations.change(reserved, 0, 0, 0, quantity);
            case PICKED -> allocations.change(reserved, 0, -quantity, 0, 0);
            case CUSTOMER ->
                allocations.change(
                        reserved, 0, posting.from().state() == StockState.PICKED ? quantity : 0, -quantity, 0);
            default ->
                allocations.change(
                        reserved, 0, posting.from().state() == StockState.PICKED ? quantity : 0, 0, -quantity);
        }
        List<Reservation.Line> lines = new ArrayList<>(reservation.lines());
        lines.set(
                orderLine.line(),
                new Reservation.Line(
                        line.sku(),
                        line.quantity(),
                        line.backordered(),
                        line.returned(),
                        line.parts(),
                        allocations.list()));
        book.addReservation(new Book.Booked(reservation.with(lines), booked.demandHash()));
    }

    private record Documented(String location, String reference, String sku) {}

    /** What will have come of each open inbound when the movement is undone. */
    private Map<Documented, Long> came(Book.Past past, List<Effects.Posting> postings, long movementId) {
        Map<Documented, Long> came = new LinkedHashMap<>();
        for (Effects.Posting posting : postings) {
            boolean receipt = past.kind() == MovementKind.RECEIPT;
            String reference = receipt
                    ? past.reference()
                    : posting.to().detail().holder() + posting.from().detail().holder();
            String location = posting.to().location();
            Book.Inbound inbound = book.inbound(location, reference);
            if ((receipt || past.kind() == MovementKind.EXPECT)
                    && reference != null
                    && inbound != null
                    && !inbound.closed()
                    && movementId > inbound.since()) {
                Documented of = new Documented(location, reference, posting.to().sku());
                came.putIfAbsent(of, new Inbounds(book, effects).came(location, reference, of.sku()));
                came.merge(of, receipt ? -posting.quantity() : 0, Long::sum);
            }
        }
        return came;
    }
}
