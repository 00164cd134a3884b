package io.stockhub.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.stockhub.app.FakeInbox;
import io.stockhub.routes.Inbox.NotDone;
import io.stockhub.routes.Inbox.State;
import io.stockhub.routes.Inbox.Totals;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxMetricsTest {
    private final FakeInbox inbox = new FakeInbox();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private long nanos = Long.MAX_VALUE - 1;
    private final InboxMetrics metrics = new InboxMetrics(inbox, Runnable::run, () -> nanos);

    @BeforeEach
    void bind() {
        inbox.totals = new Totals(100, new NotDone(1, 2, 3, 4, 5, 6, 7, 8, null));
        metrics.bindTo(registry);
    }

    private double messages(State state) {
        return registry.get("stockhub.inbox.messages")
                .tag("state", state.code())
                .gauge()
                .value();
    }

    private double unaccounted() {
        return registry.get("stockhub.inbox.unaccounted").gauge().value();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void allGaugesOfAScrapeAreOneQuestion() {
        assertThat(List.of(State.values())).extracting(this::messages).containsExactly(1., 2., 3., 4., 5., 72., 6., 7.);
        assertThat(unaccounted()).isEqualTo(8);
        assertThat(inbox.asked).containsExactly(List.of("totals"));
    }

    @Test
    void whatIsDoneIsCountedOnceAMinuteAndTheRestEveryFiveSeconds() {
        messages(State.DONE);
        inbox.totals = new Totals(200, new NotDone(9, 0, 0, 0, 0, 0, 0, 0, null));
        pass(Duration.ofMillis(4_999));
        assertThat(messages(State.RECEIVED)).isEqualTo(1);
        pass(Duration.ofMillis(1));
        assertThat(messages(State.RECEIVED)).isEqualTo(9);
        assertThat(messages(State.DONE)).isEqualTo(72);
        pass(Duration.ofSeconds(55));
        assertThat(messages(State.DONE)).isEqualTo(191);
        assertThat(inbox.asked).containsExactly(List.of("totals"), List.of("notDone"), List.of("totals"));
    }

    @Test
    void whatCannotBeCountedIsNoNumberAndIsNotAskedForAgainAtOnce() {
        messages(State.DONE);
        pass(Duration.ofSeconds(5));
        inbox.broken = true;
        assertThat(messages(State.DEAD)).isNaN();
        assertThat(messages(State.DONE)).isNaN();
        assertThat(unaccounted()).isNaN();
        assertThat(inbox.asked).hasSize(2);
        inbox.broken = false;
        pass(Duration.ofSeconds(5));
        assertThat(messages(State.DEAD)).isEqualTo(6);
        assertThat(messages(State.DONE)).isEqualTo(72);
    }

    @Test
    void slowCountingIsDoneLessOften() {
        inbox.meanwhile = () -> pass(Duration.ofSeconds(2));
        messages(State.DEAD);
        pass(Duration.ofMillis(19_999));
        messages(State.DEAD);
        assertThat(inbox.asked).hasSize(1);
        pass(Duration.ofMillis(1));
        messages(State.DEAD);
        assertThat(inbox.asked).hasSize(2);
    }
}
