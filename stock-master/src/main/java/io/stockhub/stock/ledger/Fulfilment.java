package io.stockhub.stock.ledger;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.RefusalCode;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens to a reservation after it was accepted: confirmed, picked, shipped, given back, run out. */
final class Fulfilment {
    private final Book book;
    private final Effects effects;

    Fulfilment(Book book, Effects effects) {
        this.book = book;
        this.effects = effects;
    }

    Answer pick(Command.Pick pick) {
        return change(pick.reservationId(), pick.lines(), pick.actor(), MovementKind.PICK, null);
    }

    Answer ship(Command.Ship ship) {
        return change(ship.reservationId(), ship.lines(), ship.actor(), MovementKind.SHIP, null);
    }

    Answer cancel(Command.Cancel cancel) {
        return change(cancel.reservationId(), cancel.lines(), cancel.actor(), MovementKind.RELEASE, null);
    }

    Answer confirm(Command.Confirm confirm) {
        Book.Booked booked = book.booked(confirm.reservationId());
        if (booked == null) {
            return new Answer.UnknownReservation(confirm.reservationId());
        }
        Reservation reservation = booked.reservation();
        if (reservation.expired() || due(reservation)) {
            return new Answer.Refused(
                    RefusalCode.HOLD_EXPIRED,
                    "reservationId",
                    "the hold ran out (expected: one that still holds; reserve again under another order reference)");
        }
        if (reservation.holdUntil() == null) {
            return new Answer.Held(reservation, true);
        }
        return new Answer.Held(end(booked, false), false);
    }

    Answer expire(Command.Expire expire) {
        Book.Booked booked = book.booked(expire.reservationId());
        if (booked == null) {
            return new Answer.UnknownReservation(expire.reservationId());
        }
        if (!due(booked.reservation())) {
            return new Answer.Held(booked.reservation(), true);
        }
        Reservation before = booked.reservation();
        boolean ranOut = before.lines().stream().anyMatch(line -> open(line, MovementKind.RELEASE) > 0);
        if (ranOut) {
            change(expire.reservationId(), List.of(), expire.actor(), MovementKind.RELEASE, "hold ran out");
        }
        Book.Booked released = book.booked(expire.reservationId());
        return new Answer.Held(end(released == null ? booked : released, ranOut), false);
    }

    private boolean due(Reservation reservation) {
        return reservation.holdUntil() != null && !reservation.holdUntil().isAfter(book.recordedAt());
    }

    private Reservation end(Book.Booked booked, boolean ranOut) {
        Reservation after = booked.reservation().ended(ranOut);
        effects.holdEnds.add(new Effects.HoldEnd(after.reservationId(), ranOut));
        book.addReservation(new Book.Booked(after, booked.demandHash()));
        return after;
    }

    private Answer change(
            long reservationId, List<Command.Line> asked, String actor, MovementKind kind, @Nullable String reason) {
        Book.Booked booked = book.booked(reservationId);
        if (booked == null) {
            return new Answer.UnknownReservation(reservationId);
        }
        Reservation reservation = booked.reservation();
        if (asked.isEmpty() && isDoneAlready(reservation, kind)) {
            return new Answer.Held(reservation, true);
        }
        if (kind != MovementKind.RELEASE && reservation.holdUntil() != null) {
            return new Answer.Refused(
                    RefusalCode.NOT_CONFIRMED,
                    "reservationId",
                    "the units are only held (expected: confirm the reservation first)");
        }
        Map<String, Long> wanted = asked.isEmpty() ? allOpen(reservation, kind) : summed(asked);
        Answer refusal = refusal(reservation, asked, wanted, kind);
        if (refusal != null) {
            return refusal;
        }
        return new Answer.Held(apply(booked, wanted, actor, kind, reason), false);
    }

    private static boolean isDoneAlready(Reservation reservation, MovementKind kind) {
        Reservation.Status status = reservation.status();
        return switch (kind) {
            case RELEASE -> status == Reservation.Status.CANCELLED || status == Reservation.Status.EXPIRED;
            case SHIP -> status == Reservation.Status.SHIPPED;
            default ->
                reservation.lines().stream().anyMatch(line -> line.picked() > 0)
                        && reservation.lines().stream().allMatch(line -> open(line, kind) == 0);
        };
    }

