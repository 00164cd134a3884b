package io.stockhub.routes.failure;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to try again: exponential from {@code first} to {@code max}, with jitter so that what failed together does not
 * come back together.
 *
 * @param first upper bound of the first pause
 * @param max upper bound of every pause that we choose ourselves
 * @param attemptsMax after so many attempts a message is given up
 */
public record Backoff(Duration first, Duration max, int attemptsMax) {
    private static final int DOUBLINGS_MAX = 20;

    /**
     * The pause before the next attempt.
     *
     * @param attempt how many attempts have failed, from 1
     * @param retryAfter what the other side asked for; never undercut, and up to a tenth longer
     */
    public Duration pause(int attempt, @Nullable Duration retryAfter, RandomGenerator random) {
        if (retryAfter != null) {
            return retryAfter.plusMillis((long) (retryAfter.toMillis() * 0.1 * random.nextDouble()));
        }
        int doublings = Math.min(Math.max(attempt - 1, 0), DOUBLINGS_MAX);
        long ceiling = Math.min(max.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis(ceiling / 2 + (long) (ceiling / 2.0 * random.nextDouble()));
    }
}
