package io.stockhub.connectors.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger fetched = new AtomicInteger();
    private Duration lifetime = Duration.ofMinutes(15);
    private final AccessTokens tokens = new AccessTokens(
            () -> new FetchedToken(Secret.of("t" + fetched.incrementAndGet()), lifetime),
            Duration.ofMinutes(1),
            nanos::get);

    @Test
    void aTokenIsUsedUntilShortlyBeforeItsEnd() {
        assertThat(tokens.value().reveal()).isEqualTo("t1");

        nanos.addAndGet(Duration.ofMinutes(14).toNanos() - 1);
        assertThat(tokens.value().reveal()).isEqualTo("t1");

        nanos.addAndGet(1);
        assertThat(tokens.value().reveal()).isEqualTo("t2");
    }

    @Test
    void aTokenThatLivesShorterThanTheMarginIsStillUsed() {
        lifetime = Duration.ofSeconds(10);
        tokens.value();

        nanos.addAndGet(Duration.ofSeconds(7).toNanos());
        assertThat(tokens.value().reveal()).isEqualTo("t1");
    }

    @Test
    void twentyRefusalsOfOneTokenRenewItOnce() {
        long generation = tokens.ensure();
        for (int i = 0; i < 20; i++) {
            tokens.refused(generation);
            tokens.ensure();
        }
        assertThat(fetched).hasValue(2);
    }

    @Test
    void twentyCallersAtOnceMakeOneTokenCall() throws Exception {
        // Given a token call that is not answered before all callers wait for it
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch answer = new CountDownLatch(1);
        AccessTokens slow = new AccessTokens(
                () -> {
                    calls.incrementAndGet();
                    await(answer);
                    return new FetchedToken(Secret.of("t"), lifetime);
                },
                Duration.ofMinutes(1),
                nanos::get);

        // When
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(Thread.ofPlatform().start(slow::ensure));
        }
        try {
            Awaitility.await().until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
        } finally {
            answer.countDown();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        // Then
        assertThat(calls).hasValue(1);
    }

    @Test
    void aTokenCallThatFailsFailsAllWhoWaitForItAndIsMadeAgainForTheNext() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch answer = new CountDownLatch(1);
        AccessTokens failing = new AccessTokens(
                () -> {
                    calls.incrementAndGet();
                    await(answer);
                    throw new CallFailure(new Failure(
                            Failure.Kind.TRANSIENT, Failure.Stage.SEND, "channel.http_5xx", "HTTP 503", null));
                },
                Duration.ofMinutes(1),
                nanos::get);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiting.add(pool.submit(failing::ensure));
            }
            try {
                Awaitility.await().until(() -> calls.get() > 0);
            } finally {
                answer.countDown();
            }
            for (Future<?> one : waiting) {
                assertThatThrownBy(one::get).hasCauseInstanceOf(CallFailure.class);
            }
        }
        int before = calls.get();
        assertThatThrownBy(failing::ensure).isInstanceOf(CallFailure.class);
        assertThat(calls).hasValue(before + 1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
