package io.stockhub.connectors.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Failure.Stage;
import io.stockhub.connectors.Manifests;
import io.stockhub.connectors.Rate;
import io.stockhub.connectors.Timing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountGuardTest {

    private static final String ACTION = "set-quantities";
    private final AtomicLong nanos = new AtomicLong(1_000);
    private final AtomicInteger calls = new AtomicInteger();
    private final Timing timing = Timing.defaults(Manifests.of("fakeshop"))
            .withRate(new Rate(10_000, 10_000))
            .withWaitMax(Duration.ofMillis(20))
            .withBreakerOpen(Duration.ofSeconds(5));
    private AccountGuard guard = guard(timing, 4);

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TRANSIENT", "UNKNOWN_OUTCOME"})
    void anAccountThatFailsAsAWholeIsNotCalledForAWhile(Kind kind) {
        // Given
        for (int i = 0; i < 5; i++) {
            fail(kind, null);
        }

        // When
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        Failure failure = fail(kind, null);

        // Then
        assertThat(calls).hasValue(5);
        assertThat(failure).returns(Kind.TRANSIENT, Failure::kind).returns("channel.breaker_open", Failure::code);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(guard.state().breaker()).isEqualTo("open");
        assertThat(guard.state().breakerOpenFor()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void oneCallTriesWhetherTheAccountIsBackAndClosesTheBreaker() {
        for (int i = 0; i < 5; i++) {
            fail(Kind.TRANSIENT, null);
        }
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());

        assertThat(guard.call(ACTION, () -> "back")).isEqualTo("back");
        assertThat(guard.state().breaker()).isEqualTo("closed");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"PERMANENT", "SETTINGS", "POISON"})
    void whatTheSystemRefusesDoesNotOpenTheBreaker(Kind kind) {
        for (int i = 0; i < 30; i++) {
            fail(kind, null);
        }
        assertThat(calls).hasValue(30);
        assertThat(guard.state().breaker()).isEqualTo("closed");
    }

    @Test
    void beingTooFastDoesNotOpenTheBreaker() {
        for (int i = 0; i < 30; i++) {
            fail(Kind.THROTTLED, Duration.ofSeconds(1));
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(calls).hasValue(30);
        assertThat(guard.state().breaker()).isEqualTo("closed");
    }

    @Test
    void aBugOfOursNeitherOpensTheBreakerNorKeepsItsPlace() {
        for (int i = 0; i < 30; i++) {
            catchThrowableOfType(
                    IllegalStateException.class,
                    () -> guard.call(ACTION, () -> {
                        throw new IllegalStateException("bug");
                    }));
        }
        assertThat(guard.state().breaker()).isEqualTo("closed");
        assertThat(guard.call(ACTION, () -> "fine")).isEqualTo("fine");
    }

    @Test
    void nothingIsCalledDuringTheTimeThatTheSystemAskedFor() {
        fail(Kind.THROTTLED, Duration.ofSeconds(10));
        nanos.addAndGet(Duration.ofSeconds(4).toNanos());

        Failure failure = fail(Kind.THROTTLED, null);

        assertThat(calls).hasValue(1);
        assertThat(failure).returns(Kind.THROTTLED, Failure::kind);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(6));
        assertThat(guard.state().pausedFor()).containsEntry(ACTION, Duration.ofSeconds(6));
        assertThat(guard.call("read-quantities", () -> "another action is free"))
                .isNotNull();

        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThat(guard.call(ACTION, () -> "free again")).isNotNull();
        assertThat(guard.state().pausedFor()).isEmpty();
    }

    @Test
    void aSystemThatDoesNotSayWhenGetsTheTimeOfOneCall() {
        guard = guard(timing.withRate(new Rate(0.5, 2)), 4);

        assertThat(fail(Kind.THROTTLED, null).retryAfter()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void moreCallsThanTheRateAllowsAreThrottledWithTheTimeToWait() {
        guard = guard(timing.withRate(new Rate(0.01, 4)), 4);
        int made = 0;
        Failure refused = null;
        for (int i = 0; i < 6 && refused == null; i++) {
            CallFailure failure = catchThrowableOfType(CallFailure.class, () -> guard.call(ACTION, () -> "made"));
            made += failure == null ? 1 : 0;
            refused = failure == null ? null : failure.failure();
        }
        assertThat(made).isBetween(2, 4);
        assertThat(refused).returns(Kind.THROTTLED, Failure::kind).returns("channel.throttled", Failure::code);
        assertThat(refused.retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(200));
    }

    @Test
    void anActionWithALimitOfItsOwnDoesNotUseUpThatOfTheOthers() {
        Timing own = Timing.defaults(Manifests.of("amazon")).withWaitMax(Duration.ZERO);
        guard = guard(own, 4);
        for (int i = 0; i < 30; i++) {
            catchThrowableOfType(CallFailure.class, () -> guard.call("orders-page", calls::incrementAndGet));
        }

        assertThat(calls.get()).isBetween(10, 20);
        assertThat(guard.call(ACTION, () -> "free")).isNotNull();
    }

    @Test
    void moreCallsInFlightThanAllowedAreThrottled() throws Exception {
        guard = guard(timing, 1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread busy = Thread.startVirtualThread(() -> guard.call(ACTION, () -> {
            inside.countDown();
            Awaitility.await().until(() -> leave.getCount() == 0);
            return "";
        }));
        inside.await();

        assertThat(fail(Kind.PERMANENT, null)).returns(Kind.THROTTLED, Failure::kind);
        assertThat(calls).hasValue(0);
        leave.countDown();
        busy.join();
    }

    @Test
    void aRateThatTheSystemSaidHoldsForThatActionFromThenOn() {
        guard = guard(manifest("amazon"), 4);
        assertThat(atOnce(ACTION)).isEqualTo(4);

        learn(ACTION, 2);

        assertThat(atOnce(ACTION)).as("no fresh burst").isZero();
        assertThat(made(ACTION, 10)).isEqualTo(20);
        assertThat(made("read-quantities", 10)).as("another action").isBetween(50, 54);
        assertThat(guard.state().rateOf(ACTION)).isEqualTo(new Rate(2, 5));
        assertThat(guard.state().rateOf("read-quantities")).isEqualTo(new Rate(5, 5));
        assertThat(guard.state().rateOf("orders-page")).isEqualTo(new Rate(0.0056, 20));
    }

    @Test
    void withoutSettingsTheSystemMaySayMoreThanTheManifest() {
        guard = guard(manifest("amazon"), 4);

        learn(ACTION, 40);

        assertThat(made(ACTION, 10)).isBetween(200, 410);
        assertThat(guard.rateOf(ACTION)).isEqualTo(new Rate(40, 5));
    }

    @Test
    void theRateOfTheSettingsIsNeverExceeded() {
        guard = guard(manifest("amazon").withRate(new Rate(10, 4)), 4);

        learn(ACTION, 40);
        learn("read-quantities", 40);

        assertThat(guard.rateOf(ACTION)).isEqualTo(new Rate(10, 4));
        assertThat(made(ACTION, 5) + made("read-quantities", 5)).isBetween(90, 105);
    }

    @Test
    void belowTheSettingsWhatTheSystemSaysHolds() {
        guard = guard(manifest("amazon").withRate(new Rate(10, 4)), 4);

        learn(ACTION, 3);
        learn("read-quantities", 8);

        assertThat(made(ACTION, 10)).isBetween(28, 33);
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        int both = 0;
        for (int i = 0; i < 100; i++) {
            both += atOnce(ACTION) + atOnce("read-quantities");
            nanos.addAndGet(Duration.ofMillis(100).toNanos());
        }
        assertThat(both).as("10 a second for all actions together").isBetween(95, 104);
    }

    @Test
    void aRateWorkedOutForTheAccountHoldsUnlessTheSettingsStateOne() {
        List<Learnt> scaled = List.of(new Learnt.ScaledRate(new Rate(2, 5)));
        guard = guard(manifest("amazon"), 4);
        AccountGuard set = guard(manifest("amazon").withRate(new Rate(10, 4)), 4);

        guard.learn(ACTION, scaled);
        set.learn(ACTION, scaled);

        assertThat(guard.rateOf(ACTION)).isEqualTo(new Rate(2, 5));
        assertThat(set.rateOf(ACTION)).isEqualTo(new Rate(10, 4));
    }

    @Test
    void anActionThatIsToldARateOfItsOwnSharesNoneFromThenOn() {
        guard = guard(manifest("amazon"), 4);
        learn(ACTION, 5);

        assertThat(atOnce(ACTION)).isEqualTo(4);
        assertThat(atOnce("read-quantities")).isEqualTo(4);
    }

    @Test
    void aCallThatTheSettingsRefuseCostsNothingOfWhatTheSystemAllows() {
        guard = guard(manifest("amazon").withRate(new Rate(10, 4)), 4);
        learn(ACTION, 3);
        assertThat(atOnce("read-quantities")).isEqualTo(3);
        for (int i = 0; i < 50; i++) {
            assertThat(atOnce(ACTION)).isZero();
        }

        nanos.addAndGet(Duration.ofMillis(300).toNanos());

        assertThat(atOnce(ACTION)).isEqualTo(3);
    }

    @Test
    void whatASharedRateHasGivenAwayIsGivenAwayForTheLearntOneToo() {
        guard = guard(manifest("amazon"), 4);
        atOnce("read-quantities");

        learn(ACTION, 40);

        assertThat(atOnce(ACTION)).isZero();
    }

    @Test
    void anActionThatIsHeldBackIsNotCalled() {
        guard.learn(ACTION, List.of(new Learnt.HoldBack(Duration.ofSeconds(3))));

        assertThat(fail(Kind.PERMANENT, null).retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(calls).hasValue(0);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(guard.call(ACTION, () -> "free again")).isNotNull();
    }

    @Test
    void aSystemThatDoesNotSayWhenGetsTheTimeOfOneCallAtTheLearntRate() {
        guard = guard(manifest("amazon"), 4);
        learn(ACTION, 0.5);

        assertThat(fail(Kind.THROTTLED, null).retryAfter()).isEqualTo(Duration.ofSeconds(2));
    }

    private static Timing manifest(String connector) {
        return Timing.defaults(Manifests.of(connector)).withWaitMax(Duration.ZERO);
    }

    private void learn(String action, double perSecond) {
        int burst = Timing.defaults(Manifests.of("amazon")).rateOf(action).burst();
        guard.learn(action, List.of(new Learnt.NewRate(new Rate(perSecond, burst))));
    }

    /** Calls that may be made now. */
    private int atOnce(String action) {
        int made = 0;
        while (catchThrowableOfType(CallFailure.class, () -> guard.call(action, () -> "made")) == null) {
            made++;
        }
        return made;
    }

    /** Calls of somebody who tries each tenth of a second. */
    private int made(String action, int seconds) {
        int made = 0;
        for (int i = 0; i < 10 * seconds; i++) {
            nanos.addAndGet(Duration.ofMillis(100).toNanos());
            made += atOnce(action);
        }
        return made;
    }

    private AccountGuard guard(Timing of, int inFlight) {
        return new AccountGuard("acc", of, inFlight, nanos::get);
    }

    private Failure fail(Kind kind, @Nullable Duration retryAfter) {
        CallFailure thrown = catchThrowableOfType(
                CallFailure.class,
                () -> guard.call(ACTION, () -> {
                    calls.incrementAndGet();
                    throw new CallFailure(new Failure(kind, Stage.SEND, "channel.test", "test", retryAfter));
                }));
        return thrown.failure();
    }
}
