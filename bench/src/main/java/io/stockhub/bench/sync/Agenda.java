package io.stockhub.bench.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** The one clock of a simulation: what is to happen, in the order of its time. */
final class Agenda {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Entry(long at, long number, Runnable what) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::number));
    private final SplittableRandom random;
    private long now;
    private long number;

    Agenda(long seed) {
        this.random = new SplittableRandom(seed);
    }

    Instant now() {
        return START.plusMillis(now);
    }

    void in(Duration delay, Runnable what) {
        entries.add(new Entry(now + delay.toMillis(), number++, what));
    }

    /** Some time between the two, each as likely. */
    Duration between(Duration from, Duration to) {
        return Duration.ofMillis(random.nextLong(from.toMillis(), to.toMillis() + 1));
    }

    /** From 0 to 1. */
    double chance() {
        return random.nextDouble();
    }

    /**
     * Until nothing is left to happen, or it is {@code end}.
     *
     * @param afterEach runs after everything that happened
     */
    void run(Instant end, Runnable afterEach) {
        long last = Duration.between(START, end).toMillis();
        while (!entries.isEmpty() && entries.peek().at() <= last) {
            Entry next = entries.remove();
            now = next.at();
            next.what().run();
            afterEach.run();
        }
    }
}
