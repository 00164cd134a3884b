package io.stockhub.bench.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What every way of selling has in common: it learns of orders, once each, and books them. */
abstract class Hub {
    private static final Duration REDELIVERY = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofSeconds(15);

    final Agenda agenda;
    final Books books;
    final List<Market> markets;
    private final Map<Market, TreeMap<Integer, Market.Sale>> known = new LinkedHashMap<>();
    private final Set<Market> unread = new HashSet<>();
    private boolean stopped;
    private int life;

    Hub(Agenda agenda, Books books, List<Market> markets) {
        this.agenda = agenda;
        this.books = books;
        this.markets = markets;
        for (Market market : markets) {
            known.put(market, new TreeMap<>());
            market.onOrder(sale -> ordered(market, sale));
            if (!market.profile().tellsOrders()) {
                agenda.in(agenda.between(Duration.ZERO, POLL), () -> poll(market));
            }
        }
        agenda.in(Duration.ZERO, this::wake);
    }

    /** A channel sends an order once more until we take it. */
    private void ordered(Market market, Market.Sale sale) {
        if (stopped) {
            agenda.in(REDELIVERY, () -> ordered(market, sale));
        } else {
            take(market, sale);
            act();
        }
    }

    private void poll(Market market) {
        agenda.in(POLL, () -> poll(market));
        if (!stopped) {
            read(market);
        }
    }

    /** Stops, and starts again with what was written down: answers that come meanwhile are lost, and what was to be done. */
    final void stop(Duration from, Duration length) {
        agenda.in(from, () -> {
            stopped = true;
            life++;
        });
        agenda.in(from.plus(length), () -> {
            stopped = false;
            restarted();
            act();
        });
    }

    /** All that was not written down is forgotten. */
    abstract void restarted();

    /** Something changed that the hub did not do. */
    final void wake() {
        if (!stopped) {
            act();
        }
    }

    /** Does nothing when the hub stopped since. */
    final <T extends @Nullable Object> Consumer<T> inThisLife(Consumer<T> what) {
        int now = life;
        return value -> {
            if (!stopped && life == now) {
                what.accept(value);
            }
        };
    }

    final void later(Duration delay, Runnable what) {
        Consumer<@Nullable Void> once = inThisLife(nothing -> what.run());
        agenda.in(delay, () -> once.accept(null));
    }

    /** Reads the market's orders now. */
    final void read(Market market) {
        Consumer<Market.@Nullable Reading> taker = inThisLife(reading -> {
            if (reading == null) {
                unread.add(market);
            } else {
                unread.remove(market);
                reading.sales().forEach(sale -> take(market, sale));
                wasRead(market, reading.until());
            }
            act();
        });
        market.read(firstUnknown(market), taker);
    }

    /** Orders come in any order: the last one that we know of does not say that we know those before it. */
    private int firstUnknown(Market market) {
        int id = 0;
        while (known.get(market).containsKey(id)) {
            id++;
        }
        return id;
    }

    private void take(Market market, Market.Sale sale) {
        if (known.get(market).putIfAbsent(sale.id(), sale) == null) {
            books.book();
            sold(market, sale);
        }
    }

    /** The last time, its orders could not be read. */
    final boolean unread(Market market) {
        return unread.contains(market);
    }

    /** Units that the market can still take from us: what it shows, and what it sold and we do not know of. */
    final long trulyOpen(Market market) {
        return market.shown() + market.sold() - known.get(market).size();
    }

    /** Orders of the market that we know of and that were placed later. */
    final long soldAfter(Market market, Instant at) {
        return known.get(market).values().stream()
                .filter(sale -> sale.at().isAfter(at))
                .count();
    }

    /** An order was booked. */
    abstract void sold(Market market, Market.Sale sale);

    /** All orders up to then, by the market's clock, are booked. */
    void wasRead(Market market, Instant until) {}

    /** Units that may be sold without asking any channel. */
    long free() {
        return books.units();
    }

    /** What of the hub's promise does not hold right now; null when all does, or it makes none. */
    @Nullable
    String broken() {
        return null;
    }

    /** Something changed: tell whom it concerns. */
    abstract void act();
}
