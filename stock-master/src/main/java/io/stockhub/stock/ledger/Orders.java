package io.stockhub.stock.ledger;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockState;
import io.stockhub.stock.routing.Order;
import io.stockhub.stock.routing.Stock;
import io.stockhub.stock.routing.Take;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Promises stock to an order: how much of each line, from where, which units. */
final class Orders {
    private final Book book;
    private final Effects effects;
    private final OrderRules rules;
    private final Picking picking;

    Orders(Book book, Effects effects, OrderRules rules) {
        this.book = book;
        this.effects = effects;
        this.rules = rules;
        this.picking = new Picking(book);
    }

    Answer reserve(Command.Reserve reserve) {
        Map<String, Long> demand = new LinkedHashMap<>();
        reserve.lines().forEach(line -> demand.merge(line.sku(), line.quantity(), Long::sum));
        byte[] demandHash = ContentHash.ofDemand(demand);
        Book.Booked booked = book.booked(reserve.channel(), reserve.orderRef());
        if (booked != null) {
            return Arrays.equals(booked.demandHash(), demandHash)
                    ? new Answer.Held(booked.reservation(), true)
                    : new Answer.KeyConflict("order " + reserve.orderRef() + " of " + reserve.channel());
        }
        for (int i = 0; i < reserve.lines().size(); i++) {
            if (book.sku(reserve.lines().get(i).sku()) == null) {
                return new Answer.UnknownSku(i, reserve.lines().get(i).sku());
            }
        }
        Supply supply = new Supply(reserve.channel(), reserve.shipTo());
        // What a channel has sold is sold; who still asks cannot have what a channel may be selling at this moment.
        boolean mayBeRefused =
                reserve.policy() != Command.Policy.BACKORDER || reserve.terms().holdFor() != null;
        Map<String, Long> granted = supply.grant(demand, mayBeRefused);
        Answer refusal = refusal(reserve, demand, granted);
        return refusal != null ? refusal : new Answer.Held(accept(reserve, demand, granted, supply, demandHash), false);
    }

    private static @Nullable Answer refusal(
            Command.Reserve reserve, Map<String, Long> demand, Map<String, Long> granted) {
        if (granted.equals(demand)) {
            return null;
        }
        List<String> skusByLine =
                reserve.lines().stream().map(Command.Line::sku).toList();
        List<Answer.Shortage> shortages = new ArrayList<>();
        demand.forEach((sku, quantity) -> {
            long available = granted.getOrDefault(sku, 0L);
            if (available < quantity) {
                shortages.add(new Answer.Shortage(skusByLine.indexOf(sku), sku, quantity, available));
            }
        });
        boolean nothing = granted.values().stream().allMatch(quantity -> quantity == 0);
        boolean refused =
                switch (reserve.policy()) {
                    case ALL_OR_NOTHING -> true;
                    case PARTIAL -> nothing;
                    case BACKORDER -> false;
                };
        return refused ? new Answer.InsufficientStock(shortages) : null;
    }

    /** What a SKU is made of: itself, or for a bundle its components. */
    Map<String, Long> parts(String sku) {
        Book.SkuInfo info = book.sku(sku);
        return info != null && info.bundle() ? info.parts() : Map.of(sku, 1L);
    }

    private long leased(String sku) {
        Book.SkuInfo info = book.sku(sku);
        return info == null ? 0 : info.leased();
    }

    /** What one channel's orders may have. */
    final class Supply implements Stock {
        private final String pool;
        private final List<String> locations;

        Supply(String channel, Command.@Nullable ShipTo shipTo) {
            this.pool = rules.pool(channel);
            this.locations = rules.locations(channel, shipTo);
        }

        @Override
        public long available(String sku, String location) {
            return picking.sellableUnits(sku, location, pool);
        }

        long total(String sku) {
            long sum = 0;
            for (String location : locations) {
                sum += available(sku, location);
            }
            return sum;
        }

        /**
         * How much of each line there is, line by line: what an earlier line takes is gone for the next, so that two
         * bundles with one component, or a bundle and its component, are never both promised the same unit.
         *
         * @param sparing without the units that are leased to channels
         */
        Map<String, Long> grant(Map<String, Long> demand, boolean sparing) {
            Map<String, Long> left = new LinkedHashMap<>();
            Map<String, Long> granted = new LinkedHashMap<>();
            demand.forEach((sku, quantity) -> {
                Map<String, Long> parts = parts(sku);
                long most = quantity;
                for (Map.Entry<String, Long> part : parts.entrySet()) {
                    long there = left.computeIfAbsent(part.getKey(), one -> total(one) - (sparing ? leased(one) : 0));

                    most = Math.min(most, Math.max(0, there) / part.getValue());
                }
                long some = most;
                parts.forEach((part, perUnit) -> left.merge(part, -some * perUnit, Long::sum));
                granted.put(sku, some);
            });
            return granted;
        }

        String pool() {
            return pool;
        }