    /** Units of a line that a movement of the kind may still have. */
    private static long open(Reservation.Line line, MovementKind kind) {
        return switch (kind) {
            case RELEASE -> line.held() + line.backordered();
            case SHIP -> line.held();
            default -> line.held() - line.picked();
        };
    }

    private static Map<String, Long> allOpen(Reservation reservation, MovementKind kind) {
        Map<String, Long> open = new LinkedHashMap<>();
        reservation.lines().forEach(line -> open.put(line.sku(), open(line, kind)));
        return open;
    }

    private static Map<String, Long> summed(List<Command.Line> lines) {
        Map<String, Long> sums = new LinkedHashMap<>();
        lines.forEach(line -> sums.merge(line.sku(), line.quantity(), Long::sum));
        return sums;
    }

    private static @Nullable Answer refusal(
            Reservation reservation, List<Command.Line> asked, Map<String, Long> wanted, MovementKind kind) {
        Map<String, Long> open = allOpen(reservation, kind);
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

    private Reservation apply(
            Book.Booked booked, Map<String, Long> wanted, String actor, MovementKind kind, @Nullable String reason) {
        Reservation before = booked.reservation();
        Entry entry = new Entry(book, effects, kind, before.orderRef(), reason, actor, null, null);
        List<Reservation.Line> lines = new ArrayList<>();
        for (int i = 0; i < before.lines().size(); i++) {
            Reservation.Line line = before.lines().get(i);
            Effects.OrderLine orderLine = new Effects.OrderLine(before.reservationId(), i);
            long open = wanted.getOrDefault(line.sku(), 0L);
            long dropped = kind == MovementKind.RELEASE ? Math.min(open, line.backordered()) : 0;
            if (dropped > 0) {
                effects.lineChanges.add(new Effects.LineChange(orderLine, -dropped, 0));
            }
            lines.add(new Reservation.Line(
                    line.sku(),
                    line.quantity(),
                    line.backordered() - dropped,
                    line.returned(),
                    line.parts(),
                    moved(line, open - dropped, orderLine, entry, kind)));
        }
        Reservation after = before.with(lines);
        book.addReservation(new Book.Booked(after, booked.demandHash()));
        return after;
    }

    private List<Reservation.Allocation> moved(
            Reservation.Line line, long units, Effects.OrderLine orderLine, Entry entry, MovementKind kind) {
        Allocations allocations = new Allocations(effects, orderLine, line.allocations());
        line.parts().forEach((sku, perUnit) -> {
            long open = units * perUnit;
            // What is shipped goes off the packing table first, what is given back goes off the shelf first.
            boolean pickedFirst = kind == MovementKind.SHIP;
            open = moved(line, sku, open, pickedFirst, allocations, orderLine, entry, kind);
            if (kind != MovementKind.PICK) {
                moved(line, sku, open, !pickedFirst, allocations, orderLine, entry, kind);
            }
        });
        return allocations.list();
    }

    private static long moved(
            Reservation.Line line,
            String sku,
            long quantity,
            boolean picked,
            Allocations allocations,
            Effects.OrderLine orderLine,
            Entry entry,
            MovementKind kind) {
        long open = quantity;
        for (Reservation.Allocation allocation : line.allocations()) {
            if (!allocation.sku().equals(sku)) {
                continue;
            }
            long taken = Math.min(open, picked ? allocation.picked() : allocation.onShelf());
            if (taken > 0) {
                open -= taken;
                Account reserved = Allocations.account(allocation);
                Account from = picked ? reserved.in(StockState.PICKED) : reserved;
                StockState target =
                        switch (kind) {
                            case PICK -> StockState.PICKED;
                            case SHIP -> StockState.CUSTOMER;
                            default -> StockState.AVAILABLE;
                        };
                entry.post(from, reserved.in(target), taken, null, orderLine);
                long pickedChange = picked ? -taken : kind == MovementKind.PICK ? taken : 0;
                allocations.change(
                        reserved,
                        0,
                        pickedChange,
                        kind == MovementKind.SHIP ? taken : 0,
                        kind == MovementKind.RELEASE ? taken : 0);
            }
        }
        return open;
    }
}
