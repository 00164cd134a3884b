package io.stockhub.bench.sync;

import io.stockhub.bench.BrokenPromiseException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Buyers who come to the channels of a world. One who finds nothing looks again twice, wherever he likes, within the next
 * minute.
 */
final class FlashSale {
    static final int LOOKS = 3;

    /** In which the channels are told their first numbers, before the first buyer. */
    private static final Duration PREPARED = Duration.ofMinutes(1);

    /** After the last buyer came: the last orders are read by then. */
    private static final Duration AFTERWARDS = Duration.ofMinutes(10);

    private final World world;
    private final Agenda agenda;
    private final List<Market> markets;
    private final Books books;
    private final double shares;
    private int turnedAway;

    private FlashSale(World world) {
        this.world = world;
        this.agenda = new Agenda(world.seed());
        this.markets = world.channels().stream()
                .map(profile -> new Market(agenda, profile))
                .toList();
        this.books = new Books(world.units());
        this.shares =
                world.channels().stream().mapToDouble(Market.Profile::share).sum();
    }

    /**
     * How one way of selling came out of it.
     *
     * @param oversold units that were sold and not there
     * @param there all units that there were to sell in the course of it
     * @param turnedAway buyers who went without
     * @param orders of each channel, by its own clock
     */
    record Outcome(
            long seed,
            int sold,
            int direct,
            int oversold,
            int there,
            int turnedAway,
            Map<String, List<Market.Sale>> orders) {

        /** Of the units that there were: a unit sold twice counts once. */
        double soldShare() {
            return (sold + direct - oversold) / (double) there;
        }
    }

    /** A way of selling. */
    interface Way {
        Hub open(Agenda agenda, Books books, List<Market> markets);
    }

    /**
     * Plays it to its end.
     *
     * @throws BrokenPromiseException when after any event the hub's bound does not hold: with seed and time
     */
    static Outcome run(World world, Way way) {
        return new FlashSale(world).run(way);
    }

    private Outcome run(Way way) {
        Hub hub = way.open(agenda, books, markets);
        for (int i = 0; i < world.buyers(); i++) {
            agenda.in(PREPARED.plus(agenda.between(Duration.ZERO, world.length())), () -> look(1));
        }
        for (World.Outage outage : world.outages()) {
            markets.get(outage.channel()).cutOff(PREPARED.plus(outage.from()), outage.length());
        }
        for (World.Stop stop : world.stops()) {
            hub.stop(PREPARED.plus(stop.from()), stop.length());
        }
        for (World.Change change : world.changes()) {
            agenda.in(PREPARED.plus(change.at()), () -> {
                change(change, hub);
                hub.wake();
            });
        }
        Instant end = Agenda.START.plus(PREPARED).plus(world.length()).plus(AFTERWARDS);
        agenda.run(end, () -> check(hub));
        int sold = markets.stream().mapToInt(Market::sold).sum();
        if (sold != books.booked()) {
            throw new IllegalStateException(
                    "Seed " + world.seed() + ": " + sold + " sold, but " + books.booked() + " booked");
        }
        Map<String, List<Market.Sale>> orders = new LinkedHashMap<>();
        markets.forEach(market -> orders.put(market.profile().name(), market.sales()));
        return new Outcome(world.seed(), sold, books.direct(), books.oversold(), books.there(), turnedAway, orders);
    }

    private void check(Hub hub) {
        @Nullable String broken = hub.broken();
        if (broken != null) {
            throw new BrokenPromiseException("Seed " + world.seed() + ", "
                    + Duration.between(Agenda.START, agenda.now()).toMillis() + " ms after the start: " + broken);
        }
    }

    private void change(World.Change change, Hub hub) {
        switch (change.kind()) {
            case RECEIPT -> books.receive(change.units());
            case RETURN -> books.takeBack(change.units());
            case TILL -> books.sellDirectly(change.units(), hub.free());
        }
    }

    private void look(int time) {
        Market market = somewhere();
        if (market.buy()) {
            return;
        }
        if (time < LOOKS) {
            agenda.in(agenda.between(Duration.ofSeconds(5), Duration.ofMinutes(1)), () -> look(time + 1));
        } else {
            turnedAway++;
        }
    }

    private Market somewhere() {
        double at = agenda.chance() * shares;
        for (Market market : markets) {
            at -= market.profile().share();
            if (at < 0) {
                return market;
            }
        }
        return markets.getLast();
    }
}
