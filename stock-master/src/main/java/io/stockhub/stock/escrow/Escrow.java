package io.stockhub.stock.escrow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which channel may be told which number. The promise: the units that all channels together may still sell never exceed
 * the units that there are, so that no delay and no outage can oversell. A channel's number is raised by units that no
 * other may sell any more, never by units that another is about to give up.
 */
public final class Escrow {
    /** Until what is known about a channel's delay: how often its usual delay the next update may take. */
    private static final int LATE = 4;

    /**
     * How much faster another has to sell before a channel gives it the last that it has, or goes off sale for the sake of one.
     * Otherwise the last units go to and fro between channels that sell alike, and are on sale nowhere.
     */
    private static final double MUCH_FASTER = 2;

    private Escrow() {}

    /**
     * A channel that shares in the units.
     *
     * @param demand what it sells, in any unit that is the same for all
     * @param most what it may be told at most: its own rules
     * @param reachable whether it can be told anything now. What it may be selling counts all the same
     */
    public record Sharer(Slice slice, double demand, long most, boolean reachable) {

        /** A channel that compares cannot be raised while nobody knows what it shows. */
        boolean canBeTold() {
            boolean unknown = slice.comparesAndSets() && (slice.unclear() || slice.settlesAt() != null);
            return reachable && !slice.inFlight() && !unknown;
        }
    }

    /** A number for one channel. */
    public record Step(String channel, long number) {}

    /** The units that could be oversold right now, in the worst case. */
    public static long exposure(long units, List<Slice> slices) {
        return Math.max(0, open(slices) - units);
    }

    /** The units that all channels together may still sell. */
    public static long open(List<Slice> slices) {
        return slices.stream().mapToLong(Slice::open).sum();
    }

    /**
     * Whether {@link SalesPolicy#AUTO} divides: when the units could be gone before every channel has heard of it, a few
     * times over. It goes back to sharing when there is twice as much.
     *
     * @param perSecond units that all channels together sell
     * @param slowest how long the slowest of the channels takes until an update shows
     * @param dividing whether the units are divided now
     */
    public static boolean divides(long units, double perSecond, Duration slowest, int channels, boolean dividing) {
        double few = channels + LATE * perSecond * slowest.toMillis() / 1000.0;
        return units <= (dividing ? 2 * few : few);
    }

    /**
     * The numbers that may leave now. Slices follow demand, and only as far as it helps: nothing is taken from a channel
     * unless another runs dry, since each change of a number costs a call and, at a channel that overwrites, time off sale.
     *
     * @param units what there is to sell, all channels together
     */
    public static List<Step> next(long units, List<Sharer> sharers) {
        List<Sharer> reachable = sharers.stream().filter(Sharer::reachable).toList();
        List<Slice> slices = sharers.stream().map(Sharer::slice).toList();
        long held = open(sharers.stream()
                .filter(sharer -> !sharer.reachable())
                .map(Sharer::slice)
                .toList());
        Map<String, Long> target = divide(Math.max(0, units - held), reachable);
        long free = units - open(slices);
        List<Sharer> dry = reachable.stream()
                .filter(sharer -> runsDry(sharer.slice(), target))
                .toList();
        double fastestDry = dry.stream().mapToDouble(Sharer::demand).max().orElse(0);
        boolean fewer = free < 0;
        Predicate<Sharer> gives = sharer -> excess(sharer, target) > 0
                && (fewer || !goesOffSale(sharer, target) || fastestDry >= MUCH_FASTER * sharer.demand());
        long given = reachable.stream()
                .filter(gives)
                .mapToLong(sharer -> excess(sharer, target))
                .sum();
        long missing = -free
                + dry.stream()
                        .filter(sharer -> helps(Math.max(0, free) + given, sharer.slice()))
                        .mapToLong(sharer -> -excess(sharer, target))
                        .sum();
        return steps(new Plan(free, missing, target), reachable, gives);
    }

    /**
     * @param free units that no channel may be selling; below 0 when there are fewer than they may
     * @param missing units to be taken from channels that have more than their target
     */
    private record Plan(long free, long missing, Map<String, Long> target) {}

