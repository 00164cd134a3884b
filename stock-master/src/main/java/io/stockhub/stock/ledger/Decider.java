package io.stockhub.stock.ledger;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides commands one after another on a {@link Book} and collects their {@link Effects}. A rejected command leaves
 * book and effects as they were, so that the commands behind it are decided as if it had never been there.
 */
public final class Decider {
    private final Book book;
    private final Effects effects = new Effects();

    public Decider(Book book) {
        this.book = book;
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
        Answer answer =
                switch (command) {
                    case Command.Move move -> move(move);
                    case Command.Reserve reserve -> reserve(reserve);
                    case Command.Ship ship -> new Fulfilment(book, effects).ship(ship);
                    case Command.Cancel cancel -> new Fulfilment(book, effects).cancel(cancel);
                };
        if (hash != null) {
            remember(String.valueOf(command.key()), hash, answer);
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

    private Answer move(Command.Move move) {
        if (!book.hasLocation(move.location())) {
            return new Answer.UnknownLocation(move.location());
        }
        Answer unknown = unknownSku(move.lines());
        if (unknown != null) {
            return unknown;
        }
        List<Answer.Shortage> shortages = shortagesAt(move.location(), move.lines());
        if (!shortages.isEmpty()) {
            return new Answer.InsufficientStock(shortages);
        }
        long movementId = book.nextNumber();
        Instant occurredAt = move.occurredAt() == null ? book.recordedAt() : move.occurredAt();
        effects.movements.add(new Effects.Movement(
                movementId, move.kind(), move.reference(), move.reason(), move.actor(), occurredAt));
        StockState outside = move.kind() == MovementKind.RECEIPT ? StockState.SUPPLIER : StockState.SHRINKAGE;
        int number = 0;
        for (Command.Line line : move.lines()) {
            Account stock = new Account(line.sku(), move.location(), StockState.AVAILABLE);
            Account world = new Account(line.sku(), move.location(), outside);
            boolean in = line.quantity() > 0;
            post(movementId, number++, in ? world : stock, in ? stock : world, Math.abs(line.quantity()));
        }
        fillBackorders(move.lines());
        return new Answer.Moved(movementId, book.recordedAt(), false);
    }

    private void fillBackorders(List<Command.Line> lines) {
        Backorders backorders = new Backorders(book, effects);
        lines.stream()
                .filter(line -> line.quantity() > 0)
                .map(Command.Line::sku)
                .distinct()
                .forEach(backorders::fill);
    }

    private @Nullable Answer unknownSku(List<Command.Line> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (!book.hasSku(lines.get(i).sku())) {
                return new Answer.UnknownSku(i, lines.get(i).sku());
            }
        }
        return null;
    }

    /** Lines are summed per SKU first: two lines that each fit may together be too much. */
    private List<Answer.Shortage> shortagesAt(String location, List<Command.Line> lines) {
        Map<String, Long> change = new LinkedHashMap<>();
        Map<String, Integer> firstLine = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            change.merge(lines.get(i).sku(), lines.get(i).quantity(), Long::sum);
            firstLine.putIfAbsent(lines.get(i).sku(), i);
        }
        List<Answer.Shortage> shortages = new ArrayList<>();
        change.forEach((sku, quantity) -> {
            long available = book.available(sku, location);
            if (available + quantity < 0) {
                shortages.add(new Answer.Shortage(firstLine.getOrDefault(sku, 0), sku, -quantity, available));
            }
        });
        return shortages;
    }

