package io.stockhub.routes.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pauses double from the first to the longest, and what failed together does not come back together. */
class BackoffTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(60), 20);

    private static RandomGenerator always(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException("only doubles are drawn");
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }

    private static long seconds(int attempt, @Nullable Duration retryAfter, double drawn) {
        return BACKOFF.pause(attempt, retryAfter, always(drawn)).toSeconds();
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2", "1, 1, 2", "2, 2, 4", "3, 4, 8", "5, 16, 32", "6, 30, 60", "7, 30, 60", "2147483647, 30, 60"
    })
    void aPauseIsBetweenHalfItsBoundAndItsBound(int attempt, long least, long most) {
        assertThat(seconds(attempt, null, 0)).isEqualTo(least);
        assertThat(seconds(attempt, null, 1)).isEqualTo(most);
    }

    @Test
    void whatTheOtherSideAsksForIsNeverUndercutAndATenthLongerAtMost() {
        assertThat(seconds(1, Duration.ofSeconds(1_000), 0)).isEqualTo(1_000);
        assertThat(seconds(9, Duration.ofSeconds(1_000), 1)).isEqualTo(1_100);
        assertThat(seconds(9, Duration.ZERO, 1)).isZero();
    }

    @Test
    void longPausesDoNotOverflow() {
        Backoff long1 = new Backoff(Duration.ofDays(365), Duration.ofDays(3650), 20);
        assertThat(long1.pause(Integer.MAX_VALUE, null, always(1))).isEqualTo(Duration.ofDays(3650));
    }
}
