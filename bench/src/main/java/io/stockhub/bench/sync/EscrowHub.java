package io.stockhub.bench.sync;

import io.stockhub.stock.escrow.Demand;
import io.stockhub.stock.escrow.Escrow;
import io.stockhub.stock.escrow.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sells by escrow: the product's own decisions, on the simulation's clock. */
final class EscrowHub extends Hub {
    private static final Duration AGAIN = Duration.ofSeconds(2);

    /** More than a channel's clock may be off ours, as the product allows for. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    private final Map<Market, Slice> slices = new LinkedHashMap<>();
    private final Map<Market, Demand> demand = new LinkedHashMap<>();
    private final Set<Market> reading = new HashSet<>();
    private final Set<Guard> guards;

    EscrowHub(Agenda agenda, Books books, List<Market> markets, Set<Guard> without) {
        super(agenda, books, markets);
        this.guards = EnumSet.complementOf(without.isEmpty() ? EnumSet.noneOf(Guard.class) : EnumSet.copyOf(without));
        for (Market market : markets) {
            slices.put(market, Slice.none(market.profile().name(), comparesAndSets(market)));
            demand.put(market, Demand.unknown(agenda.now()));
        }
    }

    private boolean comparesAndSets(Market market) {
        return market.profile().comparesAndSets();
    }

    private long open() {
        return Escrow.open(List.copyOf(slices.values()));
    }

    @Override
    long free() {
        return books.units() - open();
    }

    /** No slice is less than what its channel can really still sell, and together they are no more than there is. */
    @Override
    @Nullable
    String broken() {
        if (guards.size() < Guard.values().length) {
            return null;
        }
        for (Market market : markets) {
            Slice slice = slices.get(market);
            if (trulyOpen(market) > slice.open()) {
                return market.profile().name() + " can still sell " + trulyOpen(market) + " units, but counts as "
                        + slice.open() + ": " + slice;
            }
        }
        long open = open();
        return open <= books.units()
                ? null
                : "the channels may still sell " + open + " units, but there are " + books.units() + ": "
                        + slices.values();
    }

    @Override
    void sold(Market market, Market.Sale sale) {
        Slice slice = slices.get(market);
        demand.put(
                market, demand.get(market).until(agenda.now(), slice.open() > 0).sold(1));
        slices.put(market, slice.sold(1, sale.at()));
    }

    @Override
    void wasRead(Market market, Instant until) {
        settle(market, until);
    }

    private void settle(Market market, Instant until) {
        Slice slice = slices.get(market);
        Instant at = slice.settlesAt();
        if (at != null && !until.isBefore(at)) {
            slices.put(market, slice.settled(soldAfter(market, at)));
        }
    }

    /** The slices are written down; what became of the numbers that were under way is not known any more. */
    @Override
    void restarted() {
        reading.clear();
        for (Market market : markets) {
            Slice slice = slices.get(market);
            if (slice.inFlight()) {
                Instant sent = slice.told().getLast().sentAt();
                Duration left = Market.PATIENCE.minus(Duration.between(sent, agenda.now()));
                later(left.isNegative() ? Duration.ZERO : left, () -> answered(market, Market.Outcome.UNKNOWN));
            } else if (slice.unclear() && comparesAndSets(market)) {
                lookIfUnclear(market);
            }
        }
    }

    @Override
    void act() {
        List<Escrow.Sharer> sharers = new ArrayList<>();
        for (Market market : markets) {
            Slice slice = slices.get(market);
            Demand now = demand.get(market).until(agenda.now(), slice.open() > 0);
            demand.put(market, now);
            if (!guards.contains(Guard.WATERMARK)) {
                settle(market, Instant.MAX);
            } else if ((slice.settlesAt() != null || unread(market)) && reading.add(market)) {
                later(AGAIN, () -> {
                    reading.remove(market);
                    read(market);
                });
            }
            sharers.add(new Escrow.Sharer(
                    slices.get(market), now.units(), market.profile().most(), !isPaused(market)));
        }
        for (Escrow.Step step : Escrow.next(units(), sharers)) {
            send(named(step.channel()), step.number());
        }
    }

    /** Without the order, what a channel is about to give up is given away at once. */
    private long units() {
        return guards.contains(Guard.ORDER) ? books.units() : books.units() + givenUp();
    }

    private long givenUp() {
        return slices.values().stream()
                .filter(Slice::inFlight)
                .mapToLong(slice ->
                        Math.max(0, slice.open() - slice.told().getLast().number()))
                .sum();
    }

    private boolean isPaused(Market market) {
        return market.profile().pauses() && unread(market);
    }

    private Market named(String channel) {
        return markets.stream()
                .filter(market -> market.profile().name().equals(channel))
                .findFirst()
                .orElseThrow();
    }

    private void send(Market market, long number) {
        Slice slice = slices.get(market);
        long expected = slice.expected();
        slices.put(market, slice.sent(number, agenda.now()));
        call(market, number, expected);
    }

    private void call(Market market, long number, long expected) {
        Long named =
                market.profile().comparesAndSets() && guards.contains(Guard.COMPARE_AND_SET) ? (Long) expected : null;
        market.update(number, named, inThisLife(outcome -> answered(market, outcome)));
    }

    private void answered(Market market, Market.Outcome outcome) {
        Slice slice = slices.get(market);
        switch (outcome.kind()) {
            case APPLIED -> slices.put(market, slice.applied(settledBy()));
            case CONFLICT -> {
                // It has sold something that we do not know of: the order is on its way, or somebody changed the
                // number.
                slices.put(market, slice.refused());
                later(AGAIN, () -> lookIfUnclear(market));
                return;
            }
            case UNKNOWN -> {
                slices.put(market, slice.lost());
                if (comparesAndSets(market)) {
                    lookIfUnclear(market);
                }
            }
        }
        act();
    }

    /** What a channel sold after this moment, by whatever clock it has, it sold after now. */
    private Instant settledBy() {
        return guards.contains(Guard.CLOCKS) ? agenda.now().plus(CLOCKS_APART) : agenda.now();
    }

    private void lookIfUnclear(Market market) {
        Slice slice = slices.get(market);
        if (slice.inFlight() || slice.settlesAt() != null) {
            return;
        }
        market.look(inThisLife(shown -> seen(market, shown)));
    }

    private void seen(Market market, Market.@Nullable Seen shown) {
        Slice slice = slices.get(market);
        if (slice.inFlight()) {
            return;
        }
        if (shown == null) {
            later(AGAIN, () -> lookIfUnclear(market));
            return;
        }
        slices.put(market, slice.seen(shown.number(), shown.at()));
        act();
    }
}
