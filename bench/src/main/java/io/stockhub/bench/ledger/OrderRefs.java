package io.stockhub.bench.ledger;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Order numbers as a large marketplace gives them: seventeen digits in groups of three, seven and seven, each once, in no
 * order that an index could profit from. Made by counting and shuffling the digits (a Feistel network), so that no memory
 * of what was given is needed; the same seed gives the same numbers.
 */
final class OrderRefs {
    private static final long NUMBERS = 100_000_000_000_000_000L;
    private static final int HALF_BITS = 29;
    private static final long HALF = (1L << HALF_BITS) - 1;

    private final long seed;
    private final AtomicLong count = new AtomicLong();

    OrderRefs(long seed) {
        this.seed = seed;
    }

    String next() {
        long number = shuffled(count.getAndIncrement());
        while (number >= NUMBERS) {
            number = shuffled(number);
        }
        char[] text = new char[19];
        for (int i = 18; i >= 0; i--) {
            if (i == 3 || i == 11) {
                text[i] = '-';
            } else {
                text[i] = (char) ('0' + number % 10);
                number /= 10;
            }
        }
        return new String(text);
    }

    private long shuffled(long number) {
        long left = number >>> HALF_BITS;
        long right = number & HALF;
        for (int round = 1; round <= 4; round++) {
            long next = left ^ (mixed(right + seed * round) & HALF);
            left = right;
            right = next;
        }
        return left << HALF_BITS | right;
    }

    private static long mixed(long value) {
        long z = value * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
