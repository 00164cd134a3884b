package io.stockhub.stock.ledger;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens to a reservation after it was accepted: it is shipped or given back, whole or in parts. */
final class Fulfilment {
    private final Book book;
    private final Effects effects;

    Fulfilment(Book book, Effects effects) {
        this.book = book;
        this.effects = effects;
    }

    Answer ship(Command.Ship ship) {
        return change(ship.reservationId(), ship.lines(), ship.actor(), MovementKind.SHIP);
    }

    Answer cancel(Command.Cancel cancel) {
        return change(cancel.reservationId(), cancel.lines(), cancel.actor(), MovementKind.RELEASE);
    }

    private Answer change(long reservationId, List<Command.Line> asked, String actor, MovementKind kind) {
        Book.Booked booked = book.booked(reservationId);
        if (booked == null) {
            return new Answer.UnknownReservation(reservationId);
        }
        Reservation reservation = booked.reservation();
        boolean release = kind == MovementKind.RELEASE;
        if (asked.isEmpty() && isDoneAlready(reservation, release)) {
            return new Answer.Held(reservation, true);
        }
        Map<String, Long> wanted = asked.isEmpty() ? allOpen(reservation, release) : summed(asked);
        Answer refusal = refusal(reservation, asked, wanted, release);
        if (refusal != null) {
            return refusal;
        }
        return new Answer.Held(apply(booked, wanted, actor, kind), false);
    }

    private static boolean isDoneAlready(Reservation reservation, boolean release) {
        return reservation.status() == (release ? Reservation.Status.CANCELLED : Reservation.Status.SHIPPED);
    }

    private static long open(Reservation.Line line, boolean release) {
        return line.held() + (release ? line.backordered() : 0);
    }

    private static Map<String, Long> allOpen(Reservation reservation, boolean release) {
        Map<String, Long> open = new LinkedHashMap<>();
        reservation.lines().forEach(line -> open.put(line.sku(), open(line, release)));
        return open;
    }

    private static Map<String, Long> summed(List<Command.Line> lines) {
        Map<String, Long> sums = new LinkedHashMap<>();
        lines.forEach(line -> sums.merge(line.sku(), line.quantity(), Long::sum));
        return sums;
    }

    private static @Nullable Answer refusal(
            Reservation reservation, List<Command.Line> asked, Map<String, Long> wanted, boolean release) {
        Map<String, Long> open = allOpen(reservation, release);
        if (asked.isEmpty() && open.values().stream().allMatch(quantity -> quantity == 0)) {
            Reservation.Line first = reservation.lines().getFirst();
            return new Answer.NotHeld(0, first.sku(), first.quantity(), 0);
        }
        for (Map.Entry<String, Long> entry : wanted.entrySet()) {
            long held = open.getOrDefault(entry.getKey(), 0L);
            if (entry.getValue() > held) {
                int line = asked.stream().map(Command.Line::sku).toList().indexOf(entry.getKey());
                return new Answer.NotHeld(Math.max(line, 0), entry.getKey(), entry.getValue(), held);
            }
        }
        return null;
    }

    private Reservation apply(Book.Booked booked, Map<String, Long> wanted, String actor, MovementKind kind) {
        Reservation before = booked.reservation();
        boolean release = kind == MovementKind.RELEASE;
        long movementId = book.nextNumber();
        int firstPosting = effects.postings.size();
        List<Reservation.Line> lines = new ArrayList<>();
        for (int i = 0; i < before.lines().size(); i++) {
            Reservation.Line line = before.lines().get(i);
            long open = wanted.getOrDefault(line.sku(), 0L);
            long dropped = release ? Math.min(open, line.backordered()) : 0;
            if (dropped > 0) {
                effects.backorderChanges.add(new Effects.BackorderChange(before.reservationId(), i, dropped));
            }
            lines.add(takeFrom(
                    before.reservationId(), i, line, open - dropped, dropped, movementId, firstPosting, release));
        }
        if (effects.postings.size() > firstPosting) {
            effects.movements.add(
                    new Effects.Movement(movementId, kind, before.orderRef(), null, actor, book.recordedAt()));
        }
        Reservation after = new Reservation(
                before.reservationId(),
                before.channel(),
                before.orderRef(),
                before.policy(),
                List.copyOf(lines),
                before.movementId(),
                before.recordedAt());
        book.addReservation(new Book.Booked(after, booked.demandHash()));
        if (release) {
            Backorders backorders = new Backorders(book, effects);
            after.lines().forEach(line -> backorders.fill(line.sku()));
        }
        return after;
    }

    private Reservation.Line takeFrom(
            long reservationId,
            int number,
            Reservation.Line line,
            long quantity,
            long dropped,
            long movementId,
            int firstPosting,
            boolean release) {
        List<Reservation.Allocation> allocations = new ArrayList<>();
        long open = quantity;
        for (Reservation.Allocation allocation : line.allocations()) {
            long taken = Math.min(open, allocation.held());
            open -= taken;
            long shipped = release ? 0 : taken;
            long cancelled = release ? taken : 0;
            if (taken > 0) {
                String location = allocation.location();
                effects.allocationChanges.add(
                        new Effects.AllocationChange(reservationId, number, location, shipped, cancelled));
                Account from = new Account(line.sku(), location, StockState.RESERVED);
                StockState target = release ? StockState.AVAILABLE : StockState.CUSTOMER;
                Account to = new Account(line.sku(), location, target);
                int postingLine = effects.postings.size() - firstPosting;
                effects.postings.add(new Effects.Posting(movementId, postingLine, from, to, taken));
                book.move(from, to, taken);
            }
            allocations.add(new Reservation.Allocation(
                    allocation.location(),
                    allocation.quantity(),
                    allocation.shipped() + shipped,
                    allocation.cancelled() + cancelled));
        }
        return new Reservation.Line(
                line.sku(), line.quantity(), line.backordered() - dropped, List.copyOf(allocations));
    }
}
