package io.stockhub.stock.ledger;

import io.stockhub.stock.MovementKind;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.routing.Order;
import io.stockhub.stock.routing.Take;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives stock that becomes available to the orders that wait for it, before anybody else can have it: by priority, then
 * the oldest order first. An order that waits is a promise already made.
 */
final class Backorders {
    private final Book book;
    private final Effects effects;
    private final Orders orders;

    Backorders(Book book, Effects effects, OrderRules rules) {
        this.book = book;
        this.effects = effects;
        this.orders = new Orders(book, effects, rules);
    }

    /** All SKUs at once: one after the other, a bundle would take from an older order what it waits for. */
    void fill(Set<String> skus) {
        for (Book.Booked waiting : book.waitingFor(skus)) {
            fill(waiting);
        }
    }

    private void fill(Book.Booked waiting) {
        Reservation before = waiting.reservation();
        Orders.Supply supply = orders.new Supply(before.channel(), before.shipTo());
        Entry entry = new Entry(
                book, effects, MovementKind.RESERVATION, before.orderRef(), "backorder", before.channel(), null, null);
        List<Reservation.Line> lines = new ArrayList<>();
        for (int i = 0; i < before.lines().size(); i++) {
            Reservation.Line line = before.lines().get(i);
            Effects.OrderLine orderLine = new Effects.OrderLine(before.reservationId(), i);
            lines.add(line.backordered() == 0 ? line : fill(before, line, orderLine, supply, entry));
        }
        if (entry.movementId() != 0) {
            book.addReservation(new Book.Booked(before.with(lines), waiting.demandHash()));
        }
    }

    private Reservation.Line fill(
            Reservation order, Reservation.Line line, Effects.OrderLine orderLine, Orders.Supply supply, Entry entry) {
        long units = line.backordered();
        for (Map.Entry<String, Long> part : line.parts().entrySet()) {
            units = Math.min(units, supply.total(part.getKey()) / part.getValue());
        }
        if (units == 0) {
            return line;
        }
        Map<String, Long> need = new LinkedHashMap<>();
        for (Map.Entry<String, Long> part : line.parts().entrySet()) {
            need.put(part.getKey(), units * part.getValue());
        }
        effects.lineChanges.add(new Effects.LineChange(orderLine, -units, 0));
        Reservation.Line filled = new Reservation.Line(
                line.sku(),
                line.quantity(),
                line.backordered() - units,
                line.returned(),
                line.parts(),
                line.allocations());
        List<Take> takes =
                supply.plan(new Order(order.channel(), order.customer(), order.priority(), order.shipTo(), need));
        return orders.allocate(filled, units, orderLine, takes, supply.pool(), entry);
    }
}