        /** Says what ships from where; what the rules leave open is taken from one location after the other. */
        List<Take> plan(Order order) {
            List<Take> takes =
                    new ArrayList<>(rules.route(order, this, book.recordedAt()).takes());
            complete(order.demand(), takes);
            return takes;
        }

        private void complete(Map<String, Long> need, List<Take> takes) {
            int planned = takes.size();
            need.forEach((sku, quantity) -> {
                long open = quantity;
                for (int i = 0; i < planned; i++) {
                    open -= takes.get(i).sku().equals(sku) ? takes.get(i).quantity() : 0;
                }
                for (int i = 0; i < locations.size() && open > 0; i++) {
                    String location = locations.get(i);
                    long some = Math.min(open, available(sku, location) - taken(takes, planned, sku, location));
                    if (some > 0) {
                        takes.add(new Take(sku, location, some));
                        open -= some;
                    }
                }
            });
        }

        private static long taken(List<Take> takes, int planned, String sku, String location) {
            long sum = 0;
            for (int i = 0; i < planned; i++) {
                Take take = takes.get(i);
                if (take.sku().equals(sku) && take.location().equals(location)) {
                    sum += take.quantity();
                }
            }
            return sum;
        }
    }

    private Reservation accept(
            Command.Reserve reserve,
            Map<String, Long> demand,
            Map<String, Long> granted,
            Supply supply,
            byte[] demandHash) {
        long reservationId = book.nextNumber();
        Integer asked = reserve.terms().priority();
        int priority = asked != null
                ? asked
                : rules.priority(reserve.channel(), reserve.terms().customer());
        Map<String, Long> need = new LinkedHashMap<>();
        granted.forEach((sku, units) -> {
            if (units > 0) {
                parts(sku).forEach((part, perUnit) -> need.merge(part, units * perUnit, Long::sum));
            }
        });
        Entry entry = Entry.ofOrder(book, effects, reserve, reservationId);
        List<Take> takes = new ArrayList<>(supply.plan(
                new Order(reserve.channel(), reserve.terms().customer(), priority, reserve.shipTo(), need)));
        List<Reservation.Line> bare = new ArrayList<>();
        List<Reservation.Line> lines = new ArrayList<>();
        demand.forEach((sku, quantity) -> {
            long units = granted.getOrDefault(sku, 0L);
            long waiting = reserve.policy() == Command.Policy.BACKORDER ? quantity - units : 0;
            Reservation.Line line = new Reservation.Line(sku, quantity, waiting, 0, parts(sku), List.of());
            bare.add(line);
            Effects.OrderLine orderLine = new Effects.OrderLine(reservationId, lines.size());
            lines.add(allocate(line, units, orderLine, takes, supply.pool(), entry));
        });
        Reservation reservation = new Reservation(
                reservationId,
                reserve.channel(),
                reserve.orderRef(),
                reserve.policy(),
                reserve.terms().customer(),
                priority,
                reserve.shipTo(),
                reserve.terms().holdFor() == null
                        ? null
                        : book.recordedAt().plus(reserve.terms().holdFor()),
                false,
                List.copyOf(lines),
                entry.movementId(),
                book.recordedAt());
        effects.reservations.add(
                new Effects.NewReservation(reservation.with(bare), demandHash, reserve.shipTo(), reserve.actor()));
        book.addReservation(new Book.Booked(reservation, demandHash));
        return reservation;
    }

    /** Gives {@code units} of a line the units that {@code takes} has for its parts, and takes them off the list. */
    Reservation.Line allocate(
            Reservation.Line line,
            long units,
            Effects.OrderLine orderLine,
            List<Take> takes,
            String pool,
            Entry entry) {
        Allocations allocations = new Allocations(effects, orderLine, line.allocations());
        line.parts().forEach((sku, perUnit) -> {
            long open = units * perUnit;
            for (int i = 0; i < takes.size() && open > 0; i++) {
                Take take = takes.get(i);
                if (take.sku().equals(sku)) {
                    long some = Math.min(open, take.quantity());
                    open -= some;
                    takes.set(i, new Take(sku, take.location(), take.quantity() - some));
                    reserve(sku, take.location(), some, pool, allocations, entry, orderLine);
                }
            }
        });
        return new Reservation.Line(
                line.sku(), line.quantity(), line.backordered(), line.returned(), line.parts(), allocations.list());
    }

    private void reserve(
            String sku,
            String location,
            long quantity,
            String pool,
            Allocations allocations,
            Entry entry,
            Effects.OrderLine orderLine) {
        long open = quantity;
        for (Picking.Taken taken :
                picking.take(sku, location, StockState.AVAILABLE, pool, picking.sellable(sku, pool), quantity)) {
            open -= taken.quantity();
            Account reserved = taken.account().in(StockState.RESERVED);
            entry.post(taken.account(), reserved, taken.quantity(), null, orderLine);
            allocations.change(reserved, taken.quantity(), 0, 0, 0);
        }
        if (open > 0) {
            throw new IllegalStateException("the rules took " + quantity + " of " + sku + " at " + location + ", "
                    + open + " more than there are");
        }
    }
}
