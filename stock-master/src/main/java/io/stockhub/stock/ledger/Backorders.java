package io.stockhub.stock.ledger;

import io.stockhub.stock.MovementKind;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockState;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives stock that comes in to the orders that wait for it, before anybody else can have it: the oldest order first, from
 * the locations in the order in which orders are allocated. An order that waits is a promise already made.
 */
final class Backorders {
    private final Book book;
    private final Effects effects;

    Backorders(Book book, Effects effects) {
        this.book = book;
        this.effects = effects;
    }

    void fill(String sku) {
        for (Book.Booked waiting : book.waitingFor(sku)) {
            if (available(sku) == 0) {
                return;
            }
            fill(waiting, sku);
        }
    }

    private long available(String sku) {
        return book.locations().stream()
                .mapToLong(location -> book.available(sku, location))
                .sum();
    }

    private void fill(Book.Booked waiting, String sku) {
        Reservation before = waiting.reservation();
        long movementId = book.nextNumber();
        effects.movements.add(new Effects.Movement(
                movementId,
                MovementKind.RESERVATION,
                before.orderRef(),
                "backorder",
                before.channel(),
                book.recordedAt()));
        List<Reservation.Line> lines = new ArrayList<>();
        int first = effects.postings.size();
        for (int i = 0; i < before.lines().size(); i++) {
            Reservation.Line line = before.lines().get(i);
            lines.add(line.sku().equals(sku) ? fill(before.reservationId(), i, line, movementId, first) : line);
        }
        Reservation after = new Reservation(
                before.reservationId(),
                before.channel(),
                before.orderRef(),
                before.policy(),
                List.copyOf(lines),
                before.movementId(),
                before.recordedAt());
        book.addReservation(new Book.Booked(after, waiting.demandHash()));
    }

    private Reservation.Line fill(
            long reservationId, int number, Reservation.Line line, long movementId, int firstPosting) {
        List<Reservation.Allocation> allocations = new ArrayList<>(line.allocations());
        long open = line.backordered();
        for (String location : book.locations()) {
            long taken = Math.min(open, book.available(line.sku(), location));
            if (taken > 0) {
                open -= taken;
                Account shelf = new Account(line.sku(), location, StockState.AVAILABLE);
                Account promised = new Account(line.sku(), location, StockState.RESERVED);
                effects.postings.add(new Effects.Posting(
                        movementId, effects.postings.size() - firstPosting, shelf, promised, taken));
                book.move(shelf, promised, taken);
                effects.filled.add(new Effects.Filled(reservationId, number, location, taken));
                add(allocations, location, taken);
            }
        }
        effects.backorderChanges.add(new Effects.BackorderChange(reservationId, number, line.backordered() - open));
        return new Reservation.Line(line.sku(), line.quantity(), open, List.copyOf(allocations));
    }

    private static void add(List<Reservation.Allocation> allocations, String location, long quantity) {
        for (int i = 0; i < allocations.size(); i++) {
            Reservation.Allocation there = allocations.get(i);
            if (there.location().equals(location)) {
                allocations.set(
                        i,
                        new Reservation.Allocation(
                                location, there.quantity() + quantity, there.shipped(), there.cancelled()));
                return;
            }
        }
        allocations.add(new Reservation.Allocation(location, quantity, 0, 0));
    }
}