    private static List<Step> steps(Plan plan, List<Sharer> reachable, Predicate<Sharer> gives) {
        Map<String, Long> target = plan.target();
        long free = plan.free();
        long missing = plan.missing();
        List<Step> steps = new ArrayList<>();
        for (Sharer sharer : byExcess(reachable, target)) {
            Slice slice = sharer.slice();
            long wanted = target.get(slice.channel());
            boolean tooMuch =
                    slice.open() > wanted && (missing > 0 && gives.test(sharer) || slice.open() > sharer.most());
            // What became of the last number can only be known by telling it another.
            boolean unclear = slice.unclear();
            if (!sharer.canBeTold() || !tooMuch && !unclear) {
                continue;
            }
            long number = Math.min(wanted, slice.most(free));
            // What still counts of older numbers settles by reading its orders, not by telling it once more.
            boolean helps = slice.openWith(number) <= slice.open() && !slice.showsAtMost(number);
            if (!unclear && slice.settlesAt() != null && !helps) {
                continue;
            }
            missing -= slice.open() - number;
            free -= slice.openWith(number) - slice.open();
            // Nor is a channel at zero told so again and again until its orders were read.
            if (unclear || number != slice.told().getLast().number()) {
                steps.add(new Step(slice.channel(), number));
            }
        }
        for (Sharer sharer : reachable) {
            Slice slice = sharer.slice();
            if (!sharer.canBeTold() || slice.unclear() || !isShort(slice, target)) {
                continue;
            }
            long number = Math.min(target.get(slice.channel()), slice.most(free));
            if (number > slice.open()) {
                free -= slice.openWith(number) - slice.open();
                steps.add(new Step(slice.channel(), number));
            }
        }
        if (steps.isEmpty() && free > 0) {
            leftOver(free, reachable).ifPresent(steps::add);
        }
        return steps;
    }

    /** What is too little to be divided goes to a channel that compares, where one more unit costs no more than one. */
    private static Optional<Step> leftOver(long free, List<Sharer> reachable) {
        boolean quiet =
                reachable.stream().map(Sharer::slice).allMatch(slice -> !slice.inFlight() && slice.settlesAt() == null);
        return reachable.stream()
                .filter(sharer -> quiet && sharer.slice().comparesAndSets() && sharer.canBeTold())
                .filter(sharer -> sharer.slice().open() < sharer.most())
                .min(Comparator.comparingLong((Sharer sharer) -> sharer.slice().open())
                        .thenComparing(sharer -> sharer.slice().channel()))
                .map(sharer -> new Step(
                        sharer.slice().channel(),
                        Math.min(sharer.most(), sharer.slice().open() + free)));
    }

    private static long excess(Sharer sharer, Map<String, Long> target) {
        return sharer.slice().open() - target.get(sharer.slice().channel());
    }

    /** For long, having none left, or for a while, since a channel that overwrites is told 0 first; and that for one unit. */
    private static boolean goesOffSale(Sharer sharer, Map<String, Long> target) {
        return target.get(sharer.slice().channel()) == 0
                || !sharer.slice().comparesAndSets() && excess(sharer, target) == 1;
    }

    /** What a channel that overwrites has of old counts beside the new until its orders were read: less than that is of no use. */
    private static boolean helps(long units, Slice slice) {
        return slice.comparesAndSets() || units > slice.open();
    }

    /** There is clearly more for it: worth a call, when the units are free. */
    private static boolean isShort(Slice slice, Map<String, Long> target) {
        return 5 * slice.open() < 4 * target.get(slice.channel());
    }

    /** Worth taking units from others. */
    private static boolean runsDry(Slice slice, Map<String, Long> target) {
        return 2 * slice.open() < target.get(slice.channel());
    }

    private static List<Sharer> byExcess(List<Sharer> sharers, Map<String, Long> target) {
        return sharers.stream()
                .sorted(Comparator.comparingLong(
                                (Sharer sharer) -> target.get(sharer.slice().channel())
                                        - sharer.slice().open())
                        .thenComparing(sharer -> sharer.slice().channel()))
                .toList();
    }

    /**
     * Whole units by demand, largest remainder first; when nobody sells anything, equal parts. What a channel may not have
     * goes to those who may.
     */
    static Map<String, Long> divide(long units, List<Sharer> sharers) {
        Map<String, Long> parts = new LinkedHashMap<>();
        sharers.forEach(sharer -> parts.put(sharer.slice().channel(), 0L));
        long left = units;
        List<Sharer> open = sharers.stream().filter(sharer -> sharer.most() > 0).toList();
        while (left > 0 && !open.isEmpty()) {
            Map<String, Long> shares = shares(left, open);
            long given = 0;
            List<Sharer> more = new ArrayList<>();
            for (Sharer sharer : open) {
                String channel = sharer.slice().channel();
                long some = Math.min(shares.get(channel), sharer.most() - parts.get(channel));
                parts.merge(channel, some, Long::sum);
                given += some;
                if (parts.get(channel) < sharer.most()) {
                    more.add(sharer);
                }
            }
            left -= given;
            open = more;
        }
        return parts;
    }

    private static Map<String, Long> shares(long units, List<Sharer> sharers) {
        double all = sharers.stream().mapToDouble(Sharer::demand).sum();
        Map<String, Long> shares = new LinkedHashMap<>();
        Map<String, Double> rests = new LinkedHashMap<>();
        long left = units;
        for (Sharer sharer : sharers) {
            double exact = units * (all > 0 ? sharer.demand() / all : 1.0 / sharers.size());
            long part = (long) Math.floor(exact);
            shares.put(sharer.slice().channel(), part);
            rests.put(sharer.slice().channel(), exact - part);
            left -= part;
        }
        List<String> byRest = rests.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        for (int i = 0; left > 0; i = (i + 1) % byRest.size(), left--) {
            shares.merge(byRest.get(i), 1L, Long::sum);
        }
        return shares;
    }
}
