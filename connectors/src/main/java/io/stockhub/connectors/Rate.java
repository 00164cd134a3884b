package io.stockhub.connectors;

import java.time.Duration;

/**
 * How often something may be called.
 *
 * @param requestsPerSecond long-term average; may be below 1, e.g. 0.0056 for one call in three minutes
 * @param burst most calls at once after a pause; at least 1
 */
public record Rate(double requestsPerSecond, int burst) {

    public Rate {
        if (!(requestsPerSecond > 0)) {
            throw new IllegalArgumentException("requestsPerSecond: " + requestsPerSecond + " (expected: > 0)");
        }
        if (burst < 1) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: >= 1)");
        }
    }

    /** The lower of both, in rate and in burst. */
    public Rate atMost(Rate cap) {
        return new Rate(Math.min(requestsPerSecond, cap.requestsPerSecond), Math.min(burst, cap.burst));
    }

    /** The mean time between two calls. */
    public Duration interval() {
        return Duration.ofNanos((long) (1_000_000_000L / requestsPerSecond));
    }
}
