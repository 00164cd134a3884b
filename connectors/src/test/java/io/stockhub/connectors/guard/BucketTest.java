package io.stockhub.connectors.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Rate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketTest {

    private static final long SECOND = 1_000_000_000L;
    private long now = 7;

    @Test
    void oneLessThanABurstGoesAtOnceThenOneEachInterval() {
        Bucket bucket = new Bucket(new Rate(2, 4), now);

        assertThat(atOnce(bucket)).isEqualTo(3);
        assertThat(bucket.take(now, 0)).isEqualTo(SECOND / 2);
        now += SECOND / 2;
        assertThat(atOnce(bucket)).isEqualTo(1);
        now += 100 * SECOND;
        assertThat(atOnce(bucket)).isEqualTo(3);
    }

    @Test
    void callsMayBeTakenInAdvanceAndPutBack() {
        Bucket bucket = new Bucket(new Rate(2, 1), now);

        assertThat(bucket.take(now, SECOND)).isZero();
        assertThat(bucket.take(now, SECOND)).isEqualTo(SECOND / 2);
        assertThat(bucket.take(now, SECOND)).isEqualTo(SECOND);
        assertThat(bucket.take(now, SECOND)).as("not taken").isEqualTo(SECOND * 3 / 2);
        bucket.giveBack();
        assertThat(bucket.take(now, SECOND)).isEqualTo(SECOND);
    }

    @Test
    void whoIsSlowedDownKeepsWhatHeOwesInCalls() {
        Bucket bucket = new Bucket(new Rate(10, 5), now);
        atOnce(bucket);

        bucket.change(new Rate(1, 5), now);

        assertThat(atOnce(bucket)).as("no fresh burst").isZero();
        now += SECOND;
        assertThat(atOnce(bucket)).isEqualTo(1);
    }

    @Test
    void aRateThatGoesUpAndDownGivesNothingAway() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Bucket bucket = new Bucket(new Rate(10, 5), now);
        double mayHave = 5;
        int made = 0;
        for (int i = 0; i < 10_000; i++) {
            double rate = 1 + random.nextInt(100);
            bucket.change(new Rate(rate, 5), now);
            made += atOnce(bucket);
            long step = random.nextLong(SECOND / 5);
            now += step;
            // Two rates that are nearly the same are one: up to 1 % more.
            mayHave += 1.02 * rate * step / SECOND;
            assertThat((double) made).as("seed %d, step %d", seed, i).isLessThanOrEqualTo(mayHave);
        }
    }

    @Test
    void nearlyTheSameRateChangesNothing() {
        Bucket bucket = new Bucket(new Rate(100, 5), now);

        bucket.change(new Rate(100.9, 5), now);
        assertThat(bucket.rate().requestsPerSecond()).isEqualTo(100);
        bucket.change(new Rate(101.1, 5), now);
        assertThat(bucket.rate().requestsPerSecond()).isEqualTo(101.1);
    }

    @Test
    void extremeRatesDoNotOverflow() {
        for (double rate : List.of(1e-300, 1e-9, 1e12, Double.MAX_VALUE)) {
            Bucket bucket = new Bucket(new Rate(rate, Integer.MAX_VALUE), Long.MAX_VALUE - SECOND);
            assertThat(bucket.take(Long.MAX_VALUE - SECOND, 0)).isZero();
            bucket.change(new Rate(1, 1), Long.MIN_VALUE + SECOND);
            bucket.change(new Rate(1e-300, 1), Long.MIN_VALUE + SECOND);
            assertThat(bucket.take(Long.MIN_VALUE + SECOND, 0)).isNotNegative();
        }
    }

    @Test
    void aRateOfNextToNothingIsOneCall() {
        Bucket bucket = new Bucket(new Rate(1e-300, 1), now);

        assertThat(atOnce(bucket)).isEqualTo(1);
        assertThat(bucket.take(now, SECOND)).isGreaterThan(SECOND);
    }

    @Test
    void manyThreadsGetNoMoreThanOne() throws Exception {
        Bucket bucket = new Bucket(new Rate(1000, 100_001), now);
        AtomicInteger made = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(one -> Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 50_000; i++) {
                        if (bucket.take(now, 0) == 0) {
                            made.incrementAndGet();
                        }
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(made).hasValue(100_000);
    }

    private int atOnce(Bucket bucket) {
        int made = 0;
        while (bucket.take(now, 0) == 0) {
            made++;
        }
        return made;
    }
}