    private Answer reserve(Command.Reserve reserve) {
        Map<String, Long> demand = new LinkedHashMap<>();
        reserve.lines().forEach(line -> demand.merge(line.sku(), line.quantity(), Long::sum));
        byte[] demandHash = ContentHash.ofDemand(demand);
        Book.Booked booked = book.booked(reserve.channel(), reserve.orderRef());
        if (booked != null) {
            boolean same = java.util.Arrays.equals(booked.demandHash(), demandHash);
            return same
                    ? new Answer.Held(booked.reservation(), true)
                    : new Answer.KeyConflict("order " + reserve.orderRef() + " of " + reserve.channel());
        }
        Answer unknown = unknownSku(reserve.lines());
        if (unknown != null) {
            return unknown;
        }
        List<Answer.Shortage> shortages = shortages(reserve, demand);
        boolean nothing = demand.keySet().stream().allMatch(sku -> totalAvailable(sku) == 0);
        boolean refused =
                switch (reserve.policy()) {
                    case ALL_OR_NOTHING -> !shortages.isEmpty();
                    case PARTIAL -> nothing;
                    case BACKORDER -> false;
                };
        if (refused) {
            return new Answer.InsufficientStock(shortages);
        }
        return new Answer.Held(accept(reserve, demand, demandHash), false);
    }

    private List<Answer.Shortage> shortages(Command.Reserve reserve, Map<String, Long> demand) {
        List<String> skusByLine =
                reserve.lines().stream().map(Command.Line::sku).toList();
        List<Answer.Shortage> shortages = new ArrayList<>();
        demand.forEach((sku, quantity) -> {
            long available = totalAvailable(sku);
            if (available < quantity) {
                shortages.add(new Answer.Shortage(skusByLine.indexOf(sku), sku, quantity, available));
            }
        });
        return shortages;
    }

    private long totalAvailable(String sku) {
        return book.locations().stream()
                .mapToLong(location -> book.available(sku, location))
                .sum();
    }

    private Reservation accept(Command.Reserve reserve, Map<String, Long> demand, byte[] demandHash) {
        long reservationId = book.nextNumber();
        List<String> order = allocationOrder(demand);
        List<Reservation.Line> lines = new ArrayList<>();
        List<Effects.Posting> postings = new ArrayList<>();
        long movementId = book.nextNumber();
        demand.forEach((sku, quantity) -> {
            List<Reservation.Allocation> allocations = new ArrayList<>();
            long open = quantity;
            for (String location : order) {
                long taken = Math.min(open, book.available(sku, location));
                if (taken > 0) {
                    allocations.add(new Reservation.Allocation(location, taken, 0, 0));
                    Account shelf = new Account(sku, location, StockState.AVAILABLE);
                    Account promised = new Account(sku, location, StockState.RESERVED);
                    postings.add(new Effects.Posting(movementId, postings.size(), shelf, promised, taken));
                    open -= taken;
                }
            }
            long backordered = reserve.policy() == Command.Policy.BACKORDER ? open : 0;
            lines.add(new Reservation.Line(sku, quantity, backordered, List.copyOf(allocations)));
        });
        if (!postings.isEmpty()) {
            Instant occurredAt = reserve.occurredAt() == null ? book.recordedAt() : reserve.occurredAt();
            effects.movements.add(new Effects.Movement(
                    movementId, MovementKind.RESERVATION, reserve.orderRef(), null, reserve.actor(), occurredAt));
            postings.forEach(
                    posting -> post(movementId, posting.line(), posting.from(), posting.to(), posting.quantity()));
        }
        Reservation reservation = new Reservation(
                reservationId,
                reserve.channel(),
                reserve.orderRef(),
                reserve.policy(),
                List.copyOf(lines),
                postings.isEmpty() ? 0 : movementId,
                book.recordedAt());
        effects.reservations.add(
                new Effects.NewReservation(reservation, demandHash, reserve.shipTo(), reserve.actor()));
        book.addReservation(new Book.Booked(reservation, demandHash));
        return reservation;
    }

    /** One parcel is better than two: the first location that can ship the whole order goes to the front. */
    private List<String> allocationOrder(Map<String, Long> demand) {
        for (String location : book.locations()) {
            boolean whole = demand.entrySet().stream()
                    .allMatch(entry -> book.available(entry.getKey(), location) >= entry.getValue());
            if (whole) {
                return List.of(location);
            }
        }
        return book.locations();
    }

    private void post(long movementId, int line, Account from, Account to, long quantity) {
        effects.postings.add(new Effects.Posting(movementId, line, from, to, quantity));
        book.move(from, to, quantity);
    }
}
