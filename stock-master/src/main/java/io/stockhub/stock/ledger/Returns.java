package io.stockhub.stock.ledger;

import static io.stockhub.stock.ledger.Movements.refused;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.MoveRule;
import io.stockhub.stock.RefusalCode;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockState;
import io.stockhub.stock.Tracking;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What customers send back. With the order named, never more than was shipped of it. */
final class Returns {
    private final Book book;
    private final Effects effects;

    Returns(Book book, Effects effects) {
        this.book = book;
        this.effects = effects;
    }

    /** Looks at all lines before any is booked: a return is taken whole or not at all. */
    @Nullable
    Answer refusal(Command.Move move) {
        String orderRef = move.details().orderRef();
        String channel = move.details().orderChannel();
        if (orderRef == null || channel == null) {
            return null;
        }
        Book.Booked booked = book.booked(channel, orderRef);
        if (booked == null) {
            return refused(
                    RefusalCode.UNKNOWN_ORDER,
                    "order",
                    "\"" + orderRef + "\" of " + channel + " (expected: an order that exists)");
        }
        Map<String, Long> open = new HashMap<>();
        Map<String, Map<String, Long>> parts = new HashMap<>();
        for (Reservation.Line ordered : booked.reservation().lines()) {
            open.put(ordered.sku(), ordered.shipped() - ordered.returned());
            parts.put(ordered.sku(), ordered.parts());
        }
        for (int i = 0; i < move.lines().size(); i++) {
            Command.Line line = move.lines().get(i);
            long there = open.getOrDefault(line.sku(), 0L);
            if (line.quantity() > there) {
                return new Answer.NotHeld(i, line.sku(), line.quantity(), there);
            }
            open.put(line.sku(), there - line.quantity());
            Answer untold = untold(i, line.sku(), parts.getOrDefault(line.sku(), Map.of()));
            if (untold != null) {
                return untold;
            }
        }
        return null;
    }

    /** A bundle comes back as one thing, and nobody says which lots or serials of its components it holds. */
    private @Nullable Answer untold(int number, String sku, Map<String, Long> parts) {
        for (String part : parts.keySet()) {
            Book.SkuInfo info = book.sku(part);
            if (!part.equals(sku) && info != null && info.tracking() != Tracking.NONE) {
                boolean lot = info.tracking() == Tracking.LOT;
                return refused(
                        lot ? RefusalCode.LOT_MISSING : RefusalCode.SERIALS_MISSING,
                        "lines[" + number + "].sku",
                        "\"" + sku + "\" holds " + part + ", which is tracked by "
                                + info.tracking().code()
                                + " (expected: a return of its components, without the order)");
            }
        }
        return null;
    }

    /** Books a line of a return that was not refused. */
    @Nullable
    Answer giveBack(int number, Command.Line line, Command.Move move, MoveRule rule, Entry entry) {
        StockState target =
                line.goods().to() == null ? rule.to().getFirst() : line.goods().to();
        String orderRef = move.details().orderRef();
        String channel = move.details().orderChannel();
        if (orderRef == null || channel == null) {
            post(Map.of(line.sku(), 1L), line, target, move.location(), entry, null);
            return null;
        }
        Book.Booked booked = book.booked(channel, orderRef);
        if (booked == null) {
            return new Answer.NotHeld(number, line.sku(), line.quantity(), 0);
        }
        Reservation reservation = booked.reservation();
        for (int i = 0; i < reservation.lines().size(); i++) {
            Reservation.Line ordered = reservation.lines().get(i);
            if (ordered.sku().equals(line.sku())) {
                Effects.OrderLine orderLine = new Effects.OrderLine(reservation.reservationId(), i);
                post(ordered.parts(), line, target, move.location(), entry, orderLine);
                effects.lineChanges.add(new Effects.LineChange(orderLine, 0, line.quantity()));
                book.addReservation(new Book.Booked(returned(reservation, i, line.quantity()), booked.demandHash()));
                return null;
            }
        }
        return new Answer.NotHeld(number, line.sku(), line.quantity(), 0);
    }

    private static void post(
            Map<String, Long> parts,
            Command.Line line,
            StockState target,
            String location,
            Entry entry,
            Effects.@Nullable OrderLine orderLine) {
        parts.forEach((sku, perUnit) -> {
            for (Movements.Incoming units : Movements.incoming(line)) {
                entry.post(
                        new Account(sku, location, StockState.CUSTOMER),
                        new Account(sku, location, target, units.detail()),
                        units.quantity() * perUnit,
                        null,
                        orderLine);
            }
        });
    }

    /** The reservation with {@code quantity} more, or less when negative, come back of one line. */
    static Reservation returned(Reservation reservation, int number, long quantity) {
        List<Reservation.Line> lines = new ArrayList<>(reservation.lines());
        Reservation.Line line = lines.get(number);
        lines.set(
                number,
                new Reservation.Line(
                        line.sku(),
                        line.quantity(),
                        line.backordered(),
                        line.returned() + quantity,
                        line.parts(),
                        line.allocations()));
        return reservation.with(lines);
    }
}
