package io.stockhub.bench.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a sale happens in, made from its seed alone.
 *
 * @param units in stock before it begins
 * @param length in which the buyers come
 * @param changes of the stock meanwhile that no channel made
 */
record World(
        long seed,
        int units,
        int buyers,
        Duration length,
        List<Market.Profile> channels,
        List<Outage> outages,
        List<Stop> stops,
        List<Change> changes) {
    static final int UNITS = 1_000;
    static final int BUYERS = 2_000;
    static final Duration LENGTH = Duration.ofMinutes(10);
    static final Duration OUTAGE = Duration.ofSeconds(60);

    /** How far the clock of a channel is off ours at most, in either direction. */
    static final Duration CLOCK_OFF = Duration.ofSeconds(2);

    /** The slowest update; below {@link Market#PATIENCE}, so that what was given up as lost does not arrive later. */
    private static final Duration SLOWEST = Duration.ofSeconds(30);

    private static final Duration SLOWEST_ANSWER = Duration.ofSeconds(5);

    /** A channel is cut off: {@code channel} counts from 0, {@code from} from the first buyer. */
    record Outage(int channel, Duration from, Duration length) {}

    /** The hub itself stops, and forgets all that it has not written down. */
    record Stop(Duration from, Duration length) {}

    /** @param at after the first buyer */
    record Change(Kind kind, Duration at, int units) {
        enum Kind {
            /** Goods arrive. */
            RECEIPT,
            /** Somebody buys at the till: at most what no channel may sell. */
            TILL,
            /** Units that were sold come back, or their orders are cancelled. */
            RETURN
        }
    }

    /** The sale of the issue: four channels from quick to very slow, one of which is cut off for a minute. */
    static World standard(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Market.Profile> channels = List.of(
                usual("shop", true, Duration.ofMillis(200), Duration.ofSeconds(1), 0.35, random),
                usual("quick", false, Duration.ofSeconds(1), Duration.ofSeconds(3), 0.30, random),
                usual("slow", false, Duration.ofSeconds(2), Duration.ofSeconds(10), 0.20, random),
                usual("feed", false, Duration.ofSeconds(10), SLOWEST, 0.15, random));
        Outage outage = new Outage(random.nextInt(channels.size()), upTo(LENGTH.dividedBy(2), random), OUTAGE);
        return new World(seed, UNITS, BUYERS, LENGTH, channels, List.of(outage), List.of(), List.of());
    }

    private static Market.Profile usual(
            String name, boolean shop, Duration slow, Duration slowest, double share, SplittableRandom random) {
        return new Market.Profile(
                name, shop, shop, slow, slowest, Market.ANSWER, share, clock(random), Long.MAX_VALUE, false);
    }

    /** Smaller, and of any kind. */
    static World random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int units = random.nextInt(1, 200);
        Duration length = Duration.ofMinutes(1).plus(upTo(Duration.ofMinutes(6), random));
        List<Market.Profile> channels = new ArrayList<>();
        int count = random.nextInt(2, 6);
        for (int i = 0; i < count; i++) {
            channels.add(any("channel-" + i, units, random));
        }
        return new World(
                seed,
                units,
                (int) (units * random.nextDouble(0.5, 4)),
                length,
                channels,
                outages(count, length, random),
                stops(length, random),
                changes(length, random));
    }

    private static Market.Profile any(String name, int units, SplittableRandom random) {
        Duration slow = upTo(random.nextBoolean() ? Duration.ofSeconds(1) : SLOWEST.dividedBy(2), random);
        return new Market.Profile(
                name,
                random.nextBoolean(),
                random.nextBoolean(),
                slow,
                slow.plus(upTo(SLOWEST.minus(slow), random)),
                Market.ANSWER.plus(upTo(SLOWEST_ANSWER, random)),
                random.nextDouble(0.05, 1),
                clock(random),
                random.nextInt(4) == 0 ? random.nextInt(units + 1) : Long.MAX_VALUE,
                random.nextInt(3) == 0);
    }

    private static List<Outage> outages(int channels, Duration length, SplittableRandom random) {
        Duration from = upTo(length, random);
        Duration lasts = Duration.ofSeconds(10).plus(upTo(OUTAGE, random));
        List<Outage> outages = new ArrayList<>();
        outages.add(new Outage(random.nextInt(channels), from, lasts));
        if (random.nextInt(3) == 0) {
            outages.add(new Outage(random.nextInt(channels), from.plus(upTo(lasts, random)), lasts));
        }
        return outages;
    }

    private static List<Stop> stops(Duration length, SplittableRandom random) {
        return random.nextInt(3) == 0 ? List.of(new Stop(upTo(length, random), upTo(OUTAGE, random))) : List.of();
    }

    private static List<Change> changes(Duration length, SplittableRandom random) {
        List<Change> changes = new ArrayList<>();
        if (random.nextBoolean()) {
            changes.add(new Change(Change.Kind.RECEIPT, upTo(length, random), random.nextInt(1, 101)));
        }
        for (int i = random.nextInt(10); i > 0; i--) {
            changes.add(new Change(Change.Kind.TILL, upTo(length, random), random.nextInt(1, 6)));
        }
        for (int i = random.nextInt(10); i > 0; i--) {
            changes.add(new Change(Change.Kind.RETURN, upTo(length, random), random.nextInt(1, 4)));
        }
        return changes;
    }

    private static Duration clock(SplittableRandom random) {
        return upTo(CLOCK_OFF.multipliedBy(2), random).minus(CLOCK_OFF);
    }

    private static Duration upTo(Duration most, SplittableRandom random) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }
}
